"""When two numbers say the same: equal, equivalent in another writing, or rounded.

Pure comparison of two mentions; whether they speak of the same thing is decided elsewhere.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from . import Number
from .kinds import KINDS
from .units import SECONDS_PER_MONTH, SUBUNITS, TEMPERATURES, UNITS

Sameness = Literal["exact", "equivalent", "rounded"]

_CALENDAR_TO_SECONDS = {"calendar": SECONDS_PER_MONTH}
_PARTS = frozenset({"fraction", "ratio", "percent"})
_CONVERSION_ERROR = Decimal("0.005")
_TOLERANCE = {  # how far a rounded number may lie from the true one, by its bound
    "~": (Decimal("0.90"), Decimal("1.10")),
    ">": (Decimal("0.70"), Decimal(1)),
    ">=": (Decimal("0.70"), Decimal(1)),
    "<": (Decimal(1), Decimal("1.15")),
    "<=": (Decimal(1), Decimal("1.15")),
}


def sameness(claimed: Number, given: Number) -> Sameness | None:
    """How a number of a summary agrees with one of its source, or None.

    Args:
        claimed: The number in the summary.
        given: The number in the source.

    Example:
        >>> from summarizer import find_numbers
        >>> pairs = [("1.2bn euros", "1,200 million euros"), ("nearly 90", "89"), ("nearly 90", "91")]
        >>> [sameness(find_numbers(a)[0], find_numbers(b)[0]) for a, b in pairs]
        ['exact', 'rounded', None]
    """
    if not _comparable(claimed, given):
        return None
    if claimed.unit in TEMPERATURES and (claimed.value < 0) != (given.value < 0):
        return None  # elsewhere a sign may be told in words: "fell 5%"
    if claimed.kind == "year" or given.kind == "year":
        return _same_year(claimed, given)
    one, other = abs(claimed.value), abs(given.value)
    if one == other and (claimed.unit == given.unit or claimed.unit is None or given.unit is None):
        return "exact"
    if claimed.kind == "time" and given.kind == "time":
        if one == other:
            return "exact"
        halves = _half_of_day(claimed), _half_of_day(given)
        if None not in halves and halves[0] != halves[1]:
            return None
        return "equivalent" if one % 12 == other % 12 and min(one, other) < 12 else None
    if claimed.kind in _PARTS and given.kind in _PARTS and claimed.kind != given.kind:
        one, other = _as_share(claimed), _as_share(given)
        if abs(one - other) <= Decimal("0.005"):
            return "equivalent"
        return "rounded" if _is_rounded(claimed, one, other) else None
    scaled = _converted(claimed, given)
    if scaled is not None:
        one, other, converted = scaled
        if converted:
            if one == other:
                return "equivalent"
            return "rounded" if abs(one - other) <= _CONVERSION_ERROR * other else None
    if one == other:
        return "exact"
    return "rounded" if _is_rounded(claimed, one, other) else None


_FIRST_HOUR_OF_24 = 13
_HALF_OF_DAY = re.compile(r"([ap])\.?\s?m\.?$", re.IGNORECASE)


def _half_of_day(time: Number) -> str | None:
    """The letter "a" before noon, "p" behind it; None where a time does not say: 3:00."""
    if written := _HALF_OF_DAY.search(time.text):
        return written[1].lower()
    return "p" if time.value >= _FIRST_HOUR_OF_24 else None


def _comparable(claimed: Number, given: Number) -> bool:
    one, other = claimed.kind, given.kind
    if not KINDS[one].is_comparable(other):
        return False
    if one == other == "date":
        return claimed.unit == given.unit
    if {one, other} == {"date", "ordinal"}:  # "the 24th", but not "the 20th edition"
        return (claimed if one == "ordinal" else given).unit is None
    if one == other == "money":
        return _same_currency(claimed.unit, given.unit)
    if one == other == "percent":
        points = {"percentage-point", "basis-point"}
        return claimed.unit == given.unit or {claimed.unit, given.unit} == points
    if one == other:
        return True
    if "cardinal" in (one, other) and (KINDS[one].bare or KINDS[other].bare):
        bare, full = (claimed, given) if one == "cardinal" else (given, claimed)
        if bare.unit is None:
            return full.kind != "multiple" or bare.value != 2
        return full.kind == "multiple" and bare.unit == "times"
    return True


def _same_currency(one: str | None, other: str | None) -> bool:
    main = {SUBUNITS[u][0] if u in SUBUNITS else u for u in (one, other) if u}
    dollars = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD"}
    return len(main) < 2 or ("USD" in main and main <= dollars)


def _same_year(claimed: Number, given: Number) -> Sameness | None:
    one, other = claimed.value, given.value
    if one == other:
        return "exact"
    short = min(one, other)
    if short < 100 and max(one, other) % 100 == short and max(one, other) > 1500:
        return "equivalent"
    decade = claimed.unit == "decade" and given.kind == "year" and other // 10 == one // 10
    return "rounded" if decade else None


def _as_share(number: Number) -> Decimal:
    return abs(number.value) / 100 if number.kind == "percent" else abs(number.value)


def _converted(claimed: Number, given: Number) -> tuple[Decimal, Decimal, bool] | None:
    """Both values in a common unit, and whether a conversion took place."""
    a, b = claimed.unit, given.unit
    if claimed.kind == given.kind == "money" and a != b:
        one, other = _in_main_unit(claimed), _in_main_unit(given)
        return (one, other, True) if {a, b} & set(SUBUNITS) else None
    if {a, b} == {"percentage-point", "basis-point"}:
        one, other = (
            abs(n.value) / (100 if n.unit == "basis-point" else 1) for n in (claimed, given)
        )
        return one, other, True
    if a == b or a is None or b is None:
        return None
    left, right = UNITS.get(a), UNITS.get(b)
    if left is None or right is None or left.dimension == "temperature":
        return None
    one, other = abs(claimed.value) * left.factor, abs(given.value) * right.factor
    if left.dimension != right.dimension:
        if {left.dimension, right.dimension} != {"time", "calendar"}:
            return None
        one *= _CALENDAR_TO_SECONDS.get(left.dimension, 1)
        other *= _CALENDAR_TO_SECONDS.get(right.dimension, 1)
    return one, other, True


def _in_main_unit(number: Number) -> Decimal:
    factor = SUBUNITS[number.unit][1] if number.unit in SUBUNITS else Decimal(1)
    return abs(number.value) * factor


def _is_rounded(claimed: Number, one: Decimal, other: Decimal) -> bool:
    """True if `one` is an honest rounding of `other`, by its bound and its precision."""
    if not other < one * 2 < other * 4:
        return False
    if not KINDS[claimed.kind].rounds:
        return False
    if claimed.bound:
        low, high = _TOLERANCE[claimed.bound]
        rounder = significant_digits(one) < significant_digits(other)
        return rounder and other * low <= one <= other * high
    digits = significant_digits(one)
    if digits >= significant_digits(other):
        return False
    if digits < 2 and one < 1000 and claimed.kind != "percent":
        return False  # "20 years" for 23: a single figure needs its "about"
    return abs(one - other) <= _last_place(one) / 2


def significant_digits(value: Decimal) -> int:
    """Digits without leading and trailing zeros: 2 for 1200 and for 0.12.

    >>> significant_digits(Decimal(1200)), significant_digits(Decimal("1.20"))
    (2, 2)
    """
    return len(value.normalize().as_tuple().digits)


def _last_place(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
