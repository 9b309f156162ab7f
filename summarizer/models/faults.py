"""What went wrong with a request: whether to try again, how long to wait, what to report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any

from .wires.base import ErrorInAnswerError, NoAnswerError

_STATUSES = range(100, 600)
_RETRIED_STATUS = frozenset({408, 409, 424, 425, 429})
_SERVER_ERROR = 500
_FIRST_ERROR = 400
_STATUS_OF_NAME = {
    "overloaded_error": 529,
    "api_error": 500,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "internalserverexception": 500,
    "serviceunavailableexception": 503,
    "throttlingexception": 429,
    "modelnotreadyexception": 429,
    "modelstreamerrorexception": 424,
    "modeltimeoutexception": 408,
}
"""Errors by their names at Anthropic and at AWS: in the middle of a stream they come without a status,
or with that of the response that began well."""
_QUOTA_STATUSES = frozenset({400, 429})
_QUOTA_WORDS = (
    "insufficient_quota",
    "billing_hard_limit",
    "spend_limit_reached",
    "credit balance is too low",
    "specified API usage limits",
)
_MOST_CAUSES = 8
_LONGEST_DETAIL = 300
_LONGEST_REFUSAL = 200

_HTTP_CLIENTS = "httpx2 httpx httpcore2 httpcore"
_CONNECTION_FAULTS = (
    (_HTTP_CLIENTS, "ConnectError ReadError WriteError RemoteProtocolError"),
    (_HTTP_CLIENTS, "ConnectTimeout ReadTimeout WriteTimeout PoolTimeout"),
    ("requests", "ConnectTimeout ReadTimeout"),
    ("openai anthropic groq cerebras.cloud.sdk writerai litellm", "APIConnectionError"),
    ("litellm", "ServiceUnavailableError"),
    ("botocore.exceptions", "ConnectionError HTTPClientError IncompleteReadError"),
    (
        "urllib3.exceptions",
        "ProtocolError ReadTimeoutError",
    ),  # in the middle of a stream of botocore
)
_CREDENTIAL_FAULTS = (
    ("anthropic", "CredentialsError"),
    ("botocore.exceptions", "NoCredentialsError NoAuthTokenError PartialCredentialsError"),
    ("botocore.exceptions", "CredentialRetrievalError TokenRetrievalError SSOError"),
)
_REDIRECT_FAULTS = ((f"{_HTTP_CLIENTS} requests", "TooManyRedirects"),)
_CUT_OFF = (("instructor.core", "IncompleteOutputException"),)
_SCHEMA_FAULTS = (
    ("pydantic_core json", "ValidationError JSONDecodeError"),
    ("instructor.core", "ValidationError ResponseParsingError"),
)
"""Modules and the names of their exceptions. They are looked up, not imported: openai takes a second
to load, most of the others are not installed, and a module that raised is loaded."""

_Names = tuple[tuple[str, str], ...]


def _loaded(names: _Names) -> tuple[type[BaseException], ...]:
    """Those of the classes whose modules are loaded."""
    classes = (
        getattr(sys.modules.get(module), name, None)
        for modules, class_names in names
        for module in modules.split()
        for name in class_names.split()
    )
    return tuple(c for c in classes if isinstance(c, type) and issubclass(c, BaseException))


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
        return " ".join(str(speaker).split())[:_LONGEST_DETAIL]

    @property
    def words(self) -> str:
        """All that the error and its causes say, and the body of the response."""
        bodies = (getattr(cause, "body", "") for cause in self.chain)
        return " ".join(map(str, (*self.chain, *bodies)))

    @property
    def kind(self) -> str:
        """The name of the error's class."""
        return type(self.error).__name__

    def is_any(self, *classes: type[BaseException]) -> bool:
        """True if the error or one of its causes is of one of the classes."""
        return any(isinstance(cause, classes) for cause in self.chain)

    def is_key_refused(self) -> bool:
        """The key is wrong, or may not use the model."""
        return self.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

    def is_forbidden(self) -> bool:
        """The key is right, but may not use the model, or not from here."""
        return self.status == HTTPStatus.FORBIDDEN

    def has_no_credentials(self) -> bool:
        """The SDK found no credentials to send, or could not renew them."""
        return self.status is None and self.is_any(*_loaded(_CREDENTIAL_FAULTS))

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
        return self.status in _QUOTA_STATUSES and any(word in self.words for word in _QUOTA_WORDS)

    def is_redirect_loop(self) -> bool:
        """The server redirects in a circle."""
        return self.is_any(*_loaded(_REDIRECT_FAULTS))

    def has_status(self) -> bool:
        """The server answered, with an error."""
        return self.status is not None

    def is_no_answer(self) -> bool:
        """The response came, and has no answer in it."""
        return self.is_any(NoAnswerError)

    def is_error_in_answer(self) -> bool:
        """The server sent an error as if it were an answer, or in the middle of one."""
        is_success = self.status is not None and self.status < _FIRST_ERROR
        return is_success or self.is_any(ErrorInAnswerError)

    def is_cut_off(self) -> bool:
        """The answer reached the limit of its tokens."""
        return self.is_any(*_loaded(_CUT_OFF))

    def is_schema_mismatch(self) -> bool:
        """The answer is not JSON, or not of the schema."""
        return self.is_any(*_loaded(_SCHEMA_FAULTS))

    def is_connection_lost(self) -> bool:
        """No connection, or none for long enough."""
        return self.is_any(ConnectionError, TimeoutError, *_loaded(_CONNECTION_FAULTS))

    def is_os_error(self) -> bool:
        """The connection failed below HTTP: an unknown host, a certificate, a socket."""
        return self.is_connection_lost() or self.is_any(OSError)


_DESCRIPTIONS: tuple[tuple[Callable[[Fault], bool], str], ...] = (
    (Fault.is_no_answer, "{detail}"),
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
    if (named := _STATUS_OF_NAME.get(_name(error).lower())) is not None:
        return named
    metadata = _botocore_response(error).get("ResponseMetadata", {})
    found = (
        getattr(error, "status_code", None),
        getattr(error, "code", None),  # google-genai
        metadata.get("HTTPStatusCode"),  # botocore
    )
    return next((s for s in found if type(s) is int and s in _STATUSES), None)


def _name(error: BaseException) -> str:
    """What the server calls the error, at Anthropic or at AWS."""
    code = _botocore_response(error).get("Error", {}).get("Code")
    return str(code or getattr(error, "type", ""))


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
    if fault.status is not None:
        if fault.is_quota_exhausted():
            return False
        return fault.status in _RETRIED_STATUS or fault.status >= _SERVER_ERROR
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
    """Seconds that a server asked to wait (Retry-After as seconds or as a date), or None."""
    for cause in _causes(error):
        headers = _headers(cause)
        value = headers.get("retry-after") if headers is not None else None
        if value:
            return _seconds(value)
    return None


def _headers(error: BaseException) -> Any:
    """The headers of the response that led to an error, whose names are in any case; or None."""
    metadata = _botocore_response(error).get("ResponseMetadata", {})
    return metadata.get("HTTPHeaders") or getattr(getattr(error, "response", None), "headers", None)


def _seconds(value: str) -> float | None:
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


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
        return f"the model refused: {' '.join(str(refusal).split())[:_LONGEST_REFUSAL]}"
    if choice.finish_reason == "content_filter":
        return "the provider's content filter withheld the answer"
    if not choice.message.content and not getattr(choice.message, "tool_calls", None):
        return "the completion has no answer in it"
    return None
