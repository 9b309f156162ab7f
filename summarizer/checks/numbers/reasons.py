"""How the reasons of number checks begin: what the summary says, and what the source says instead."""

from __future__ import annotations

from ...article import Article
from ...numbers import Number
from ...text.spans import Span
from ..wording import cite, sentence_of


def says(claimed: str, source: Article, given: Number | Span) -> str:
    """What the source says, beside what a summary claims.

    Args:
        claimed: The words of the summary.
        source: The article.
        given: A number of it, cited with its noun, or a stretch of it, cited as it is.

    Example:
        >>> source = Article("Four civilians were killed.")
        >>> says("five civilians", source, source.numbers[0])
        'five civilians: the source says “Four civilians” (sentence 1)'
    """
    return f"{claimed}: the source says {quote(source, given)}"


def nowhere(claimed: str) -> str:
    """The reason for what the source does not have at all."""
    return f"{claimed}: nowhere in the source"


def quote(source: Article, given: Number | Span) -> str:
    """A number or a stretch of the source in quotation marks, with its sentence."""
    if isinstance(given, Number):
        return cite(source, given)
    return f"“{given.text}” ({sentence_of(source, given.start)})"
