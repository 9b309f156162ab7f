"""Gemini, by Google's API and by Vertex AI, through its SDK: what the real servers refuse is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import certifi
import pytest
from google import genai
from google.genai.types import HttpOptions
from google.oauth2.credentials import Credentials

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
from tests.support.providers.gemini import (
    LOCATION,
    PROJECT,
    TOKEN,
    GeminiServer,
    error,
    event,
    exhausted,
)
from tests.support.server import Reply

MODEL = "gemini-2.5-flash"
NAME = f"google/{MODEL}"
WORD = Say('{"word": "yes"}')
PASSING = {
    "too fast": exhausted("GenerateRequestsPerMinutePerProjectPerModel", "0.001s"),
    "internal": error(500, "INTERNAL", "An internal error has occurred."),
    "overloaded": error(503, "UNAVAILABLE", "The model is overloaded."),
}
in_two_ways = pytest.mark.parametrize("way", [at_once, in_pieces_without_blocking])
END = "-----END CERTIFICATE-----\n"


@pytest.fixture(scope="session")
def one_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that a client has to load: loading each authority takes half a second."""
    path = tmp_path_factory.mktemp("certificates") / "one.pem"
    path.write_text(Path(certifi.where()).read_text().partition(END)[0] + END)
    return path


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, one_certificate: Path) -> Iterator[GeminiServer]:
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    monkeypatch.setenv("SSL_CERT_FILE", str(one_certificate))
    monkeypatch.delenv("GEMINI_API_KEY", raising=False)
    with GeminiServer() as running:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", running.address)
        monkeypatch.setenv("GOOGLE_VERTEX_BASE_URL", running.address)
        monkeypatch.setenv("GOOGLE_API_KEY", KEY)
        yield running


class TestGoogle(WireCases):
    model = NAME
    passing: ClassVar[dict[str, Reply]] = PASSING


def ask(name: str = NAME, **options: Any) -> Any:
    return resolve_model(name, limits=FAST, options=options).ask(QUESTION)


SCHEMA, TOOL = "a JSON schema", "a tool call"
JSON, TEXT = "JSON, with the schema in the prompt", "text, with the schema in the prompt"


@in_two_ways
@pytest.mark.parametrize(
    ("lacks", "modes"),
    [
        ({"schema"}, [SCHEMA, TOOL]),
        ({"schema", "tools"}, [SCHEMA, TOOL, JSON]),
        ({"bare"}, [SCHEMA, TOOL, JSON]),
        ({"json", "tools", "system"}, [SCHEMA, TOOL, JSON, TEXT]),
    ],
    ids=["before 2.5", "no tools", "a large schema", "gemma"],
)
async def test_a_model_without_structured_outputs(
    provider: GeminiServer, way: Way, lacks: set[str], modes: list[str]
) -> None:
    provider.lacks = lacks
    model, heard = resolve_model(NAME, limits=FAST), Changes()
    for requests in (len(modes), 1):  # the second summary knows what the first one met
        provider.requests.clear()
        assert len((await way(model, on_event=heard)).claims) == CLAIMS
        assert len(provider.requests) == requests
    told = zip(modes[1:], modes, strict=False)
    assert heard == [f"it is asked for {taken} instead of {refused}" for taken, refused in told]


@pytest.mark.parametrize("lacks", [set(), {"schema"}, {"bare"}, {"json", "tools", "system"}])
def test_a_re_ask_in_each_mode(provider: GeminiServer, lacks: set[str]) -> None:
    provider.lacks = lacks
    provider.will(Say("{}"), WORD)
    assert ask().value.word == "yes"
    assert [c["role"] for c in provider.requests[-1]["contents"]] == ["user", "model", "user"]


def test_an_empty_answer_is_not_sent_back(provider: GeminiServer) -> None:
    provider.will(Say(""), WORD)
    assert ask().value.word == "yes"
    assert [c["role"] for c in provider.requests[-1]["contents"]] == ["user"]


