"""The checks: numbers, quotations and names of a text against its source, by code alone."""

from __future__ import annotations

from typing import Any

from .article import Article, Sentence
from .checks.names import check_names
from .checks.numbers.rules import check_numbers
from .checks.omissions import find_omissions, rank_figures
from .checks.quotations import check_quotes
from .checks.result import Check, CrossCheck, NameCheck, NumberCheck, Omission, QuoteCheck
from .judge import Question, ask_judge, is_doubtful, with_opinion
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

_SENTENCES_AROUND = 1
"""What the judge reads of the source on either side of the sentence with a number's evidence."""


def crosscheck(summary: Any, source: str | Article, *, judge: Any = None) -> CrossCheck:
    """Check every number, quotation and name of a text against its source, without any model.

    Args:
        summary: The text to check, a `Summary` or an `Article`.
        source: The text that it must agree with; an `Article` is prepared once for many checks.
        judge: Optional second model, named as in `summarize`: it answers yes or no for each
            doubtful number. Without it no model is ever asked.

    Returns:
        The verdicts. `ok` is True if nothing was flagged; `problems` lists what was.

    Raises:
        InputError: `summary` or `source` is not a text.
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


def judge_numbers(
    checks: list[NumberCheck], text: Article, source: Article, judge: Any
) -> list[NumberCheck]:
    """Let a judge decide the doubtful checks of numbers; all others stay as they are.

    Args:
        checks: The verdicts of the rules.
        text: The summary.
        source: The article.
        judge: Any model that `summarize` takes.

    Returns:
        All checks in their order. If none is doubtful, no model is asked.

    Raises:
        ModelError: The model could not be reached or gave no usable answer.
    """
    doubtful = [index for index, check in enumerate(checks) if is_doubtful(check)]
    opinions = ask_judge([_question(checks[index], text, source) for index in doubtful], judge)
    judged = list(checks)
    for index, opinion in zip(doubtful, opinions, strict=True):
        judged[index] = with_opinion(checks[index], opinion)
    return judged


def _question(check: NumberCheck, text: Article, source: Article) -> Question:
    """The sentence of a number, and the sentences of the source around its evidence."""
    statement, place = text.sentence_at(check.start), source.sentence_at(check.evidence[-1].start)
    around: tuple[Sentence, ...] = ()
    if place is not None:
        first = max(0, place.index - 1 - _SENTENCES_AROUND)
        around = source.sentences[first : place.index + _SENTENCES_AROUND]
    return Question(
        source=" ".join(sentence.text for sentence in around),
        statement=statement.text if statement else check.text,
        number=check.text,
    )


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
    return Article(summary)  # which says what else it is


def _cited(summary: Any) -> list[Any]:
    """The spans of the source that are the quotations and figures of a Summary."""
    items = [*getattr(summary, "quotes", []), *getattr(summary, "figures", [])]
    return [item.evidence[0] for item in items if item.evidence]
