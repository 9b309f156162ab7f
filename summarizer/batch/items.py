"""Item and Outcome: one article of many, and its summary or error."""

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

    Example:
        >>> Item("a1", "It burned.").id
        'a1'
    """

    id: str
    text: str | Article
    error: SummarizerError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one article came to: a summary, an error, or both.

    Attributes:
        item: The article.
        summary: Its Summary, or an instance of the schema. With `on_problem="raise"` there can be
            a summary besides the error, without the lines that failed.
        error: Why the article failed, or None.
    """

    item: Item
    summary: Any = None
    error: SummarizerError | None = None

    @property
    def id(self) -> str:
        """The name of the article."""
        return self.item.id


def failed(item: Item, error: Exception) -> Outcome:
    """The outcome of an article that failed; other articles are not affected.

    A CrossCheckError keeps its summary. An error that this library does not expect is reported as
    one, instead of ending the batch.
    """
    if isinstance(error, CrossCheckError):
        return Outcome(item, error.summary, error)
    if isinstance(error, SummarizerError):
        return Outcome(item, error=error)
    fault = SummarizerError(f"unexpected {type(error).__name__}: {error}")
    fault.__cause__ = error
    return Outcome(item, error=fault)


ItemLike = str | Article | Item | tuple[str, str] | Mapping[str, Any]
"""What can be passed as an article: a text, (id, text), {"id": …, "text": …} or an Item."""


def as_item(value: ItemLike, index: int) -> Item:
    """Make an Item; without an id, it is named by its number.

    Args:
        value: The article.
        index: Its index among all articles, from 0.

    Raises:
        InputError: It is not an article.

    >>> as_item({"id": 7, "text": "It burned."}, 0)
    Item(id='7', text='It burned.', error=None)
    >>> as_item("It burned.", 0).id
    '1'
    """
    number = str(index + 1)
    match value:
        case Item():
            return value
        case str() | Article():
            return Item(number, value)
        case Mapping() if isinstance(value.get("text"), str | Article):
            return Item(str(value.get("id", number)), value["text"])
        case (id, str() | Article() as text) if isinstance(value, tuple):
            return Item(str(id), text)
    raise InputError(
        f"Item {number} is not an article: pass a text, (id, text), a mapping with"
        f' "id" and "text", or an Item, not {type(value).__name__}.'
    )
