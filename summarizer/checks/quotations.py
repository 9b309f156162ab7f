"""The verdict on each quotation of a text: first its words, then its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..article import Article
from ..quotations import Quotation
from .misattribution import find_misattribution, is_named, is_same_speaker
from .quoted_words import FEWEST_COMPARED, Found, find_words
from .result import QuoteCheck
from .verdicts import Verdict
from .wording import sentence_of

# By hand, on the reported statements of the development data.
_STATEMENT_COVERED = 0.6
"""Share of a statement's content that another's must have to be the same statement."""
_OWN_SHARE = 0.7
"""Of that share: with so much in common a statement of the speaker's own is meant instead."""


def check_quotes(text: Article, source: Article) -> list[QuoteCheck]:
    """Judge every quotation of a text by its source: its words, then who said them.

    Three things are looked at differently:
    - Words between quotation marks with a speaker are always judged.
    - Words between marks that no one is said to have spoken ("suspicious") are reported only if
      they are not the source's.
    - Statements without marks are paraphrases, whose words cannot be checked. They are reported
      only if the source gives what they say to another speaker.

    Args:
        text: The text to check.
        source: The article that it must agree with.

    Returns:
        The checks in the order of the text.

    Example:
        >>> source = Article('“We will win the cup,” said Ann Lee. Bob Roy left.')
        >>> text = Article('“We will win,” said Bob Roy.')
        >>> [(check.verdict.value, check.suggestion) for check in check_quotes(text, source)]
        [('misattributed', 'Ann Lee')]
    """
    checks = [
        check
        for quotation in text.quotations
        if (check := _judge_quotation(quotation, text, source))
    ]
    return sorted([*checks, *_judge_unspoken(text, source)], key=lambda check: check.start)


def _judge_quotation(quotation: Quotation, text: Article, source: Article) -> QuoteCheck | None:
    if quotation.direct:
        return _judge_direct(quotation, source)
    return _judge_reported(quotation, text, source)


def _judge_unspoken(text: Article, source: Article) -> Iterator[QuoteCheck]:
    """Flag words between marks that no one is said to have spoken and that the source does not have."""
    spoken = {quotation.start for quotation in text.quotations if quotation.direct}
    for start, end in ((mark.start, mark.end) for mark in text.marked if mark.start not in spoken):
        words = Quotation(start, end, text.text[start:end], None, direct=True)
        check = _judge_direct(words, source)
        if check.verdict.flagged:
            yield check


def _judge_direct(quotation: Quotation, source: Article) -> QuoteCheck:
    found = find_words(quotation.text, source)
    if found.verdict.accepted and quotation.speaker:
        wrong = find_misattribution(quotation.speaker, found.spans, source)
        if wrong:
            found = Found(Verdict.MISATTRIBUTED, found.spans, wrong.reason, wrong.said_by)
    return _check(quotation, found)


def _check(quotation: Quotation, found: Found) -> QuoteCheck:
    return QuoteCheck(
        quotation.start,
        quotation.end,
        quotation.text,
        quotation.speaker,
        found.verdict,
        found.reason,
        found.spans,
        found.suggestion,
    )


# --- Reported statements --------------------------------------------------------------------


class _Closest(NamedTuple):
    """The statements of a source that are closest to a reported one."""

    own: float
    """Share of its content that one of its speaker's own statements has."""
    other: float
    """Share of its content that one statement of another speaker has."""
    statement: Quotation | None
    """That other statement."""


def _judge_reported(quotation: Quotation, text: Article, source: Article) -> QuoteCheck | None:
    """Flag a paraphrase that the source gives to another speaker, and not to its own one as well."""
    speaker = quotation.speaker
    if not speaker or not is_named(speaker):
        return None
    stems = text.stems_between(quotation.start, quotation.end)
    weights = {stem: source.terms.weight(stem) for stem in sorted(stems)}
    if len(weights) < FEWEST_COMPARED or not sum(weights.values()):
        return None
    closest = _closest_statements(speaker, weights, source)
    said = closest.statement
    if said is None or closest.other < _STATEMENT_COVERED:
        return None
    if closest.own >= _OWN_SHARE * closest.other:
        return None
    reason = f"{said.speaker} said this, not {speaker} ({sentence_of(source, said.start)})"
    span = source.span(said.start, said.end)
    return _check(quotation, Found(Verdict.MISATTRIBUTED, [span], reason, said.speaker))


def _closest_statements(speaker: str, weights: dict[str, float], source: Article) -> _Closest:
    total = sum(weights.values())
    closest = _Closest(0.0, 0.0, None)
    for statement, stems in source.statements:
        if not (statement.speaker and is_named(statement.speaker)):
            continue
        covered = sum(weight for stem, weight in weights.items() if stem in stems) / total
        if covered < _OWN_SHARE * _STATEMENT_COVERED:
            continue  # too little to decide anything, whoever said it
        if is_same_speaker(speaker, statement.speaker, source):
            closest = closest._replace(own=max(closest.own, covered))
        elif covered > closest.other:
            closest = closest._replace(other=covered, statement=statement)
    return closest
