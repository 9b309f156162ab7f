"""Quotation: words that a text gives to somebody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in marks, or a statement reported without them.

    Attributes:
        start: Offset of the first quoted character, behind the opening mark.
        end: Offset behind the last quoted character, before the closing mark.
        text: The quoted characters themselves.
        speaker: Who said it, by the fullest name the text gives; None where the text leaves it
            open.
        direct: True inside quotation marks, False for reported speech ("Xi said that …").
    """

    start: int
    end: int
    text: str
    speaker: str | None
    direct: bool
