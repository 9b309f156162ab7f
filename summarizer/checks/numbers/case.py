"""Case: one number of a summary, with all that a rule may look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...article import Article
from ...numbers import Number
from ...numbers.context import Context
from ...text.spans import Span
from ..result import NumberCheck
from ..verdicts import Verdict
from ..wording import phrase
from . import reasons
from .alignment import Alignment, Match
from .confidence import CERTAIN


@dataclass(frozen=True, slots=True)
class Case:
    """One number of a summary that a rule is to decide.

    Attributes:
        index: Which number of the summary it is, from 0.
        context: The number with the words around it.
        text: The summary.
        source: What it must agree with.
        alignment: The number against those of the source; empty for an identifier.
        swap: The alignment of the number with which this one seems to have changed places.
    """

    index: int
    context: Context
    text: Article
    source: Article
    alignment: Alignment
    swap: Alignment | None = None

    @property
    def number(self) -> Number:
        """The number itself."""
        return self.context.number

    @property
    def best(self) -> Match | None:
        """The mention of its value in the source that fits best; None if there is none."""
        return self.alignment.best

    @property
    def phrase(self) -> str:
        """The number with the noun it counts, in the words of the summary."""
        return phrase(self.text, self.number)

    @property
    def sentence(self) -> frozenset[str]:
        """The content stems of its sentence."""
        sentences = self.text.terms.by_sentence
        return sentences[self.context.sentence] if sentences else frozenset()

    def says(self, given: Number | Span) -> str:
        """A reason: “35 missiles: the source says “85 missiles” (sentence 1)”."""
        return reasons.says(self.phrase, self.source, given)

    def check(
        self,
        verdict: Verdict,
        reason: str,
        *evidence: Number | Span,
        confidence: float = CERTAIN,
        suggestion: str | None = None,
    ) -> NumberCheck:
        """The check of this number.

        Args:
            verdict: What the rule decides.
            reason: Why.
            evidence: The numbers or stretches of the source that prove or contradict it.
            confidence: How sure it is that the number is supported.
            suggestion: What the source says instead.
        """
        number = self.number
        return NumberCheck(
            number.start,
            number.end,
            number.text,
            number.value,
            verdict,
            reason,
            [self.source.span(given.start, given.end) for given in evidence],
            round(confidence, 3),
            suggestion,
        )


Rule = Callable[[Case], NumberCheck | None]
"""Decides a case, or returns None if it has nothing to say about it."""
