"""What the model must return (Draft) and what the user gets (Summary)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field, PrivateAttr

from .article import Article
from .checks.result import Check, Omission
from .checks.verdicts import Verdict
from .errors import InputError
from .text.spans import Span


class Claim(BaseModel):
    """A statement of the summary, with the sentences of the source that prove it.

    Attributes:
        text: The claim, in the model's words.
        evidence: The sentences and numbers of the source it rests on.
        checks: The verdicts on its numbers, quotations and names, and on it as a whole.
    """

    text: str
    evidence: list[Span] = Field(default_factory=list)
    checks: list[Check] = Field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """The reasons of the checks that failed."""
        return [c.reason for c in self.checks if c.verdict.flagged]


class Quote(BaseModel):
    """A quotation or reported statement, in the source's own characters.

    Attributes:
        text: What was said, character by character as the source has it.
        speaker: Who said it, by the fullest name the source gives.
        evidence: Where it stands.
        verdict: What the check says.
        reason: Why.
        direct: True if the source has it in quotation marks.
    """

    text: str
    speaker: str | None
    evidence: list[Span] = Field(default_factory=list)
    verdict: Verdict
    reason: str = ""
    direct: bool = True


class Figure(BaseModel):
    """A key figure, in the source's own characters.

    Attributes:
        text: The number and its unit or noun, as the source has them ("85 missiles").
        value: Its value.
        unit: What it counts or measures.
        what: The words of the source around it.
        evidence: Where it stands: the figure itself, then its sentence.
        verdict: What the check says.
        reason: Why.
    """

    text: str
    value: Decimal
    unit: str | None
    what: str
    evidence: list[Span] = Field(default_factory=list)
    verdict: Verdict
    reason: str = ""


class Rejected(BaseModel):
    """Something the model wrote that failed its check and was withdrawn.

    Attributes:
        kind: What it would have been.
        text: The last wording.
        reasons: Why it failed, one reason a problem.
        attempts: Every wording that was tried, in order.
    """

    kind: Literal["headline", "claim", "quote", "figure"]
    text: str
    reasons: list[str]
    attempts: list[str] = Field(default_factory=list)


class Usage(BaseModel):
    """What a summary cost.

    Attributes:
        input_tokens: Tokens sent, over all requests.
        output_tokens: Tokens received.
        requests: HTTP requests, retries included.
        seconds: Wall time of the whole call.
        cost: US dollars; None where the price is unknown.
    """

    input_tokens: int | None = 0
    output_tokens: int | None = 0
    requests: int = 0
    seconds: float = 0.0
    cost: float | None = None


class Summary(BaseModel):
    """A summary with its proof.

    Attributes:
        headline: One line.
        claims: Statements that passed their checks (with `on_problem="flag"` also those that did
            not; `claim.problems` says so).
        quotes: Quotations and statements, in the source's own words.
        figures: Key figures, in the source's own characters.
        rejected: What failed its check and was withdrawn, with the reasons.
        missed: Figures and quotations of the source that the summary leaves out.
        model: Name of the model.
        prompt: Name and version of the prompt.
        usage: Tokens, requests, seconds.
    """

    headline: str
    claims: list[Claim] = Field(default_factory=list)
    quotes: list[Quote] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    rejected: list[Rejected] = Field(default_factory=list)
    missed: list[Omission] = Field(default_factory=list)
    model: str
    prompt: str = ""
    usage: Usage = Field(default_factory=Usage)
    _source: Article | None = PrivateAttr(default=None)

    def to_html(self, source: str | Article | None = None) -> str:
        """The summary beside its source, as one self-contained page.

        Args:
            source: The article; by default the one it was made from, which a Summary from JSON has
                not.

        Raises:
            InputError: The source is not known.
        """
        article = self._source if source is None else Article.of(source)
        if article is None:
            raise InputError("This Summary does not know its source: to_html(source).")
        from .report.html import render_html

        return render_html(self, article)

    def _repr_html_(self) -> str | None:
        """The page in a frame, for notebooks; None, so that they show it as text, without a source."""
        from .report.html import in_notebook

        return in_notebook(self.to_html()) if self._source else None

    @property
    def text(self) -> str:
        """All of it as plain text, quotations in marks with their speakers.

        What a cross-check of a Summary reads; the figures are stretches of the source already.
        """
        said = [f"{q.speaker} said: “{q.text}”" for q in self.quotes if q.direct and q.speaker]
        return "\n".join([self.headline, *(c.text for c in self.claims), *said])