def test_a_wrong_argument_in_every_mode_is_not_the_fault_of_the_mode(
    provider: GeminiServer,
) -> None:
    provider.will(*[error(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")] * 4)
    with pytest.raises(ModelError, match="contains an invalid argument.*4 request"):
        ask()
    provider.will(WORD)
    ask()
    assert "responseJsonSchema" in provider.requests[-1]["generationConfig"]


def test_a_setting_of_ours_that_is_refused_is_left_out(provider: GeminiServer) -> None:
    provider.lacks = {"seed"}
    heard = Changes()
    model = resolve_model(NAME, limits=FAST).with_options(context_tokens=None, on_event=heard)
    for requests in (2, 3):
        provider.will(WORD)
        model.ask(QUESTION)
        assert len(provider.requests) == requests
    assert heard == ["seed is left out"]


def test_a_setting_of_the_user_that_is_refused_is_told(provider: GeminiServer) -> None:
    provider.lacks = {"topK"}
    with pytest.raises(ModelError, match='Unknown name "topK"'):
        ask(top_k=1)
    assert len(provider.requests) == 1


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        (MODEL, {"temperature": 0.0, "seed": 0}),
        ("gemini-3-flash-preview", {"seed": 0}),
        ("gemma-3-27b-it", {"temperature": 0.0, "seed": 0}),
    ],
)
def test_a_temperature_is_for_models_that_are_good_without_one(
    provider: GeminiServer, name: str, sent: dict[str, float]
) -> None:
    provider.will(WORD)
    ask(f"google/{name}")
    config = provider.requests[0]["generationConfig"]
    assert {k: v for k, v in config.items() if k in ("temperature", "seed")} == sent


def test_the_users_settings_arrive(provider: GeminiServer) -> None:
    provider.will(WORD)
    ask(
        temperature=1,
        max_tokens=300,
        stop="END",
        headers={"x-desk": "7"},
        timeout=7.5,
        top_k=1,
        thinking_config={"thinking_budget": 0},
        http_options={"headers": {"x-other": "8"}},
    )
    config = provider.requests[0]["generationConfig"]
    assert (config["temperature"], config["maxOutputTokens"], config["topK"]) == (1, 300, 1)
    assert config["stopSequences"] == ["END"]
    assert config["thinkingConfig"] == {"thinking_budget": 0}
    sent = provider.headers[0]
    assert (sent["x-desk"], sent["x-other"], sent["x-server-timeout"]) == ("7", "8", "8")


@pytest.mark.parametrize("setting", [{"tea": 1}, {"top_k": "many"}])
@pytest.mark.parametrize("way", [at_once, in_pieces_without_blocking])
async def test_a_setting_that_the_sdk_does_not_know(
    provider: GeminiServer, setting: dict[str, Any], way: Way
) -> None:
    model = resolve_model(NAME, limits=FAST, options=setting)
    with pytest.raises(ModelError, match=f"no such setting. {next(iter(setting))}"):
        await way(model)
    assert not provider.requests


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        ("SAFETY", "filter withheld the answer: SAFETY"),
        ("RECITATION", "filter withheld the answer: RECITATION"),
        ("PROHIBITED_CONTENT", "filter withheld the answer: PROHIBITED_CONTENT"),
    ],
)
@in_two_ways
async def test_an_answer_that_is_withheld(
    provider: GeminiServer, way: Way, stop: str, said: str
) -> None:
    provider.stop = stop
    with pytest.raises(ModelError, match=said):
        await way(resolve_model(NAME, limits=FAST))
    assert len(provider.requests) == 1


def test_a_prompt_that_is_blocked(provider: GeminiServer) -> None:
    provider.will(Say("", stop="refusal"))
    with pytest.raises(ModelError, match="the prompt was blocked: PROHIBITED_CONTENT") as caught:
        ask()
    assert (caught.value.input_tokens, caught.value.output_tokens) == (SENT, 0)


