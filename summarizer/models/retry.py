"""Retries: one layer for transport, one for answers that do not fit, one budget for both.

Transport faults (no connection, time-out, 408, 409, 429, 5xx) are retried here, by tenacity.
Answers that do not fit the schema are asked for again by instructor. Neither resets the other's
count: one question makes at most `1 + transport_retries + schema_retries` requests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tenacity

from .faults import is_transport_fault, retry_after


@dataclass(frozen=True, slots=True)
class Limits:
    """How often and how long one question is tried.

    Attributes:
        transport_retries: Requests repeated after a transport fault, over the whole question.
        schema_retries: Requests repeated because the answer did not fit, over the whole question.
        total_seconds: No retry starts after this much time.
        longest_wait: Seconds; a longer Retry-After ends the question instead of waiting.
        first_wait: Seconds before the first retry; doubles each time, with jitter.
    """

    transport_retries: int = 4
    schema_retries: int = 1
    total_seconds: float = 180.0
    longest_wait: float = 60.0
    first_wait: float = 0.5

    @property
    def most_requests(self) -> int:
        """The largest number of requests that one question can make."""
        return 1 + self.transport_retries + self.schema_retries


@dataclass
class Budget:
    """The retries that one question has used.

    Attributes:
        limits: How many it has.
        sent: Requests sent.
        unusable: Answers that did not fit the schema.
    """

    limits: Limits
    sent: int = 0
    unusable: int = 0

    @property
    def schema_retries_left(self) -> int:
        """Retries that instructor may still make."""
        return max(0, self.limits.schema_retries - self.unusable)

    @property
    def transport_retries_used(self) -> int:
        """Requests after the first that were not retries for the schema."""
        return max(0, self.sent - 1 - self.unusable)


OnRetry = Callable[[BaseException, float], object]
"""Told of the fault and of the seconds until the next attempt."""


def sync_retrying(budget: Budget, on_retry: OnRetry) -> tenacity.Retrying:
    """The attempts of one question, to be looped over with `for`."""
    return tenacity.Retrying(**_policy(budget, on_retry))


def async_retrying(budget: Budget, on_retry: OnRetry) -> tenacity.AsyncRetrying:
    """The attempts of one question, to be looped over with `async for`."""
    return tenacity.AsyncRetrying(**_policy(budget, on_retry))


def _policy(budget: Budget, on_retry: OnRetry) -> dict[str, Any]:
    """The arguments of tenacity's loops."""
    limits = budget.limits
    backoff = tenacity.wait_random_exponential(limits.first_wait, limits.longest_wait)

    def wait(state: tenacity.RetryCallState) -> float:
        requested = _requested_wait(state)
        return backoff(state) if requested is None else requested

    def stop(state: tenacity.RetryCallState) -> bool:
        requested = _requested_wait(state) or 0.0
        return (
            budget.transport_retries_used >= limits.transport_retries
            or (state.seconds_since_start or 0.0) + requested > limits.total_seconds
            or requested > limits.longest_wait
        )

    def before_sleep(state: tenacity.RetryCallState) -> None:
        error = _error(state)
        if error is not None and state.next_action is not None:
            on_retry(error, state.next_action.sleep)

    return {
        "before_sleep": before_sleep,
        "retry": tenacity.retry_if_exception(is_transport_fault),
        "wait": wait,
        "stop": stop,
        "reraise": True,
    }


def _error(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _requested_wait(state: tenacity.RetryCallState) -> float | None:
    """Seconds that the server asked to wait."""
    error = _error(state)
    return retry_after(error) if error else None
