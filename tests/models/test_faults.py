"""Errors of a request: by their class, whichever package raised it, and by their HTTP status."""

from __future__ import annotations

import json
import sys
from email.utils import formatdate
from http import HTTPStatus
from types import ModuleType, SimpleNamespace

import aiohttp
import anthropic
import botocore.exceptions
import google.auth.exceptions as google_auth
import google.genai.errors as google_errors
import httpx2
import openai
import pytest
import requests
import urllib3.exceptions
from instructor.core import IncompleteOutputException, ResponseParsingError
from pydantic import BaseModel, ValidationError

from summarizer.models.faults import (
    describe,
    is_access_refused,
    is_throttled,
    is_transport_fault,
    retry_after,
    trouble_in,
)
from summarizer.models.wires.base import ErrorInAnswerError, SdkError


def google(status: int, message: str, *details: dict[str, object]) -> google_errors.APIError:
    error = {"code": status, "message": message, "status": "NO", "details": list(details)}
    return google_errors.APIError(status, {"error": error})


class StatusError(Exception):
    """Any provider's error of a response."""

    def __init__(self, status: int, message: str = "no") -> None:
        super().__init__(message)
        self.status_code = status


class ConnectError(Exception):
    """Of the same name as httpx2's, and of another kind."""


class Word(BaseModel):
    word: str


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


def mismatch() -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Word.model_validate({})
    return caught.value


def aws(code: str, status: int | None = 400, **headers: str) -> botocore.exceptions.ClientError:
    metadata = {} if status is None else {"HTTPStatusCode": status, "HTTPHeaders": headers}
    response = {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": metadata}
    return botocore.exceptions.ClientError(response, "Converse")


def from_anthropic(status: int, kind: str, message: str = "no") -> anthropic.APIStatusError:
    body = {"type": "error", "error": {"type": kind, "message": message}}
    response = httpx2.Response(status, request=REQUEST)
    return anthropic.APIStatusError(str(body), response=response, body=body)


REQUEST = httpx2.Request("POST", "http://127.0.0.1:9")
LOOP = httpx2.TooManyRedirects("too many")


@pytest.mark.parametrize(
    ("error", "is_retried"),
    [
        (StatusError(408), True),
        (ErrorInAnswerError(HTTPStatus.BAD_GATEWAY, "broken off"), True),
        (StatusError(429), True),
        (StatusError(500), True),
        (StatusError(400), False),
        (StatusError(429, "insufficient_quota"), False),
        (openai.APIConnectionError(request=REQUEST), True),
        (openai.APITimeoutError(request=REQUEST), True),
        (httpx2.ConnectError("no"), True),
        (httpx2.PoolTimeout("no"), True),
        (httpx2.RemoteProtocolError("cut"), True),
        (httpx2.LocalProtocolError("ours"), False),
        (requests.ReadTimeout("slow"), True),
        (ConnectionResetError("reset"), True),
        (TimeoutError("slow"), True),
        (caused(ValueError("outer"), ConnectionRefusedError("refused")), True),
        (LOOP, False),
        (caused(openai.APIConnectionError(request=REQUEST), LOOP), False),
        (ConnectError("a name alone"), False),
        (from_anthropic(529, "overloaded_error"), True),
        (from_anthropic(200, "overloaded_error"), True),  # in the middle of a stream
        (from_anthropic(200, "api_error"), True),
        (from_anthropic(200, "invalid_request_error"), False),
        (from_anthropic(400, "invalid_request_error"), False),
        (from_anthropic(429, "rate_limit_error", "spend_limit_reached"), False),
        (aws("ThrottlingException", 429), True),
        (aws("throttlingException"), True),  # in the middle of a stream
        (aws("modelStreamErrorException"), True),
        (aws("ModelErrorException", 424), True),
        (aws("ValidationException"), False),
        (aws("AccessDeniedException", 403), False),
        (botocore.exceptions.EndpointConnectionError(endpoint_url="u"), True),
        (botocore.exceptions.ReadTimeoutError(endpoint_url="u"), True),
        (botocore.exceptions.ResponseStreamingError(error="cut"), True),
        (urllib3.exceptions.ProtocolError("cut"), True),
        (botocore.exceptions.NoCredentialsError(), False),
        (google(503, "The model is overloaded."), True),
        (google(400, "API key not valid."), False),
        (google_auth.TransportError("no"), True),
        (google_auth.RefreshError("invalid_grant"), False),
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientPayloadError("cut"), True),
        (ValueError("no"), False),
    ],
)
def test_what_may_pass_is_retried(error: Exception, is_retried: bool) -> None:
    assert is_transport_fault(error) is is_retried


