"""The checks: numbers, quotations and names of a text against its source, by code alone."""

from __future__ import annotations

from typing import Any

from .article import Article
from .checks.names import check_names
from .checks.numbers.rules import check_numbers
from .checks.omissions import find_omissions, rank_figures
from .checks.quotations import check_quotes
from .checks.result import Check, CrossCheck, NameCheck, NumberCheck, Omission, QuoteCheck
from .errors import InputError
from .judge import judge_numbers

__all__ = [
    "Check",
    "CrossCheck",
    "NameCheck",
    "NumberCheck",
    "Omission",
    "QuoteCheck",
    "crosscheck",
]


def crosscheck(summary: Any, source: str | Article, *, judge: Any = None) -> CrossCheck:
    """Check every number, quotation and name of a text against its source, without any model.

    Args:
        summary: The text to check, a `Summary` or an `Article`.
        source: What it must agree with; an `Article` is prepared once for many checks.
        judge: A model (as in `summarize`) that decides about the doubtful numbers alone, a yes or
            no each. Without it no model is asked, ever.

    Returns:
        The verdicts. `ok` is True if nothing was flagged; `problems` lists what was.

    Raises:
        InputError: One of the two is not a text.
        ModelError: The judge could not be reached.

    Example:
        >>> source = "Russian forces launched 85 missiles and 35 airstrikes. Four civilians were killed."
        >>> check = crosscheck("Russia launched 35 missiles; four civilians died.", source)
        >>> for n in check.numbers:
        ...     print(n.text, n.verdict, "|", n.reason)
        35 misplaced | 35 missiles: the source says “85 missiles” (sentence 1); 35 is its number of airstrikes
        four exact | four civilians: the source says “Four civilians” (sentence 2)
    """
    text, article = _readable(summary), Article.of(source)
    numbers = check_numbers(text, article)
    if judge is not None:
        numbers = judge_numbers(numbers, text, article, judge)
    quotes = check_quotes(text, article)
    names = check_names(text, article)

    def missed() -> list[Omission]:
        return find_omissions(text, article, rank_figures(article), _cited(summary))

    return CrossCheck(numbers, quotes, names, missed)


def _readable(summary: Any) -> Article:
    if isinstance(summary, str | Article):
        return Article.of(summary)
    text = getattr(summary, "text", None)
    if isinstance(text, str):
        return Article(text)
    raise InputError(f"A summary must be a str or a Summary, not {type(summary).__name__}.")


def _cited(summary: Any) -> list[Any]:
    """The stretches of the source that a Summary's quotations and figures are."""
    items = [*getattr(summary, "quotes", []), *getattr(summary, "figures", [])]
    return [item.evidence[0] for item in items if item.evidence]
