"""One article of many, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..article import Article
from ..errors import CrossCheckError, InputError, SummarizerError


@dataclass(frozen=True, slots=True)
class Item:
    """One article of many.

    Attributes:
        id: Its name among them.
        text: The article; "" if it could not be read.
        error: Why it could not be read, or None.
    """

    id: str
    text: str | Article
    error: SummarizerError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: a summary or an error, never neither.

    Attributes:
        item: The article.
        summary: Its Summary, or an instance of the schema; with `on_problem="raise"` there may be
            one besides the error, without what failed.
        error: Why there is none.
    """

    item: Item
    summary: Any = None
    error: SummarizerError | None = None

    @property
    def id(self) -> str:
        """The name of the article."""
        return self.item.id


def failed(item: Item, error: Exception) -> Outcome:
    """What became of an article that failed: whatever went wrong with it stays with it.

    A check that was to raise keeps the summary on it; a fault that is none of ours to expect is
    named as one, for the other articles are not lost with this one.
    """
    if isinstance(error, CrossCheckError):
        return Outcome(item, error.summary, error)
    if isinstance(error, SummarizerError):
        return Outcome(item, error=error)
    fault = SummarizerError(f"unexpected {type(error).__name__}: {error}")
    fault.__cause__ = error
    return Outcome(item, error=fault)


Given = str | Article | Item | tuple[str, str] | Mapping[str, Any]
"""What an article can be given as: a text, (id, text), {"id": …, "text": …} or an Item."""


def as_item(given: Given, number: int) -> Item:
    """What was given as an Item; one without an id is named by its number, from 1.

    Raises:
        InputError: It is no article.

    >>> as_item({"id": 7, "text": "It burned."}, 0)
    Item(id='7', text='It burned.', error=None)
    >>> as_item("It burned.", 0).id
    '1'
    """
    if isinstance(given, Item):
        return given
    if isinstance(given, str | Article):
        return Item(str(number + 1), given)
    if isinstance(given, Mapping) and isinstance(given.get("text"), str | Article):
        return Item(str(given.get("id", number + 1)), given["text"])
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], str | Article):
        return Item(str(given[0]), given[1])
    raise InputError(
        f"Item {number + 1} is no article: give a text, (id, text), a mapping with"
        f' "id" and "text", or an Item, not {type(given).__name__}.'
    )