def test_an_error_of_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class APIConnectionError(Exception):
        """As anthropic raises it, with no status and no cause of its own."""

    anthropic = ModuleType("anthropic")
    error = APIConnectionError("cut")
    assert not is_transport_fault(error)
    anthropic.APIConnectionError = APIConnectionError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "anthropic", anthropic)
    assert is_transport_fault(error)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (StatusError(401), "the key was refused (HTTP 401)"),
        (
            StatusError(403, "not here"),
            "the key was refused (HTTP 403): check the API key and what it may use. not here",
        ),
        (StatusError(404, "no m"), "no such model or address (HTTP 404): check the model's name"),
        (StatusError(429, "billing_hard_limit"), "the quota is exhausted (HTTP 429)"),
        (StatusError(402, "no credit"), "the quota is exhausted (HTTP 402)"),
        (
            from_anthropic(400, "invalid_request_error", "Your credit balance is too low"),
            "the quota is exhausted (HTTP 400)",
        ),
        (
            from_anthropic(200, "permission_error"),
            "the server sent an error instead of an answer: no",
        ),
        (
            botocore.exceptions.NoCredentialsError(),
            "there are no credentials to send: NoCredentialsError. Unable to locate credentials",
        ),
        (StatusError(429, "slow {down}"), "rate limit reached (HTTP 429): wait, or lower the"),
        (caused(StatusError(302), LOOP), "the server redirects in a circle: check base_url"),
        (StatusError(418, "tea"), "the server answered HTTP 418. tea"),
        (google(400, "tea"), "the server answered HTTP 400. tea"),
        (SdkError("no such setting: x"), "no such setting: x"),
        (IncompleteOutputException(), "the answer was cut off before it was complete"),
        (mismatch(), "the model's answer did not fit the schema, even when asked again: 1 valid"),
        (json.JSONDecodeError("no", "{", 0), "the model's answer did not fit the schema"),
        (ResponseParsingError("no"), "the model's answer did not fit the schema"),
        (httpx2.ReadError("cut"), "the server could not be reached: ReadError. cut"),
        (OSError("no route"), "the server could not be reached: OSError. no route"),
        (ValueError("so\nit is"), "ValueError: so it is"),
    ],
)
def test_what_is_said_about_it(error: Exception, message: str) -> None:
    assert describe(error).startswith(message)


@pytest.mark.parametrize(
    ("status", "words", "refused", "throttled"),
    [
        (401, "no", True, False),
        (404, "no", True, False),
        (429, "insufficient_quota", True, False),
        (402, "no", True, False),
        (400, "credit balance is too low", True, False),
        (400, "the balance of the article", False, False),
        (429, "too fast", False, True),
        (500, "no", False, False),
    ],
)
def test_refused_for_good_or_for_now(
    status: int, words: str, refused: bool, throttled: bool
) -> None:
    error = StatusError(status, words)
    assert (is_access_refused(error), is_throttled(error)) == (refused, throttled)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("2.5", 2.5, 2.5),
        (formatdate(0, usegmt=True), 0.0, 0.0),
        (formatdate(4e9, usegmt=True), 1e6, 4e9),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value: str, low: float, high: float) -> None:
    error = StatusError(429)
    error.response = SimpleNamespace(headers={"retry-after": value})  # type: ignore[attr-defined]
    seconds = retry_after(error)
    assert seconds is not None
    assert low <= seconds <= high


@pytest.mark.parametrize("value", ["soon", "", "-3", "nan", "inf"])
def test_a_retry_after_that_says_nothing(value: str) -> None:
    error = StatusError(429)
    error.response = SimpleNamespace(headers={"retry-after": value})  # type: ignore[attr-defined]
    assert retry_after(error) is None


def response(**choice: object) -> SimpleNamespace:
    message = {"content": "{}", "refusal": None, **choice}
    finish = message.pop("finish_reason", "stop")
    parts = SimpleNamespace(message=SimpleNamespace(**message), finish_reason=finish)
    return SimpleNamespace(choices=[parts])


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (response(), None),
        (response(content=None, tool_calls=[1]), None),
        (SimpleNamespace(content="of another provider"), None),
        ("<html>", "the server's answer is not a JSON completion: check base_url"),
        (SimpleNamespace(choices=[]), "the completion has no answer in it"),
        (response(content=None), "the completion has no answer in it"),
        (response(refusal="I will\nnot"), "the model refused: I will not"),
        (
            response(finish_reason="content_filter"),
            "the provider's content filter withheld the answer",
        ),
    ],
)
def test_why_a_response_has_no_answer(answer: object, trouble: str | None) -> None:
    assert trouble_in(answer) == trouble


def test_a_retry_after_of_aws() -> None:
    assert retry_after(aws("ThrottlingException", 429, **{"retry-after": "2"})) == 2.0
    assert retry_after(aws("ThrottlingException", None)) is None


def test_a_retry_after_in_the_body_of_an_error_of_google() -> None:
    info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2.5s"}
    link = {"@type": "type.googleapis.com/google.rpc.Help", "links": []}
    assert retry_after(google(429, "slow", link, info)) == 2.5
    assert retry_after(google(429, "slow", link)) is None


@pytest.mark.parametrize(
    "error",
    [
        botocore.exceptions.NoCredentialsError(),
        google_auth.DefaultCredentialsError("none"),
        google_auth.RefreshError("invalid_grant"),
        google(400, "API key not valid.", {"reason": "API_KEY_INVALID"}),
    ],
)
def test_missing_or_wrong_credentials_are_an_access_error(error: Exception) -> None:
    assert is_access_refused(error)
    assert not is_transport_fault(error)


def test_a_wrong_argument_is_no_access_error() -> None:
    assert not is_access_refused(google(400, "Request contains an invalid argument."))


def test_a_limit_per_day_is_no_limit_per_minute() -> None:
    for period, is_for_now in (("Minute", True), ("Day", False)):
        quota = {"violations": [{"quotaId": f"GenerateRequestsPer{period}PerProject"}]}
        error = google(429, "You exceeded your current quota.", quota)
        assert is_throttled(error) is is_for_now
        assert is_access_refused(error) is not is_for_now
