"""The rate limiter: near what the server allows, whether it refuses by chance or by overload.

Time is simulated: what is measured is how many requests were in flight, and how many were refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from summarizer.models.rate_limit import RateLimiter
from tests.support import virtual_time

ARTICLES = 300
SLOTS = 16
SECONDS = 1.0
SECONDS_OF_REFUSAL = 0.25
TRIES = 5


class Refused(Exception):
    status_code = 429

    def __init__(self, retry_after: str | None = None) -> None:
        super().__init__("429")
        headers = {"retry-after": retry_after} if retry_after else {}
        self.response = type("Response", (), {"headers": headers})()


@dataclass
class Service:
    """A server that refuses some requests, at once."""

    refuses: Callable[[Service], bool]
    random: random.Random
    answering: int = 0
    sent: int = 0
    refused: int = 0

    async def ask(self) -> None:
        self.sent += 1
        if self.refuses(self):
            self.refused += 1
            await asyncio.sleep(SECONDS_OF_REFUSAL * self.random.uniform(0.8, 1.2))
            raise Refused
        self.answering += 1
        await asyncio.sleep(SECONDS * self.random.uniform(0.8, 1.2))
        self.answering -= 1

    @property
    def share(self) -> float:
        return self.refused / self.sent


@dataclass
class Run:
    """A batch with the retries of a model, against a service."""

    service: Service
    limiter: RateLimiter = field(default_factory=lambda: RateLimiter(SLOTS))
    failed: int = 0
    seconds: float = 0.0

    async def summarize(self, articles: Iterator[int]) -> None:
        for _ in articles:
            for attempt in range(TRIES):
                try:
                    async with self.limiter.slot(None):  # type: ignore[arg-type]
                        await self.service.ask()
                    break
                except Refused:
                    await asyncio.sleep(self.service.random.uniform(0, 0.5 * 2**attempt))
            else:
                self.failed += 1

    async def all(self) -> None:
        articles = iter(range(ARTICLES))
        await asyncio.gather(*(self.summarize(articles) for _ in range(2 * SLOTS)))
        self.seconds = asyncio.get_running_loop().time()


def ran(refuses: Callable[[Service], bool], seed: int) -> Run:
    run = Run(Service(refuses, random.Random(seed)))
    virtual_time.run(run.all())
    return run


@pytest.mark.parametrize("share", [0.0, 0.09, 0.14, 0.2])
def test_a_steady_share_of_refusals_costs_little_more_than_itself(share: float) -> None:
    def refuses(service: Service) -> bool:
        return service.random.random() < share

    ratios = []
    for seed in range(8):
        run = ran(refuses, seed)
        busy = ARTICLES * SECONDS + run.service.refused * SECONDS_OF_REFUSAL
        ratios.append(run.seconds / (busy / SLOTS))
        assert run.failed <= 2  # five refusals in a row, at 20% one article in 3,000
    assert sum(ratios) / len(ratios) < 1.2
    assert sorted(ratios)[-2] < 1.3


@pytest.mark.parametrize("capacity", [1, 2, 4, 8, 12, 14, 16])
def test_an_overloaded_server_gets_no_more_than_it_takes(capacity: int) -> None:
    def refuses(service: Service) -> bool:
        return service.answering >= capacity

    for seed in range(4):
        run = ran(refuses, seed)
        ideal = ARTICLES * SECONDS / capacity
        assert run.seconds / ideal < 1.4
        assert run.service.share < 0.2
        assert run.failed <= 8


def test_a_pause_is_as_long_as_the_server_asks_and_none_if_that_is_too_long() -> None:
    async def refused(seconds: str) -> float:
        limiter = RateLimiter(1)
        for _ in range(5):
            with pytest.raises(Refused):
                await _use(limiter, Refused(seconds))
        started = asyncio.get_running_loop().time()
        await _use(limiter)
        return asyncio.get_running_loop().time() - started

    for seconds, waited in (("20", 20.0), ("3600", 0.0)):
        assert virtual_time.run(refused(seconds)) == waited


async def _use(limiter: RateLimiter, error: Exception | None = None) -> None:
    async with limiter.slot(None):  # type: ignore[arg-type]
        if error:
            raise error


def test_slots_come_back_when_the_overload_is_over() -> None:
    async def slots() -> list[float]:
        limiter, counts = RateLimiter(8), []
        for end in (Refused(), None):
            for _ in range(80):
                with contextlib.suppress(Refused):
                    await _use(limiter, end)
            counts.append(limiter.slots.count)
        return counts

    assert virtual_time.run(slots()) == [1.0, 8.0]


def test_never_more_in_flight_than_slots() -> None:
    most = 0

    async def one(limiter: RateLimiter) -> None:
        nonlocal most
        async with limiter.slot(None):  # type: ignore[arg-type]
            most = max(most, limiter.in_flight)
            await asyncio.sleep(1)

    async def all() -> Any:
        limiter = RateLimiter(3)
        await asyncio.gather(*(one(limiter) for _ in range(30)))
        return limiter.in_flight

    assert (virtual_time.run(all()), most) == (0, 3)
