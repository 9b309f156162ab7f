"""Ranges whose ends share a scale: "$1.0-1.2 billion", "between 10 and 20 million people"."""

from __future__ import annotations

from ..languages.english_numbers import CURRENCY_SIGNS, DASHES
from ..text.tokens import Tokens
from .cardinals import REACH, read_cardinal
from .digits import Reading

_LEAST_SCALE = 1000
_OPENINGS = {"to": "from", "and": "between"}


def share_scale(tokens: Tokens, start: int, reading: Reading) -> Reading:
    """The first end of a range in the scale that is written behind the second one only.

    Args:
        tokens: The text.
        start: The first token of the numeral.
        reading: The numeral as it stands.

    >>> from ..text.tokens import tokenize
    >>> tokens = tokenize("from 10 to 20 million")
    >>> share_scale(tokens, 1, read_cardinal(tokens, 1, 4)).value
    Decimal('10000000')
    """
    words, joint = tokens.words, reading.stop
    if reading.scale > 1 or reading.value >= _LEAST_SCALE:
        return reading
    before = start - 2 if words[start - 1] in CURRENCY_SIGNS else start - 1
    if words[joint] in DASHES:
        if not tokens.glued(joint) or not tokens.glued(joint + 1):
            return reading
    elif words[before] != _OPENINGS.get(words[joint]):
        return reading
    other = joint + 2 if words[joint + 1] in CURRENCY_SIGNS else joint + 1
    if not words[other][:1].isdecimal():
        return reading
    behind = read_cardinal(tokens, other, other + REACH)
    if behind is None or behind.scale < _LEAST_SCALE or behind.value < behind.scale:
        return reading
    return reading._replace(value=reading.value * behind.scale, scale=behind.scale)
