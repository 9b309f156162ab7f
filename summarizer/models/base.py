"""What every model is asked and answers: Request, Answer, and the Model protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from ..article import Article
from ..text.token_count import tokens_of

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """What a model is asked.

    Attributes:
        messages: Chat messages; the article comes first, so that a server can reuse its prefix.
        schema: The pydantic model of the answer.
        source: What the annotated types of the schema check against, if it has any.
        schema_retries: How often an answer that does not fit is asked for again; None for the
            model's own limit.
        for_judge: True if it goes to the judge and not to the model that writes.
    """

    messages: list[dict[str, str]]
    schema: type[T]
    source: Article | None = None
    schema_retries: int | None = None
    for_judge: bool = False

    @property
    def estimated_tokens(self) -> int:
        """Tokens of the messages, on the high side."""
        return tokens_of(self.messages)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a model answered, and what that took.

    Attributes:
        value: The validated answer.
        input_tokens: Tokens sent, over all attempts; None if the provider did not say.
        output_tokens: Tokens received.
        requests: HTTP requests, retries included; 0 if it comes from a cache.
        cost: US dollars; None where the price is unknown.
    """

    value: T
    input_tokens: int | None
    output_tokens: int | None
    requests: int
    cost: float | None = None


Piece = tuple[Any | None, Answer[T] | None]
"""An answer that is still growing, or at the end (None, the whole answer)."""


class Model(Protocol):
    """Anything that can be asked.

    Attributes:
        name: What is reported as `summary.model`.
        context_tokens: How much it can read and write together; None if unknown.
        at_once: How many questions it takes side by side.
    """

    name: str
    context_tokens: int | None
    at_once: int

    @property
    def identity(self) -> str:
        """All that decides what it answers: its name, address and settings, but no key."""
        ...

    def ask(self, request: Request[T]) -> Answer[T]:
        """Ask and wait."""
        ...

    async def aask(self, request: Request[T]) -> Answer[T]:
        """Ask without blocking."""
        ...

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """Ask, and give out the answer as it grows, then whole."""
        ...

    def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """The same without blocking."""
        ...

    async def aclose(self) -> None:
        """Close what was opened for async questions, if anything was."""
        ...


class Slots(Protocol):
    """Where a request gets its place among those in flight."""

    def slot(self, request: Request[Any]) -> AbstractAsyncContextManager[None]:
        """Hold a place while the request is on its way."""
        ...
