"""Mistral's chat completions, through its SDK, against a server that refuses what the real one does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from mistralai.client import Mistral
from mistralai.client.utils import BackoffStrategy, RetryConfig

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
from tests.support.providers.base import KEY, RECEIVED, SENT, Say
from tests.support.providers.mistral import MistralServer, error
from tests.support.server import Reply

MODEL = "mistral-small-latest"
NAME = f"mistral/{MODEL}"
WORD = Say('{"word": "yes"}')
STRICT, TOOL = "a strict JSON schema", "a tool call"
JSON, TEXT = "JSON, with the schema in the prompt", "text, with the schema in the prompt"
in_two_ways = pytest.mark.parametrize("way", [at_once, in_pieces_without_blocking])


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[MistralServer]:
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    with MistralServer() as running:
        monkeypatch.setenv("MISTRAL_BASE_URL", running.base_url)
        monkeypatch.setenv("MISTRAL_API_KEY", KEY)
        yield running


class TestMistral(WireCases):
    """Its completions have no field for a refusal: the model refuses in prose."""

    model = NAME
    passing: ClassVar[dict[str, Reply]] = {
        "too fast": error(
            429, "rate_limited", "Rate limit exceeded", "1300", **{"retry-after": "0"}
        ),
        "internal": error(500, "internal_server_error", "Internal server error", "3000"),
        "overloaded": error(503, "internal_server_error", "Service tier capacity exceeded", "3505"),
    }
    test_a_refusal_is_told_and_not_repeated = None  # type: ignore[assignment]


def ask(name: str = NAME, **options: Any) -> Any:
    return resolve_model(name, limits=FAST, options=options).ask(QUESTION)


@in_two_ways
@pytest.mark.parametrize(
    ("lacks", "modes"),
    [
        ({"json_schema"}, [STRICT, TOOL]),
        ({"json_schema", "tools"}, [STRICT, TOOL, JSON]),
        ({"json_schema", "tools", "json_object"}, [STRICT, TOOL, JSON, TEXT]),
    ],
)
async def test_a_model_without_structured_outputs(
    provider: MistralServer, way: Way, lacks: set[str], modes: list[str]
) -> None:
    provider.lacks = lacks
    model, heard = resolve_model(NAME, limits=FAST), Changes()
    for requests in (len(modes), 1):  # the second summary knows what the first one met
        provider.requests.clear()
        assert len((await way(model, on_event=heard)).claims) == CLAIMS
        assert len(provider.requests) == requests
    told = zip(modes[1:], modes, strict=False)
    assert heard == [f"it is asked for {taken} instead of {refused}" for taken, refused in told]


@pytest.mark.parametrize("lacks", [set(), {"json_schema"}, {"json_schema", "tools"}])
@pytest.mark.parametrize(
    ("unfit", "roles"),
    [("{}", ["system", "user", "assistant", "user"]), ("", ["system", "user"])],
)
def test_a_re_ask_in_each_mode(
    provider: MistralServer, lacks: set[str], unfit: str, roles: list[str]
) -> None:
    provider.lacks = lacks
    provider.will(Say(unfit), WORD)
    assert ask().value.word == "yes"
    sent = [m["role"] for m in provider.requests[-1]["messages"] if m["role"] != "system"]
    assert sent == roles[1:]


@pytest.mark.parametrize("name", ["temperature", "random_seed"])
def test_a_setting_of_ours_that_is_refused_is_left_out(provider: MistralServer, name: str) -> None:
    provider.lacks = {name}
    heard = Changes()
    model = resolve_model(NAME, limits=FAST).with_options(context_tokens=None, on_event=heard)
    for requests in (2, 3):
        provider.will(WORD)
        model.ask(QUESTION)
        assert len(provider.requests) == requests
    assert heard == [f"{name.removeprefix('random_')} is left out"]


def test_a_setting_of_the_user_that_is_refused_is_told(provider: MistralServer) -> None:
    provider.lacks = {"safe_prompt"}
    with pytest.raises(ModelError, match="safe_prompt: Extra inputs are not permitted"):
        ask(safe_prompt=True)
    assert len(provider.requests) == 1


def test_the_users_settings_arrive(provider: MistralServer) -> None:
    provider.will(WORD)
    headers = {"x-desk": "7"}
    ask(seed=7, top_p=0.5, max_tokens=300, stop=["END"], headers=headers, safe_prompt=True)
    [sent] = provider.requests
    assert (sent["random_seed"], sent["top_p"], sent["max_tokens"]) == (7, 0.5, 300)
    assert (sent["stop"], sent["safe_prompt"], sent["temperature"]) == (["END"], True, 0.0)
    assert provider.headers[0]["x-desk"] == "7"


def test_a_timeout_of_one_request(provider: MistralServer) -> None:
    provider.will(Reply(delay=0.4, body="{}"))
    limits = FAST.__class__(transport_retries=0)
    model = resolve_model(NAME, limits=limits, options={"timeout": 0.05})
    with pytest.raises(ModelError, match="not complete within"):
        model.ask(QUESTION)


@pytest.mark.parametrize(
    ("setting", "said"),
    [({"tea": 1}, "no such setting: tea"), ({"top_p": "much"}, "takes no such request.*top_p")],
)
@in_two_ways
async def test_a_setting_that_the_sdk_does_not_know(
    provider: MistralServer, way: Way, setting: dict[str, Any], said: str
) -> None:
    with pytest.raises(ModelError, match=said):
        await way(resolve_model(NAME, limits=FAST, options=setting))
    assert not provider.requests


@in_all_ways
async def test_thoughts_are_no_part_of_the_answer(provider: MistralServer, way: Way) -> None:
    summary = await way(resolve_model("mistral/magistral-small-latest", limits=FAST))
    assert len(summary.claims) == CLAIMS


@pytest.mark.parametrize("way", [at_once, in_pieces])
async def test_tokens_from_the_cache_are_counted(provider: MistralServer, way: Way) -> None:
    provider.cached = 400
    summary = await way(resolve_model(NAME, limits=FAST))
    assert (summary.usage.input_tokens, summary.usage.output_tokens) == (SENT, RECEIVED)
    assert summary.usage.cost is not None


async def test_a_stream_that_ends_without_its_end(provider: MistralServer) -> None:
    start = 'data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"content":"{"},'
    piece = f'{start}"finish_reason":null}}]}}\n\n'
    provider.will(Reply(pieces=[piece], headers={"Content-Type": "text/event-stream"}))
    assert len((await in_pieces(resolve_model(NAME, limits=FAST))).claims) == CLAIMS
    assert len(provider.requests) == 2


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(401, '{"detail":"Unauthorized"}', {"Content-Type": "application/json"}), "401"),
        (error(402, "payment_required", "no credit"), "quota is exhausted"),
        (error(403, "forbidden", "not in this workspace"), "not in this workspace"),
    ],
)
def test_an_account_that_cannot_ask(provider: MistralServer, reply: Reply, said: str) -> None:
    provider.will(reply)
    with pytest.raises(AccessError, match=said):
        ask()
    assert len(provider.requests) == 1


def test_a_model_that_does_not_exist(provider: MistralServer) -> None:
    with pytest.raises(ModelError, match="Invalid model: tea"):
        ask("mistral/tea")


def test_an_address_that_is_no_api(provider: MistralServer) -> None:
    provider.will(Reply(200, "<html>", {"Content-Type": "text/html"}))
    with pytest.raises(ModelError, match="instead of an answer: <html>"):
        ask()


def test_a_key_is_needed(provider: MistralServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MISTRAL_API_KEY")
    with pytest.raises(NoModelError, match="MISTRAL_API_KEY"):
        resolve_model(NAME)


@in_all_ways
async def test_a_client_and_the_name_of_a_model(provider: MistralServer, way: Way) -> None:
    mine = Mistral(api_key=KEY, server_url=provider.address)
    for _ in range(2):  # it is still open after it was asked
        summary = await way((mine, MODEL))
        assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)


def test_the_retries_of_a_client_do_not_multiply_ours(provider: MistralServer) -> None:
    patient = RetryConfig("backoff", BackoffStrategy(1, 1, 1.0, 1000), True)
    mine = Mistral(api_key=KEY, server_url=provider.address, retry_config=patient)
    provider.will(*[error(503, "internal_server_error", "no")] * 9)
    limits = FAST.__class__(transport_retries=1, first_wait=0.001)
    with pytest.raises(ModelError, match="2 request"):
        resolve_model((mine, MODEL), limits=limits).ask(QUESTION)
    assert len(provider.requests) == 2


async def test_the_key_of_a_client_is_in_no_error(provider: MistralServer) -> None:
    provider.will(error(400, "invalid_request_error", f"no tea for {KEY}"))
    mine = Mistral(api_key=KEY, server_url=provider.address)
    with pytest.raises(ModelError, match=r"no tea for \*\*\*") as caught:
        await without_blocking((mine, MODEL))
    assert KEY not in f"{caught.value} {caught.value.__cause__}"
