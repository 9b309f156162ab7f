"""Years, decades and seasons: "2015", "1990s", "2010-11"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ...languages.english_numbers import DASHES
from ...languages.english_quantities import BEFORE_YEAR
from ...text.tokens import Tokens
from ..match import Match
from ..nouns import is_plural

_EARLIEST, _LATEST = 1500, 2100
_DIGITS = 4
_DIGITS_OF_A_SEASON = 2
_PRICE_SIGNS = frozenset("$£€¥₹")
_JOINTS = DASHES | {"/"}


def is_year(word: str) -> bool:
    """True for four digits that can be a year.

    >>> is_year("2015"), is_year("1200"), is_year("15")
    (True, False, False)
    """
    return len(word) == _DIGITS and word.isdecimal() and _EARLIEST <= int(word) <= _LATEST


def read(tokens: Tokens, index: int) -> list[Match] | None:
    """2015, 1990s, 2010-11, 1939-1945: by their form, unless something is counted after them."""
    words = tokens.words
    if not is_year(words[index]) or words[index - 1] in _PRICE_SIGNS:
        return None
    if words[index + 1] == "s" and tokens.glued(index + 1):
        return [Match("decade", "year", index, index + 2, Decimal(words[index]))]
    year = Match("year", "year", index, index + 1, Decimal(words[index]))
    if _has_end(tokens, index):
        end = index + 2
        return [year, Match("year", "year", end, end + 1, Decimal(words[end]))]
    return None if any(counts(tokens, index) for counts in _SIGNS_OF_A_COUNT) else [year]


def _has_end(tokens: Tokens, index: int) -> bool:
    """1939-1945, 2010-11, 2010/11; not 2010-12, and not 1945-1939."""
    first, joint, end = tokens.words[index : index + 3]
    if joint not in _JOINTS or not (tokens.near(index + 1) and tokens.near(index + 2)):
        return False
    if is_year(end):
        return int(end) > int(first)
    season = len(end) == _DIGITS_OF_A_SEASON and end.isdecimal()
    return season and int(end) == (int(first) + 1) % 100


def _counts_a_plural(tokens: Tokens, index: int) -> bool:
    """1900 soldiers; not "in 2015 prices", and not "2015 Games"."""
    noun = index + 1
    if not is_plural(tokens.words[noun]) or tokens.capitalised(noun):
        return False
    return tokens.words[index - 1] not in BEFORE_YEAR


def _counts_people_or_percent(tokens: Tokens, index: int) -> bool:
    """1900 people, 1900 %."""
    return tokens.words[index + 1] in ("people", "%")


def _has_decimals(tokens: Tokens, index: int) -> bool:
    """1900.5, 1900,5."""
    point, decimals = tokens.words[index + 1 : index + 3]
    return point in (".", ",") and decimals.isdecimal() and tokens.glued(index + 2)


_SIGNS_OF_A_COUNT: tuple[Callable[[Tokens, int], bool], ...] = (
    _counts_a_plural,
    _counts_people_or_percent,
    _has_decimals,
)
"""What makes four digits a count and not a year."""
