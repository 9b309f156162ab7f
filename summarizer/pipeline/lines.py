"""Lines: the headline and the claims of a draft, each checked, with its evidence.

A line never changes: a new wording, a denial by the judge or a note makes a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ..article import Article
from ..checks.claims.support import check_support
from ..checks.names import check_names
from ..checks.numbers.rules import check_numbers
from ..checks.quotations import check_quotes
from ..checks.result import Check, NameCheck, SupportCheck
from ..checks.verdicts import Verdict
from ..languages.guess import guess
from ..summary import Claim, Rejected
from ..text.spans import Span
from .draft import LONGEST_CLAIM, LONGEST_HEADLINE, Draft
from .listing import Listing

_ENOUGH_COVERAGE = 0.65
"""Share of a line's words in its evidence above which no judge is asked."""

Kind = Literal["headline", "claim"]


@dataclass(frozen=True, slots=True)
class Source:
    """What a line is checked against: first the text that the model read, then the whole article.

    A model that read a chunk took its line from there; and checking against a chunk costs as much
    for a long article as for a short one.

    Attributes:
        article: The whole article.
        read: The chunk as an article of its own; the whole article if it was read at once.
        start: Offset of the chunk in the whole.
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
        """The sentences of a listing."""
        article, before, count = listing.article, listing.before, listing.sentences
        if before == 0 and count == len(article.sentences):
            return cls.whole(article)
        read = article.excerpt(before + 1, before + count)
        return cls(article, read, article.sentences[before].start)


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One line that the model wrote, with its checks: the headline or a claim.

    Two lines are equal only if they are the same object: two chunks may word a claim alike.

    Attributes:
        kind: "headline" or "claim".
        sentence: The sentence that the model named, from 1; None for the headline.
        claim: Text, evidence and checks.
        source: What it is checked against.
        translated: True if it may be in another language than the article: unless it is seen to be
            in the same, only numbers and quotations can be checked.
        attempts: Every wording so far.
        notes: Why another wording is not asked for, such as a server that cannot be reached.
    """

    kind: Kind
    sentence: int | None
    claim: Claim
    source: Source
    translated: bool = False
    attempts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def problems(self) -> list[str]:
        """Why the line fails; empty if it passes."""
        if not self.claim.text.strip():
            return ["it is empty"]
        longest = LONGEST_HEADLINE if self.kind == "headline" else LONGEST_CLAIM
        if len(self.claim.text) >= longest - 1:  # it may have ended in a space
            return [f"it is cut off at {longest} characters: write one short sentence"]
        return self.claim.problems

    @property
    def is_doubtful(self) -> bool:
        """True if it passes on few of its words, so that only a reader can decide."""
        support = next((c for c in self.claim.checks if isinstance(c, SupportCheck)), None)
        return not self.problems and support is not None and support.coverage < _ENOUGH_COVERAGE

    def reworded(self, text: str) -> Line:
        """The line in another wording, with new checks; earlier wordings are kept as attempts."""
        line = check_line(self.kind, self.sentence, text, self.source, translated=self.translated)
        return replace(line, attempts=self.attempts + line.attempts)

    def denied(self, why: str) -> Line:
        """The line as one that fails, because the judge did not confirm it."""
        reason = f"“{self.claim.text}”: {why}"
        checks = [
            replace(c, verdict=Verdict.UNSUPPORTED, reason=reason)
            if isinstance(c, SupportCheck)
            else c
            for c in self.claim.checks
        ]
        return replace(self, claim=self.claim.model_copy(update={"checks": checks}))

    def noted(self, note: str) -> Line:
        """The line with a further note."""
        return replace(self, notes=(*self.notes, note))

    def rejected(self) -> Rejected:
        """The line as it is reported once it is withdrawn."""
        return Rejected(
            kind=self.kind,
            text=self.claim.text,
            reasons=[*self.problems, *self.notes],
            attempts=list(self.attempts),
        )


def check_draft(draft: Draft, source: Source, *, translated: bool = False) -> list[Line]:
    """Check the headline and the claims of a draft; a claim that is repeated counts once."""
    before = source.read.sentences_before
    lines = [check_line("headline", None, draft.headline, source, translated=translated)]
    sentences: dict[str, int] = {}
    for claim in draft.claims:
        sentences.setdefault(claim.text, claim.sentence + before)
    for text, sentence in sentences.items():
        lines.append(check_line("claim", sentence, text, source, translated=translated))
    return lines


def check_line(
    kind: Kind, sentence: int | None, text: str, source: Source, *, translated: bool = False
) -> Line:
    """Check one line. Offsets of its evidence count from the start of the whole article.

    Args:
        kind: "headline" or "claim".
        sentence: The sentence of the whole article, from 1, that the model named; or None.
        text: The line.
        source: What it is checked against.
        translated: True if it may be in another language than the source.
    """
    written = Article(" ".join(text.split()))
    is_foreign = translated and not _same_language(written, source.article)
    named = None if sentence is None else sentence - source.read.sentences_before
    claim = _check_claim(written, source.read, named, source.start, translated=is_foreign)
    if claim.problems and source.read is not source.article:  # the rest may have what is missing
        in_whole = _check_claim(written, source.article, sentence, 0, translated=is_foreign)
        claim = claim if in_whole.problems else in_whole
    return Line(kind, sentence, claim, source, translated, (written.text,))


def _same_language(written: Article, source: Article) -> bool:
    """True if both are known to be in one language, whatever was asked for."""
    language = guess(written.text)
    return language is not None and language == guess(source.text)


def _check_claim(
    written: Article, article: Article, named: int | None, start: int, *, translated: bool
) -> Claim:
    """A line with its checks against one article, which starts at an offset of the whole."""
    checks: list[Check] = [*check_numbers(written, article), *check_quotes(written, article)]
    if not translated:
        checks += [*check_names(written, article), check_support(written, article, named)]
    if start:
        checks = [replace(c, evidence=[s.moved(start) for s in c.evidence]) for c in checks]
    carrying = _named_span(article, named, start) if translated else checks[-1].evidence
    return Claim(text=written.text, evidence=_with_proofs(carrying, checks), checks=checks)


def _named_span(article: Article, named: int | None, start: int) -> list[Span]:
    """The sentence that the model named: a translation has no words in common with it."""
    if named is None or not 1 <= named <= len(article.sentences):
        return []
    return [article.sentences[named - 1].span.moved(start)]


def _with_proofs(spans: list[Span], checks: list[Check]) -> list[Span]:
    """Some spans, and the evidence of all accepted checks that is not within them."""
    evidence = list(spans)
    proofs = (
        span
        for check in checks
        if check.verdict.accepted and not isinstance(check, NameCheck)
        for span in check.evidence
    )
    for span in proofs:
        if not any(e.start <= span.start and span.end <= e.end for e in evidence):
            evidence.append(span)
    return evidence
