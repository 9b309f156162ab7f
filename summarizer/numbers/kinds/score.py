"""Scores: two numbers joined by a dash with nothing counted after them, "4-2", "two-0"."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import DASHES, SMALL
from ...languages.english_quantities import MATCH_RESULTS
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import MAX_DIGITS, Match
from ..quantity import read_unit
from ..values import read_value

_LIMIT = 200
"""What the sides of a score are below."""
_PRICE_SIGNS = frozenset("$£€")


def read(tokens: Tokens, start: int, reading: Reading) -> list[Match] | None:
    """4-2, 76 - 71, two-0, a 2-1 win, 6-4-2; the two ends of a range in "5–7 miles"."""
    other = _read_other_side(tokens, start, reading)
    if other is None:
        return None
    first = Match(None, "score", start, reading.stop, reading.value)
    last = read_unit(tokens, reading.stop + 1, other)
    if last.kind != "cardinal" or _is_range(last, reading):
        return [first._replace(unit=last.unit, kind=last.kind), last]
    second = Match(None, "score", reading.stop + 1, other.stop, other.value)
    return [first, second, *_read_third(tokens, other.stop)]


def _is_range(last: Match, first: Reading) -> bool:
    """5-7 people; not "a 2-3 defeat", and not "7-2 co-favourites", where the numbers fall."""
    return last.unit is not None and last.unit not in MATCH_RESULTS and first.value < last.value


def _read_other_side(tokens: Tokens, start: int, reading: Reading) -> Reading | None:
    """The numeral after the dash of "4-2"; None in "$4-2", "4-200", "two-three", "4 - 2½"."""
    words, second = tokens.words, reading.stop + 1
    if not _is_joined(tokens, start, reading) or words[start - 1] in _PRICE_SIGNS:
        return None
    other = read_value(tokens, second)
    if other is None or other.stop != second + 1 or other.form not in ("digits", "words"):
        return None
    return other if max(reading.value, other.value) < _LIMIT else None


def _is_joined(tokens: Tokens, start: int, reading: Reading) -> bool:
    """One token, a dash and another number, at least one of the two in digits."""
    words, dash = tokens.words, reading.stop
    if dash != start + 1 or words[dash] not in DASHES or not tokens.near(dash):
        return False
    second = words[dash + 1]
    return second.isdecimal() or (second in SMALL and words[start].isdecimal())


def _read_third(tokens: Tokens, dash: int) -> list[Match]:
    """The 2 of "6-4-2"."""
    words, third = tokens.words, dash + 1
    if words[dash] not in DASHES or not tokens.glued(dash) or not words[third].isdecimal():
        return []
    return [Match(None, "score", third, third + 1, Decimal(words[third][:MAX_DIGITS]))]
