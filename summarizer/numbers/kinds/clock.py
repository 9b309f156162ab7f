"""Times of day: "14:00", "2:30 p.m.", "17.30 GMT"."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import SMALL
from ...languages.english_quantities import TIME_ZONES
from ...text.tokens import Tokens
from ..match import Match

_MAX_HOUR, _MAX_MINUTE, _NOON = 24, 59, 12
_DIGITS_OF_MINUTES = 2
_LONGEST = 4


def whole_number(word: str, most: int) -> int | None:
    """A whole number up to `most`, in at most four digits or one word; else None.

    >>> whole_number("24", 31), whole_number("twelve", 31), whole_number("32", 31)
    (24, 12, None)
    """
    if word.isdecimal():
        value = int(word) if len(word) <= _LONGEST else most + 1
    else:
        value = SMALL.get(word, most + 1)
    return value if value <= most else None


def read(tokens: Tokens, index: int) -> list[Match] | None:
    """14:00, 2 PM, 2:30 p.m., 17.30 GMT, fourteen:00: hours since midnight."""
    words = tokens.words
    hour = whole_number(words[index], _MAX_HOUR)
    if hour is None:
        return None
    separator = _separator_at(tokens, index + 1)
    after = index + 3 if separator else index + 1
    minute = whole_number(words[index + 2], _MAX_MINUTE) if separator else 0
    if minute is None:
        return None
    half, stop = _half_of_day(tokens, after)
    if not half and separator != ":" and not (separator and words[stop] in TIME_ZONES):
        return None
    if separator == ":" and _has_seconds(tokens, after):
        stop = after + 2
    value = _on_24_hours(hour, half) + Decimal(minute) / 60
    return [Match("hour", "time", index, stop, value)]


def _separator_at(tokens: Tokens, index: int) -> str:
    """The sign between hours and minutes: 14:00, 17.30, 17h30; not 17.3, and not "17. 30"."""
    word = tokens.words[index]
    if len(tokens.words[index + 1]) != _DIGITS_OF_MINUTES:
        return ""
    if word == ":":
        return word if tokens.near(index) else ""
    glued = tokens.glued(index) and tokens.glued(index + 1)
    return word if word in (".", "h") and glued else ""


def _half_of_day(tokens: Tokens, index: int) -> tuple[str, int]:
    """PM, p.m.: "a" or "p", and the token after it; "" where a time does not say."""
    words = tokens.words
    if words[index] in ("am", "pm") and tokens.near(index):
        return words[index][0], index + 1
    if words[index] in ("a", "p") and words[index + 1] == "." and words[index + 2] == "m":
        return words[index], index + 4 if words[index + 3] == "." else index + 3
    return "", index


def _has_seconds(tokens: Tokens, index: int) -> bool:
    """14:00:30."""
    words = tokens.words
    return words[index] == ":" and words[index + 1].isdecimal() and tokens.glued(index + 1)


def _on_24_hours(hour: int, half: str) -> int:
    """2 PM is 14, 12 AM is 0; 14 PM is 14."""
    if not half or hour > _NOON:
        return hour
    return hour % _NOON + (_NOON if half == "p" else 0)
