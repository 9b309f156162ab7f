"""Dates, years and times of day: numbers that say when, not how many."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import DASHES, MONTHS, ORDINAL_SUFFIXES, SMALL
from ...text.tokens import Tokens
from ..quantity import Unit, is_plural
from . import KindName

_YEAR_BEFORE = frozenset(
    "in since of until till from by between during before after around to and the early"
    " late mid season year fiscal summer winter spring autumn through circa for january"
    " february march april may june july august september october november december".split()
)
_DATE_BEFORE = frozenset(
    "on since until by from of the before after for between and monday tuesday wednesday"
    " thursday friday saturday sunday st nd rd th".split()
)
_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2100

Found = tuple[list[Unit], int]
"""The units found, and the index of the token behind the last."""


def read_when(tokens: Tokens, index: int) -> Found | None:
    """A date, year or time that starts at a token of digits, or None."""
    return (
        _iso_date(tokens, index)
        or _time(tokens, index)
        or _day(tokens, index)
        or _year(tokens, index)
    )


def _whole(word: str, most: int) -> int | None:
    """A whole number up to `most`, in at most four digits or one word."""
    if word in SMALL:
        return SMALL[word] if SMALL[word] <= most else None
    return int(word) if word.isdecimal() and len(word) <= 4 and int(word) <= most else None


def is_year(word: str) -> bool:
    """True for four digits that can be a year."""
    return len(word) == 4 and word.isdecimal() and _EARLIEST_YEAR <= int(word) <= _LATEST_YEAR


def _month_name(number: int) -> str:
    return next(name for name, value in MONTHS.items() if value == number)


def _month_at(tokens: Tokens, index: int) -> str | None:
    word = tokens.words[index]
    if word not in MONTHS:
        return None
    if word in ("may", "march", "mar") and not tokens.capitalised(index):
        before = tokens.words[index - 1]
        if before not in _DATE_BEFORE and not tokens.words[index - 1].isdecimal():
            return None
    return _month_name(MONTHS[word])


def _iso_date(tokens: Tokens, index: int) -> Found | None:
    """2022-12-30, 2022/12/30: the year, and the day of the month."""
    words = tokens.words
    joined = words[index + 1] in ("-", "/", "–") and words[index + 3] == words[index + 1]
    if not (joined and is_year(words[index])):
        return None
    if not all(tokens.glued(index + k) for k in range(1, 5)):
        return None
    month, day = _whole(words[index + 2], 12), _whole(words[index + 4], 31)
    if not month or not day:
        return None
    year = Unit("year", "year", index, index + 1, Decimal(words[index]))
    return [
        year,
        Unit(_month_name(month), "date", index + 2, index + 5, Decimal(day)),
    ], index + 5


def _time(tokens: Tokens, index: int) -> Found | None:
    """14:00, 2 PM, 2:30 p.m., 17.30 GMT: hours since midnight."""
    words, j = tokens.words, index
    hour = _whole(words[j], 24)
    if hour is None:
        return None
    j += 1
    minute: int | None = 0
    colon = words[j] == ":" and tokens.near(j) and len(words[j + 1]) == 2
    point = (
        words[j] in (".", "h")
        and tokens.glued(j)
        and tokens.glued(j + 1)
        and len(words[j + 1]) == 2
    )
    if colon or point:
        minute = _whole(words[j + 1], 59)
        j += 2
        if minute is None:
            return None
    half, stop = _half_of_day(tokens, j)
    zone = words[stop] in ("gmt", "bst", "utc", "cet", "est", "edt", "pst", "et", "hrs")
    if not (half or colon or (point and zone)):
        return None
    if colon and words[j] == ":" and words[j + 1].isdecimal() and tokens.glued(j + 1):
        stop = j + 2  # 14:00:30
    if half and hour > 12:
        half = ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return [Unit("hour", "time", index, stop, hour + Decimal(minute or 0) / 60)], stop


def _half_of_day(tokens: Tokens, index: int) -> tuple[str, int]:
    words = tokens.words
    if words[index] in ("am", "pm") and tokens.near(index):
        return words[index][0], index + 1
    if words[index] in ("a", "p") and words[index + 1] == "." and words[index + 2] == "m":
        return words[index], index + 4 if words[index + 3] == "." else index + 3
    return "", index


def _day(tokens: Tokens, index: int) -> Found | None:
    """24 February, February 24th, Feb. 24, the 24th of February; a year behind it by itself."""
    words, j = tokens.words, index
    day = _whole(words[j], 31)
    if not day:
        return None
    j += 1
    if words[j] in ORDINAL_SUFFIXES:
        j += 1
    before = index - 1
    if words[before] == "." and words[before - 1] in MONTHS and len(words[before - 1]) < 5:
        before -= 1
    if (month := _month_at(tokens, before)) and tokens.near(index):
        if words[j] not in ("%", ":") and not (
            words[j] == "," and words[j + 1].isdecimal() and len(words[j + 1]) == 3
        ):
            return [Unit(month, "date", before, j, Decimal(day))], j
    behind = j + 1 if words[j] == "of" else j
    if (month := _month_at(tokens, behind)) and tokens.near(behind):
        return [Unit(month, "date", index, behind + 1, Decimal(day))], behind + 1
    return None


def _year(tokens: Tokens, index: int) -> Found | None:
    """2015, 1990s, 2010-11: by their form, unless something is counted behind them."""
    words, j = tokens.words, index + 1
    if not is_year(words[index]) or words[index - 1] in ("$", "£", "€", "¥", "₹"):
        return None
    value = Decimal(words[index])
    if words[j] == "s" and tokens.glued(j):
        return [Unit("decade", "year", index, j + 1, value)], j + 1
    if words[j] in DASHES | {"/"} and tokens.near(j) and tokens.near(j + 1):
        end = words[j + 1]
        if is_year(end) and int(end) > value:
            second = Unit("year", "year", j + 1, j + 2, Decimal(end))
            return [Unit("year", "year", index, j, value), second], j + 2
        if len(end) == 2 and end.isdecimal() and int(end) == (int(value) + 1) % 100:
            season = Unit("year", "year", j + 1, j + 2, Decimal(end))
            return [Unit("year", "year", index, j, value), season], j + 2
    counted = (
        is_plural(words[j]) and not tokens.capitalised(j) and words[index - 1] not in _YEAR_BEFORE
    ) or words[j] in ("people", "%")
    if counted or (words[j] in (".", ",") and tokens.glued(j + 1) and words[j + 1].isdecimal()):
        return None
    kind: KindName = "year"
    return [Unit("year", kind, index, j, value)], j
