"""Servers that speak OpenAI's chat completions in their own ways: what each refuses, and how it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from summarizer import AccessError, ModelError, NoModelError
from summarizer.models import resolve_model
from tests.models.wires.wire_cases import (
    CLAIMS,
    FAST,
    QUESTION,
    Changes,
    Way,
    in_all_ways,
    in_pieces_only,
)
from tests.support.providers import chat
from tests.support.providers.base import KEY, SENT, Say
from tests.support.providers.chat import JSON, SSE, ChatServer, Profile, data
from tests.support.server import Reply

WORD = Say('{"word": "yes"}')
TOLD = "with the schema in the prompt"


@pytest.fixture(autouse=True)
def nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    for name in ("OPENAI_BASE_URL", "OPENAI_API_VERSION", "OLLAMA_HOST", "GROQ_API_KEY"):
        monkeypatch.delenv(name, raising=False)


# Servers that are found by base_url.


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Iterator[ChatServer]:
    with ChatServer(request.param) as server:
        yield server


TO_JSON_FROM_SCHEMA = f"it is asked for JSON, {TOLD} instead of a JSON schema"
SERVED: dict[str, tuple[Profile, str, str, set[str], list[str]]] = {
    "openrouter": (chat.OPENROUTER, "/api/v1", "openai/gpt-4.1-mini", set(), []),
    "deepseek": (chat.DEEPSEEK, "", "deepseek-chat", set(), ["it is asked for a tool call instead of a JSON schema"]),
    "ollama": (chat.OLLAMA, "", "ollama/qwen3", set(), []),
    "vllm": (chat.VLLM, "/v1/", "vllm/openai/gpt-oss-20b", set(), []),
    "lm studio": (chat.LM_STUDIO, "/v1", "qwen3", set(), []),
    "lm studio, a model without a grammar": (
        chat.LM_STUDIO, "/v1/chat/completions", "qwen3", {"format"}, ["it is asked for a tool call instead of a JSON schema"],
    ),
    "llama.cpp": (chat.LLAMA_CPP, "", "llamacpp/qwen3", set(), []),
}  # fmt: skip


@in_all_ways
@pytest.mark.parametrize(
    ("running", "path", "name", "lacks", "said"), SERVED.values(), ids=SERVED, indirect=["running"]
)
async def test_a_summary(
    running: ChatServer, path: str, name: str, lacks: set[str], said: list[str], way: Way
) -> None:
    running.lacks = lacks
    heard = Changes()
    place = {"base_url": running.address + path, "api_key": KEY}
    summary = await way(resolve_model(name, limits=FAST, **place), on_event=heard)
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)
    assert heard == said
    assert len(running.requests) == 1 + len(said)


@in_all_ways
@pytest.mark.parametrize("running", [chat.IGNORANT], indirect=True)
async def test_a_server_that_ignores_the_schema_is_told_it(running: ChatServer, way: Way) -> None:
    running.will(Say("The old mill in Kent burned on Friday."))
    heard = Changes()
    model = resolve_model("m", base_url=running.base_url, limits=FAST)
    summary = await way(model, on_event=heard)
    assert (len(summary.claims), heard) == (CLAIMS, [TO_JSON_FROM_SCHEMA])
    assert "against this JSON schema" in running.requests[1]["messages"][0]["content"]
    await way(model)
    assert len(running.requests) == 3


@pytest.mark.parametrize("running", [chat.LM_STUDIO], indirect=True)
def test_an_answer_in_prose_where_no_json_object_can_be_asked_for(running: ChatServer) -> None:
    running.will(Say("Yes."), WORD)
    heard = Changes()
    model = resolve_model("m", base_url=running.base_url, limits=FAST)
    assert model.with_options(context_tokens=None, on_event=heard).ask(QUESTION).value.word == "yes"
    assert heard == [
        TO_JSON_FROM_SCHEMA,
        f"it is asked for text, {TOLD} instead of JSON, {TOLD}",
    ]


ERRORS: dict[str, tuple[Reply, type[ModelError], str, int]] = {
    "vLLM": (chat.flat_error(400, "no such tea"), ModelError, r"HTTP 400\. no such tea", 1),
    "LM Studio": (chat.text_error(400, "no such tea"), ModelError, r"HTTP 400\. no such tea", 1),
    "FastAPI": (Reply(422, '{"detail": [{"loc": ["body", "n"], "msg": "too many"}]}', JSON), ModelError, r"HTTP 422\. body\.n: too many", 1),
    "text": (Reply(400, "no tea", {"Content-Type": "text/plain"}), ModelError, r"HTTP 400\. no tea", 1),
    "OpenRouter, out of credit": (chat.numbered_error(402, "Insufficient credits"), AccessError, "quota is exhausted .HTTP 402", 1),
    "DeepSeek, out of credit": (chat.openai_error(402, "Insufficient Balance", None, "invalid_request_error"), AccessError, "quota is exhausted", 1),
    "DeepSeek, a filter": (chat.openai_error(400, "Content Exists Risk"), ModelError, "content filter refused the text", 1),
    "OpenRouter, a moderator": (Reply(403, '{"error": {"code": 403, "message": "flagged", "metadata": {"flagged_input": "x"}}}', JSON), ModelError, "content filter refused the text", 1),
    "Ollama, no such model": (chat.openai_error(404, 'model "tea" not found, try pulling it first'), AccessError, "no such model.*try pulling it first", 1),
    "llama.cpp, too long": (Reply(400, '{"error": {"code": 400, "message": "the request exceeds the available context size", "type": "exceed_context_size_error"}}', JSON), ModelError, "too long for the model", 1),
    "200 with an error": (Reply(200, '{"error": {"code": 400, "message": "no tea"}}', JSON), ModelError, "no tea", 1),
    "200 with an error that passes": (Reply(200, '{"error": {"code": 502, "message": "Provider returned error", "metadata": {"raw": "no tea"}}}', JSON), ModelError, "Provider returned error: no tea", 5),
    "an error in choices": (Reply(200, '{"choices": [{"error": {"code": 502, "message": "no tea"}}]}', JSON), ModelError, "no tea", 5),
    "an error as a finish": (Reply(200, '{"choices": [{"finish_reason": "error", "message": {}}]}', JSON), ModelError, "broke off the answer", 5),
    "no choice": (Reply(200, '{"choices": [null]}', JSON), ModelError, "no answer in it", 2),
    "choices of another kind": (Reply(200, '{"choices": {"a": 1}}', JSON), ModelError, "no answer in it", 2),
    "a list": (Reply(200, "[1]", JSON), ModelError, "check base_url", 1),
    "HTML": (Reply(200, "<html>", {"Content-Type": "text/html"}), ModelError, "check base_url", 1),
    "JSON that is broken": (Reply(200, '{"choices": [', JSON), ModelError, "response is not JSON", 5),
}  # fmt: skip


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
@pytest.mark.parametrize(("reply", "kind", "said", "requests"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_told_in_the_servers_words(
    running: ChatServer, reply: Reply, kind: type[ModelError], said: str, requests: int
) -> None:
    running.will(*[reply] * 9)
    with pytest.raises(ModelError, match=said) as caught:
        resolve_model("m", base_url=running.base_url, limits=FAST).ask(QUESTION)
    assert type(caught.value) is kind
    assert "Error code" not in str(caught.value)
    assert len(running.requests) == requests


BROKEN = {
    "error": data({"choices": [], "error": {"code": 502, "message": "no tea"}}),
    "named": data({"error": {"code": "server_error", "message": "no tea"}, "choices": [{"delta": {"content": ""}, "finish_reason": "error"}]}),
    "finish": data({"choices": [{"index": 0, "delta": {}, "finish_reason": "error"}]}),
    "in choices": data({"choices": [{"index": 0, "delta": {}, "error": {"code": 429, "message": "no tea"}}]}),
}  # fmt: skip


@in_pieces_only
@pytest.mark.parametrize("running", [chat.OPENROUTER], indirect=True)
@pytest.mark.parametrize("piece", BROKEN.values(), ids=BROKEN)
async def test_an_error_in_mid_stream_is_tried_again(
    running: ChatServer, piece: str, way: Way
) -> None:
    begun = data({"choices": [{"index": 0, "delta": {"content": '{"head'}}]})
    running.will(Reply(pieces=[begun, piece], headers=SSE))
    model = resolve_model("m", base_url=f"{running.address}/api/v1", api_key=KEY, limits=FAST)
    assert (len((await way(model)).claims), len(running.requests)) == (CLAIMS, 2)


@in_pieces_only
@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
@pytest.mark.parametrize("reply", [Reply(200, "{}", JSON), Reply(200, "", SSE)])
async def test_a_server_that_cannot_stream(running: ChatServer, reply: Reply, way: Way) -> None:
    running.will(reply)
    heard = Changes()
    model = resolve_model("m", base_url=running.base_url, limits=FAST)
    assert len((await way(model, on_event=heard)).claims) == CLAIMS
    assert heard == ["it is not asked to stream"]


GOOD = '{"word": "yes"}'
MESSAGES: dict[str, dict[str, Any]] = {
    "a fence": {"content": f"```json\n{GOOD}\n```"},
    "thoughts": {"content": f'<think>{{"word": "no"}}?</think>\n\n{GOOD}'},
    "thoughts apart": {"content": GOOD, "reasoning_content": '{"word": "no"}'},
    "prose": {"content": f"Here you are: {GOOD}. Anything else?"},
    "a byte order mark": {"content": f"\ufeff{GOOD}"},
    "a trailing comma": {"content": '{"word": "yes",}'},
    "two objects": {"content": f'{{"word": "no"}} {GOOD}'},
    "parts": {"content": [{"type": "text", "text": GOOD[:6]}, {"type": "text", "text": GOOD[6:]}]},
    "a tool call": {"content": None, "tool_calls": [{"function": {"arguments": GOOD}}]},
    "a tool call as an object": {"content": "", "tool_calls": [{"function": {"arguments": json.loads(GOOD)}}]},
    "a function call": {"content": None, "function_call": {"name": "Word", "arguments": GOOD}},
}  # fmt: skip


def completion(message: Any, **fields: Any) -> Reply:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return Reply(body=json.dumps({"choices": [choice], **fields}), headers=JSON)


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_an_answer_is_read_where_it_can_be(running: ChatServer, message: dict[str, Any]) -> None:
    running.will(completion(message))
    answer = resolve_model("m", base_url=running.base_url, limits=FAST).ask(QUESTION)
    assert (answer.value.word, answer.requests) == ("yes", 1)


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
@pytest.mark.parametrize(
    "message",
    [None, "text", {"content": 7}, {"content": [None, 7]}, {"content": ""}, {"tool_calls": [None]},
     {"tool_calls": {"a": 1}}, {"content": "9" * 5000}, {"content": f'{{"word": {"9" * 5000}}}'}],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_asked_for_again(
    running: ChatServer, message: Any
) -> None:
    running.will(completion(message), WORD)
    assert resolve_model("m", base_url=running.base_url, limits=FAST).ask(QUESTION).requests == 2


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 1}, (9, 1)),
        ({"prompt_tokens": 9.0, "completion_tokens": 1.0}, (9, 1)),
        ({"prompt_tokens": 9, "completion_tokens": 1, "prompt_tokens_details": 7}, (9, 1)),
        ({"prompt_tokens": -100, "completion_tokens": 1}, (None, None)),
        ({"prompt_tokens": float("nan"), "completion_tokens": 1}, (None, None)),
        ({"prompt_tokens": float("inf"), "completion_tokens": 1}, (None, None)),
        ({"prompt_tokens": 9.5, "completion_tokens": 1}, (None, None)),
        ({"prompt_tokens": "9", "completion_tokens": True}, (None, None)),
        ({}, (None, None)),
        (None, (None, None)),
        (7, (None, None)),
    ],
)
def test_usage_that_is_no_count_is_unknown(
    running: ChatServer, usage: Any, tokens: tuple[int | None, int | None]
) -> None:
    running.will(completion({"content": GOOD}, usage=usage, id=7, created="now", model=None))
    answer = resolve_model("m", base_url=running.base_url, limits=FAST).ask(QUESTION)
    assert (answer.input_tokens, answer.output_tokens) == tokens


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
@pytest.mark.parametrize(
    "path", ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/v1/chat/completions/"]
)
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_an_address_in_all_its_spellings(running: ChatServer, path: str, scheme: str) -> None:
    running.will(WORD)
    url = scheme + running.address.removeprefix("http://") + path
    assert resolve_model("m", base_url=url, limits=FAST).ask(QUESTION).value.word == "yes"


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
def test_where_ollama_is(running: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", running.address.removeprefix("http://"))
    running.will(WORD)
    assert resolve_model("ollama/qwen3", limits=FAST).ask(QUESTION).value.word == "yes"
    assert running.requests[0]["model"] == "qwen3"


@pytest.mark.parametrize("running", [chat.OLLAMA], indirect=True)
def test_what_a_server_takes_beyond_openai(running: ChatServer) -> None:
    running.will(WORD)
    options = {"top_k": 1, "chat_template_kwargs": {"enable_thinking": False}}
    resolve_model("m", base_url=running.base_url, limits=FAST, options=options).ask(QUESTION)
    assert {name: running.requests[0][name] for name in options} == options


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("groq/llama", "GROQ_API_KEY"),
        ("deepseek/deepseek-chat", "DEEPSEEK_API_KEY"),
        ("openrouter/openai/gpt-4.1", "OPENROUTER_API_KEY"),
        ("azure/any", "AZURE_OPENAI_API_KEY"),
        ("openai-responses/gpt-5", "OPENAI_API_KEY"),
    ],
)
def test_a_hosted_provider_needs_its_key(
    monkeypatch: pytest.MonkeyPatch, name: str, variable: str
) -> None:
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(NoModelError, match=variable):
        resolve_model(name)


@pytest.mark.parametrize(
    ("base_url", "name", "sent"),
    [
        ("https://api.groq.com/openai/v1", "openai/gpt-oss-20b", "openai/gpt-oss-20b"),
        ("https://api.deepseek.com", "deepseek/deepseek-chat", "deepseek-chat"),
        ("https://openrouter.ai/api/v1", "openai/gpt-4.1", "openai/gpt-4.1"),
        ("https://gateway.example/v1", "openai/gpt-4.1", "gpt-4.1"),
        ("https://gateway.example/v1", "anthropic/claude", "anthropic/claude"),
        ("https://gateway.example/v1", "vllm/openai/gpt-oss-20b", "openai/gpt-oss-20b"),
    ],
)
def test_what_a_model_is_called_at_an_address(base_url: str, name: str, sent: str) -> None:
    found: Any = resolve_model(name, base_url=base_url, api_key=KEY)
    assert found.sender.model == sent


def test_openais_key_goes_to_no_other_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    found: Any = resolve_model("m", base_url="https://api.deepseek.com")
    assert found.sender.clients.sync.api_key != KEY
