"""From a Draft that points at ids to items in the source's own characters, and their checks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..article import Article
from ..checks.claims.support import check_support
from ..checks.names import check_names
from ..checks.numbers.rules import check_numbers
from ..checks.omissions import words_around
from ..checks.quotations import check_quotes
from ..checks.result import Check, NameCheck, SupportCheck
from ..checks.verdicts import Verdict
from ..checks.wording import phrase_end
from ..numbers import Number
from ..numbers.comparison import sameness
from ..summary import Claim, Figure, Quote
from ..text.spans import Span
from .candidates import FigureCandidate, StatementCandidate
from .draft import LONGEST_CLAIM, LONGEST_HEADLINE, Draft
from .listing import Listing

_SURELY_COVERED = 0.65
"""Share of a line's words in its evidence from which on no judge is asked."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a line is checked against: what its writer read, and then the whole article.

    Who wrote it read a chunk, so that its proof stands there; and checking against a chunk costs
    as much for a long article as for a short one.

    Attributes:
        article: The whole article.
        read: The chunk as an article of its own; the whole itself if it was read at once.
        start: Where the chunk starts in the whole.
    """

    article: Article
    read: Article
    start: int = 0

    @classmethod
    def whole(cls, article: Article) -> Source:
        """All of an article, read at once."""
        return cls(article, article)

    @classmethod
    def of(cls, listing: Listing) -> Source:
        """What the model read of a listing."""
        article, before, count = listing.article, listing.before, listing.sentences
        if before == 0 and count == len(article.sentences):
            return cls.whole(article)
        read = article.excerpt(before + 1, before + count)
        return cls(article, read, article.sentences[before].start)


@dataclass
class Line:
    """A line that the model wrote, with its checks: the headline or one claim.

    Attributes:
        kind: "headline" or "claim".
        sentence: The sentence it rests on; None for the headline.
        claim: Its text, evidence and checks as they stand now.
        source: What it is checked against.
        attempts: Every wording so far.
        notes: Why no new wording can help it: a server that is out of reach.
        translated: True if it is in another language than the article: its words prove nothing.
    """

    kind: str
    sentence: int | None
    claim: Claim
    source: Source
    attempts: list[str] = field(default_factory=list)
    translated: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def is_doubtful(self) -> bool:
        """True if it stands, but on few of its words: what only a reader can decide."""
        support = self.support
        return not self.problems and support is not None and support.coverage < _SURELY_COVERED

    @property
    def support(self) -> SupportCheck | None:
        """The check of the line as a whole; None if it is translated."""
        return next((c for c in self.claim.checks if isinstance(c, SupportCheck)), None)

    def reworded(self, text: str) -> Line:
        """The line in another wording, checked anew; the earlier wordings stay on it."""
        line = check_line(self.kind, self.sentence, text, self.source, translated=self.translated)
        line.attempts = [*self.attempts, *line.attempts]
        return line

    def denied(self, why: str) -> None:
        """Take in that the judge has not let it stand: the line fails its check from now on."""
        reason = f"“{self.claim.text}”: {why}"
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
        longest = LONGEST_HEADLINE if self.kind == "headline" else LONGEST_CLAIM
        if len(self.claim.text) >= longest - 1:  # it may have ended in a space
            return [f"it is cut off at {longest} characters: write one short sentence"]
        return self.claim.problems


def resolve_lines(draft: Draft, source: Source, *, translated: bool = False) -> list[Line]:
    """The headline and the claims of a draft, checked."""
    before = source.read.sentences_before
    lines = [check_line("headline", None, draft.headline, source, translated=translated)]
    seen: set[str] = set()
    for claim in draft.claims:
        if claim.text not in seen:
            seen.add(claim.text)
            place = claim.sentence + before
            lines.append(check_line("claim", place, claim.text, source, translated=translated))
    return lines


def check_line(
    kind: str, sentence: int | None, text: str, source: Source, *, translated: bool = False
) -> Line:
    """Check one line; its evidence is its sentence and its proofs, by offset into the whole.

    Args:
        kind: "headline" or "claim".
        sentence: The sentence of the whole article, from 1, that its writer named; or None.
        text: The line.
        source: What it is checked against.
        translated: True if it is in another language than the source.
    """
    written = Article(" ".join(text.split()))
    hint = None if sentence is None else sentence - source.read.sentences_before
    claim = _checked(written, source.read, hint, source.start, translated=translated)
    if claim.problems and source.read is not source.article:  # the rest may have what is missing
        in_whole = _checked(written, source.article, sentence, 0, translated=translated)
        claim = claim if in_whole.problems else in_whole
    return Line(kind, sentence, claim, source, [written.text], translated)


def _checked(
    written: Article, article: Article, hint: int | None, start: int, *, translated: bool
) -> Claim:
    """A line with its verdicts and evidence by one article, `start` characters into the whole."""
    checks: list[Check] = [*check_numbers(written, article), *check_quotes(written, article)]
    if not translated:
        checks += [*check_names(written, article), check_support(written, article, hint)]
    if start:
        checks = [replace(c, evidence=[s.moved(start) for s in c.evidence]) for c in checks]
    evidence: list[Span] = []
    if not translated:
        evidence += checks[-1].evidence
    elif hint is not None and 1 <= hint <= len(article.sentences):
        evidence.append(article.sentences[hint - 1].span.moved(start))
    for check in checks:
        if check.verdict.accepted and not isinstance(check, NameCheck):
            for span in check.evidence:
                if not any(e.start <= span.start and span.end <= e.end for e in evidence):
                    evidence.append(span)
    return Claim(text=written.text, evidence=evidence, checks=checks)


C = TypeVar("C", FigureCandidate, StatementCandidate)


def chosen(ids: list[int], candidates: list[C]) -> list[C]:
    """Each chosen candidate once, in the order of choice."""
    return [candidates[i - 1] for i in dict.fromkeys(ids) if 1 <= i <= len(candidates)]


def stated_once(figures: list[FigureCandidate], article: Article) -> list[FigureCandidate]:
    """Each value of a thing where it is chosen first: "85 missiles" is one figure, however often."""
    first: dict[tuple[object, ...], FigureCandidate] = {}
    for figure in figures:
        number = figure.number
        _, stop = article.token_range(number.start, number.end)
        counted = number.unit or article.tokens.words[stop]
        first.setdefault((number.value, number.kind, counted), figure)
    return list(first.values())


def key_figures(
    figures: list[FigureCandidate],
    article: Article,
    ranked: list[tuple[float, Number]],
    most: int,
) -> list[FigureCandidate]:
    """The figures that the model chose, then the source's most prominent others.

    Small models stop after a few; which numbers a text has, the code knows by itself.

    Args:
        figures: What the model chose.
        article: The whole article.
        ranked: Its figures, as `rank_figures` ranks them.
        most: How many there may be.
    """
    listed = stated_once(figures, article)[:most]
    for _, number in ranked:
        if len(listed) == most:
            break
        if not any(sameness(number, other.number) for other in listed):
            sentence = article.sentence_at(number.start)
            assert sentence is not None
            listed.append(FigureCandidate(number, number.text, sentence.index))
    return listed


def resolve_quote(candidate: StatementCandidate, article: Article) -> Quote:
    """A statement in the source's own characters."""
    quotation = candidate.quotation
    return Quote(
        text=quotation.text,
        speaker=quotation.speaker,
        evidence=[article.span(quotation.start, quotation.end)],
        verdict=Verdict.EXACT,
        reason=f"the source’s own words (sentence {candidate.sentence})",
        direct=quotation.direct,
    )


def resolve_figure(candidate: FigureCandidate, article: Article) -> Figure:
    """A number in the source's own characters."""
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
