"""The value of the numeral at a token: a fraction, a ratio or a cardinal."""

from __future__ import annotations

from decimal import Decimal

from ..languages.english_numbers import SMALL
from ..text.tokens import Tokens
from .cardinals import REACH, read_cardinal, read_fraction
from .digits import TIES, Reading
from .units import MEASURES

_LONGEST_NUMERATOR = 2
_LARGEST_DENOMINATOR = 1000


def read_value(tokens: Tokens, index: int) -> Reading | None:
    """The longest numeral that starts at a token, or None.

    >>> from ..text.tokens import tokenize
    >>> texts = "two and a half million", "two thirds", "one in five", "five cats", "cats"
    >>> readings = [read_value(tokenize(text), 0) for text in texts]
    >>> [reading and str(round(reading.value, 2)) for reading in readings]
    ['2500000.00', '0.67', '0.20', '5.00', None]
    """
    return (
        read_fraction(tokens, index)
        or _read_ratio(tokens, index)
        or read_cardinal(tokens, index, index + REACH)
    )


def _read_ratio(tokens: Tokens, index: int) -> Reading | None:
    """One in five, nine out of ten, one over three; not: two in 10 days, one in 10-15."""
    over, at = _small_at(tokens.words[index]), _after_ratio_word(tokens.words, index + 1)
    if over is None or at is None:
        return None
    under = read_cardinal(tokens, at, at + REACH)
    if under is None or not _is_whole_above(over, under):
        return None
    after = tokens.words[under.stop]
    if after in MEASURES or after in TIES:
        return None
    if tokens.words[at - 1] == "over" and after[:1].isalpha():
        return None  # one over two dozen men
    return Reading(over / under.value, under.stop, "ratio")


def _small_at(word: str) -> Decimal | None:
    """A number from 1 to 99 in one word."""
    if word.isdecimal():
        value = int(word) if len(word) <= _LONGEST_NUMERATOR else 0
    else:
        value = SMALL.get(word, 0)
    return Decimal(value) if value else None


def _after_ratio_word(words: list[str], index: int) -> int | None:
    """The token after the "in" of "one in five", the "out of" of "two out of ten"; else None."""
    if words[index] == "in":
        return index + 1
    if words[index] == "out" and words[index + 1] == "of":
        return index + 2
    if words[index] == "over" and words[index - 1] == "one":
        return index + 1
    return None


def _is_whole_above(over: Decimal, under: Reading) -> bool:
    """Five for one, 1,000 for 3; not: one for three, 2.5 or 5 million for one."""
    small = under.scale <= _LARGEST_DENOMINATOR and over < under.value <= _LARGEST_DENOMINATOR
    return small and under.value == int(under.value)
