"""Ranges whose ends share a scale: "$1.0-1.2 billion", "between 10 and 20 million people"."""

from __future__ import annotations

from ..languages.english_numbers import CURRENCY_SIGNS, DASHES
from ..text.tokens import Tokens
from .cardinals import REACH, read_cardinal
from .digits import Reading

_LEAST_SCALE = 1000
_OPENINGS = {"to": "from", "and": "between"}
"""The word between the ends -> the word before the first end."""


def share_scale(tokens: Tokens, start: int, reading: Reading) -> Reading:
    """The first end of a range, in the scale that only its second end is written with.

    Args:
        tokens: The text.
        start: The first token of the numeral.
        reading: The numeral as it was read by itself.

    Returns:
        The numeral times the scale of the second end; the numeral itself if it has a scale of its
        own or begins no such range.

    >>> from ..text.tokens import tokenize
    >>> for text in "from 10 to 20 million", "from 10 to 20 people":
    ...     tokens = tokenize(text)
    ...     print(share_scale(tokens, 1, read_cardinal(tokens, 1, 4)).value)
    10000000
    10
    """
    if reading.scale > 1 or reading.value >= _LEAST_SCALE:
        return reading
    if not (hyphen(tokens, start, reading.stop) or from_to(tokens, start, reading.stop)):
        return reading
    second = reading.stop + 1
    if tokens.words[second] in CURRENCY_SIGNS:
        second += 1
    if not tokens.words[second][:1].isdecimal():
        return reading
    end = read_cardinal(tokens, second, second + REACH)
    if end is None or end.scale < _LEAST_SCALE or end.value < end.scale:
        return reading
    return reading._replace(value=reading.value * end.scale, scale=end.scale)


def hyphen(tokens: Tokens, start: int, stop: int) -> bool:
    """10-20 million, €10–€20 million; not: 10 - 20 million."""
    return tokens.words[stop] in DASHES and tokens.glued(stop) and tokens.glued(stop + 1)


def from_to(tokens: Tokens, start: int, stop: int) -> bool:
    """From 10 to 20 million, between $10 and $20 million; not: 10 of the 20 million."""
    words = tokens.words
    before = start - 2 if words[start - 1] in CURRENCY_SIGNS else start - 1
    return words[before] == _OPENINGS.get(words[stop])
