"""How many requests are in flight, and how fast they follow each other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from .base import Request
from .faults import is_throttled, retry_after

TOKENS_OF_AN_ANSWER = 400
"""The estimated output tokens of a request, when tokens per minute are limited."""

_TOLERATED = 0.3
_MOST_TOLERATED = 0.5
"""Shares of refused requests: below the first no slot is lost, above the second always."""
_WINDOW = 40
"""Requests over which a share is measured."""
_FEWEST_FOR_OVERLOAD = 16
_FEWEST_IN_TRIAL = 8
_FEWEST_REFUSALS = 3
_SAME_SHARE = 0.3
"""Half the slots halve the requests: an overload that refused a third or a half of them refuses none
then, and chance alone refuses as large a share as before. This part of it tells the two apart."""
_MARGIN = 1.6
_SHRINK = 1.0
_GROW = 0.12
_REGROW = 1.0
"""Under an overload a refusal takes one slot and a good answer gives an eighth back, so that about
one request in nine is refused; after many good answers in a row, a whole slot."""
_ANSWERS_BEFORE_REGROWTH = 24
_STEADY_SHARE = 0.18
"""A larger share, at no more than half the slots, cannot be what is left of an overload."""
_REFUSALS_BEFORE_PAUSE = 5
_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE = 60.0
"""Seconds; where a server asks for more, requests fail at once, which stops a batch."""
_REQUEST_WINDOW = 1.0
_TOKEN_WINDOW = 10.0
"""Seconds of the allowance that may be used at once: many servers refuse a whole minute's burst."""


class _Mode(Enum):
    """What is known about the server: see `Slots`."""

    STEADY = "steady"
    TRIAL = "trial"
    OVERLOADED = "overloaded"


@dataclass(slots=True)
class Ticket:
    """A request that holds a slot, or held one.

    Attributes:
        is_refused: True if it was refused, False if it was not, None while it is in flight.
    """

    is_refused: bool | None = None


