"""CrossCheck: the result of checking a text against a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ..text.spans import Span
from .verdicts import Verdict


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """The verdict on one number of the checked text.

    Attributes:
        start: Offset in the checked text.
        end: Offset behind it.
        text: The number as written there.
        value: Its value.
        verdict: What the check says.
        reason: Why, in words for a person and for a model.
        evidence: The characters of the source that prove or contradict it.
        confidence: How sure the check is that the number is supported, from 0 to 1.
        suggestion: What the source says instead, in its own characters, if it is plain.
    """

    start: int
    end: int
    text: str
    value: Decimal
    verdict: Verdict
    reason: str
    evidence: list[Span] = field(default_factory=list)
    confidence: float = 1.0
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """The verdict on one quotation of the checked text.

    Attributes:
        start: Offset in the checked text, behind the opening mark.
        end: Offset before the closing mark.
        text: The quoted words.
        speaker: To whom the checked text gives them, if it says so.
        verdict: What the check says.
        reason: Why.
        evidence: The source's own words.
        suggestion: The source's wording to put in its place, if it was altered; or its speaker,
            if it was misattributed.
    """

    start: int
    end: int
    text: str
    speaker: str | None
    verdict: Verdict
    reason: str
    evidence: list[Span] = field(default_factory=list)
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class NameCheck:
    """The verdict on one name of the checked text."""

    start: int
    end: int
    text: str
    verdict: Verdict
    reason: str
    evidence: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SupportCheck:
    """The verdict on a whole claim: do sentences of the source carry it?

    Attributes:
        start: 0; a claim is judged as a whole.
        end: Length of the claim.
        text: The claim.
        verdict: EXACT if they carry it, CONTRADICTED if a negation or direction is turned,
            UNSUPPORTED if they do not.
        reason: Why.
        evidence: The sentences.
        coverage: Share of its content words that they contain, weighed by rarity, 0 to 1.
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    reason: str
    evidence: list[Span] = field(default_factory=list)
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Omission:
    """A figure or quotation of the source that the checked text leaves out.

    Attributes:
        span: Where it stands in the source.
        what: The words around it, as the source has them.
        kind: "figure" or "quotation".
        prominence: How much a reader would miss it, from 0 to 1.
    """

    span: Span
    what: str
    kind: str
    prominence: float


Check = NumberCheck | QuoteCheck | NameCheck | SupportCheck


@dataclass(frozen=True)
class CrossCheck:
    """All verdicts on a text.

    Attributes:
        numbers: One check for each number of the text, in order.
        quotes: One for each quotation.
        names: One for each name of a person, place or organisation.
        find_missed: Finds what the text leaves out; called when `missed` is first read.
    """

    numbers: list[NumberCheck] = field(default_factory=list)
    quotes: list[QuoteCheck] = field(default_factory=list)
    names: list[NameCheck] = field(default_factory=list)
    find_missed: Callable[[], list[Omission]] = field(default=list, repr=False, compare=False)

    @cached_property
    def missed(self) -> list[Omission]:
        """What the source has and the text leaves out, most prominent first."""
        return self.find_missed()

    @property
    def problems(self) -> list[Check]:
        """The checks whose verdict is flagged, in the order of the text."""
        checks: list[Check] = [*self.numbers, *self.quotes, *self.names]
        return sorted((c for c in checks if c.verdict.flagged), key=lambda c: (c.start, c.end))

    @property
    def ok(self) -> bool:
        """True if nothing was flagged."""
        return not self.problems
