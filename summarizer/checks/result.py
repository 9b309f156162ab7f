"""CrossCheck: the result of checking a text against a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..text.spans import Span
from .verdicts import Verdict


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """The verdict on one number of the checked text.

    Attributes:
        start: Offset of its first character in the checked text.
        end: End offset (exclusive).
        text: The number as written there.
        value: Its value in its unit: 4200000000 for "$4.2 billion".
        verdict: EXACT, EQUIVALENT, ROUNDED or DERIVED; MISPLACED, CONTRADICTED or UNSUPPORTED;
            IDENTIFIER if it claims nothing.
        reason: Why, in words for a reader and for a model that has to correct it.
        evidence: The spans of the source that support or contradict it; empty if it has none.
        confidence: How sure the check is that the number is supported, from 0 (surely wrong) to
            1 (surely right).
        suggestion: What the source says instead, in its own characters; None if that is not clear.

    Example:
        >>> from summarizer import crosscheck
        >>> [check] = crosscheck("Russia launched 35 missiles.", "They launched 85 missiles.").numbers
        >>> check.text, check.verdict.value, check.suggestion, check.evidence[0].text
        ('35', 'contradicted', '85', '85')
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
        start: Offset of the first quoted character in the checked text, after the opening mark.
        end: End offset (exclusive), before the closing mark.
        text: The quoted words, without their marks.
        speaker: Whom the checked text gives them to; None if it does not say.
        verdict: EXACT, NORMALISED or ABRIDGED; ALTERED, MISATTRIBUTED or UNSUPPORTED.
        reason: Why, in words for a reader and for a model that has to correct it.
        evidence: The source's own words, several spans if they were abridged; empty if it has none.
        suggestion: The source's wording if the quotation was altered, the name of its speaker if it
            was misattributed; None if neither is known.

    Example:
        >>> from summarizer import crosscheck
        >>> source = "“We do not see demand slowing down,” said Ann Lee."
        >>> [check] = crosscheck("“We do see demand slowing down,” said Lee.", source).quotes
        >>> check.verdict.value, check.suggestion
        ('altered', 'We do not see demand slowing down')
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
    """The verdict on one name of the checked text.

    Attributes:
        start: Offset of its first character in the checked text.
        end: End offset (exclusive).
        text: The name as written there, without titles.
        verdict: EXACT, SHORT or UNSUPPORTED.
        reason: Why, in words for a reader and for a model that has to correct it.
        evidence: A mention of the name in the source; empty if it has none.

    Example:
        >>> from summarizer import crosscheck
        >>> [check] = crosscheck("Then the UN met.", "The United Nations met in Geneva.").names
        >>> check.text, check.verdict.value
        ('UN', 'short')
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    reason: str
    evidence: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SupportCheck:
    """The verdict on a whole claim: does the source have sentences about it, and do they agree?

    Attributes:
        start: 0; a claim is judged as a whole.
        end: Length of the claim in characters.
        text: The claim.
        verdict: EXACT if sentences of the source have its content, CONTRADICTED if they have it
            with a negation, a direction or two names turned around, UNSUPPORTED if none has it.
        reason: Why, in words for a reader and for a model that has to correct it.
        evidence: The one to three sentences, best first; empty if none is about the claim.
        coverage: Share of its content words that they contain, weighted by rarity, from 0 to 1.
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
        span: Where the source has it.
        what: The words around a figure, as the source has them; the speaker of a quotation, or "".
        kind: "figure" or "quotation".
        prominence: How much a reader would miss it, from 0 to 1.

    Example:
        >>> from summarizer import crosscheck
        >>> [missed] = crosscheck("Two men left.", "Two men stole 40 cars.").missed
        >>> missed.span.text, missed.what, missed.kind
        ('40 cars', 'Two men stole 40 cars.', 'figure')
    """

    span: Span
    what: str
    kind: str
    prominence: float


Check = NumberCheck | QuoteCheck | NameCheck | SupportCheck
"""The verdict on any part of a text; all have `start`, `end`, `text`, `verdict`, `reason`, `evidence`."""


@dataclass(frozen=True)
class CrossCheck:
    """All verdicts on a text, as `crosscheck` returns them.

    Attributes:
        numbers: One check for each number of the text, in the order of the text.
        quotes: One for each quotation, and for each reported statement that is misattributed.
        names: One for each name of a person, place or organisation.
        find_missed: Finds what the text leaves out; called when `missed` is first read.

    Example:
        >>> from summarizer import crosscheck
        >>> check = crosscheck("Ann Lee stole 9 cars.", "On Friday Ann Lee stole 40 cars.")
        >>> check.ok, [problem.text for problem in check.problems]
        (False, ['9'])
    """

    numbers: list[NumberCheck] = field(default_factory=list)
    quotes: list[QuoteCheck] = field(default_factory=list)
    names: list[NameCheck] = field(default_factory=list)
    find_missed: Callable[[], list[Omission]] = field(default=list, repr=False, compare=False)

    @cached_property
    def missed(self) -> list[Omission]:
        """The figures and quotations that the text leaves out, most prominent first, at most 20."""
        return self.find_missed()

    def __getstate__(self) -> dict[str, Any]:
        """Between processes goes what is missed, not what finds it."""
        return {**vars(self), "missed": self.missed, "find_missed": list}

    @property
    def problems(self) -> list[Check]:
        """The checks whose verdict is flagged, of every kind, in the order of the text."""
        checks: list[Check] = [*self.numbers, *self.quotes, *self.names]
        return sorted((c for c in checks if c.verdict.flagged), key=lambda c: (c.start, c.end))

    @property
    def ok(self) -> bool:
        """True if nothing was flagged."""
        return not self.problems
