"""Span: a stretch of a text together with its characters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: `source[span.start : span.end] == span.text`.

    Attributes:
        start: Offset of its first character.
        end: End offset (exclusive).
        text: The characters in between.

    Example:
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
        """Cut a span out of a text.

        Args:
            source: The text.
            start: Offset of the first character.
            end: End offset (exclusive).
        """
        return cls(start, end, source[start:end])

    def moved(self, by: int) -> Span:
        """Shift both offsets, for the same characters in a longer text.

        >>> Span(0, 4, "Four").moved(10)
        Span(start=10, end=14, text='Four')
        """
        return Span(self.start + by, self.end + by, self.text)

    def overlaps(self, start: int, end: int) -> bool:
        """True if the span shares at least one character with `start` to `end` (exclusive).

        >>> Span(0, 4, "Four").overlaps(3, 9), Span(0, 4, "Four").overlaps(4, 9)
        (True, False)
        """
        return self.start < end and start < self.end


def strip_span(
    text: str, start: int, end: int, leading: str | None = None, trailing: str | None = None
) -> tuple[int, int]:
    """Offsets of a stretch without the characters to strip at its ends, white space by default.

    >>> strip_span("He said: it rained. ", 9, 20), strip_span("a, b", 1, 4, " ,")
    ((9, 19), (3, 4))
    """
    inner = text[start:end].lstrip(leading)
    start = end - len(inner)
    return start, start + len(inner.rstrip(trailing))
