"""Errors: everything that this library raises on purpose is a SummarizerError."""

from __future__ import annotations

from typing import Any

from .redaction import cleaned


class SummarizerError(Exception):
    """The parent of all errors of this library; its words never show a key."""

    def __init__(self, *args: object) -> None:
        super().__init__(*map(cleaned, args))

    def add_note(self, note: str, /) -> None:
        """Add a note that is shown with the error."""
        super().add_note(cleaned(note))


class InputError(SummarizerError, ValueError):
    """The text cannot be summarized or checked: empty, not text, or too long for the model."""


class ModelError(SummarizerError):
    """The model could not be reached, or gave no usable answer.

    Attributes:
        temporary: True if the same request may succeed later (the server was not reached, or is
            overloaded); False if it will not (the answer was unusable).
        retry_after: Seconds that the server asked to wait, if it did.
        requests: HTTP requests that were made.
        input_tokens: Tokens sent with those that were answered; None if the provider did not say.
        output_tokens: Tokens received.
        cost: US dollars; None where the price is unknown.
    """

    def __init__(
        self,
        message: str,
        *,
        temporary: bool = False,
        retry_after: float | None = None,
        requests: int = 0,
        input_tokens: int | None = 0,
        output_tokens: int | None = 0,
        cost: float | None = 0.0,
    ) -> None:
        super().__init__(message)
        self.temporary = temporary
        self.retry_after = retry_after
        self.requests = requests
        self.input_tokens = input_tokens
        self.output_tokens = output_tokens
        self.cost = cost


class AccessError(ModelError):
    """The server refuses every request: a wrong key, an exhausted quota, an unknown model."""


class DeadlineError(ModelError):
    """An article took longer than its deadline."""


class BatchError(SummarizerError):
    """A batch ended early, because no further article could succeed; finished results are kept."""


class NoModelError(ModelError):
    """No model was named and none was found."""


class LocalModelError(ModelError):
    """The embedded model cannot be installed, assembled or started."""


class CrossCheckError(SummarizerError):
    """A check failed, and `on_problem="raise"` was set.

    Attributes:
        summary: The whole Summary; the lines that failed are in `summary.rejected`.
    """

    def __init__(self, message: str, summary: Any = None) -> None:
        super().__init__(message)
        self.summary = summary

    def __reduce__(self) -> tuple[Any, ...]:
        """It can be sent between processes, with its summary."""
        return type(self), (str(self), self.summary)
