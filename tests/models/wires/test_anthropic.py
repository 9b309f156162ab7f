"""Anthropic's Messages, through its SDK, against a server that refuses what the real one refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import anthropic
import pytest

from summarizer import AccessError, ModelError, NoModelError
from summarizer.models import resolve_model
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
    in_pieces_without_blocking,
    without_blocking,
)
from tests.support.providers.anthropic import NEWER, AnthropicServer, error, event
from tests.support.providers.anthropic_clouds import ClaudeOnBedrock, ClaudeOnVertex
from tests.support.providers.base import KEY, RECEIVED, SENT, Say
from tests.support.server import Reply

MODEL = "claude-haiku-4-5"
NAME = f"anthropic/{MODEL}"
WORD = Say('{"word": "yes"}')


@pytest.fixture(scope="module")
def running() -> Iterator[AnthropicServer]:
    with AnthropicServer() as server:
        yield server


@pytest.fixture
def provider(running: AnthropicServer, monkeypatch: pytest.MonkeyPatch) -> AnthropicServer:
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    running.reset()
    monkeypatch.setenv("ANTHROPIC_BASE_URL", running.address)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    return running


class TestAnthropic(WireCases):
    model = NAME
    passing: ClassVar[dict[str, Reply]] = {
        "too fast": error(429, "rate_limit_error", "slow down", **{"retry-after": "0"}),
        "internal": error(500, "api_error", "internal"),
        "overloaded": error(529, "overloaded_error", "Overloaded"),
    }


def ask(**options: Any) -> Any:
    return resolve_model(NAME, limits=FAST, options=options).ask(QUESTION)


@in_all_ways
@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"format"}, ["it is asked for a tool call instead of a strict JSON schema"]),
        ({"grammar"}, ["it is asked for a tool call instead of a strict JSON schema"]),
        (
            {"format", "tools"},
            [
                "it is asked for a tool call instead of a strict JSON schema",
                "it is asked for text, with the schema in the prompt instead of a tool call",
            ],
        ),
    ],
)
async def test_a_model_without_structured_outputs(
    provider: AnthropicServer, way: Way, lacks: set[str], said: list[str]
) -> None:
    provider.lacks = lacks
    model, heard = resolve_model(NAME, limits=FAST), Changes()
    for requests in (1 + len(said), 1):  # the second summary knows what the first one met
        provider.requests.clear()
        assert len((await way(model, on_event=heard)).claims) == CLAIMS
        assert len(provider.requests) == requests
    assert heard == said


@pytest.mark.parametrize("lacks", [{"format"}, {"format", "tools"}])
def test_a_re_ask_in_the_other_modes(provider: AnthropicServer, lacks: set[str]) -> None:
    provider.lacks = lacks
    provider.will(Say("{}"), WORD)
    assert ask().value.word == "yes"


def test_max_tokens_are_lowered_for_a_model_that_writes_less(provider: AnthropicServer) -> None:
    provider.most_tokens = 8192
    heard = Changes()
    model = resolve_model(NAME, limits=FAST).with_options(context_tokens=None, on_event=heard)
    for requests in (2, 3):
        provider.will(WORD)
        model.ask(QUESTION)
        assert len(provider.requests) == requests
    assert heard == ["max_tokens is left out"]
    assert provider.requests[-1]["max_tokens"] == 4096


def test_max_tokens_of_the_user_are_not_changed(provider: AnthropicServer) -> None:
    with pytest.raises(ModelError, match="max_tokens: 99999 > 64000"):
        ask(max_tokens=99_999)
    assert len(provider.requests) == 1


def test_the_users_settings_arrive(provider: AnthropicServer) -> None:
    provider.will(WORD)
    effort = {"effort": "low"}
    ask(
        max_tokens=300,
        headers={"x-desk": "7"},
        stop="END",
        thinking={"type": "disabled"},
        output_config=effort,
    )
    [sent] = provider.requests
    assert (sent["max_tokens"], sent["stop_sequences"]) == (300, ["END"])
    assert provider.headers[0]["x-desk"] == "7"
    assert sent["thinking"] == {"type": "disabled"}
    assert (sent["output_config"]["effort"], "format" in sent["output_config"]) == ("low", True)


def test_a_temperature_is_sent_in_the_last_version_that_has_one(provider: AnthropicServer) -> None:
    provider.will(WORD, WORD)
    ask(temperature=0.0, top_k=1)
    ask()
    asked, unasked = (headers["anthropic-version"] for headers in provider.headers)
    assert (asked, unasked) == ("2023-06-01", "2026-10-21")
    assert (provider.requests[0]["temperature"], provider.requests[0]["top_k"]) == (0.0, 1)
    assert "temperature" not in provider.requests[1]


def test_a_temperature_that_a_model_does_not_take(provider: AnthropicServer) -> None:
    model = resolve_model(f"anthropic/{NEWER}", limits=FAST, options={"temperature": 0.5})
    with pytest.raises(ModelError, match="`temperature` is deprecated for this model"):
        model.ask(QUESTION)
    assert len(provider.requests) == 1


def test_there_is_no_seed(provider: AnthropicServer) -> None:
    with pytest.raises(ModelError, match="seed"):
        resolve_model(NAME, options={"seed": 1})


def test_a_parameter_that_is_unknown(provider: AnthropicServer) -> None:
    with pytest.raises(ModelError, match="tea: Extra inputs are not permitted"):
        ask(tea=1)


def test_the_article_is_cached_on_request(provider: AnthropicServer) -> None:
    provider.will(Say("{}"), WORD)
    provider.cached = (700, 200)
    answer = ask(cache_control={"type": "ephemeral"})
    assert (answer.input_tokens, answer.output_tokens) == (2 * SENT, 2 * RECEIVED)
    # At $1 a million tokens read, $0.10 from the cache, $1.25 into it and $5 written.
    assert answer.cost == pytest.approx(2 * (100 + 700 * 0.1 + 200 * 1.25 + 100 * 5) / 1e6)
    first, again = (request["messages"] for request in provider.requests)
    assert first[0]["content"][0]["cache_control"] == {"type": "ephemeral"}
    assert (again[0], len(again)) == (first[0], 3)


async def test_a_stream_tells_what_came_from_the_cache(provider: AnthropicServer) -> None:
    provider.cached = (700, 200)
    model = resolve_model(NAME, limits=FAST, options={"cache_control": {"type": "ephemeral"}})
    streamed, whole = await in_pieces(model), await at_once(model)
    assert streamed.usage.input_tokens == whole.usage.input_tokens == SENT
    assert streamed.usage.cost == whole.usage.cost


@pytest.mark.parametrize(
    ("kind", "requests"), [("overloaded_error", 2), ("api_error", 2), ("invalid_request_error", 1)]
)
async def test_an_error_in_mid_stream(provider: AnthropicServer, kind: str, requests: int) -> None:
    broken = event("error", error={"type": kind, "message": "Overloaded"})
    provider.will(Reply(pieces=[broken], headers={"Content-Type": "text/event-stream"}))
    model = resolve_model(NAME, limits=FAST)
    if requests == 1:
        with pytest.raises(ModelError, match="error instead of an answer"):
            await in_pieces(model)
    else:
        assert len((await in_pieces(model)).claims) == CLAIMS
    assert len(provider.requests) == requests


async def test_a_stream_that_ends_without_its_end(provider: AnthropicServer) -> None:
    start = event("content_block_delta", index=0, delta={"type": "text_delta", "text": '{"head'})
    provider.will(Reply(pieces=[start], headers={"Content-Type": "text/event-stream"}))
    assert len((await in_pieces(resolve_model(NAME, limits=FAST))).claims) == CLAIMS


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (error(400, "invalid_request_error", "Your credit balance is too low"), "quota is exhaus"),
        (error(402, "billing_error", "no payment"), "quota is exhausted .HTTP 402"),
        (error(403, "permission_error", "not in this region"), "not in this region"),
    ],
)
def test_an_account_that_cannot_ask(provider: AnthropicServer, reply: Reply, said: str) -> None:
    provider.will(reply)
    with pytest.raises(AccessError, match=said):
        ask()
    assert len(provider.requests) == 1


def test_a_model_that_does_not_exist(provider: AnthropicServer) -> None:
    with pytest.raises(AccessError, match="no such model"):
        resolve_model("anthropic/tea-1", limits=FAST).ask(QUESTION)


def test_an_address_that_is_no_api(provider: AnthropicServer) -> None:
    provider.will(Reply(200, "<html>", {"Content-Type": "text/html"}))
    with pytest.raises(ModelError, match="not a message"):
        ask()


def test_a_key_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoModelError, match="ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN"):
        resolve_model(NAME)


@pytest.mark.parametrize("way", [at_once, in_pieces])
async def test_a_client_and_the_name_of_a_model(provider: AnthropicServer, way: Way) -> None:
    summary = await way((anthropic.Anthropic(), MODEL))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)


async def test_an_async_client(provider: AnthropicServer) -> None:
    pair = (anthropic.AsyncAnthropic(), MODEL)
    assert len((await without_blocking(pair)).claims) == CLAIMS
    with pytest.raises(ModelError, match="use asummarize"):
        await at_once(pair)


def test_a_client_alone_does_not_say_which_model(provider: AnthropicServer) -> None:
    with pytest.raises(ModelError, match="give the pair"):
        resolve_model(anthropic.Anthropic())


@pytest.mark.parametrize("way", [at_once, in_pieces])
async def test_a_client_for_bedrock(way: Way) -> None:
    with ClaudeOnBedrock() as server:
        client = anthropic.AnthropicBedrock(
            aws_access_key=KEY,
            aws_secret_key="a-secret",
            aws_region="us-east-1",
            base_url=server.address,
        )
        summary = await way((client, "us.anthropic.claude-haiku-4-5-20251001-v1:0"))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)


@pytest.mark.parametrize("way", [without_blocking, in_pieces_without_blocking])
async def test_an_async_client_for_vertex(way: Way) -> None:
    with ClaudeOnVertex() as server:
        client = anthropic.AsyncAnthropicVertex(
            access_token=KEY, project_id="p", region="global", base_url=server.base_url
        )
        summary = await way((client, "claude-haiku-4-5@20251001"))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)
