"""A checked text in the shape of a Summary, so that every report can show it."""

from __future__ import annotations

from ..article import Article
from ..checks.result import Check, CrossCheck
from ..summary import Claim, Summary
from ..text.escape import one_line
from ..text.spans import Span


def as_summary(check: CrossCheck, text: Article, name: str) -> Summary:
    """Each sentence as a claim, with the checks of what stands in it and their evidence.

    Args:
        check: The verdicts.
        text: The text that was checked.
        name: What to call it.
    """
    checks: list[Check] = sorted(
        [*check.numbers, *check.quotes, *check.names], key=lambda c: c.start
    )
    claims = []
    for sentence in text.sentences:
        mine = [c for c in checks if sentence.start <= c.start < sentence.end]
        evidence: list[Span] = []
        for one in mine:
            evidence += [span for span in one.evidence if span not in evidence]
        claims.append(Claim(text=one_line(sentence.text, 2000), evidence=evidence, checks=mine))
    return Summary(headline=name, claims=claims, missed=check.missed, model="checked by code alone")
