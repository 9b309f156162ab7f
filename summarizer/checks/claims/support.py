"""The verdict on a claim as a whole: is there evidence, and does it say what the claim says?"""

from __future__ import annotations

from collections.abc import Callable

from ...article import Article
from ...text.terms import stem
from ..result import SupportCheck
from ..verdicts import Verdict
from .direction import turns_direction
from .evidence import Case, find_support
from .negation import denies, leaves_denial_out
from .roles import swaps_names

LEAST_COVERAGE = 0.4
"""Share of a claim's content words that its evidence must have. On human-written and model-written
summaries that people found faultless 9% of the sentences lie below, of sentences from other
articles 98% (docs/accuracy.md)."""
_MOST_NAMED = 4
"""Missing words that a reason names."""

CONTRADICTIONS: tuple[Callable[[Case], str | None], ...] = (
    swaps_names,  # B hired A
    denies,  # did not rise
    leaves_denial_out,  # rose, for "did not rise"
    turns_direction,  # fell, for "rose"
)
"""What can be wrong with a claim whose words are in its evidence; the first to give a reason decides."""


def check_support(claim: Article, source: Article, hint: int | None = None) -> SupportCheck:
    """Judge a claim as a whole: the source has its words, and nothing in it is turned around.

    Args:
        claim: The claim as a text.
        source: The article.
        hint: Index from 1 of the sentence that the model named.

    Returns:
        EXACT, CONTRADICTED or UNSUPPORTED, with the sentences as evidence.

    Example:
        >>> source = Article("Profit did not rise in March. Sales fell by a third in April.")
        >>> check_support(Article("Profit did rise in March"), source).verdict.value
        'contradicted'
    """
    support = find_support(claim, source, hint)
    coverage = round(support.coverage, 3)
    verdict, reason = _judge(Case(claim, source, support), coverage)
    evidence = [source.sentences[index - 1].span for index in support.sentences]
    return SupportCheck(0, len(claim.text), claim.text, verdict, reason, evidence, coverage)


def _judge(case: Case, coverage: float) -> tuple[Verdict, str]:
    if coverage < LEAST_COVERAGE:
        reason = "no sentence of the source carries this claim"
        if missing := _words(case.claim, case.support.missing[:_MOST_NAMED]):
            reason += f"; nothing there about {', '.join(missing)}"
        return Verdict.UNSUPPORTED, reason
    before = case.source.sentences_before
    place = ", ".join(str(before + index) for index in case.support.sentences)
    for contradiction in CONTRADICTIONS:
        if found := contradiction(case):
            return Verdict.CONTRADICTED, f"{found} (sentence {place})"
    return Verdict.EXACT, f"carried by sentence {place}"


def _words(claim: Article, stems: list[str]) -> list[str]:
    """The words of a claim that have certain stems, each as first written."""
    tokens = claim.tokens
    written: dict[str, str] = {}
    for index in range(tokens.count):
        written.setdefault(stem(tokens.words[index]), f"“{tokens.original(index)}”")
    return [written[wanted] for wanted in stems if wanted in written]
