"""What went wrong with a request: whether to try again, how long to wait, what to report."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any

from ..redaction import clipped
from .bounds import TooLargeError, TooSlowError
from .error_body import code_in, delay_in, message_in, parameter_in, status_in
from .fault_tables import (
    CONNECTION_FAULTS,
    CREDENTIAL_FAULTS,
    CUT_OFF,
    FILTER_CODES,
    FILTER_WORDS,
    FIRST_ERROR,
    QUOTA_STATUSES,
    QUOTA_WORDS,
    REDIRECT_FAULTS,
    RETRIED_STATUS,
    SCHEMA_FAULTS,
    SERVER_ERROR,
    STATUS_OF_NAME,
    STATUSES,
    TOO_LONG,
    loaded,
)
from .wires.base import ErrorInAnswerError, NoAnswerError, SdkError

_MOST_CAUSES = 8
_DELAYS = {"retry-after-ms": 0.001, "retry-after": 1.0}
"""Headers that say how long to wait, the more exact one first, and their units in seconds."""
_LONGEST_DETAIL = 300
_LONGEST_REFUSAL = 200


@dataclass(frozen=True)
class Fault:
    """An error of a request, with what led to it."""

    error: BaseException

    @cached_property
    def chain(self) -> list[BaseException]:
        """The error and its causes, outermost first."""
        return list(_causes(self.error))

    @cached_property
    def status(self) -> int | None:
        """The HTTP status of the response, or None."""
        return next((s for s in map(_status, self.chain) if s is not None), None)

    @property
    def detail(self) -> str:
        """The server's own words, or those of the first cause, on one line."""
        speaker = self.chain[-1] if self.status is None else self.error
        said = next(filter(None, map(message_in, self._bodies)), None)
        return clipped(said or str(speaker), _LONGEST_DETAIL)

    @property
    def words(self) -> str:
        """All that the error and its causes say, and the body of the response."""
        return " ".join(map(str, (*self.chain, *self._bodies)))

    @property
    def subject(self) -> str:
        """What of a request is refused: the parameter, if the server names it, else its words."""
        named = next(filter(None, map(parameter_in, self._bodies)), None)
        said = next(filter(None, map(message_in, self._bodies)), None)
        return named or said or self.words

    @property
    def _bodies(self) -> list[Any]:
        """The bodies of the responses, as the SDK keeps them."""
        return list(filter(None, map(_body, self.chain)))

    @property
    def kind(self) -> str:
        """The name of the error's class; of what instructor wraps, the inner one."""
        inner = (c for c in self.chain if not type(c).__module__.startswith("instructor."))
        return type(next(inner, self.error)).__name__

    def is_any(self, *classes: type[BaseException]) -> bool:
        """True if the error or one of its causes is of one of the classes."""
        return any(isinstance(cause, classes) for cause in self.chain)

    def is_text_refused(self) -> bool:
        """A content filter refuses what it was sent."""
        codes = {code_in(body) for body in self._bodies}
        return bool(codes & FILTER_CODES) or (
            self.status is not None and any(word in self.words for word in FILTER_WORDS)
        )

    def is_text_too_long(self) -> bool:
        """The request has more tokens than the model reads."""
        return self.status is not None and bool(TOO_LONG.search(self.words))

    def is_key_refused(self) -> bool:
        """The key is wrong, or may not use the model."""
        if self.status == HTTPStatus.BAD_REQUEST:
            return "API_KEY_INVALID" in self.words  # Google's status for a wrong key
        is_denied = self.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
        return is_denied and not self.is_text_refused()

    def is_forbidden(self) -> bool:
        """The key is right, but may not use the model, or not from here."""
        return self.status == HTTPStatus.FORBIDDEN

    def has_no_credentials(self) -> bool:
        """The SDK found no credentials to send, or could not renew them."""
        return self.status is None and self.is_any(*loaded(CREDENTIAL_FAULTS))

    def is_unknown(self) -> bool:
        """The server does not know the address or the model."""
        return self.status == HTTPStatus.NOT_FOUND

    def is_rate_limited(self) -> bool:
        """The server refuses the request for now, or because the quota is exhausted."""
        return self.status == HTTPStatus.TOO_MANY_REQUESTS

    def is_quota_exhausted(self) -> bool:
        """The account is out of credit, as opposed to requests that come too fast."""
        if self.status == HTTPStatus.PAYMENT_REQUIRED:
            return True
        return self.status in QUOTA_STATUSES and any(word in self.words for word in QUOTA_WORDS)

    def is_redirect_loop(self) -> bool:
        """The server redirects in a circle."""
        return self.is_any(*loaded(REDIRECT_FAULTS))

    def has_status(self) -> bool:
        """The server answered, with an error."""
        return self.status is not None

    def is_no_answer(self) -> bool:
        """The response came, and has no answer in it."""
        return self.is_any(NoAnswerError)

    def is_sdk_refusal(self) -> bool:
        """The SDK does not take the request."""
        return self.is_any(SdkError)

    def is_out_of_bounds(self) -> bool:
        """The answer takes too long, or is too large."""
        return self.is_any(TooSlowError, TooLargeError)

    def is_error_in_answer(self) -> bool:
        """The server sent an error as if it were an answer, or in the middle of one."""
        is_success = self.status is not None and self.status < FIRST_ERROR
        return is_success or self.is_any(ErrorInAnswerError)

    def is_cut_off(self) -> bool:
        """The answer reached the limit of its tokens."""
        return self.is_any(*loaded(CUT_OFF))

    def is_schema_mismatch(self) -> bool:
        """The answer is not JSON, or not of the schema."""
        return self.is_any(*loaded(SCHEMA_FAULTS))

    def is_connection_lost(self) -> bool:
        """No connection, or none for long enough."""
        return self.is_any(ConnectionError, TimeoutError, *loaded(CONNECTION_FAULTS))

    def is_os_error(self) -> bool:
        """The connection failed below HTTP: an unknown host, a certificate, a socket."""
        return self.is_connection_lost() or self.is_any(OSError)


