"""OpenAI's chat completions and Responses, through its SDK, against servers that refuse as OpenAI does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import openai
import pytest
from pydantic import BaseModel, Field

from summarizer import AccessError, ModelError
from summarizer.models import Request, resolve_model
from tests.models.wires.wire_cases import (
    CLAIMS,
    FAST,
    QUESTION,
    Changes,
    Way,
    WireCases,
    at_once,
    in_all_ways,
    in_pieces,
    in_pieces_only,
    without_blocking,
)
from tests.support.providers.base import KEY, RECEIVED, SENT, ProviderServer, Say
from tests.support.providers.chat import CACHED, OPENAI, SSE, ChatServer, data, openai_error
from tests.support.providers.responses import ResponsesServer, event
from tests.support.server import Reply

CHAT, RESPONSES = "openai/gpt-4.1-mini", "openai-responses/gpt-4.1-mini"
WORD = Say('{"word": "yes"}')
SLOW_DOWN = "Rate limit reached for gpt-4.1-mini. Please try again in 6ms."
PASSING: dict[str, Reply] = {
    "too fast": openai_error(429, SLOW_DOWN, None, "rate_limit_exceeded"),
    "internal": openai_error(500, "The server had an error while processing your request."),
    "overloaded": openai_error(503, "The engine is currently overloaded, please try again later"),
}
PASSING["too fast"].headers = {**PASSING["too fast"].headers, "Retry-After": "0"}


def _run(server: ProviderServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server in the place of OpenAI's own."""
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    for module in ("providers", "lookup"):
        monkeypatch.setattr(f"summarizer.models.{module}.is_openai", lambda _: True)
    with server as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield running


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    yield from _run(ChatServer(OPENAI), monkeypatch)


@pytest.fixture
def responses(monkeypatch: pytest.MonkeyPatch) -> Iterator[ResponsesServer]:
    yield from _run(ResponsesServer(), monkeypatch)


class TestChat(WireCases):
    model = CHAT
    passing: ClassVar[dict[str, Reply]] = PASSING

    @pytest.fixture
    def provider(self, chat: ChatServer) -> ChatServer:
        return chat


class TestResponses(WireCases):
    model = RESPONSES
    passing: ClassVar[dict[str, Reply]] = PASSING

    @pytest.fixture
    def provider(self, responses: ResponsesServer) -> ResponsesServer:
        return responses


