"""Breaker: stops a batch when no further article can succeed, and tells whose fault a failure is."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

from ..errors import AccessError, BatchError, CrossCheckError, InputError, ModelError
from .items import Outcome

_FAILURES_OF_ALL = 3
"""From so many on, failures without a success after them are not put down to the articles."""
_FEWEST_FAILURES_BEFORE_STOP = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """An article that was worked on, and when, on a clock that counts finished articles.

    Attributes:
        index: Of the article among all.
        outcome: What it came to.
        begun: Articles that had finished before this one was begun.
        ended: Articles that had finished when this one had, itself included.
    """

    index: int
    outcome: Outcome
    begun: int
    ended: int


class Breaker:
    """Watches the outcomes of a batch: stopping is better than ten thousand failures.

    A failure that is not temporary may be the article's fault, or that of a service that fails
    every article from now on: no credit, a proxy that answers in the server's place, another limit.
    Which it is shows when an article that was begun later succeeds.

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
        self._suspects: list[Attempt] = []

    def stops(self, outcome: Outcome) -> bool:
        """True if the batch must stop, and the outcome says nothing about its article."""
        error = outcome.error
        if isinstance(error, InputError):  # no model was asked
            return False
        if error is None or isinstance(error, CrossCheckError) or self._is_answered(error):
            self._has_succeeded = True
            self._refusals = self._failures = 0
            return False
        self._failures += 1
        if isinstance(error, AccessError):
            return self._refused(error)
        if self.error is None and self._failures >= self._most_failures:
            self.is_unreachable = True
            self.error = BatchError(
                f"Stopped: {self._failures} articles in a row failed, the last one so: {error}"
            )
        return self.error is not None

    def settled(self, attempt: Attempt) -> list[Attempt]:
        """The attempts whose outcomes are certain now that this one has ended.

        A failure that may be the service's fault is held back until an article that was begun after
        it has succeeded.
        """
        error = attempt.outcome.error
        if error is None or isinstance(error, CrossCheckError):
            cleared = [s for s in self._suspects if s.ended <= attempt.begun]
            self._suspects = [s for s in self._suspects if s.ended > attempt.begun]
            return [*cleared, attempt]
        if self._is_own(attempt.outcome) or (isinstance(error, ModelError) and error.temporary):
            return [attempt]
        self._suspects.append(attempt)
        return []

    def rest(self) -> list[Attempt]:
        """The attempts that are held back when all articles are done.

        Where the service is likely to be at fault, their errors are temporary: the articles are
        worth another try.
        """
        left, self._suspects = self._suspects, []
        unclear = [s for s in left if not self._is_own(s.outcome)]
        if self._has_succeeded and len(unclear) < _FAILURES_OF_ALL:
            return left
        return [_to_be_tried_again(s) if s in unclear else s for s in left]

    def _is_own(self, outcome: Outcome) -> bool:
        """True if a failure is that of the article, or of the model with this article."""
        error = outcome.error
        return isinstance(error, InputError) or self._is_answered(error)

    def _is_answered(self, error: Exception | None) -> bool:
        """True if the model wrote something that cannot be used, as it wrote others that can."""
        return self._has_succeeded and isinstance(error, ModelError) and bool(error.output_tokens)

    def _refused(self, error: AccessError) -> bool:
        """A single refusal after a success can be about one article alone."""
        self._refusals += 1
        if self._has_succeeded and self._refusals < _FAILURES_OF_ALL:
            return False
        self.error = self.error or BatchError(f"Stopped: {error}")
        return True


def _to_be_tried_again(attempt: Attempt) -> Attempt:
    """The attempt with its error as a temporary one."""
    error = attempt.outcome.error
    if isinstance(error, ModelError):
        again = copy.copy(error)
        again.temporary = True
    else:
        again = ModelError(str(error), temporary=True)
    return replace(attempt, outcome=replace(attempt.outcome, error=again))
