"""When two numbers state the same: an equal value, another unit or form for it, or a rounding.

Only the two numbers are compared; the checks decide whether they are about the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from .kinds import KINDS
from .number import Number
from .units import SECONDS_PER_MONTH, SUBUNITS, TEMPERATURES, TIME_DIMENSIONS, UNITS

Sameness = Literal["exact", "equivalent", "rounded"]
_Verdict = Sameness | Literal["different"] | None
"""What a rule says; None if it has nothing to say."""


def sameness(claimed: Number, given: Number) -> Sameness | None:
    """How a number of a summary agrees with one of its source.

    Args:
        claimed: The number in the summary.
        given: The number in the source.

    Returns:
        "exact", "equivalent" (the same value in another unit or form), "rounded", or None if the
        numbers do not agree.

    Example:
        >>> from summarizer import find_numbers
        >>> pairs = [("1.2bn euros", "1,200 million euros"), ("nearly 90", "89"), ("nearly 90", "91")]
        >>> [sameness(find_numbers(a)[0], find_numbers(b)[0]) for a, b in pairs]
        ['exact', 'rounded', None]
    """
    for rule in RULES:
        if verdict := rule(claimed, given):
            return None if verdict == "different" else verdict
    return None


# --- What cannot be compared ----------------------------------------------------------------

_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD"})
_POINTS = frozenset({"percentage-point", "basis-point"})


def other_kind(claimed: Number, given: Number) -> _Verdict:
    """5%, where the source has $5; not: where it has "one in 20"."""
    return None if KINDS[claimed.kind].is_comparable(given.kind) else "different"


def other_month(claimed: Number, given: Number) -> _Verdict:
    """3 May, where the source has 3 June."""
    dates = claimed.kind == given.kind == "date"
    return "different" if dates and claimed.unit != given.unit else None


def numbered_noun(claimed: Number, given: Number) -> _Verdict:
    """The 20th edition, where the source has 20 May; not: the 20th."""
    if claimed.kind == "date" and given.kind == "ordinal":
        ordinal = given
    elif claimed.kind == "ordinal" and given.kind == "date":
        ordinal = claimed
    else:
        return None
    return "different" if ordinal.unit is not None else None


def other_currency(claimed: Number, given: Number) -> _Verdict:
    """$5, where the source has €5; not: where it has 500 cents, or $5 for the summary's C$5."""
    if claimed.unit == given.unit or not claimed.kind == given.kind == "money":
        return None
    units = [unit for unit in (claimed.unit, given.unit) if unit]
    currencies = {SUBUNITS[unit][0] if unit in SUBUNITS else unit for unit in units}
    if len(currencies) == 1 or ("USD" in currencies and currencies <= _DOLLARS):
        return None
    return "different"


def other_percent(claimed: Number, given: Number) -> _Verdict:
    """5%, where the source has 5 percentage points; not: these in basis points."""
    if claimed.unit == given.unit or not claimed.kind == given.kind == "percent":
        return None
    return None if {claimed.unit, given.unit} == _POINTS else "different"


def own_noun(claimed: Number, given: Number) -> _Verdict:
    """20 men, where the source has 20 years; not: a bare 20, nor "3 times" for "threefold"."""
    if claimed.kind == "cardinal":
        cardinal, other = claimed, given
    elif given.kind == "cardinal":
        cardinal, other = given, claimed
    else:
        return None
    if not KINDS[other.kind].bare:
        return None
    multiple = other.kind == "multiple"
    if cardinal.unit is None:
        return "different" if multiple and cardinal.value == _TWICE else None
    return None if multiple and cardinal.unit == "times" else "different"


_TWICE = 2
"""A bare "two" is not evidence for "doubled"."""


def other_sign(claimed: Number, given: Number) -> _Verdict:
    """-3 °C, where the source has 3 °C; not: -5% for "fell 5%"."""
    if claimed.unit not in TEMPERATURES:
        return None
    return "different" if (claimed.value < 0) != (given.value < 0) else None


