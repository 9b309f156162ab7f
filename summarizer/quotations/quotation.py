"""Quotation: words that a text attributes to a speaker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in marks, or a statement reported without them.

    Attributes:
        start: Offset of the first quoted character, after the opening mark.
        end: End offset (exclusive), before the closing mark.
        text: The quoted characters: `source[start:end]`.
        speaker: The fullest name that the text gives for the speaker; None if it names no one.
        direct: True inside quotation marks, False for reported speech ("Xi said that …").

    Example:
        >>> from summarizer import find_quotations
        >>> [quotation] = find_quotations("“We will rebuild it,” said Bob Hall, the owner.")
        >>> quotation.speaker, quotation.text, quotation.direct
        ('Bob Hall', 'We will rebuild it,', True)
    """

    start: int
    end: int
    text: str
    speaker: str | None
    direct: bool
