"""Match: what a reader found at its place in a text, before it becomes a Number."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from .kinds import KindName

MAX_DIGITS = 28
"""Digits read of a number that may be of any length: as many as a Decimal keeps."""


class Match(NamedTuple):
    """A number found by a reader.

    Attributes:
        unit: Its unit, as in `Number.unit`.
        kind: Its kind.
        start: Its first token.
        stop: The token after its last.
        value: Its value.
    """

    unit: str | None
    kind: KindName
    start: int
    stop: int
    value: Decimal
