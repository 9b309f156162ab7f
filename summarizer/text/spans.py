"""Span: a stretch of a text that can prove itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text, and what stands there.

    >>> source = "Four civilians were killed."
    >>> span = Span.of(source, 0, 14)
    >>> span.text, source[span.start : span.end] == span.text
    ('Four civilians', True)
    """

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Span:
        """The span of `source` between two offsets, counted in characters."""
        return cls(start, end, source[start:end])

    def moved(self, by: int) -> Span:
        """The same characters in a text in which so many more stand before them."""
        return Span(self.start + by, self.end + by, self.text)

    def overlaps(self, start: int, end: int) -> bool:
        """True if the span shares at least one character with `start` to `end`."""
        return self.start < end and start < self.end
