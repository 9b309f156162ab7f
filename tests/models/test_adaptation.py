"""What is learned from a refusal: the real error bodies of servers, and what is put otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.models.adaptation import Adaptation
from summarizer.models.wires.base import Ask, Mode
from summarizer.models.wires.chat import ChatCompletions


class StatusError(Exception):
    """An error as SDKs raise it: with a status, and the body of the response."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(f"Error code: {status} - {body}")
        self.status_code = status
        self.body = body


SETTINGS = {"temperature": 0, "seed": 0, "max_tokens": 9, "stream_options": {}}
OURS = {"temperature", "seed", "stream_options"}


def learned(status: int, body: Any, mode: Mode = Mode.STRICT, **more: Any) -> str | None:
    """What has changed after an error; None if the error is final."""
    wire = ChatCompletions()
    adaptation = Adaptation(wire.modes[wire.modes.index(mode) :])
    ask = Ask("m", [], "Word", {}, SETTINGS, mode, **more)
    again, change = adaptation.learn(StatusError(status, body), ask, wire, OURS)
    assert again is (change is not None)
    return change


def fields(message: str, param: str | None = None, code: str | None = None) -> dict[str, Any]:
    kind = "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


TO_SCHEMA = "it is asked for a JSON schema instead of a strict JSON schema"
TO_TOOL = "it is asked for a tool call instead of a JSON schema"
TO_JSON = "it is asked for JSON, with the schema in the prompt instead of a tool call"
TO_TEXT = "it is asked for text, with the schema in the prompt instead of JSON, with the schema in the prompt"
NO_STREAM = "it is not asked to stream"


@pytest.mark.parametrize(
    ("body", "change"),
    [
        # OpenAI
        (fields("Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value"), "temperature is left out"),
        (fields("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter"), "max_tokens is sent as max_completion_tokens"),
        (fields("Invalid schema for response_format 'Draft': In context=('properties', 'headline'), 'maxLength' is not permitted.", "response_format"), TO_SCHEMA),
        (fields("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", "response_format"), TO_SCHEMA),
        (fields("This model's maximum context length is 8192 tokens. However, your messages resulted in 10233 tokens (10133 in the messages, 100 in the response_format schemas).", "messages", "context_length_exceeded"), None),
        (fields("Unknown parameter: 'tea'.", "tea", "unknown_parameter"), None),
        # Azure
        (fields("response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later", "", "BadRequest"), TO_SCHEMA),
        (fields("Unrecognized request argument supplied: stream_options"), "stream_options is left out"),
        (fields("The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Structured as it is.", "prompt", "content_filter"), None),
        # Groq
        (fields("invalid schema for response format: response_format/json_schema/Draft: minItems is not supported"), TO_SCHEMA),
        # LiteLLM
        (fields("litellm.UnsupportedParamsError: m does not support parameters: ['seed']", "None", "400"), "seed is left out"),
        # vLLM
        ({"object": "error", "message": "The provided JSON schema contains features not supported by xgrammar.", "type": "BadRequestError", "param": None, "code": 400}, TO_SCHEMA),
        ({"object": "error", "message": "'max_tokens' or 'max_completion_tokens' is too large: 5000. This model's maximum context length is 4096 tokens and your request has 9 input tokens.", "code": 400}, None),
        # A gateway of FastAPI's, which repeats its input
        ({"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted", "input": {"temperature": 0}}]}, "seed is left out"),
        # OpenRouter
        ({"error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": '{"error": {"message": "temperature is not supported"}}'}}}, "temperature is left out"),
    ],
)  # fmt: skip
def test_a_refusal_is_put_otherwise(body: Any, change: str | None) -> None:
    assert learned(400, body) == change


@pytest.mark.parametrize(
    ("mode", "body", "change"),
    [
        (Mode.SCHEMA, {"error": "'response_format.type' must be 'json_object' or 'text'"}, TO_TOOL),
        (Mode.SCHEMA, fields("This response_format type is unavailable now"), TO_TOOL),
        (Mode.TOOL, {"error": "Invalid tool_choice type: 'object'. Supported string values: none, auto, required"}, TO_JSON),
        (Mode.TOOL, fields("registry.ollama.ai/library/gemma:2b does not support tools"), TO_JSON),
        (Mode.JSON, {"error": "'response_format.type' must be 'json_schema' or 'text'"}, TO_TEXT),
        (Mode.TEXT, {"error": "'response_format.type' must be 'json_schema'"}, None),
    ],
)  # fmt: skip
def test_a_mode_is_replaced_by_the_next(mode: Mode, body: Any, change: str | None) -> None:
    assert learned(400, body, mode) == change


@pytest.mark.parametrize(
    ("message", "change"),
    [
        ("tools param requires --jinja flag", TO_JSON),
        ("Unsupported param: tools", TO_JSON),
        ("out of memory while loading the tools", None),
    ],
)
def test_llama_cpp_refuses_with_status_500(message: str, change: str | None) -> None:
    body = {"error": {"code": 500, "message": message, "type": "server_error"}}
    assert learned(500, body, Mode.TOOL) == change


@pytest.mark.parametrize(
    ("streamed", "change"),
    [(True, NO_STREAM), (False, None)],
)
def test_a_stream_that_is_refused(streamed: bool, change: str | None) -> None:
    body = fields(
        "Your organization must be verified to stream this model.", "stream", "unsupported_value"
    )
    assert learned(400, body, streamed=streamed) == change


@pytest.mark.parametrize("status", [401, 403, 429, 502])
def test_other_errors_teach_nothing(status: int) -> None:
    assert learned(status, fields("no temperature", "temperature")) is None


@pytest.mark.parametrize(
    ("modes", "mode", "change"),
    [
        (tuple(Mode), Mode.STRICT, "it is asked for JSON, with the schema in the prompt instead of a strict JSON schema"),
        ((Mode.SCHEMA, Mode.TEXT), Mode.SCHEMA, "it is asked for text, with the schema in the prompt instead of a JSON schema"),
        ((Mode.STRICT, Mode.TOOL), Mode.STRICT, None),
        ((Mode.JSON, Mode.TEXT), Mode.JSON, None),
        ((Mode.JSON, Mode.TEXT), Mode.SCHEMA, None),
    ],
)  # fmt: skip
def test_prose_teaches_to_tell_the_schema(
    modes: tuple[Mode, ...], mode: Mode, change: str | None
) -> None:
    assert Adaptation(modes).learn_from_prose(mode) == change


def test_what_two_requests_meet_at_once_is_told_once() -> None:
    wire, adaptation = ChatCompletions(), Adaptation(tuple(Mode))
    ask = Ask("m", [], "Word", {}, SETTINGS, Mode.STRICT)
    error = StatusError(400, fields("no", "seed"))
    assert adaptation.learn(error, ask, wire, OURS) == (True, "seed is left out")
    assert adaptation.learn(error, ask, wire, OURS) == (True, None)
