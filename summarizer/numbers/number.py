"""Number: one mention of a number in a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..languages import Bound
from .kinds import KindName


@dataclass(frozen=True, slots=True)
class Number:
    """One mention of a number.

    Attributes:
        start: Offset of its first character.
        end: End offset (exclusive).
        text: Its characters, with sign, currency, scale and unit of measure.
        value: What it amounts to: 1200000000 for "$1.2bn", 27 for "27%", 0.5 for "half". For a
            time of day the hours since midnight (14.5 for "2:30 PM"), for a day of a month its
            day, for a year the year.
        unit: What is counted or measured: a canonical unit ("USD", "percent", "month", "mile",
            the month's name for a date) or the noun as written ("missiles"); None if there is
            no noun beside the number.
        kind: What sort of number it is, a key of `KINDS`.
        approximate: True if an approximator or bound is written beside it ("about", "more than").
        bound: How it relates to the true value: "~" about, "<" the truth is lower ("nearly"),
            ">" higher ("over"), "<=" ("up to"), ">=" ("at least"), "" exactly.

    Example:
        >>> from summarizer import find_numbers
        >>> number = find_numbers("It cost nearly $1.2bn.")[0]
        >>> number.text, str(number.value), number.unit, number.kind, number.bound
        ('$1.2bn', '1200000000', 'USD', 'money', '<')
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None
    kind: KindName
    approximate: bool = False
    bound: Bound = ""
