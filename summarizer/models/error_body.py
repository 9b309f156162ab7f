"""What the JSON body of an error says, in the shapes in which servers give it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from ..redaction import clipped

_STATUSES = range(400, 600)
_STATUS_OF_NAME = {
    "server_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "api_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "rate_limit_exceeded": HTTPStatus.TOO_MANY_REQUESTS,
    "rate_limit_error": HTTPStatus.TOO_MANY_REQUESTS,
    "insufficient_quota": HTTPStatus.TOO_MANY_REQUESTS,
    "invalid_request_error": HTTPStatus.BAD_REQUEST,
    "invalid_prompt": HTTPStatus.BAD_REQUEST,
    "context_length_exceeded": HTTPStatus.BAD_REQUEST,
    "authentication_error": HTTPStatus.UNAUTHORIZED,
}
"""What OpenAI and those who speak its protocol call an error that comes without a status."""
_NOTHING = frozenset({"", "none", "null"})
_LONGEST_RAW = 500


def status_in(body: Any) -> int | None:
    """The HTTP status that an error names in its body; None if it names none.

    >>> status_in({"error": {"code": "502"}}), status_in({"type": "server_error"})
    (502, 500)
    >>> status_in({"message": "no"}) is None
    True
    """
    fields = _fields(body)
    for name in ("status", "code"):
        value = str(fields.get(name))
        if value.isdecimal() and int(value) in _STATUSES:
            return int(value)
    named = (_STATUS_OF_NAME.get(str(fields.get(name))) for name in ("code", "type"))
    return next((int(status) for status in named if status is not None), None)


def message_in(body: Any) -> str | None:
    """The words of an error, with those of the provider behind a gateway; None if it has none.

    >>> message_in({"error": "'response_format.type' must be 'json_schema' or 'text'"})
    "'response_format.type' must be 'json_schema' or 'text'"
    >>> message_in({"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]})
    'body.seed: Extra inputs are not permitted'
    >>> message_in('{"object": "error", "message": "no tea"}'), message_in("no tea")
    ('no tea', 'no tea')
    """
    fields = _fields(body)
    metadata = fields.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    said = _details(fields.get("message")) or _details(fields.get("detail"))
    words = [said, clipped(str(raw), _LONGEST_RAW) if raw else None]
    return ": ".join(word for word in words if isinstance(word, str) and word) or None


def code_in(body: Any) -> str:
    """The code of an error; empty if it has none."""
    return str(_fields(body).get("code") or "")


def parameter_in(body: Any) -> str | None:
    """The parameter that an error is about; None if it does not say.

    >>> parameter_in({"error": {"param": "response_format"}})
    'response_format'
    >>> parameter_in({"error": {"param": "None"}}) is None
    True
    """
    parameter = _fields(body).get("param")
    is_named = isinstance(parameter, str) and parameter.lower() not in _NOTHING
    return parameter if is_named else None


def delay_in(body: Any) -> str | None:
    """The seconds to wait, in an error of Google's: google.rpc.RetryInfo; None if it has none.

    >>> info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.5s"}
    >>> delay_in({"error": {"code": 429, "details": [info]}})
    '34.5'
    """
    details = _fields(body).get("details")
    if not isinstance(details, list):
        return None
    delays = (each.get("retryDelay") for each in details if isinstance(each, dict))
    delay = next((each for each in delays if isinstance(each, str)), None)
    return delay.removesuffix("s") if delay else None


def field_in(body: Any, name: str) -> Any:
    """Any other field of an error."""
    return _fields(body).get(name)


def _fields(body: Any) -> dict[str, Any]:
    """The fields of an error: the body may be the error, or have it in "error"."""
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, str):
        body = _parsed(body)
    if not isinstance(body, dict):
        return {}
    inner = body.get("error")
    if isinstance(inner, str):
        return {**body, "message": body.get("message") or inner}
    return inner if isinstance(inner, dict) else body


def _parsed(body: str) -> dict[str, Any]:
    """A body that an SDK keeps as text, as Mistral's does."""
    try:
        parsed = json.loads(body)
    except ValueError:
        parsed = None
    return parsed if isinstance(parsed, dict) else {"message": body}


def _details(detail: Any) -> str | None:
    """What FastAPI says is wrong, without the input that it repeats."""
    if not isinstance(detail, list):
        return detail if isinstance(detail, str) else None
    found = [each for each in detail if isinstance(each, dict)]
    told = (f"{'.'.join(map(str, each.get('loc', ())))}: {each.get('msg')}" for each in found)
    return "; ".join(told) or json.dumps(detail)
