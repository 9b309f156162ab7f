"""Ages without a unit: "aged 21", "Pippa Lee, 45, looked"."""

from __future__ import annotations

from collections.abc import Callable

from ...languages.english_numbers import MONTHS
from ...languages.english_quantities import BEFORE_AGE, NOT_PERSONS
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match

_NOT_PERSONS = NOT_PERSONS | frozenset(MONTHS)
_MAX_AGE = 125
_DIGITS_IN_APPOSITION = 2
_AFTER_APPOSITION = frozenset({",", ".", "-", "–", "and"})


def read(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """Aged 21; at the age of 83; age: 40; aged 15 and 16; Pippa, 45, looked; Ann Lee (23)."""
    if not 0 < reading.value < _MAX_AGE or reading.value != int(reading.value):
        return None
    if not any(tells_age(tokens, start, reading) for tells_age in _SIGNS_OF_AGE):
        return None
    return Match("year", "age", start, reading.stop, reading.value)


def _follows_age(tokens: Tokens, start: int, reading: Reading) -> bool:
    """Aged 21, age 21, the age of 83, age: 40."""
    words, before = tokens.words, tokens.words[start - 1]
    return before in BEFORE_AGE or (before in ("of", ":") and words[start - 2] == "age")


def _is_second_age(tokens: Tokens, start: int, reading: Reading) -> bool:
    """Aged 15 and 16."""
    return tokens.words[start - 1] == "and" and tokens.words[start - 3] == "aged"


def _is_apposition(tokens: Tokens, start: int, reading: Reading) -> bool:
    """Pippa, 45, looked; Ann Lee (23); not "Friday, 12, " and not "Lee, 45, 12 and 3"."""
    words, stop = tokens.words, reading.stop
    before, after = words[start - 1], words[stop]
    if before not in (",", "(") or not _has_two_digits(words[start], reading):
        return False
    if before == "(" and after != ")":
        return False
    if before == "," and after not in _AFTER_APPOSITION:
        return False
    if after == "," and words[stop + 1].isdecimal():
        return False  # a list of numbers
    return tokens.capitalised(start - 2) and words[start - 2] not in _NOT_PERSONS


def _has_two_digits(word: str, reading: Reading) -> bool:
    return reading.form == "digits" and len(word) == _DIGITS_IN_APPOSITION


_SIGNS_OF_AGE: tuple[Callable[[Tokens, int, Reading], bool], ...] = (
    _follows_age,
    _is_second_age,
    _is_apposition,
)