# --- Equal and equivalent -------------------------------------------------------------------

_CENTURY, _DECADE = 100, 10
_FIRST_SHORTENED_YEAR = 1500
_NOON = 12
_FIRST_HOUR_OF_24 = 13
_HALF_OF_DAY = re.compile(r"([ap])\.?\s?m\.?$", re.IGNORECASE)
_PARTS = frozenset({"fraction", "ratio", "percent"})
_SHARE_ERROR = Decimal("0.005")
"""Half a percentage point: 33% is a third."""
_CONVERSION_ERROR = Decimal("0.005")
"""Of the value: 100 miles are 161 km."""


def same_year(claimed: Number, given: Number) -> _Verdict:
    """'98 for 1998, the 1990s for 1998; not: 1999."""
    if claimed.kind != "year" and given.kind != "year":
        return None
    if claimed.value == given.value:
        return "exact"
    short, full = sorted((claimed.value, given.value))
    if short < _CENTURY and full % _CENTURY == short and full > _FIRST_SHORTENED_YEAR:
        return "equivalent"
    same_decade = claimed.value // _DECADE == given.value // _DECADE
    of_decade = claimed.unit == "decade" and given.kind == "year" and same_decade
    return "rounded" if of_decade else "different"


def same_value(claimed: Number, given: Number) -> _Verdict:
    """$5m for $5,000,000, 5 for 5 men, -5% for "fell 5%"; not: 5 feet for 5 miles."""
    agree = claimed.unit == given.unit or claimed.unit is None or given.unit is None
    return "exact" if agree and abs(claimed.value) == abs(given.value) else None


def same_time(claimed: Number, given: Number) -> _Verdict:
    """2:30 for 14:30; not: 2:30 am for 14:30."""
    if not claimed.kind == given.kind == "time":
        return None
    one_is_short = min(claimed.value, given.value) < _NOON
    same = one_is_short and claimed.value % _NOON == given.value % _NOON
    apart = {_half_of_day(claimed), _half_of_day(given)} == {"a", "p"}
    return "equivalent" if same and not apart else "different"


def _half_of_day(time: Number) -> str | None:
    """The letter "a" before noon, "p" after it; None where a time does not say: 3:00."""
    if written := _HALF_OF_DAY.search(time.text):
        return written[1].lower()
    return "p" if time.value >= _FIRST_HOUR_OF_24 else None


def same_share(claimed: Number, given: Number) -> _Verdict:
    """33% for a third, half for 49%; not: half for 40%."""
    if claimed.kind == given.kind or claimed.kind not in _PARTS or given.kind not in _PARTS:
        return None
    one, other = _as_share(claimed), _as_share(given)
    if abs(one - other) <= _SHARE_ERROR:
        return "equivalent"
    return "rounded" if _is_rounded(claimed, one, other) else "different"


def _as_share(number: Number) -> Decimal:
    return abs(number.value) / 100 if number.kind == "percent" else abs(number.value)


def cents(claimed: Number, given: Number) -> _Verdict:
    """$5 for 500 cents; not: $6."""
    if claimed.unit == given.unit or not claimed.kind == given.kind == "money":
        return None
    if claimed.unit not in SUBUNITS and given.unit not in SUBUNITS:
        return None
    return _converted(_in_currency(claimed), _in_currency(given))


def _in_currency(number: Number) -> Decimal:
    factor = SUBUNITS[number.unit][1] if number.unit in SUBUNITS else Decimal(1)
    return abs(number.value) * factor


def basis_points(claimed: Number, given: Number) -> _Verdict:
    """Half a percentage point for 50 basis points; not: one."""
    if claimed.unit == given.unit or claimed.unit not in _POINTS or given.unit not in _POINTS:
        return None
    return _converted(_in_points(claimed), _in_points(given))


