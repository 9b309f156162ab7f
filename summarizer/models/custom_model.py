"""A model of the caller's own, fitted to the Model protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from ..events import OnEvent
from .base import Answer, Limiter, Piece, Request, T


@dataclass(frozen=True)
class CustomModel:
    """Any object with `ask` and `aask`: it has no cache, no options and no Batch API.

    Attributes:
        model: The caller's object, with `name`, `context_tokens`, `at_once` and `identity`.
        limiter: Where a question, with all its requests, waits for a slot; None for no limit.
    """

    model: Any
    limiter: Limiter | None = None

    @property
    def name(self) -> str:
        """The object's name."""
        return str(self.model.name)

    @property
    def context_tokens(self) -> int | None:
        """The object's context."""
        return self.model.context_tokens  # type: ignore[no-any-return]

    @property
    def at_once(self) -> int:
        """How many requests the object takes concurrently."""
        return self.model.at_once  # type: ignore[no-any-return]

    @property
    def identity(self) -> str:
        """The object's identity."""
        return str(self.model.identity)

    @property
    def cache(self) -> None:
        """It has none."""

    def with_options(self, *, context_tokens: int | None, on_event: OnEvent | None) -> CustomModel:
        """The same model: its options are the caller's business."""
        return self

    def with_limiter(self, limiter: Limiter) -> CustomModel:
        """This model, whose async questions wait for a slot."""
        return replace(self, limiter=limiter)

    def ask(self, request: Request[T]) -> Answer[T]:
        """Ask the object."""
        return self.model.ask(request)  # type: ignore[no-any-return]

    async def aask(self, request: Request[T]) -> Answer[T]:
        """Ask the object when there is a slot."""
        async with self._slot(request):
            return await self.model.aask(request)  # type: ignore[no-any-return]

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """The object's answer as it grows."""
        return self.model.stream(request)  # type: ignore[no-any-return]

    def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """The object's answer as it grows, for `async for`."""
        return self.model.astream(request)  # type: ignore[no-any-return]

    async def aclose(self) -> None:
        """Close what the object holds open."""
        await self.model.aclose()

    def batch_endpoint(self) -> None:
        """It has none."""

    def _slot(self, request: Request[Any]) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self.limiter is None else self.limiter.slot(request)
