"""How many requests are in flight, and how fast they follow each other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Protocol

from .base import Answer, Model, Request, T
from .cached_model import CachedModel
from .faults import is_quota_exhausted, retry_after, status_of
from .instructor_model import InstructorModel

TOKENS_OF_AN_ANSWER = 400
"""What a request is taken to bring back, when tokens a minute are limited."""

_SHRINK = 1.0
_GROW = 0.12
"""A 429 takes one place away, a good answer gives an eighth back: limits that refuse up to one
request in nine cost no places, beyond that the number falls until the server is content."""
_REFUSALS_BEFORE_PAUSE = 3
_PAUSE_SECONDS = 1.0
_REQUEST_WINDOW = 1.0
_TOKEN_WINDOW = 10.0
"""Seconds of the allowance that may be used at once: many servers refuse a whole minute's burst."""


class Gate:
    """Lets requests through: at most so many at once, fewer while the server refuses.

    Only requests in flight hold a place: one that waits before its retry gives its place to another.

    Args:
        most: Requests in flight at most.
        requests_per_minute: How many may start in a minute; None for no limit.
        tokens_per_minute: How many tokens they may take in a minute, in and out; None for no limit.
    """

    def __init__(
        self,
        most: int,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        self.most = most
        self.places = float(most)
        self.in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._refusals = 0
        self._paused_until = 0.0
        self._requests = _bucket(requests_per_minute, _REQUEST_WINDOW)
        self._tokens = _bucket(tokens_per_minute, _TOKEN_WINDOW)

    @asynccontextmanager
    async def slot(self, request: Request[Any]) -> AsyncIterator[None]:
        """Hold a place for one request, and learn from how it ends."""
        await self._within_rates(request)
        await self._enter()
        try:
            yield
        except Exception as error:
            self._learn(error)
            raise
        else:
            self._refusals = 0
            self.places = min(self.most, self.places + _GROW)
        finally:
            self._leave()

    async def _within_rates(self, request: Request[Any]) -> None:
        if self._requests is not None:
            await self._requests.acquire()
        if self._tokens is not None:
            wanted = float(request.estimated_tokens + TOKENS_OF_AN_ANSWER)
            while wanted > 0:  # more than the window holds: taken in several helpings
                helping = min(wanted, self._tokens.max_rate)
                await self._tokens.acquire(helping)
                wanted -= helping

    async def _enter(self) -> None:
        while self.in_flight >= max(1, int(self.places)):
            place = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            try:
                await place
            except asyncio.CancelledError:
                if place.done() and not place.cancelled():
                    self._wake()
                raise
        self.in_flight += 1
        while (pause := self._paused_until - time.monotonic()) > 0:
            await asyncio.sleep(pause)

    def _leave(self) -> None:
        self.in_flight -= 1
        self._wake()

    def _wake(self) -> None:
        """Let as many go on as there are places."""
        free = max(1, int(self.places)) - self.in_flight
        while free > 0 and self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                free -= 1

    def _learn(self, error: Exception) -> None:
        if status_of(error) != 429 or is_quota_exhausted(error):
            return
        self.places = max(1.0, self.places - _SHRINK)
        self._refusals += 1
        if self._refusals >= _REFUSALS_BEFORE_PAUSE:  # nobody gets through: all wait
            wait = retry_after(error) or _PAUSE_SECONDS
            self._paused_until = max(self._paused_until, time.monotonic() + wait)


class _Bucket(Protocol):
    max_rate: float

    async def acquire(self, amount: float = 1) -> None: ...


def _bucket(per_minute: float | None, window: float) -> _Bucket | None:
    if per_minute is None:
        return None
    from aiolimiter import AsyncLimiter

    window = max(window, 60 / per_minute)  # room for one, at least
    return AsyncLimiter(per_minute * window / 60, window)


def paced(model: Model, gate: Gate) -> Model:
    """The same model, whose requests go through a gate; what a cache has does not wait."""
    if isinstance(model, CachedModel):
        return CachedModel(paced(model.model, gate), model.cache)
    if isinstance(model, InstructorModel):
        return replace(model, gate=gate)
    return PacedModel(model, gate)


class PacedModel:
    """Any other model behind a gate: a whole question, with its retries, takes one place."""

    def __init__(self, model: Model, gate: Gate) -> None:
        self.model = model
        self.gate = gate
        self.name = model.name
        self.context_tokens = model.context_tokens
        self.at_once = model.at_once

    async def aask(self, request: Request[T]) -> Answer[T]:
        """Ask when there is a place."""
        async with self.gate.slot(request):
            return await self.model.aask(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)