class Slots:
    """How many requests may be in flight, learned from those that the server refuses.

    A server that is overloaded refuses more, the more requests are in flight, and none when they
    are few: then fewer requests lose nothing. One that refuses a steady share does that at any
    number, and fewer requests only take longer. The two are told apart by a trial:

    - steady: the number stays. A share of more than is tolerated leads to the trial; a very large
      one, with which retries would run out, to an overload at once.
    - trial: half as many. If about the same share is refused, that share is tolerated from now on;
      if not, it is an overload.
    - overloaded: refusals take slots away and good answers give them back. If many are refused even
      at half the slots, the share was a steady one after all.

    Requests are counted in the order in which they were sent: refusals come back sooner than
    answers, so that the first to come back are no fair sample.

    Args:
        most: Requests in flight at most.

    Attributes:
        most: Requests in flight at most.
        count: Requests in flight at most for now, from 1 to `most`; whole ones are given.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = float(most)
        self._tolerated = _TOLERATED
        self._share_before = 0.0
        self._refusals_in_a_row = self._answers_in_a_row = 0
        self._enter(_Mode.STEADY, most)

    def sent(self) -> Ticket:
        """Note a request that is sent."""
        ticket = Ticket()
        self._tickets.append(ticket)
        self._sent += 1
        return ticket

    def ended(self, ticket: Ticket, is_refused: bool) -> bool:
        """Note whether a request was refused; True if it is time that all wait."""
        ticket.is_refused = is_refused
        self._refusals_in_a_row = self._refusals_in_a_row + 1 if is_refused else 0
        self._answers_in_a_row = 0 if is_refused else self._answers_in_a_row + 1
        if self._mode is _Mode.OVERLOADED:
            self._adjust(is_refused)
            self._judge()
            return self._refusals_in_a_row >= _REFUSALS_BEFORE_PAUSE
        if is_refused and self._is_refused_by_far():
            self._enter(_Mode.OVERLOADED, self.count / 2)
            return True
        self._judge()
        return False

    def _adjust(self, is_refused: bool) -> None:
        if is_refused:
            self.count = max(1.0, self.count - _SHRINK)
            return
        grow = _REGROW if self._answers_in_a_row > _ANSWERS_BEFORE_REGROWTH else _GROW
        self.count = min(self.most, self.count + grow)

    def _is_refused_by_far(self) -> bool:
        """True if already so many are refused that those in flight do not matter."""
        refused = self._refused + sum(ticket.is_refused is True for ticket in self._tickets)
        fewest = min(_FEWEST_FOR_OVERLOAD, 2 * self.most)
        return self._sent >= fewest and refused > _MOST_TOLERATED * self._sent

    def _judge(self) -> None:
        """Count requests in the order in which they were sent, as far as they have ended."""
        judge = {
            _Mode.STEADY: self._judge_share,
            _Mode.TRIAL: self._judge_trial,
            _Mode.OVERLOADED: self._judge_overload,
        }[self._mode]
        tickets = self._tickets
        # One that takes very long does not hold up the others.
        while tickets and (tickets[0].is_refused is not None or len(tickets) > 3 * self.most):
            self._refused += tickets.popleft().is_refused is True
            self._counted += 1
            judge(self._refused / self._counted)
            if tickets is not self._tickets:  # a new mode begins
                return

    def _judge_share(self, share: float) -> None:
        if self._counted < _WINDOW:
            return
        if share > _MOST_TOLERATED:
            self._enter(_Mode.OVERLOADED, self.count / 2)
        elif share > self._tolerated and self.most > 1:
            self._share_before = share
            self._enter(_Mode.TRIAL, self.count / 2)
        else:
            self._enter(_Mode.STEADY, self.count)

    def _judge_trial(self, share: float) -> None:
        is_sample = self._counted >= _FEWEST_IN_TRIAL and self._refused >= _FEWEST_REFUSALS
        if is_sample and share > _MOST_TOLERATED:
            self._enter(_Mode.OVERLOADED, self.count)
        elif is_sample and share >= _SAME_SHARE * self._share_before:
            whole = self._share_before * _WINDOW + self._refused
            self._tolerate(whole / (_WINDOW + self._counted))
        elif self._counted >= _WINDOW:
            self._enter(_Mode.OVERLOADED, 2 * self.count)

    def _judge_overload(self, share: float) -> None:
        if self._counted < _WINDOW:
            return
        if _STEADY_SHARE < share <= _MOST_TOLERATED and self.count <= self.most / 2:
            self._tolerate(share)
        else:
            self._enter(_Mode.OVERLOADED, self.count)

    def _tolerate(self, share: float) -> None:
        self._tolerated = max(self._tolerated, _MARGIN * share)
        self._enter(_Mode.STEADY, self.most)

    def _enter(self, mode: _Mode, count: float) -> None:
        """Begin to count anew; requests that were sent before do not count."""
        self._mode = mode
        self.count = max(1.0, min(float(self.most), count))
        self._tickets: deque[Ticket] = deque()
        self._sent = self._counted = self._refused = 0


class RateLimiter:
    """Gives each request a slot: a limited number at once, fewer while the server refuses.

    Only requests in flight hold a slot: one that waits before its retry gives its slot back.

    Args:
        max_slots: Requests in flight at most.
        requests_per_minute: How many may start in a minute; None for no limit.
        tokens_per_minute: How many tokens they may take in a minute, in and out; None for no limit.

    Attributes:
        slots: How many there are for now.
        in_flight: Requests that hold a slot.
    """

    def __init__(
        self,
        max_slots: int,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        self.slots = Slots(max_slots)
        self.in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._paused_until = 0.0
        self._requests = _bucket(requests_per_minute, _REQUEST_WINDOW)
        self._tokens = _bucket(tokens_per_minute, _TOKEN_WINDOW)

    @asynccontextmanager
    async def slot(self, request: Request[Any]) -> AsyncIterator[None]:
        """Hold a slot for one request, and learn from how it ends."""
        await self._wait_for_rates(request)
        await self._acquire()
        ticket = self.slots.sent()
        is_refused = False
        try:
            yield
        except Exception as error:
            is_refused = is_throttled(error)
            if self.slots.ended(ticket, is_refused):
                self._pause(error)
            raise
        else:
            self.slots.ended(ticket, is_refused=False)
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
        while (pause := self._paused_until - asyncio.get_running_loop().time()) > 0:
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
        return int(self.slots.count)

    def _pause(self, error: Exception) -> None:
        """Let all wait as long as the server asks for."""
        seconds = retry_after(error) or _PAUSE_SECONDS
        if seconds <= _LONGEST_PAUSE:
            until = asyncio.get_running_loop().time() + seconds
            self._paused_until = max(self._paused_until, until)


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
