"""From a Draft that points at ids to items in the source's own characters, and their checks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from .article import Article
from .crosscheck.citing import phrase_end
from .crosscheck.names import check_names
from .crosscheck.numbers import check_numbers
from .crosscheck.omissions import words_around
from .crosscheck.quotes import check_quotes
from .crosscheck.result import Check, NameCheck, SupportCheck
from .crosscheck.support import check_support
from .prompts import FigureCandidate, Listing, StatementCandidate
from .schema import Claim, Draft, Figure, Quote
from .spans import Span
from .verdicts import Verdict

_SURELY_COVERED = 0.65
"""Share of a line's words in its evidence from which on no judge is asked."""


@dataclass
class Line:
    """A line that the model wrote, with its checks: the headline or one claim.

    Attributes:
        kind: "headline" or "claim".
        sentence: The sentence it rests on; None for the headline.
        claim: Its text, evidence and checks as they stand now.
        attempts: Every wording so far.
        translated: True if it is in another language than the article: its words prove nothing.
    """

    kind: str
    sentence: int | None
    claim: Claim
    attempts: list[str] = field(default_factory=list)
    translated: bool = False

    @property
    def is_doubtful(self) -> bool:
        """True if it stands, but on few of its words: what only a reader can decide."""
        support = self.support
        return not self.problems and support is not None and support.coverage < _SURELY_COVERED

    @property
    def support(self) -> SupportCheck | None:
        """The check of the line as a whole; None if it is translated."""
        return next((c for c in self.claim.checks if isinstance(c, SupportCheck)), None)

    def denied(self, by: str) -> None:
        """Take in the judge's no: the line fails its check from now on."""
        reason = f"“{self.claim.text}”: the source does not say so, says {by}"
        self.claim.checks = [
            replace(c, verdict=Verdict.UNSUPPORTED, reason=reason)
            if isinstance(c, SupportCheck)
            else c
            for c in self.claim.checks
        ]

    @property
    def problems(self) -> list[str]:
        """Why it cannot stand; empty if it can."""
        if not self.claim.text.strip():
            return ["it is empty"]
        return self.claim.problems


def resolve_lines(draft: Draft, article: Article, *, translated: bool = False) -> list[Line]:
    """The headline and the claims of a draft, checked."""
    lines = [check_line("headline", None, draft.headline, article, translated=translated)]
    seen: set[str] = set()
    for claim in draft.claims:
        if claim.text not in seen:
            seen.add(claim.text)
            lines.append(
                check_line("claim", claim.sentence, claim.text, article, translated=translated)
            )
    return lines


def check_line(
    kind: str, sentence: int | None, text: str, article: Article, *, translated: bool = False
) -> Line:
    """Check one line against the whole article; its evidence is its sentence and its proofs."""
    text = " ".join(text.split())
    written = Article(text)
    checks: list[Check] = [*check_numbers(written, article), *check_quotes(written, article)]
    evidence: list[Span] = []
    if not translated:
        support = check_support(written, article, sentence)
        checks += [*check_names(written, article), support]
        evidence += support.evidence
    elif sentence is not None and 1 <= sentence <= len(article.sentences):
        evidence.append(article.sentences[sentence - 1].span)
    for check in checks:
        if check.verdict.accepted and not isinstance(check, NameCheck):
            for span in check.evidence:
                if not any(e.start <= span.start and span.end <= e.end for e in evidence):
                    evidence.append(span)
    claim = Claim(text=text, evidence=evidence, checks=checks)
    return Line(kind, sentence, claim, [text], translated)


def resolve_quotes(draft: Draft, listing: Listing) -> list[Quote]:
    """The statements that a draft chose, in the source's own characters."""
    return [_quote(c, listing.article) for c in _chosen(draft.quotes, listing.statements)]


def resolve_figures(draft: Draft, listing: Listing) -> list[Figure]:
    """The numbers that a draft chose, in the source's own characters."""
    return [_figure(c, listing.article) for c in _chosen(draft.figures, listing.figures)]


C = TypeVar("C", FigureCandidate, StatementCandidate)


def _chosen(ids: list[int], candidates: list[C]) -> list[C]:
    """Each chosen candidate once, in the order of choice."""
    return [candidates[i - 1] for i in dict.fromkeys(ids) if 1 <= i <= len(candidates)]


def _quote(candidate: StatementCandidate, article: Article) -> Quote:
    quotation = candidate.quotation
    return Quote(
        text=quotation.text,
        speaker=quotation.speaker,
        evidence=[article.span(quotation.start, quotation.end)],
        verdict=Verdict.EXACT,
        reason=f"the source’s own words (sentence {candidate.sentence})",
        direct=quotation.direct,
    )


def _figure(candidate: FigureCandidate, article: Article) -> Figure:
    number = candidate.number
    span = article.span(number.start, phrase_end(article, number))
    return Figure(
        text=span.text,
        value=number.value,
        unit=number.unit,
        what=words_around(article, number),
        evidence=[span, article.sentences[candidate.sentence - 1].span],
        verdict=Verdict.EXACT,
        reason=f"the source’s own characters (sentence {candidate.sentence})",
    )