@pytest.fixture(params=[CHAT, RESPONSES])
def named(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The name of a model, and its server."""
    server = ChatServer(OPENAI) if request.param == CHAT else ResponsesServer()
    for running in _run(server, monkeypatch):
        yield request.param, running


def ask(name: str, request: Any = QUESTION, **options: Any) -> Any:
    return resolve_model(name, limits=FAST, options=options).ask(request)


def test_what_is_asked(named: Any) -> None:
    name, server = named
    server.will(WORD)
    ask(name)
    [sent] = server.requests
    form = sent["response_format"]["json_schema"] if name == CHAT else sent["text"]["format"]
    assert form["strict"] is True
    assert sent["temperature"] == 0
    assert sent.get("seed") == (0 if name == CHAT else None)
    assert sent.get("store") is (None if name == CHAT else False)


def test_the_users_settings_arrive(named: Any) -> None:
    name, server = named
    server.will(WORD)
    ask(
        name,
        max_tokens=300,
        top_p=0.5,
        headers={"x-desk": "7"},
        extra_body={"user": "a"},
        metadata={"a": "b"},
    )
    [sent] = server.requests
    assert sent["max_tokens" if name == CHAT else "max_output_tokens"] == 300
    assert (sent["top_p"], sent["user"], sent["metadata"]) == (0.5, "a", {"a": "b"})
    assert server.headers[0]["x-desk"] == "7"


def test_a_parameter_that_is_unknown(named: Any) -> None:
    name, server = named
    with pytest.raises(ModelError, match="Unknown parameter: 'tea'"):
        ask(name, tea=1)
    assert [sent["tea"] for sent in server.requests] == [1]


@pytest.mark.parametrize("setting", ["seed", "stop"])
def test_responses_have_no_seed(responses: ResponsesServer, setting: str) -> None:
    with pytest.raises(ModelError, match=f"no setting {setting}"):
        resolve_model(RESPONSES, options={setting: 1})
    assert responses.requests == []


@in_all_ways
async def test_a_reasoning_model_that_is_known(named: Any, way: Way) -> None:
    name, server = named
    heard = Changes()
    summary = await way(resolve_model(name.replace("gpt-4.1", "gpt-5")), on_event=heard)
    assert (len(summary.claims), len(server.requests), heard) == (CLAIMS, 1, [])


@in_all_ways
async def test_a_reasoning_model_by_another_name(chat: ChatServer, way: Way) -> None:
    chat.lacks = {"temperature"}
    heard = Changes()
    model = resolve_model(CHAT, limits=FAST, options={"max_tokens": 5000})
    for requests in (3, 1):  # the second summary knows what the first one met
        chat.requests.clear()
        assert len((await way(model, on_event=heard)).claims) == CLAIMS
        assert len(chat.requests) == requests
    assert sorted(heard) == [
        "max_tokens is sent as max_completion_tokens",
        "temperature is left out",
    ]


def test_a_temperature_that_the_user_asked_for_is_not_left_out(named: Any) -> None:
    name, server = named
    with pytest.raises(ModelError, match="'temperature'"):
        ask(name.replace("gpt-4.1", "gpt-5"), temperature=0.5)
    assert len(server.requests) == 1


@in_pieces_only
async def test_an_organisation_that_may_not_stream(chat: ChatServer, way: Way) -> None:
    chat.lacks = {"stream"}
    heard = Changes()
    summary = await way(resolve_model(CHAT, limits=FAST), on_event=heard)
    assert (len(summary.claims), heard) == (CLAIMS, ["it is not asked to stream"])


@in_all_ways
async def test_a_model_without_json_schemas(responses: ResponsesServer, way: Way) -> None:
    responses.lacks = {"format"}
    heard = Changes()
    summary = await way(resolve_model(RESPONSES, limits=FAST), on_event=heard)
    assert (len(summary.claims), len(responses.requests)) == (CLAIMS, 3)
    assert (
        heard[-1] == "it is asked for JSON, with the schema in the prompt instead of a JSON schema"
    )


def test_a_re_ask_with_the_schema_in_the_prompt(responses: ResponsesServer) -> None:
    responses.lacks = {"format"}
    responses.will(Say("{}"), WORD)
    assert ask(RESPONSES).value.word == "yes"
    roles = [message["role"] for message in responses.requests[-1]["input"]]
    assert roles[-2:] == ["assistant", "user"]


@pytest.mark.parametrize("lacks", [set(), {"format"}])
def test_a_re_ask_after_an_empty_answer_has_no_empty_message(named: Any, lacks: set[str]) -> None:
    """OpenAI lets one pass; providers that a gateway asks in its place do not."""
    name, server = named
    server.lacks = lacks
    server.will(Say(""), WORD)
    assert ask(name).value.word == "yes"
    sent = server.requests[-1]
    assert all(message["content"].strip() for message in sent.get("messages", sent.get("input")))


class Free(BaseModel):
    counts: dict[str, int]


class Bounded(BaseModel):
    word: str = Field("a", min_length=1, max_length=9, pattern="^[a-z]+$")
    figures: list[int] = Field(max_length=3)
    kind: int = Field(3, ge=1, le=4)


def test_any_schema_is_put_as_strict_as_it_can_be(named: Any) -> None:
    name, server = named
    messages = QUESTION.messages
    server.will(Say('{"word": "yes", "figures": [1], "kind": 2}'), Say('{"counts": {"a": 1}}'))
    assert ask(name, Request(messages, Bounded)).value.figures == [1]
    assert ask(name, Request(messages, Free)).value.counts == {"a": 1}
    forms = [
        sent["response_format"]["json_schema"] if name == CHAT else sent["text"]["format"]
        for sent in server.requests
    ]
    assert [form.get("strict", False) for form in forms] == [True, False]


def test_usage_and_cost_tell_what_came_from_the_cache(named: Any) -> None:
    name, server = named
    server.will(WORD)
    answer = ask(name)
    assert (answer.input_tokens, answer.output_tokens) == (SENT, RECEIVED)
    # $0.40 a million tokens read, $0.10 from the cache, $1.60 written.
    expected = ((SENT - CACHED) * 0.4 + CACHED * 0.1 + RECEIVED * 1.6) / 1e6
    assert answer.cost == pytest.approx(expected)


def test_a_filter_that_refuses_the_text(named: Any) -> None:
    name, server = named
    server.will(openai_error(400, "Invalid prompt: it was flagged.", None, "invalid_prompt"))
    with pytest.raises(ModelError, match="content filter refused the text.*flagged"):
        ask(name)
    assert len(server.requests) == 1


def test_a_text_that_is_too_long(named: Any) -> None:
    name, server = named
    message = "This model's maximum context length is 8192 tokens. Shorten the functions."
    server.will(openai_error(400, message, "messages", "context_length_exceeded"))
    with pytest.raises(ModelError, match="too long for the model.*context_tokens"):
        ask(name)
    assert len(server.requests) == 1


def test_a_model_that_does_not_exist(chat: ChatServer) -> None:
    with pytest.raises(AccessError, match="no such model.*`tea` does not exist"):
        ask("openai/tea")


@pytest.mark.parametrize(
    ("kind", "requests"), [("server_error", 2), ("rate_limit_exceeded", 2), ("invalid_prompt", 1)]
)
async def test_an_error_in_mid_stream(named: Any, kind: str, requests: int) -> None:
    name, server = named
    fields = {"message": "It broke.", "type": kind, "param": None, "code": kind}
    said = (
        data({"error": fields}) if name == CHAT else event("error", **{**fields, "type": "error"})
    )
    server.will(Reply(pieces=[said], headers=SSE))
    model = resolve_model(name, limits=FAST)
    if requests == 1:
        with pytest.raises(ModelError, match="It broke"):
            await in_pieces(model)
    else:
        assert len((await in_pieces(model)).claims) == CLAIMS
    assert len(server.requests) == requests


@pytest.mark.parametrize(
    ("code", "requests"), [("server_error", 2), ("rate_limit_exceeded", 2), ("invalid_prompt", 1)]
)
@pytest.mark.parametrize("way", [at_once, in_pieces])
async def test_a_response_that_failed(
    responses: ResponsesServer, code: str, requests: int, way: Way
) -> None:
    failed = {"id": "r", "object": "response", "status": "failed", "output": []}
    failed |= {"error": {"code": code, "message": "It broke."}}
    whole = Reply(
        body=json.dumps(failed),
        headers={"Content-Type": "application/json"},
    )
    stream = Reply(pieces=[event("response.failed", response=failed)], headers=SSE)
    responses.will(whole if way is at_once else stream)
    model = resolve_model(RESPONSES, limits=FAST)
    if requests == 1:
        with pytest.raises(ModelError, match="It broke"):
            await way(model)
    else:
        assert len((await way(model)).claims) == CLAIMS
    assert len(responses.requests) == requests


async def test_a_stream_that_ends_without_its_end(named: Any) -> None:
    name, server = named
    half = '{"headline": "A fi'
    said = (
        data({"choices": [{"index": 0, "delta": {"content": half}}]})
        if name == CHAT
        else event("response.output_text.delta", delta=half)
    )
    server.will(Reply(pieces=[said], headers=SSE))
    summary = await in_pieces(resolve_model(name, limits=FAST))
    assert (len(summary.claims), len(server.requests)) == (CLAIMS, 2)


async def test_a_piece_of_a_stream_that_is_not_json(named: Any) -> None:
    name, server = named
    server.will(Reply(pieces=["data: {oops\n\n"], headers=SSE))
    summary = await in_pieces(resolve_model(name, limits=FAST))
    assert (len(summary.claims), len(server.requests)) == (CLAIMS, 2)


def test_an_address_that_is_no_api(named: Any) -> None:
    name, server = named
    server.will(Reply(200, "<html>", {"Content-Type": "text/html"}))
    with pytest.raises(ModelError, match="is not a JSON .*check base_url"):
        ask(name)


@pytest.mark.parametrize("way", [at_once, in_pieces])
async def test_a_client_and_the_name_of_a_model(named: Any, way: Way) -> None:
    name, _ = named
    model = name.removeprefix("openai/")
    summary = await way((openai.OpenAI(), model))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)
    assert summary.model == "gpt-4.1-mini"


async def test_an_async_client(named: Any) -> None:
    pair = (openai.AsyncOpenAI(), named[0].removeprefix("openai/"))
    assert len((await without_blocking(pair)).claims) == CLAIMS
    with pytest.raises(ModelError, match="use asummarize"):
        await at_once(pair)
