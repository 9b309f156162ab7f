"""The checks: numbers, quotations and names of a text against its source, by code alone."""

from __future__ import annotations

from typing import Any

from .article import Article, Sentence
from .checks.names import check_names
from .checks.numbers.rules import check_numbers
from .checks.omissions import find_omissions, rank_figures
from .checks.quotations import check_quotes
from .checks.result import Check, CrossCheck, NameCheck, NumberCheck, Omission, QuoteCheck
from .errors import InputError
from .judge import judge_numbers
from .report.view import (
    Cost,
    Finding,
    Missed,
    Position,
    Problem,
    Tally,
    View,
    evidence_of,
    sections_of,
)
from .report.view import Item as ViewItem
from .text.escape import one_line
from .text.sentences import LONGEST as MAX_SENTENCE

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


def view_of(check: CrossCheck, text: Article, source: Article, name: str) -> View:
    """A cross-check as reports show it: each sentence of the text as a claim, with its checks.

    Args:
        check: The verdicts.
        text: The text that was checked.
        source: What it was checked against.
        name: What to call the text.

    Example:
        >>> text, source = Article("Nine people were hurt."), Article("Four people were hurt.")
        >>> view = view_of(crosscheck(text, source), text, source, "a.txt")
        >>> [item.verdict for item in view.sections[0].items]
        ['contradicted']
    """
    checks: list[Check] = sorted(
        [*check.numbers, *check.quotes, *check.names], key=lambda c: c.start
    )
    supported = sum(c.verdict.accepted for c in checks)
    return View(
        headline=name,
        source=source.text,
        cost=Cost("checked by code alone"),
        sections=sections_of(_claim(sentence, checks, source) for sentence in text.sentences),
        missed=tuple(Missed.of(o.span, o.what, source) for o in check.missed),
        problems=tuple(_problem(problem, text) for problem in check.problems),
        tally=Tally(supported, len(checks) - supported - len(check.problems)),
    )


def _claim(sentence: Sentence, checks: list[Check], source: Article) -> ViewItem:
    """A sentence with the checks of its parts, and each piece of their evidence once."""
    inside = [c for c in checks if sentence.start <= c.start < sentence.end]
    spans = dict.fromkeys(span for c in inside for span in c.evidence)
    findings = tuple(Finding(c.verdict, c.reason) for c in inside)
    text = one_line(sentence.text, MAX_SENTENCE)
    return ViewItem.claim(text, evidence_of(spans, source), findings)


def _problem(check: Check, text: Article) -> Problem:
    """A flagged part of the text, with the rest of its sentence around it."""
    sentence = text.sentence_at(check.start)
    return Problem(
        Finding(check.verdict, check.reason),
        check.text,
        Position.of(text.text, check.start),
        Position.of(text.text, check.end),
        text.text[sentence.start : check.start] if sentence else None,
        text.text[check.end : sentence.end] if sentence else "",
    )


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
