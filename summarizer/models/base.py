"""What every model is asked and answers: Request, Answer, and the Model protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel

from ..events import OnEvent
from ..text.token_count import tokens_of
from .cache import Cache

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """A question for a model, and the schema that its answer must fit.

    Attributes:
        messages: Chat messages; the article comes first, so that a server can reuse its prefix.
        schema: The pydantic model of the answer.
        validating: Makes the context in which an answer is validated, for schemas whose types
            check against something besides the answer.
        schema_retries: How often an answer that does not fit is asked for again; None for the
            model's own limit.
        for_judge: True if the request goes to the judge, not to the model that writes.
    """

    messages: list[dict[str, str]]
    schema: type[T]
    validating: Callable[[], AbstractContextManager[None]] = nullcontext
    schema_retries: int | None = None
    for_judge: bool = False

    @property
    def estimated_tokens(self) -> int:
        """Token count of the messages, on the high side."""
        return tokens_of(self.messages)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A model's answer and its usage.

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


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part of an answer that is still growing.

    Attributes:
        key: A field of the answer.
        value: Its value; for a field that is a list, one item of it.
    """

    key: str
    value: Any


Piece = Part | Answer[T]
"""What a stream yields: each Part as soon as the model has finished it, then the whole Answer."""


class Limiter(Protocol):
    """Decides when a request may be sent."""

    def slot(self, request: Request[Any]) -> AbstractAsyncContextManager[None]:
        """Wait for a slot, and hold it while the request is in flight."""
        ...


@dataclass(frozen=True, slots=True)
class BatchEndpoint:
    """Where OpenAI's Batch API takes a model's requests.

    Attributes:
        client: The `openai.OpenAI` client.
        name: The model's name in error messages and price lists.
        model: The provider's name for it.
        settings: Further arguments of each request (temperature, seed, …).
        address: The server's base URL, if it is not the provider's own.
    """

    client: Any = field(repr=False)
    name: str
    model: str | None
    settings: dict[str, Any] = field(repr=False)
    address: str | None


@runtime_checkable
class Model(Protocol):
    """Anything that can be asked."""

    @property
    def name(self) -> str:
        """What is reported as `summary.model`."""
        ...

    @property
    def context_tokens(self) -> int | None:
        """How many tokens it can read and write together; None if unknown."""
        ...

    @property
    def at_once(self) -> int:
        """How many requests it takes concurrently."""
        ...

    @property
    def identity(self) -> str:
        """All that decides its answers: name, address and settings, but no key."""
        ...

    @property
    def cache(self) -> Cache | None:
        """Where its answers are kept; None if they are not."""
        ...

    def with_options(self, *, context_tokens: int | None, on_event: OnEvent | None) -> Model:
        """This model with another context, if one is given, and another listener for its events."""
        ...

    def with_limiter(self, limiter: Limiter) -> Model:
        """This model, whose async requests wait for a slot of the limiter."""
        ...

    def ask(self, request: Request[T]) -> Answer[T]:
        """Ask, and block until the answer is complete."""
        ...

    async def aask(self, request: Request[T]) -> Answer[T]:
        """Ask without blocking the event loop."""
        ...

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """Ask, and yield each part of the answer when it is finished, then the whole."""
        ...

    def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """Ask without blocking the event loop, and yield the parts and the whole."""
        ...

    async def aclose(self) -> None:
        """Close the connections that async requests opened."""
        ...

    def batch_endpoint(self) -> BatchEndpoint | None:
        """Where a batch of its requests can be sent; None if it has no Batch API."""
        ...
