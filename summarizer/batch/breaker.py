"""Breaker: stops a batch when no further article can succeed."""

from __future__ import annotations

from ..errors import AccessError, BatchError, ModelError
from .items import Outcome

_REFUSALS_BEFORE_STOP = 3
_FEWEST_FAILURES_BEFORE_STOP = 10


class Breaker:
    """Watches the outcomes of a batch: stopping is better than ten thousand failures.

    Args:
        slots: Requests that can be in flight.

    Attributes:
        error: Why the batch stops; None while it goes on.
        is_unreachable: True if so many articles failed in a row that even those in flight are not
            worth waiting for.
    """

    def __init__(self, slots: int) -> None:
        self.error: BatchError | None = None
        self.is_unreachable = False
        self._has_succeeded = False
        self._refusals = 0
        self._failures = 0
        self._most_failures = max(_FEWEST_FAILURES_BEFORE_STOP, 2 * slots)

    def stops(self, outcome: Outcome) -> bool:
        """True if the batch must stop, and the outcome says nothing about its article."""
        error = outcome.error
        if not isinstance(error, ModelError) or not error.temporary:
            self._has_succeeded = self._has_succeeded or error is None
            self._refusals = self._failures = 0
            return False
        self._failures += 1
        if isinstance(error, AccessError):
            return self._refused(error)
        if self.error is None and self._failures >= self._most_failures:
            self.is_unreachable = True
            self.error = BatchError(
                f"Stopped: {self._failures} articles in a row failed in the same way: {error}"
            )
        return self.error is not None

    def _refused(self, error: AccessError) -> bool:
        """A single refusal after a success can be about one article alone."""
        self._refusals += 1
        if self._has_succeeded and self._refusals < _REFUSALS_BEFORE_STOP:
            return False
        self.error = self.error or BatchError(f"Stopped: {error}")
        return True
