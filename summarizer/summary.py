"""What a user gets: a Summary of claims, quotations and figures, with the evidence for each."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field, PrivateAttr

from .article import Article
from .checks.result import Check, Omission
from .checks.verdicts import Verdict
from .errors import InputError
from .report.html import in_notebook, render_html
from .report.view import (
    Cost,
    Finding,
    Item,
    Missed,
    View,
    Withdrawal,
    evidence_of,
    sections_of,
)
from .text.spans import Span


class Claim(BaseModel):
    """A statement of the summary, with what the source says about it.

    Attributes:
        text: The claim, in the model's words.
        evidence: The sentences and numbers of the source on which it rests.
        checks: The verdicts on its numbers, quotations and names, and on the claim as a whole.

    Example:
        >>> claim = Claim(text="Four people were hurt.", evidence=[Span(0, 22, "Four people were hurt.")])
        >>> claim.problems
        []
    """

    text: str
    evidence: list[Span] = Field(default_factory=list)
    checks: list[Check] = Field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """The reasons of the checks that failed."""
        return [c.reason for c in self.checks if c.verdict.flagged]

    def view(self, source: Article) -> Item:
        """The claim as reports show it; `source` is the article it is about."""
        findings = tuple(Finding(c.verdict, c.reason) for c in self.checks)
        return Item.claim(self.text, evidence_of(self.evidence, source), findings)


class Quote(BaseModel):
    """A quotation or reported statement, in the source's own characters.

    Attributes:
        text: What was said, character by character as in the source.
        speaker: Who said it, by the fullest name in the source; None if the source names no one.
        evidence: Where the source has it.
        verdict: What the check says.
        reason: Why.
        direct: True if the source has it in quotation marks.

    Example:
        >>> quote = Quote(text="We left at once", speaker="Ann Lee", verdict=Verdict.EXACT)
        >>> quote.direct
        True
    """

    text: str
    speaker: str | None
    evidence: list[Span] = Field(default_factory=list)
    verdict: Verdict
    reason: str = ""
    direct: bool = True

    def view(self, source: Article) -> Item:
        """The quotation as reports show it; `source` is the article it is from."""
        return Item(
            "quote",
            self.text,
            self.verdict.sign,
            self.verdict.value,
            speaker=self.speaker or "speaker unknown",
            is_direct=self.direct,
            evidence=evidence_of(self.evidence, source),
        )


class Figure(BaseModel):
    """A key figure, in the source's own characters.

    Attributes:
        text: The number and its unit or noun, as in the source ("85 missiles").
        value: Its value.
        unit: What it counts or measures; None if the source does not say.
        what: The words of the source around it.
        evidence: Where the source has it: the figure itself, then its sentence.
        verdict: What the check says.
        reason: Why.

    Example:
        >>> figure = Figure(
        ...     text="12 engines", value=12, unit="engines", what="12 engines fought the blaze",
        ...     verdict=Verdict.EXACT,
        ... )
        >>> figure.value
        Decimal('12')
    """

    text: str
    value: Decimal
    unit: str | None
    what: str
    evidence: list[Span] = Field(default_factory=list)
    verdict: Verdict
    reason: str = ""

    def view(self, source: Article) -> Item:
        """The figure as reports show it; `source` is the article it is from."""
        return Item(
            "figure",
            self.text,
            self.verdict.sign,
            self.verdict.value,
            what=self.what,
            evidence=evidence_of(self.evidence[:1], source),
        )


class Rejected(BaseModel):
    """A line that the model wrote, that failed its check and was withdrawn.

    Attributes:
        kind: What it would have been.
        text: The last wording.
        reasons: Why it failed, one reason per problem.
        attempts: All wordings, in order.

    Example:
        >>> Rejected(kind="claim", text="Nine people were hurt.", reasons=["the source says four"]).attempts
        []
    """

    kind: Literal["headline", "claim", "quote", "figure"]
    text: str
    reasons: list[str]
    attempts: list[str] = Field(default_factory=list)

    def view(self) -> Withdrawal:
        """The line as reports show it."""
        return Withdrawal(self.kind, self.text, tuple(self.reasons), tuple(self.attempts))


class Usage(BaseModel):
    """What a summary cost.

    Attributes:
        input_tokens: Tokens sent, over all requests, 0 or more; None if a reply did not say.
        output_tokens: Tokens received, 0 or more; None if a reply did not say.
        requests: HTTP requests, retries included; 0 if all answers came from the cache.
        seconds: Wall time of the whole call.
        cost: US dollars; None if the price is unknown.

    Example:
        >>> Usage(input_tokens=1200, output_tokens=300, requests=1).cost is None
        True
    """

    input_tokens: int | None = 0
    output_tokens: int | None = 0
    requests: int = 0
    seconds: float = 0.0
    cost: float | None = None


class Summary(BaseModel):
    """A summary with the evidence for all that it says.

    Attributes:
        headline: One line; "" if no line passed its checks.
        claims: Statements that passed their checks; with `on_problem="flag"` also those that did
            not, whose `problems` say why. From 0 to `max_claims`.
        quotes: Quotations and statements, in the source's own words.
        figures: Key figures, in the source's own characters. From 0 to `max_figures`.
        rejected: What failed its check and was withdrawn, with the reasons.
        missed: Figures and quotations of the source that the summary leaves out, most prominent
            first.
        notes: What a reader should know besides, such as that the model did not write in the
            language that it was asked for; usually empty.
        model: Name of the model.
        prompt: Name and version of the prompt.
        usage: Tokens, requests, seconds and dollars.

    Example:
        >>> source = "Fire crews were called to the mill. Four people were hurt."
        >>> claim = Claim(text="Four people were hurt.", evidence=[Span.of(source, 36, 58)])
        >>> summary = Summary(headline="Fire at a mill", claims=[claim], model="by hand")
        >>> print(summary.text)
        Fire at a mill
        Four people were hurt.
        >>> summary.to_html(source).startswith("<!doctype html>")
        True
    """

    headline: str
    claims: list[Claim] = Field(default_factory=list)
    quotes: list[Quote] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    rejected: list[Rejected] = Field(default_factory=list)
    missed: list[Omission] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    model: str
    prompt: str = ""
    usage: Usage = Field(default_factory=Usage)
    _source: Article | None = PrivateAttr(default=None)

    def with_source(self, source: str | Article) -> Summary:
        """Return a copy that knows its source, so that `to_html()` and notebooks need no other.

        Summaries that `summarize` returns know theirs; one that was read from JSON does not.

        Args:
            source: The article it is about.

        Example:
            >>> summary = Summary.model_validate_json('{"headline": "Fire at a mill", "model": "m"}')
            >>> "It burned." in summary.with_source("It burned.").to_html()
            True
        """
        copy = self.model_copy()
        copy._source = Article.of(source)
        return copy

    def view(self, source: str | Article | None = None) -> View:
        """The summary as reports show it.

        Args:
            source: The article it is about; by default the one it was made from.

        Raises:
            InputError: The source is not known.
        """
        article = self._source if source is None else Article.of(source)
        if article is None:
            raise InputError("This Summary does not know its source: use to_html(source).")
        items: list[Claim | Quote | Figure] = [*self.claims, *self.quotes, *self.figures]
        return View(
            headline=self.headline,
            source=article.text,
            cost=self._cost(),
            sections=sections_of(item.view(article) for item in items),
            rejected=tuple(rejected.view() for rejected in self.rejected),
            missed=tuple(Missed.of(o.span, o.what, article) for o in self.missed),
            notes=tuple(self.notes),
        )

    def _cost(self) -> Cost:
        return Cost(
            self.model,
            self.prompt,
            self.usage.requests,
            self.usage.input_tokens,
            self.usage.output_tokens,
            self.usage.seconds,
            self.usage.cost,
        )

    def to_html(self, source: str | Article | None = None) -> str:
        """The summary beside its source, as one self-contained HTML page.

        Args:
            source: The article it is about; by default the one it was made from, which a Summary
                from JSON does not know.

        Raises:
            InputError: The source is not known.
        """
        return render_html(self.view(source))

    def _repr_html_(self) -> str | None:
        """The page in a frame, for notebooks; None if the source is unknown: they show text then."""
        return in_notebook(self.to_html()) if self._source else None

    @property
    def text(self) -> str:
        """The headline, the claims and the attributed quotations as plain text.

        This is what a cross-check of a Summary reads; its figures are the source's own characters.
        """
        said = [f"{q.speaker} said: “{q.text}”" for q in self.quotes if q.direct and q.speaker]
        return "\n".join([self.headline, *(c.text for c in self.claims), *said])
