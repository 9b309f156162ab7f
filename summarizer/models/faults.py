"""What went wrong with a request: whether to try again, how long to wait, what to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_RETRIED_STATUS = frozenset({408, 409, 425, 429})


_CONNECTION_ERRORS = frozenset(
    "APIConnectionError APITimeoutError ConnectError ConnectTimeout ReadError ReadTimeout"
    " WriteError WriteTimeout PoolTimeout RemoteProtocolError ServiceUnavailableError".split()
)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what caused it, outermost first."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def status_of(error: BaseException) -> int | None:
    """The HTTP status behind an error, or None."""
    for cause in causes(error):
        status = getattr(cause, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def is_transport_fault(error: BaseException) -> bool:
    """True if the same request may well succeed in a moment."""
    status = status_of(error)
    if status is not None:
        if status == 429 and is_quota_exhausted(error):
            return False
        return status in _RETRIED_STATUS or status >= 500
    if any(type(c).__name__ == "TooManyRedirects" for c in causes(error)):
        return False
    return any(
        isinstance(c, ConnectionError | TimeoutError) or type(c).__name__ in _CONNECTION_ERRORS
        for c in causes(error)
    )


def is_access_refused(error: BaseException) -> bool:
    """True if no request at all can succeed: a wrong key, an exhausted quota, an unknown model."""
    status = status_of(error)
    return status in (401, 403, 404) or (status == 429 and is_quota_exhausted(error))


def is_quota_exhausted(error: BaseException) -> bool:
    """True if a 429 means that the money is spent, and not that requests come too fast."""
    return any(name in str(error) for name in ("insufficient_quota", "billing_hard_limit"))


def retry_after(error: BaseException) -> float | None:
    """Seconds that a server asked to wait (Retry-After as seconds or as a date), or None."""
    for cause in causes(error):
        headers = getattr(getattr(cause, "response", None), "headers", None)
        asked = headers.get("retry-after") if headers is not None else None
        if asked:
            try:
                return max(0.0, float(asked))
            except ValueError:
                pass
            try:
                when = parsedate_to_datetime(asked)
            except ValueError:
                return None
            return max(0.0, (when - datetime.now(UTC)).total_seconds())
    return None


def trouble_in(response: Any) -> str | None:
    """Why a response that arrived has no answer in it, in one sentence; None if it has one."""
    if isinstance(response, str | bytes):
        return "the server answered with something that is no JSON completion: check base_url"
    if not hasattr(response, "choices"):  # another provider's kind of response
        return None
    if not response.choices:
        return "the completion has no answer in it"
    choice = response.choices[0]
    refusal = getattr(choice.message, "refusal", None)
    if refusal:
        return f"the model refused: {' '.join(str(refusal).split())[:200]}"
    if choice.finish_reason == "content_filter":
        return "the provider's content filter withheld the answer"
    if not choice.message.content and not getattr(choice.message, "tool_calls", None):
        return "the completion has no answer in it"
    return None


def describe(error: BaseException) -> str:
    """What went wrong and what to do, in one sentence."""
    status = status_of(error)
    chain = list(causes(error))
    names = {type(c).__name__ for c in chain}
    detail = " ".join(str(chain[-1] if status is None else error).split())[:300]
    if status in (401, 403):
        return f"the key was refused (HTTP {status}): check the API key and what it may use"
    if status == 404:
        return f"no such model or address (HTTP 404): check the model's name and base_url. {detail}"
    if status == 429 and is_quota_exhausted(error):
        return "the quota is exhausted (HTTP 429): top it up, or name another model"
    if status == 429:
        return f"rate limit reached (HTTP 429): wait, or lower the concurrency. {detail}"
    if "TooManyRedirects" in names:
        return "the server redirects in a circle: check base_url"
    if status is not None:
        return f"the server answered HTTP {status}. {detail}"
    if names & {"IncompleteOutputException"}:
        return "the answer was cut off before it was complete: raise max_tokens or shorten the text"
    if "ValidationError" in names or "JSONDecodeError" in names or "ResponseParsingError" in names:
        return f"the model's answer did not fit the schema, also when asked again: {detail}"
    if names & _CONNECTION_ERRORS or any(isinstance(c, OSError) for c in chain):
        return f"the server could not be reached: {type(error).__name__}. {detail}"
    return f"{type(error).__name__}: {detail}"