_DESCRIPTIONS: tuple[tuple[Callable[[Fault], bool], str], ...] = (
    (Fault.is_no_answer, "{detail}"),
    (Fault.is_sdk_refusal, "{detail}"),
    (Fault.is_out_of_bounds, "{detail}"),
    (
        Fault.is_text_refused,
        "the provider's content filter refused the text (HTTP {status}). {detail}",
    ),
    (
        Fault.is_text_too_long,
        "the text is too long for the model (HTTP {status}): give context_tokens=, or name a model"
        " that reads more. {detail}",
    ),
    (
        Fault.has_no_credentials,
        "there are no credentials to send: {kind}. {detail}",
    ),
    (
        Fault.is_forbidden,
        "the key was refused (HTTP 403): check the API key and what it may use. {detail}",
    ),
    (
        Fault.is_key_refused,
        "the key was refused (HTTP {status}): check the API key and what it may use",
    ),
    (
        Fault.is_unknown,
        "no such model or address (HTTP 404): check the model's name and base_url. {detail}",
    ),
    (
        Fault.is_quota_exhausted,
        "the quota is exhausted (HTTP {status}): top it up, or name another model. {detail}",
    ),
    (
        Fault.is_rate_limited,
        "rate limit reached (HTTP 429): wait, or lower the concurrency. {detail}",
    ),
    (
        Fault.is_redirect_loop,
        "the server redirects in a circle: check base_url",
    ),
    (
        Fault.is_error_in_answer,
        "the server sent an error instead of an answer: {detail}",
    ),
    (
        Fault.has_status,
        "the server answered HTTP {status}. {detail}",
    ),
    (
        Fault.is_cut_off,
        "the answer was cut off before it was complete: raise model_options={{'max_tokens': …}} (--model-option max_tokens=…),"
        " or shorten the text",
    ),
    (
        Fault.is_schema_mismatch,
        "the model's answer did not fit the schema, even when asked again: {detail}",
    ),
    (
        Fault.is_os_error,
        "the server could not be reached: {kind}. {detail}",
    ),
)
"""The first whose predicate holds describes a fault; else its class and its own words do."""


def _status(error: BaseException) -> int | None:
    """The HTTP status that an error carries, wherever its SDK keeps it."""
    botocore = _botocore_response(error)
    named = STATUS_OF_NAME.get(str(botocore.get("Error", {}).get("Code")).lower())
    found = (
        named,  # at AWS, more exact than the status
        getattr(error, "status_code", None),
        getattr(error, "code", None) if hasattr(error, "details") else None,  # google-genai
        botocore.get("ResponseMetadata", {}).get("HTTPStatusCode"),
        status_in(getattr(error, "body", None)),  # openai, in the middle of a stream
    )
    status = next((int(s) for s in found if isinstance(s, int) and s in STATUSES), None)
    if status is not None and status >= FIRST_ERROR:
        return status
    return STATUS_OF_NAME.get(str(getattr(error, "type", "")), status)  # Anthropic, in a stream


