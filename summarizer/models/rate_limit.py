"""How many requests are in flight, and how fast they follow each other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from .base import Request
from .faults import is_throttled, retry_after

TOKENS_OF_AN_ANSWER = 400
"""The estimated output tokens of a request, when tokens per minute are limited."""

_SHRINK = 1.0
_GROW = 0.12
"""A 429 takes one slot away, a good answer gives an eighth back: limits that refuse up to one
request in nine cost no slots; beyond that, the number falls until the server is content."""
_REFUSALS_BEFORE_PAUSE = 3
_PAUSE_SECONDS = 1.0
_REQUEST_WINDOW = 1.0
_TOKEN_WINDOW = 10.0
"""Seconds of the allowance that may be used at once: many servers refuse a whole minute's burst."""


class RateLimiter:
    """Gives each request a slot: a limited number at once, fewer while the server refuses.

    Only requests in flight hold a slot: one that waits before its retry gives its slot back.

    Args:
        max_slots: Requests in flight at most.
        requests_per_minute: How many may start in a minute; None for no limit.
        tokens_per_minute: How many tokens they may take in a minute, in and out; None for no limit.

    Attributes:
        max_slots: Requests in flight at most.
        slots: Requests in flight at most for now, from 1 to `max_slots`; whole slots are given.
        in_flight: Requests that hold a slot.
    """

    def __init__(
        self,
        max_slots: int,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        self.max_slots = max_slots
        self.slots = float(max_slots)
        self.in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._refusals = 0
        self._paused_until = 0.0
        self._requests = _bucket(requests_per_minute, _REQUEST_WINDOW)
        self._tokens = _bucket(tokens_per_minute, _TOKEN_WINDOW)

    @asynccontextmanager
    async def slot(self, request: Request[Any]) -> AsyncIterator[None]:
        """Hold a slot for one request, and learn from how it ends."""
        await self._wait_for_rates(request)
        await self._acquire()
        try:
            yield
        except Exception as error:
            if is_throttled(error):
                self._shrink(error)
            raise
        else:
            self._grow()
        finally:
            self._release()

    async def _wait_for_rates(self, request: Request[Any]) -> None:
        if self._requests is not None:
            await self._requests.acquire()
        if self._tokens is not None:
            wanted = float(request.estimated_tokens + TOKENS_OF_AN_ANSWER)
            while wanted > 0:  # a large request takes more than one window's tokens, chunk by chunk
                chunk = min(wanted, self._tokens.max_rate)
                await self._tokens.acquire(chunk)
                wanted -= chunk

    async def _acquire(self) -> None:
        while self.in_flight >= self._whole_slots:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._wake()  # the turn goes to another
                raise
        self.in_flight += 1
        while (pause := self._paused_until - time.monotonic()) > 0:
            await asyncio.sleep(pause)

    def _release(self) -> None:
        self.in_flight -= 1
        self._wake()

    def _wake(self) -> None:
        """Let as many requests go on as there are free slots."""
        free = self._whole_slots - self.in_flight
        while free > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1

    @property
    def _whole_slots(self) -> int:
        return max(1, int(self.slots))

    def _grow(self) -> None:
        self._refusals = 0
        self.slots = min(self.max_slots, self.slots + _GROW)

    def _shrink(self, error: Exception) -> None:
        self.slots = max(1.0, self.slots - _SHRINK)
        self._refusals += 1
        if self._refusals >= _REFUSALS_BEFORE_PAUSE:  # none gets through: all wait
            wait = retry_after(error) or _PAUSE_SECONDS
            self._paused_until = max(self._paused_until, time.monotonic() + wait)


class _Bucket(Protocol):
    max_rate: float

    async def acquire(self, amount: float = 1) -> None: ...


def _bucket(per_minute: float | None, window: float) -> _Bucket | None:
    """A leaky bucket for a rate per minute, of which one window's share may be used at once."""
    if per_minute is None:
        return None
    from aiolimiter import AsyncLimiter

    window = max(window, 60 / per_minute)  # room for one, at least
    return AsyncLimiter(per_minute * window / 60, window)
