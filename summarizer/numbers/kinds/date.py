"""Days of a month: "February 24", "the 24th of February", "2022-12-30"."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english import MONTH_NAMES
from ...languages.english_numbers import MONTHS, ORDINAL_SUFFIXES, SMALL
from ...languages.english_quantities import AMBIGUOUS_MONTHS, BEFORE_MONTH
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match
from . import clock
from .clock import whole_number
from .year import is_year

_MAX_MONTH, _MAX_DAY = 12, 31
_DATE_SEPARATORS = frozenset("-/–")
_TOKENS_OF_A_DATE = 5
_LONGEST_ABBREVIATION = 4
_THOUSANDS = 3
"""Digits of a group of thousands."""


def read_iso(tokens: Tokens, index: int) -> list[Match] | None:
    """2022-12-30, 2022/12/30: the year, and the day of the month; not 2022-13-30."""
    words, stop = tokens.words, index + _TOKENS_OF_A_DATE
    if words[index + 1] not in _DATE_SEPARATORS or not is_year(words[index]):
        return None
    year, separator, month_digits, second_separator, day_digits = words[index:stop]
    if separator != second_separator or not all(map(tokens.glued, range(index + 1, stop))):
        return None
    month, day = whole_number(month_digits, _MAX_MONTH), whole_number(day_digits, _MAX_DAY)
    if not month or not day:
        return None
    return [
        Match("year", "year", index, index + 1, Decimal(year)),
        Match(MONTH_NAMES[month - 1], "date", index + 2, stop, Decimal(day)),
    ]


def read_day(tokens: Tokens, index: int) -> list[Match] | None:
    """24 February, February 24th, Feb. 24, the 24th of February; a year after it is read alone."""
    words = tokens.words
    day = whole_number(words[index], _MAX_DAY)
    if not day:
        return None
    stop = index + 2 if words[index + 1] in ORDINAL_SUFFIXES else index + 1
    match = _read_month_before(tokens, index, stop, day) or _read_month_after(
        tokens, index, stop, day
    )
    return [match] if match else None


def _read_month_before(tokens: Tokens, index: int, stop: int, day: int) -> Match | None:
    """February 24, Feb. 24; not "February 24%", and not "February 24,000"."""
    first = index - 2 if _is_abbreviated_month(tokens.words, index - 1) else index - 1
    month = _month_at(tokens, first)
    if month is None or not tokens.near(index) or _is_quantity(tokens.words, stop):
        return None
    return Match(month, "date", first, stop, Decimal(day))


def _is_abbreviated_month(words: list[str], stop: int) -> bool:
    """Feb., at its full stop."""
    month = words[stop - 1]
    return words[stop] == "." and month in MONTHS and len(month) <= _LONGEST_ABBREVIATION


def _is_quantity(words: list[str], stop: int) -> bool:
    """True before "%", ":" and the thousands of "24,000"."""
    thousands = (
        words[stop] == "," and words[stop + 1].isdecimal() and len(words[stop + 1]) == _THOUSANDS
    )
    return thousands or words[stop] in ("%", ":")


def _read_month_after(tokens: Tokens, index: int, stop: int, day: int) -> Match | None:
    """24 February, the 24th of February."""
    at = stop + 1 if tokens.words[stop] == "of" else stop
    month = _month_at(tokens, at)
    if month is None or not tokens.near(at):
        return None
    return Match(month, "date", index, at + 1, Decimal(day))


def _month_at(tokens: Tokens, index: int) -> str | None:
    """The month's full name; None for another word, and for "may" and "march" in small letters."""
    word, before = tokens.words[index], tokens.words[index - 1]
    if word not in MONTHS:
        return None
    if word in AMBIGUOUS_MONTHS and not tokens.capitalised(index):
        if before not in BEFORE_MONTH and not before.isdecimal():
            return None
    return MONTH_NAMES[MONTHS[word] - 1]


def read_in_words(tokens: Tokens, start: int, reading: Reading) -> list[Match] | None:
    """March twelve, fourteen:00: days and hours in words; not "twelve March"."""
    words = tokens.words
    if words[start] not in SMALL:
        return None
    is_hour = words[start + 1] == ":" and tokens.glued(start + 2)
    if not is_hour and words[start - 1] not in MONTHS:
        return None
    return clock.read(tokens, start) or read_day(tokens, start)
