"""View: what a report shows of a summary or a checked text, before any format is chosen.

Everything in a view is as the model, the source or a check wrote it: each renderer escapes what it
prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ..article import Article
from ..checks.verdicts import Verdict
from ..text.spans import Span

ItemKind = Literal["claim", "quote", "figure"]
FAILED = "✗"
ACCEPTED = "✓"
_TITLES: dict[ItemKind, str] = {
    "claim": "Claims",
    "quote": "Quotations and statements",
    "figure": "Figures",
}
"""The sections of a report, in their order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the source on which an item rests.

    Attributes:
        span: Its characters.
        place: Where it is, in words: "page 2, sentence 21".
        sentence: The number of its sentence, from 1; None before the first sentence.
    """

    span: Span
    place: str
    sentence: int | None

    @classmethod
    def of(cls, span: Span, source: Article) -> Evidence:
        """Label a span of a source.

        >>> source = Article("It burned. Four people were hurt.")
        >>> Evidence.of(source.span(11, 15), source).place
        'sentence 2'
        """
        sentence = source.sentence_at(span.start)
        number = source.sentences_before + sentence.index if sentence else None
        return cls(span, source.place(span.start), number)


def evidence_of(spans: Iterable[Span], source: Article) -> tuple[Evidence, ...]:
    """Label the spans of a source, in order."""
    return tuple(Evidence.of(span, source) for span in spans)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about an item, and why."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """A claim, quotation or figure.

    Attributes:
        kind: Which of the three it is.
        text: Its words.
        sign: ✓ if it passed, ✗ if it failed, · for neither.
        verdict: The verdict, in a word or two.
        speaker: Who said it; "" unless it is a quotation.
        is_direct: True if its words are in quotation marks in the source.
        what: What a figure counts or measures; "" unless it is a figure.
        evidence: What it rests on.
        findings: What the checks say about its parts.
    """

    kind: ItemKind
    text: str
    sign: str
    verdict: str
    speaker: str = ""
    is_direct: bool = False
    what: str = ""
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def claim(
        cls, text: str, evidence: tuple[Evidence, ...], findings: tuple[Finding, ...]
    ) -> Item:
        """A claim, which fails if one of its checks does.

        >>> Item.claim("Nine fell.", (), (Finding(Verdict.CONTRADICTED, "four fell"),)).verdict
        'contradicted'
        """
        flagged = [f.verdict.value for f in findings if f.verdict.flagged]
        verdict = ", ".join(dict.fromkeys(flagged)) or "proved"
        sign = FAILED if flagged else ACCEPTED
        return cls("claim", text, sign, verdict, evidence=evidence, findings=findings)

    @property
    def failed(self) -> bool:
        """True if it must not be presented as true."""
        return self.sign == FAILED

    @property
    def problems(self) -> list[Finding]:
        """The findings that are flagged."""
        return [finding for finding in self.findings if finding.verdict.flagged]


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one kind, under a title."""

    kind: ItemKind
    title: str
    items: tuple[Item, ...]


def sections_of(items: Iterable[Item]) -> tuple[Section, ...]:
    """Sort items into sections by their kind; a kind without items has no section.

    >>> [s.title for s in sections_of([Item.claim("It burned.", (), ())])]
    ['Claims']
    """
    by_kind: dict[ItemKind, list[Item]] = {kind: [] for kind in _TITLES}
    for item in items:
        by_kind[item.kind].append(item)
    return tuple(
        Section(kind, _TITLES[kind], tuple(group)) for kind, group in by_kind.items() if group
    )


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A line that failed its check and was withdrawn.

    Attributes:
        kind: What it would have been: "headline", "claim", "quote" or "figure".
        text: Its last wording.
        reasons: Why it failed.
        attempts: All wordings, in order.
    """

    kind: str
    text: str
    reasons: tuple[str, ...]
    attempts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A figure or quotation of the source that is left out, and the words around it."""

    what: str
    evidence: Evidence

    @property
    def text(self) -> str:
        """Its words."""
        return self.evidence.span.text

    @classmethod
    def of(cls, span: Span, what: str, source: Article) -> Missed:
        """A span of a source that is left out, and the words around it."""
        return cls(what, Evidence.of(span, source))


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text; line and column count from 1."""

    line: int
    column: int

    @classmethod
    def of(cls, text: str, offset: int) -> Position:
        """The position of an offset.

        >>> Position.of("It burned.\\nNine people were hurt.", 11)
        Position(line=2, column=1)
        """
        line_start = text.rfind("\n", 0, offset) + 1
        return cls(text.count("\n", 0, offset) + 1, offset - line_start + 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """A flagged number, quotation or name of a checked text.

    Attributes:
        finding: The verdict and its reason.
        text: What was flagged.
        start: Where it begins.
        end: Where it ends (exclusive).
        before: The words of its sentence before it; None if it is in no sentence.
        after: The words of its sentence after it.
    """

    finding: Finding
    text: str
    start: Position
    end: Position
    before: str | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many parts of a checked text are supported, and how many are neither that nor flagged."""

    supported: int = 0
    neither: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """Who wrote or checked a text, and what that cost.

    Attributes:
        model: The model, or what did without one.
        prompt: Name and version of the prompt; "" without one.
        requests: How many requests were sent; 0 if all answers came from the cache.
        input_tokens: Tokens sent; None if unknown.
        output_tokens: Tokens received; None if unknown.
        seconds: Wall time.
        dollars: US dollars; None if the price is unknown.
    """

    model: str
    prompt: str = ""
    requests: int = 0
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    seconds: float = 0.0
    dollars: float | None = None

    @property
    def tokens(self) -> str:
        """The tokens in words; "" if they are unknown."""
        if self.input_tokens is None or self.output_tokens is None:
            return ""
        return f"{self.input_tokens:,} tokens in, {self.output_tokens:,} out"

    @property
    def request_count(self) -> str:
        """The requests in words.

        >>> Cost("local", requests=1).request_count
        '1 request'
        """
        return f"{self.requests} request{'' if self.requests == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class View:
    """A summary, or a checked text, as reports show it.

    Attributes:
        headline: The headline, or the name of the checked text.
        source: The text of the source.
        cost: Who wrote or checked it, and what that cost.
        sections: The items, by kind. Of a checked text each sentence is a claim.
        rejected: What failed its check and was withdrawn.
        missed: What the source has and the text leaves out.
        notes: What a reader should know besides.
        problems: What was flagged in a checked text; empty for a summary, whose claims say it.
        tally: How many parts of a checked text were not flagged.
    """

    headline: str
    source: str
    cost: Cost
    sections: tuple[Section, ...] = ()
    rejected: tuple[Withdrawal, ...] = ()
    missed: tuple[Missed, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    tally: Tally = field(default_factory=Tally)