def _botocore_response(error: BaseException) -> dict[str, Any]:
    """The response as botocore keeps it; empty for any other SDK."""
    response = getattr(error, "response", None)
    return response if isinstance(response, dict) else {}


def describe(error: BaseException) -> str:
    """What went wrong and what to do, in one sentence.

    >>> describe(ConnectionRefusedError("connection refused"))
    'the server could not be reached: ConnectionRefusedError. connection refused'
    """
    fault = Fault(error)
    messages = (message for applies, message in _DESCRIPTIONS if applies(fault))
    message = next(messages, "{kind}: {detail}")
    return message.format(status=fault.status, detail=fault.detail, kind=fault.kind)


def status_of(error: BaseException) -> int | None:
    """The HTTP status of the response that led to an error, or None."""
    return Fault(error).status


def is_transport_fault(error: BaseException) -> bool:
    """True if the same request may well succeed in a moment."""
    fault = Fault(error)
    if fault.is_any(TooLargeError):  # which some SDKs take for a lost connection
        return False
    if fault.status is not None:
        if fault.is_quota_exhausted():
            return False
        return fault.status in RETRIED_STATUS or fault.status >= SERVER_ERROR
    return fault.is_connection_lost() and not fault.is_redirect_loop()


def is_access_refused(error: BaseException) -> bool:
    """True if no request at all can succeed: a wrong key, an exhausted quota, an unknown model."""
    fault = Fault(error)
    return (
        fault.is_key_refused()
        or fault.has_no_credentials()
        or fault.is_unknown()
        or fault.is_quota_exhausted()
    )


def is_throttled(error: BaseException) -> bool:
    """True if requests come too fast for the server."""
    fault = Fault(error)
    return fault.is_rate_limited() and not fault.is_quota_exhausted()


def retry_after(error: BaseException) -> float | None:
    """Seconds that a server asked to wait, or None.

    They are in the header Retry-After, as seconds or as a date, in OpenAI's header for milliseconds,
    or in the body of Google's errors. What makes no sense there is as good as nothing.
    """
    for cause in _causes(error):
        headers = _headers(cause)
        named = {} if headers is None else {name: headers.get(name) for name in _DELAYS}
        said = [(value, _DELAYS[name]) for name, value in named.items()]
        for value, unit in (*said, (delay_in(_body(cause)), 1.0)):
            seconds = _seconds(str(value), unit) if value else None
            if seconds is not None:
                return seconds
    return None


def _headers(error: BaseException) -> Any:
    """The headers of the response that led to an error, whose names are in any case; or None."""
    metadata = _botocore_response(error).get("ResponseMetadata", {})
    response = getattr(error, "response", None) or getattr(error, "raw_response", None)  # mistralai
    return metadata.get("HTTPHeaders") or getattr(response, "headers", None)


def _body(error: BaseException) -> Any:
    """The body of the response that led to an error, as its SDK keeps it; or None."""
    return getattr(error, "body", None) or getattr(error, "details", None)  # google-genai


def _seconds(value: str, unit: float) -> float | None:
    """The seconds from now that a number or a date means; a date without a zone is in UTC.

    >>> _seconds("1500", 0.001), _seconds("-5", 1.0), _seconds("nan", 1.0), _seconds("soon", 1.0)
    (1.5, None, None, None)
    >>> _seconds("Wed, 21 Oct 2015 07:28:00", 1.0)
    0.0
    """
    try:
        seconds = float(value) * unit
    except ValueError:
        pass
    else:
        return seconds if 0 <= seconds < math.inf else None
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def trouble_in(response: Any) -> str | None:
    """Why a response that arrived has no answer in it, in one sentence; None if it has one."""
    if isinstance(response, str | bytes):
        return "the server's answer is not a JSON completion: check base_url"
    if not hasattr(response, "choices"):  # another provider's kind of response
        return None
    if not response.choices:
        return "the completion has no answer in it"
    choice = response.choices[0]
    if refusal := getattr(choice.message, "refusal", None):
        return f"the model refused: {clipped(str(refusal), _LONGEST_REFUSAL)}"
    if choice.finish_reason == "content_filter":
        return "the provider's content filter withheld the answer"
    if not choice.message.content and not getattr(choice.message, "tool_calls", None):
        return "the completion has no answer in it"
    return None
