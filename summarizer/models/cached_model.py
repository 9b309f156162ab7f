"""A model that is asked each question once: further answers come from the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from ..fields import checking
from .base import Answer, Model, Piece, Request, T
from .cache import Cache


class CachedModel:
    """A model in front of which a cache stands.

    Args:
        model: Whom to ask what the cache does not have.
        cache: Where the answers are.
    """

    def __init__(self, model: Model, cache: Cache) -> None:
        self.model = model
        self.cache = cache
        self.name = model.name
        self.context_tokens = model.context_tokens
        self.at_once = model.at_once

    @property
    def identity(self) -> str:
        """That of the model."""
        return self.model.identity

    def ask(self, request: Request[T]) -> Answer[T]:
        """The kept answer, else the model's, kept from now on."""
        return self.kept(request) or self.keep(request, self.model.ask(request))

    async def aask(self, request: Request[T]) -> Answer[T]:
        """The same without blocking."""
        return self.kept(request) or self.keep(request, await self.model.aask(request))

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """The kept answer at once, else the model's as it grows."""
        if (kept := self.kept(request)) is not None:
            yield None, kept
            return
        for partial, answer in self.model.stream(request):
            yield partial, answer and self.keep(request, answer)

    async def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """The same without blocking."""
        if (kept := self.kept(request)) is not None:
            yield None, kept
            return
        async for partial, answer in self.model.astream(request):
            yield partial, answer and self.keep(request, answer)

    async def aclose(self) -> None:
        """Close the model's connections."""
        await self.model.aclose()

    def kept(self, request: Request[T]) -> Answer[T] | None:
        """What the cache has; it cost nothing this time. None if it has nothing that fits."""
        text = self.cache.get(request_key(self.model, request))
        if text is None:
            return None
        try:
            with checking(request.source):
                return Answer(request.schema.model_validate_json(text), 0, 0, 0, 0.0)
        except ValidationError:
            return None

    def keep(self, request: Request[T], answer: Answer[T]) -> Answer[T]:
        """Put an answer into the cache, and hand it on."""
        text = answer.value.model_dump_json(by_alias=True)
        self.cache.put(request_key(self.model, request), text)
        return answer


def request_key(model: Model, request: Request[Any]) -> str:
    """The hash of all that decides an answer: the model with its settings, the schema, the words.

    The messages hold the article and the prompts, so that a new version of either asks anew.
    """
    schema: type[BaseModel] = request.schema
    asked = [model.identity, _schema(schema), request.messages]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=64)
def _schema(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), sort_keys=True)


def cached(model: Model, cache: Cache | None) -> Model:
    """The model with the cache in front of it, if there is one."""
    return model if cache is None else CachedModel(model, cache)
