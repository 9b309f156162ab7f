"""A model that answers a repeated request from a cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from ..events import OnEvent
from .base import Answer, BatchEndpoint, Limiter, Model, Part, Piece, Request, T
from .cache import Cache


@dataclass(frozen=True)
class CachedModel:
    """A model with a cache: only what the cache does not have is asked.

    Attributes:
        model: The model that is asked on a cache miss.
        cache: Where the answers are kept.
    """

    model: Model
    cache: Cache

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def context_tokens(self) -> int | None:
        """The model's context."""
        return self.model.context_tokens

    @property
    def at_once(self) -> int:
        """How many requests the model takes concurrently."""
        return self.model.at_once

    @property
    def identity(self) -> str:
        """The model's identity: a cache does not change an answer."""
        return self.model.identity

    def with_options(self, *, context_tokens: int | None, on_event: OnEvent | None) -> Model:
        """The model with these options, and the same cache."""
        inner = self.model.with_options(context_tokens=context_tokens, on_event=on_event)
        return replace(self, model=inner)

    def with_limiter(self, limiter: Limiter) -> Model:
        """The model with this limiter, and the same cache: a cached answer needs no slot."""
        return replace(self, model=self.model.with_limiter(limiter))

    def ask(self, request: Request[T]) -> Answer[T]:
        """The cached answer, or else the model's, which is then cached."""
        return recall(self, request) or self._keep(request, self.model.ask(request))

    async def aask(self, request: Request[T]) -> Answer[T]:
        """The cached answer, or else the model's, without blocking the event loop."""
        return recall(self, request) or self._keep(request, await self.model.aask(request))

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """The cached answer at once, or else the model's, part by part."""
        if (answer := recall(self, request)) is not None:
            yield answer
            return
        for piece in self.model.stream(request):
            yield piece if isinstance(piece, Part) else self._keep(request, piece)

    async def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """The cached answer at once, or else the model's, part by part, for `async for`."""
        if (answer := recall(self, request)) is not None:
            yield answer
            return
        async for piece in self.model.astream(request):
            yield piece if isinstance(piece, Part) else self._keep(request, piece)

    async def aclose(self) -> None:
        """Close the model's connections."""
        await self.model.aclose()

    def batch_endpoint(self) -> BatchEndpoint | None:
        """The model's Batch API."""
        return self.model.batch_endpoint()

    def _keep(self, request: Request[T], answer: Answer[T]) -> Answer[T]:
        text = answer.value.model_dump_json(by_alias=True)
        self.cache.put(request_key(self, request), text)
        return answer


def cached(model: Model, cache: Cache | None) -> Model:
    """The model with this cache; the model itself if there is none."""
    return model if cache is None else CachedModel(model, cache)


def recall(model: Model, request: Request[T]) -> Answer[T] | None:
    """The answer in the model's cache, which costs nothing; None if none fits the schema."""
    text = model.cache.get(request_key(model, request)) if model.cache else None
    if text is None:
        return None
    try:
        with request.validating():
            return Answer(request.schema.model_validate_json(text), 0, 0, 0, 0.0)
    except ValidationError:
        return None


def request_key(model: Model, request: Request[Any]) -> str:
    """The hash of all that decides an answer: the model with its settings, the schema, the messages.

    The messages hold the article and the prompts, so that a new version of either is asked again.
    """
    schema: type[BaseModel] = request.schema
    decisive = [model.identity, _schema(schema), request.messages]
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=64)
def _schema(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), sort_keys=True)
