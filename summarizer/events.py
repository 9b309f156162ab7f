"""What goes on during a call, as typed events: for a callback, and for the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

LOG = logging.getLogger("summarizer")
LOG.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class RequestSent:
    """An HTTP request goes out: the `attempt`th of its question, from 1."""

    model: str
    attempt: int


@dataclass(frozen=True, slots=True)
class RetryPlanned:
    """A request failed and is repeated after so many seconds."""

    model: str
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class LineChecked:
    """The headline or a claim was checked; no problems: it stands."""

    kind: str
    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasked:
    """So many failed lines are sent back to the model, for the `round`th time, from 1."""

    lines: int
    round: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A summary is finished: what stands, what was withdrawn, what it took."""

    claims: int
    rejected: int
    requests: int
    seconds: float


Event = RequestSent | RetryPlanned | LineChecked | Reasked | Finished
OnEvent = Callable[[Event], object]


def emit(event: Event, on_event: OnEvent | None) -> None:
    """Log an event at DEBUG, a retry at INFO, and hand it to the callback if there is one."""
    LOG.log(logging.INFO if isinstance(event, RetryPlanned) else logging.DEBUG, "%s", event)
    if on_event is not None:
        on_event(event)