def _in_points(number: Number) -> Decimal:
    return abs(number.value) / 100 if number.unit == "basis-point" else abs(number.value)


def other_unit(claimed: Number, given: Number) -> _Verdict:
    """5 km for 5,000 metres, 24 months for two years; not: 5 km for 5 miles."""
    if claimed.unit == given.unit or claimed.unit is None or given.unit is None:
        return None
    one, other = UNITS.get(claimed.unit), UNITS.get(given.unit)
    if one is None or other is None or one.dimension == "temperature":
        return None
    if one.dimension != other.dimension and {one.dimension, other.dimension} != TIME_DIMENSIONS:
        return None
    mixed = one.dimension != other.dimension
    return _converted(_in_base_unit(claimed, seconds=mixed), _in_base_unit(given, seconds=mixed))


def _in_base_unit(number: Number, *, seconds: bool) -> Decimal:
    """A measured value in the base unit of its dimension, or, on request, months in seconds."""
    unit = UNITS[number.unit or ""]
    value = abs(number.value) * unit.factor
    return value * SECONDS_PER_MONTH if seconds and unit.dimension == "calendar" else value


def _converted(one: Decimal, other: Decimal) -> _Verdict:
    if one == other:
        return "equivalent"
    return "rounded" if abs(one - other) <= _CONVERSION_ERROR * other else "different"


def same_value_of_another(claimed: Number, given: Number) -> _Verdict:
    """5 rockets for 5 missiles: the checks compare the nouns."""
    return "exact" if abs(claimed.value) == abs(given.value) else None


# --- Rounded --------------------------------------------------------------------------------

_TOLERANCE: dict[str, tuple[Decimal, Decimal]] = {
    "~": (Decimal("0.90"), Decimal("1.10")),
    ">": (Decimal("0.70"), Decimal(1)),
    ">=": (Decimal("0.70"), Decimal(1)),
    "<": (Decimal(1), Decimal("1.15")),
    "<=": (Decimal(1), Decimal("1.15")),
}
"""Bound -> how small and how large a rounded number may be, as shares of the true one."""
_SMALL = 1000


def rounded(claimed: Number, given: Number) -> _Verdict:
    """1,200 for 1,234, "nearly 90" for 89; not: 20 years for 23, "nearly 90" for 91."""
    is_rounded = _is_rounded(claimed, abs(claimed.value), abs(given.value))
    return "rounded" if is_rounded else None


def _is_rounded(claimed: Number, one: Decimal, other: Decimal) -> bool:
    """True if `one` is an honest rounding of `other`, by the claim's bound and precision."""
    if not KINDS[claimed.kind].rounds or not other / 2 < one < other * 2:
        return False
    digits = significant_digits(one)
    if digits >= significant_digits(other):
        return False
    if claimed.bound:
        low, high = _TOLERANCE[claimed.bound]
        return other * low <= one <= other * high
    if digits == 1 and one < _SMALL and claimed.kind != "percent":
        return False  # "20 years" for 23: a single figure needs its "about"
    return abs(one - other) <= _last_place(one) / 2


def significant_digits(value: Decimal) -> int:
    """Digits without leading and trailing zeros: 2 for 1200 and for 0.12.

    >>> significant_digits(Decimal(1200)), significant_digits(Decimal("1.20"))
    (2, 2)
    """
    return len(value.normalize().as_tuple().digits)


def _last_place(value: Decimal) -> Decimal:
    """What the last significant digit is worth: 100 for 1200, 0.01 for 0.12."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


RULES: tuple[Callable[[Number, Number], _Verdict], ...] = (
    other_kind,
    other_month,
    numbered_noun,
    other_currency,
    other_percent,
    own_noun,
    other_sign,
    same_year,
    same_value,
    same_time,
    same_share,
    cents,
    basis_points,
    other_unit,
    same_value_of_another,
    rounded,
)
"""How two numbers are compared: the first rule that has something to say decides."""
