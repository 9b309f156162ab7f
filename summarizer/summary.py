"""What the model must return (Draft) and what the user gets (Summary)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, create_model

from .article import Article
from .checks.result import Check, Omission
from .checks.verdicts import Verdict
from .errors import InputError
from .text.spans import Span

MOST_FIGURES = 12
"""That a model may choose; the code adds others, to `MOST_FIGURES_SHOWN` by default."""
MOST_FIGURES_SHOWN = 16
MOST_QUOTES = 8
CLAIMS_PER_PART = 2
LONGEST_CLAIM = 400
LONGEST_HEADLINE = 200
"""Characters: a small model that loops would otherwise write until it is cut off."""
Line = Annotated[str, Field(max_length=LONGEST_CLAIM)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClaimDraft(_Strict):
    """A claim as the model gives it: the sentence that proves it, then the claim."""

    sentence: int
    text: str = Field(max_length=LONGEST_CLAIM)


class Draft(_Strict):
    """The model's answer: ids of figures and statements, claims that point at sentences.

    What the model sees is a subclass made by `draft_schema` for one article, in which only ids of
    that article are possible.
    """

    figures: list[int] = Field(default_factory=list)
    quotes: list[int] = Field(default_factory=list)
    headline: str = Field(max_length=LONGEST_HEADLINE)

    @property
    def claims(self) -> list[ClaimDraft]:
        """The claims of all parts, in the order of the article."""
        return [c for part in PARTS for c in getattr(self, part, [])]


class Merge(_Strict):
    """The model's choice among what the chunks of a long article came to: ids, and a headline."""

    figures: list[int] = Field(default_factory=list)
    quotes: list[int] = Field(default_factory=list)
    headline: str = Field(max_length=LONGEST_HEADLINE)

    @property
    def claims(self) -> list[int]:
        """The ids of the chosen claims, each once."""
        return list(dict.fromkeys(i for part in PARTS for i in getattr(self, part, [])))


class Repair(_Strict):
    """A second answer, for what failed its check: the same items, in the same order."""

    items: list[Line]


PARTS = ("beginning", "middle", "end")


def parts_of(
    sentences: int, max_claims: int = CLAIMS_PER_PART * len(PARTS)
) -> list[tuple[str, int, int, int]]:
    """The parts of an article that claims must come from.

    Args:
        sentences: How many the article has.
        max_claims: How many claims there may be in all; a part may end up with none.

    Returns:
        Name, first and last sentence, and number of claims of each part.

    >>> parts_of(35)
    [('beginning', 1, 11, 2), ('middle', 12, 23, 2), ('end', 24, 35, 2)]
    >>> parts_of(35, 4)
    [('beginning', 1, 11, 2), ('middle', 12, 23, 1), ('end', 24, 35, 1)]
    >>> parts_of(1)
    [('beginning', 1, 1, 1)]
    """
    if sentences < len(PARTS):
        bounds = [(i, i) for i in range(1, sentences + 1)]
    else:
        first, second = sentences // 3, 2 * sentences // 3
        bounds = [(1, first), (first + 1, second), (second + 1, sentences)]
    parts = []
    for index, (name, (low, high)) in enumerate(zip(PARTS, bounds, strict=False)):
        share = (max_claims + len(bounds) - 1 - index) // len(bounds)
        parts.append((name, low, high, min(share, high - low + 1)))
    return parts


@lru_cache(maxsize=64)
def draft_schema(
    sentences: int,
    figures: int,
    statements: int,
    max_claims: int = CLAIMS_PER_PART * len(PARTS),
    max_figures: int = MOST_FIGURES_SHOWN,
) -> type[Draft]:
    """The Draft for an article with so many sentences, listed numbers and listed statements.

    Ids are enumerated, so that a model under a grammar cannot name one that does not exist, and
    the lists are bounded, so that no answer is long enough to be cut off.
    """
    fields = _choices(figures, statements, max_figures)
    for name, low, high, count in parts_of(sentences, max_claims):
        if not count:
            continue
        sentence: Any = (Literal[tuple(range(low, high + 1))], ...)
        claim = create_model(f"{name.capitalize()}Claim", __base__=ClaimDraft, sentence=sentence)
        fields[name] = (list[claim], Field(min_length=count, max_length=count))  # type: ignore[valid-type]
    fields["headline"] = (str, Field(max_length=LONGEST_HEADLINE))
    return create_model("Draft", __base__=Draft, **fields)


@lru_cache(maxsize=64)
def merge_schema(
    claims: int,
    figures: int,
    statements: int,
    max_claims: int,
    max_figures: int = MOST_FIGURES_SHOWN,
) -> type[Merge]:
    """The Merge for so many listed claims, numbers and statements; ids and bounds as in the Draft."""
    fields = _choices(figures, statements, max_figures)
    for name, low, high, count in parts_of(claims, max_claims):
        if count:
            fields[name] = (_ids(low, high), Field(min_length=count, max_length=count))
    fields["headline"] = (str, Field(max_length=LONGEST_HEADLINE))
    return create_model("Merge", __base__=Merge, **fields)


def _choices(figures: int, statements: int, max_figures: int) -> dict[str, Any]:
    """The fields for ids of figures and statements, where there are any to choose from."""
    fields: dict[str, Any] = {}
    if figures:
        fields["figures"] = (
            _ids(1, figures),
            Field(max_length=min(max_figures, MOST_FIGURES, figures)),
        )
    if statements:
        fields["quotes"] = (_ids(1, statements), Field(max_length=min(MOST_QUOTES, statements)))
    return fields


@lru_cache(maxsize=64)
def repair_schema(items: int) -> type[Repair]:
    """The Repair for so many failed items."""
    field: Any = (list[Line], Field(min_length=items, max_length=items))
    return create_model("Repair", __base__=Repair, items=field)


def _ids(low: int, high: int) -> Any:
    return list[Literal[tuple(range(low, high + 1))]]  # type: ignore[misc]


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
