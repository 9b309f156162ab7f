"""What a numeral counts or measures, and its sign."""

from __future__ import annotations

from collections.abc import Callable

from ..languages.english_quantities import NEGATIVE_WORDS
from ..text.tokens import Tokens
from .digits import Reading
from .kinds import age, counted, measure, money, multiple, percent
from .match import Match
from .units import TEMPERATURES

UNIT_READERS: tuple[Callable[[Tokens, int, Reading], Match | None], ...] = (
    money.read_sign_before,  # $5
    money.read_currency_after,  # five million yen
    percent.read,  # 12 per cent
    measure.read,  # 500 metres, 24 hours, 16-year-old
    age.read,  # aged 21
    multiple.read,  # three-fold
    counted.read_tied_before,  # magnitude-4.8
)
"""In the order in which they are tried; `counted.read` (85 missiles) takes what they leave."""


def read_unit(tokens: Tokens, start: int, reading: Reading) -> Match:
    """The unit around a numeral that reaches from a token to `reading.stop`."""
    for read in UNIT_READERS:
        if match := read(tokens, start, reading):
            return match
    return counted.read(tokens, start, reading)


def with_sign(tokens: Tokens, match: Match, free: int) -> Match:
    """Take in a minus sign or the word for one: −3 degrees, minus five percent; not 10-20.

    Args:
        tokens: The text.
        match: The number without its sign.
        free: The first token that is not part of the number before.
    """
    sign = match.start - 1
    if sign < free or not _is_negative(tokens, sign, match):
        return match
    return match._replace(start=sign, value=-match.value)


def _is_negative(tokens: Tokens, sign: int, match: Match) -> bool:
    word = tokens.words[sign]
    if word in NEGATIVE_WORDS:
        return True
    if word not in _SIGNS or tokens.words[sign - 1].isdecimal():
        return False
    return any(is_minus(tokens, sign, match) for is_minus in _SIGNS_OF_A_MINUS)


_SIGNS = frozenset("-−–")


def _is_minus_sign(tokens: Tokens, sign: int, match: Match) -> bool:
    """− 3: the minus sign, which is not a hyphen."""
    return tokens.words[sign] == "−"


def _is_attached(tokens: Tokens, sign: int, match: Match) -> bool:
    """A low of -5; not "the -5" in a list with hyphens as bullets, not 10 -5 and not – 5."""
    if tokens.words[sign] == "–" or not tokens.glued(sign + 1) or tokens.glued(sign):
        return False
    is_bullet = sign > 0 and "\n" in tokens.gap(sign)
    return not is_bullet


def _starts_text(tokens: Tokens, sign: int, match: Match) -> bool:
    """- 5, as a whole text."""
    one_space = tokens.starts[sign + 1] - tokens.ends[sign] == 1
    return sign == 0 and tokens.words[sign] == "-" and one_space


def _is_temperature(tokens: Tokens, sign: int, match: Match) -> bool:
    """– 5 degrees Celsius."""
    return match.unit in TEMPERATURES


_SIGNS_OF_A_MINUS: tuple[Callable[[Tokens, int, Match], bool], ...] = (
    _is_minus_sign,
    _is_attached,
    _starts_text,
    _is_temperature,
)
