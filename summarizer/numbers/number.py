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
        start: Offset of the first character, in characters.
        end: Offset behind the last character.
        text: The characters themselves, with sign, currency, scale and unit of measure.
        value: The number meant: 1200000000 for "$1.2bn", 27 for "27%", 0.5 for "half". For a
            time of day the hours since midnight (14.5 for "2:30 PM"), for a day of a month its
            day, for a year the year.
        unit: What is counted or measured: a canonical unit ("USD", "percent", "month", "mile",
            the month's name for a date) or the noun as written ("missiles"); None if there is
            no noun beside the number.
        kind: What sort of number it is.
        approximate: True if an approximator or bound stands beside it ("about", "more than").
        bound: Which: "~" about, "<" the truth is lower ("nearly"), ">" higher ("over"),
            "<=" ("up to"), ">=" ("at least"), "" none.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None
    kind: KindName
    approximate: bool = False
    bound: Bound = ""
