"""What happens during a call, as typed events: for a callback, and for the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from .redaction import cleaned

LOG = logging.getLogger("summarizer")
LOG.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class RequestSent:
    """An HTTP request is sent: to which model, and the number of the attempt, from 1."""

    model: str
    attempt: int


@dataclass(frozen=True, slots=True)
class RetryPlanned:
    """A request failed, and is repeated after a wait of this many seconds."""

    model: str
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Adapted:
    """A server refused a part of a request, which is from now on put in another way.

    Attributes:
        model: The model.
        change: What is different: "temperature is left out", "it is asked for a tool call instead
            of a JSON schema".
        reason: What the server said.
    """

    model: str
    change: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assembling:
    """The embedded model's weights are being assembled: bytes written, and bytes in total."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Loading:
    """The embedded model is being loaded, which takes seconds: its name."""

    model: str


@dataclass(frozen=True, slots=True)
class LineChecked:
    """The headline or a claim was checked; it is kept if there are no problems."""

    kind: str
    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasked:
    """Failed lines are sent back to the model: how many, and in which round, from 1."""

    lines: int
    round: int


@dataclass(frozen=True, slots=True)
class AnswerTrimmed:
    """Asked twice, the model gave an answer that does not fit; only what is valid of it is used.

    Attributes:
        left_out: The entries that are not used: ids that do not exist, more claims than asked for.
    """

    left_out: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"Not used of the model's answer, because it does not fit: {'; '.join(self.left_out)}."
        )


@dataclass(frozen=True, slots=True)
class LanguageIgnored:
    """The model wrote lines of a summary in another language than it was asked for.

    Attributes:
        language: What was asked for, as the user wrote it.
        found: The English name of the language that it wrote.
        lines: How many lines are in that language.
        of: How many lines the summary shows, the headline included.
    """

    language: str
    found: str
    lines: int
    of: int

    def __str__(self) -> str:
        return f"Asked for {self.language}, the model wrote {self.lines} of {self.of} lines in {self.found}."


@dataclass(frozen=True, slots=True)
class Finished:
    """A summary is finished: claims that it shows, lines that were rejected, requests, seconds."""

    claims: int
    rejected: int
    requests: int
    seconds: float


Event = (
    RequestSent
    | RetryPlanned
    | Adapted
    | Assembling
    | Loading
    | LineChecked
    | Reasked
    | AnswerTrimmed
    | LanguageIgnored
    | Finished
)
OnEvent = Callable[[Event], object]

_LEVELS: dict[type, int] = {
    RetryPlanned: logging.INFO,
    Adapted: logging.INFO,
    AnswerTrimmed: logging.WARNING,
    LanguageIgnored: logging.WARNING,
}
"""How events are logged; those that are not here at DEBUG."""


def emit(event: Event, on_event: OnEvent | None) -> None:
    """Log an event, and hand it to the callback if there is one; neither shows a key."""
    event = _without_keys(event)
    LOG.log(_LEVELS.get(type(event), logging.DEBUG), "%s", event)
    if on_event is not None:
        on_event(event)


def _without_keys(event: Event) -> Event:
    """The event itself, unless a key is to be taken out of it."""
    values = {each.name: getattr(event, each.name) for each in fields(event)}
    changed = {name: new for name, old in values.items() if (new := cleaned(old)) != old}
    return replace(event, **changed) if changed else event
