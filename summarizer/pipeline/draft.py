"""What the model must return: a Draft of ids and claims, a Merge of ids, a Repair of failed lines.

Each schema is made for one request: ids are enumerated and lists are bounded.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from .salvage import Salvageable

PARTS = ("beginning", "middle", "end")
"""The parts of an article that claims must come from."""
LONGEST_CLAIM = 400
LONGEST_HEADLINE = 200
"""Characters: a small model that loops would otherwise write until it is cut off."""
_MOST_FIGURES = 12
"""Figures that the model may choose; the code adds others, up to `max_figures`."""
_MOST_QUOTES = 8

LineText = Annotated[str, Field(max_length=LONGEST_CLAIM)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClaimDraft(_Strict):
    """A claim as the model returns it: the sentence that supports it, then the claim."""

    sentence: int
    text: LineText


class _Choice(Salvageable):
    """Claims, a headline, and ids of figures and statements, in the order in which they are written.

    A subclass is made for each request, with only the fields that it has a choice for. The claims
    come first, so that a reader of a stream waits for nothing else; a headline after them sums
    them up.
    """

    if TYPE_CHECKING:
        headline: str

    @property
    def figure_ids(self) -> list[int]:
        """The chosen figures."""
        return getattr(self, "figures", [])

    @property
    def statement_ids(self) -> list[int]:
        """The chosen statements."""
        return getattr(self, "quotes", [])

    def _in_parts(self) -> list[Any]:
        """What was chosen from all parts, in the order of the article."""
        return [each for part in PARTS for each in getattr(self, part, [])]

    @property
    def is_usable(self) -> bool:
        """False without any claim."""
        return bool(self._in_parts())


class Draft(_Choice):
    """The model's answer: ids of figures and statements, and claims that point at sentences.

    The model is given a subclass made by `draft_schema`, which allows only the ids of one listing.
    """

    @property
    def claims(self) -> list[ClaimDraft]:
        """The claims of all parts, in the order of the article."""
        return self._in_parts()


class Merge(_Choice):
    """The model's choice among the claims of all chunks of a long article: ids, and a headline."""

    @property
    def claims(self) -> list[int]:
        """The ids of the chosen claims, each once."""
        return list(dict.fromkeys(self._in_parts()))


class Repair(_Strict):
    """New wordings for the lines that failed their check, in the same order."""

    items: list[LineText]


def parts_of(sentences: int, max_claims: int) -> list[tuple[str, int, int, int]]:
    """Divide an article into the parts that claims must come from.

    Args:
        sentences: Number of sentences of the article.
        max_claims: Maximum number of claims in all; a part may get none.

    Returns:
        Name, first and last sentence, and number of claims of each part.

    >>> parts_of(35, 6)
    [('beginning', 1, 11, 2), ('middle', 12, 23, 2), ('end', 24, 35, 2)]
    >>> parts_of(35, 4)
    [('beginning', 1, 11, 2), ('middle', 12, 23, 1), ('end', 24, 35, 1)]
    >>> parts_of(1, 6)
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
    sentences: int, figures: int, statements: int, max_claims: int, max_figures: int
) -> type[Draft]:
    """Make the Draft for an article with that many sentences, listed numbers and statements.

    Ids are enumerated, so that a model under a grammar cannot name one that does not exist, and
    lists are bounded, so that no answer is long enough to be cut off.
    """
    fields: dict[str, Any] = {}
    for name, low, high, count in parts_of(sentences, max_claims):
        if not count:
            continue
        sentence: Any = (Literal[tuple(range(low, high + 1))], ...)
        claim = create_model(f"{name.capitalize()}Claim", __base__=ClaimDraft, sentence=sentence)
        fields[name] = (list[claim], Field(min_length=count, max_length=count))  # type: ignore[valid-type]
    fields |= _rest(figures, statements, max_figures)
    return create_model("Draft", __base__=Draft, **fields)


@lru_cache(maxsize=64)
def merge_schema(
    claims: int, figures: int, statements: int, max_claims: int, max_figures: int
) -> type[Merge]:
    """Make the Merge for that many listed claims, numbers and statements."""
    fields: dict[str, Any] = {}
    for name, low, high, count in parts_of(claims, max_claims):
        if count:
            fields[name] = (_ids(low, high), Field(min_length=count, max_length=count))
    fields |= _rest(figures, statements, max_figures)
    return create_model("Merge", __base__=Merge, **fields)


@lru_cache(maxsize=64)
def repair_schema(items: int) -> type[Repair]:
    """Make the Repair for that many failed lines."""
    field: Any = (list[LineText], Field(min_length=items, max_length=items))
    return create_model("Repair", __base__=Repair, items=field)


def _rest(figures: int, statements: int, max_figures: int) -> dict[str, Any]:
    """The headline, and ids of statements and figures where there are any to choose from."""
    fields: dict[str, Any] = {"headline": (str, Field(max_length=LONGEST_HEADLINE))}
    if statements:
        most = min(_MOST_QUOTES, statements)
        fields["quotes"] = (_ids(1, statements), Field(max_length=most))
    if figures:
        most = min(max_figures, _MOST_FIGURES, figures)
        fields["figures"] = (_ids(1, figures), Field(max_length=most))
    return fields


def _ids(low: int, high: int) -> Any:
    return list[Literal[tuple(range(low, high + 1))]]  # type: ignore[misc]