@pytest.mark.parametrize("way", [at_once, in_pieces])
async def test_tokens_from_the_cache_cost_less(provider: GeminiServer, way: Way) -> None:
    provider.cached = 400
    summary = await way(resolve_model(NAME, limits=FAST))
    assert (summary.usage.input_tokens, summary.usage.output_tokens) == (SENT, RECEIVED)
    # At $0.30 a million tokens read, $0.03 from the cache and $2.50 written.
    assert summary.usage.cost == pytest.approx((600 * 0.3 + 400 * 0.03 + RECEIVED * 2.5) / 1e6)


def test_a_limit_per_day_is_not_waited_for(provider: GeminiServer) -> None:
    provider.will(exhausted("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "0.001s"))
    with pytest.raises(AccessError, match="the quota is exhausted"):
        ask()
    assert len(provider.requests) == 1


def test_a_delay_beyond_the_limit_is_told(provider: GeminiServer) -> None:
    provider.will(exhausted("GenerateRequestsPerMinutePerProjectPerModel", "34.5s"))
    with pytest.raises(ModelError, match="rate limit reached") as caught:
        ask()
    assert caught.value.retry_after == 34.5


@pytest.mark.parametrize("way", [in_pieces, in_pieces_without_blocking])
@pytest.mark.parametrize(
    "events",
    [
        [event({"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}})],
        [event({"candidates": [{"content": {"parts": [{"text": '{"head'}]}}]})],
    ],
    ids=["an error", "the end of the connection"],
)
async def test_a_stream_that_ends_too_early(
    provider: GeminiServer, way: Way, events: list[str]
) -> None:
    provider.will(Reply(pieces=events, headers={"Content-Type": "text/event-stream"}))
    assert len((await way(resolve_model(NAME, limits=FAST))).claims) == CLAIMS
    assert len(provider.requests) == 2


def test_a_model_that_does_not_exist(provider: GeminiServer) -> None:
    with pytest.raises(AccessError, match="no such model.*models/tea-1 is not found"):
        ask("google/tea-1")


def test_a_key_that_may_not_ask(provider: GeminiServer) -> None:
    provider.will(error(403, "PERMISSION_DENIED", "The API has not been used in project 7."))
    with pytest.raises(AccessError, match="not been used in project 7"):
        ask()


@pytest.mark.parametrize(
    ("variable", "version"), [(None, "v1beta"), ("v1", "v1"), ("beta", "v1beta")]
)
def test_the_version_of_the_api(
    provider: GeminiServer, monkeypatch: pytest.MonkeyPatch, variable: str | None, version: str
) -> None:
    monkeypatch.delenv("GOOGLE_GENAI_API_VERSION", raising=False)
    if variable is not None:
        monkeypatch.setenv("GOOGLE_GENAI_API_VERSION", variable)
    provider.will(WORD)
    ask()
    assert provider.paths == [f"/{version}/models/{MODEL}:generateContent"]


@pytest.mark.parametrize("name", ["GOOGLE_API_KEY", "GEMINI_API_KEY"])
def test_the_other_name_with_either_key(
    provider: GeminiServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY")
    with pytest.raises(NoModelError, match="GOOGLE_API_KEY or GEMINI_API_KEY"):
        ask(f"gemini/{MODEL}")
    monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")  # the name says which it is
    provider.will(WORD)
    assert ask(f"gemini/{MODEL}").value.word == "yes"


def client(provider: GeminiServer, **more: Any) -> genai.Client:
    options = HttpOptions(base_url=provider.address, api_version="v1")
    return genai.Client(**{"api_key": KEY, "vertexai": False, "http_options": options, **more})


@in_all_ways
async def test_a_client_and_the_name_of_a_model(provider: GeminiServer, way: Way) -> None:
    summary = await way((client(provider), MODEL))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)


async def test_the_async_part_of_a_client(provider: GeminiServer) -> None:
    pair = (client(provider).aio, MODEL)
    assert len((await without_blocking(pair)).claims) == CLAIMS
    with pytest.raises(ModelError, match="use asummarize"):
        await at_once(pair)


async def test_a_client_is_still_open_after_it_was_asked(provider: GeminiServer) -> None:
    mine = client(provider)
    for _ in range(2):
        await without_blocking((mine, MODEL))
        await at_once((mine, MODEL))


def test_the_retries_of_a_client_do_not_multiply_ours(provider: GeminiServer) -> None:
    options = HttpOptions(base_url=provider.address, retry_options={"attempts": 3})
    mine = client(provider, http_options=options)
    provider.will(*[error(503, "UNAVAILABLE", "no")] * 9)
    with pytest.raises(ModelError, match="2 request"):
        resolve_model((mine, MODEL), limits=replace(FAST, transport_retries=1)).ask(QUESTION)
    assert len(provider.requests) == 2


@pytest.mark.parametrize("way", [without_blocking, in_pieces_without_blocking])
async def test_without_aiohttp(
    provider: GeminiServer, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    """The SDK sends async requests by aiohttp if it is installed, and by httpx2 if it is not."""
    monkeypatch.setattr("google.genai._api_client.has_aiohttp", False)
    provider.will(PASSING["overloaded"], Say(breaks=way is in_pieces_without_blocking))
    assert len((await way(resolve_model(NAME, limits=FAST))).claims) == CLAIMS


# Vertex AI


@pytest.fixture(scope="session")
def service_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@pytest.fixture
def vertex(
    provider: GeminiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, service_key: str
) -> GeminiServer:
    """Vertex AI, with a service account in a file as the application default credentials."""
    monkeypatch.delenv("GOOGLE_API_KEY")
    account = {
        "type": "service_account",
        "client_email": "desk@example.com",
        "private_key": service_key,
        "token_uri": f"{provider.address}/token",
    }
    path = tmp_path / "account.json"
    path.write_text(json.dumps(account))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", PROJECT)
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", LOCATION)
    return provider


@in_all_ways
async def test_a_summary_by_vertex(vertex: GeminiServer, way: Way) -> None:
    summary = await way(resolve_model(f"vertex/{MODEL}", limits=FAST))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)
    assert summary.usage.cost == pytest.approx((SENT * 0.3 + RECEIVED * 2.5) / 1e6)


@pytest.mark.parametrize("name", ["vertex", "vertexai"])
def test_credentials_are_exchanged_for_a_token(vertex: GeminiServer, name: str) -> None:
    vertex.will(WORD)
    assert ask(f"{name}/{MODEL}").value.word == "yes"
    assert vertex.headers[0]["authorization"] == f"Bearer {TOKEN}"


async def test_a_token_that_is_refused(vertex: GeminiServer) -> None:
    mine = genai.Client(
        vertexai=True, project=PROJECT, location=LOCATION, credentials=Credentials("ya29.old")
    )
    with pytest.raises(AccessError, match="key was refused .HTTP 401"):
        await without_blocking((mine, MODEL))


def test_a_key_is_for_the_express_mode(vertex: GeminiServer) -> None:
    vertex.will(WORD)
    resolve_model(f"vertex/{MODEL}", limits=FAST, api_key=KEY).ask(QUESTION)
    assert vertex.paths == [f"/v1beta1/publishers/google/models/{MODEL}:generateContent"]


@in_two_ways
async def test_a_client_of_vertex(vertex: GeminiServer, way: Way) -> None:
    mine = genai.Client(
        vertexai=True, project=PROJECT, location=LOCATION, credentials=Credentials(TOKEN)
    )
    assert len((await way((mine, MODEL))).claims) == CLAIMS


@pytest.mark.parametrize("way", [at_once, without_blocking])
async def test_credentials_that_are_missing(
    vertex: GeminiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: Way
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(AccessError, match="no credentials to send.*none.json"):
        await way(resolve_model(f"vertex/{MODEL}", limits=FAST))


@pytest.mark.parametrize("way", [at_once, without_blocking])
async def test_a_project_that_is_not_named(
    vertex: GeminiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: Way
) -> None:
    for name in ("GOOGLE_CLOUD_PROJECT", "GOOGLE_VERTEX_BASE_URL"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(NoModelError, match="needs application default credentials.*none.json"):
        await way(resolve_model(f"vertex/{MODEL}", limits=FAST))
