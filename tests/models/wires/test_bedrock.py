"""Bedrock's Converse, through boto3, against a server that refuses what the real one refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import boto3
import pytest
from botocore.config import Config

from summarizer import ModelError
from summarizer.errors import AccessError
from summarizer.models import Model, resolve_model
from summarizer.models.clients import Access
from summarizer.models.wires.bedrock import bedrock_clients
from tests.models.wires.wire_cases import (
    CLAIMS,
    FAST,
    QUESTION,
    Changes,
    Way,
    WireCases,
    in_all_ways,
    in_pieces,
)
from tests.support.event_stream import TYPE, frame
from tests.support.providers.base import KEY, RECEIVED, SENT, Say
from tests.support.providers.bedrock import BedrockServer, error
from tests.support.server import Reply

MODEL = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
NAME = f"bedrock/{MODEL}"
WORD = Say('{"word": "yes"}')


@pytest.fixture(scope="module")
def running() -> Iterator[BedrockServer]:
    with BedrockServer() as server:
        yield server


@pytest.fixture
def provider(running: BedrockServer, monkeypatch: pytest.MonkeyPatch) -> BedrockServer:
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    running.reset()
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", running.address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    for name in ("AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    return running


class TestBedrock(WireCases):
    model = NAME
    passing: ClassVar[dict[str, Reply]] = {
        "too fast": error(429, "ThrottlingException", "Too many", **{"retry-after": "0"}),
        "internal": error(500, "InternalServerException", "internal"),
        "overloaded": error(503, "ServiceUnavailableException", "busy"),
        "of the model": error(424, "ModelErrorException", "the model failed"),
    }
    is_key_public = True

    def keyed(self, key: str, monkeypatch: pytest.MonkeyPatch) -> Model:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        return self.found()


def ask(**options: Any) -> Any:
    return resolve_model(NAME, limits=FAST, options=options).ask(QUESTION)


TO_TOOL = "it is asked for a tool call instead of a strict JSON schema"
TO_TEXT = "it is asked for text, with the schema in the prompt instead of a tool call"


@in_all_ways
@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"outputConfig"}, [TO_TOOL]),
        ({"outputConfig", "toolChoice"}, [TO_TOOL, TO_TEXT]),
        ({"temperature"}, ["temperature is left out"]),
    ],
)
async def test_what_a_model_lacks(
    provider: BedrockServer, way: Way, lacks: set[str], said: list[str]
) -> None:
    provider.lacks = lacks
    model, heard = resolve_model(NAME, limits=FAST), Changes()
    for requests in (1 + len(said), 1):  # the second summary knows what the first one met
        provider.requests.clear()
        assert len((await way(model, on_event=heard)).claims) == CLAIMS
        assert len(provider.requests) == requests
    assert heard == said


async def test_a_model_that_cannot_stream_tools(provider: BedrockServer) -> None:
    provider.lacks = {"outputConfig", "streaming tools"}
    heard = Changes()
    summary = await in_pieces(resolve_model(NAME, limits=FAST), on_event=heard)
    assert (len(summary.claims), heard) == (CLAIMS, [TO_TOOL, "it is not asked to stream"])


@pytest.mark.parametrize("lacks", [{"outputConfig"}, {"outputConfig", "toolChoice"}])
def test_a_re_ask_in_the_other_modes(provider: BedrockServer, lacks: set[str]) -> None:
    provider.lacks = lacks
    provider.will(Say("{}"), WORD)
    assert ask().value.word == "yes"


def test_the_users_settings_arrive(provider: BedrockServer) -> None:
    provider.will(WORD)
    ask(
        max_tokens=300,
        temperature=0.5,
        top_p=0.9,
        stop="END",
        top_k=5,
        outputConfig={"effort": "low"},
    )
    [sent] = provider.requests
    assert sent["inferenceConfig"] == {
        "maxTokens": 300,
        "temperature": 0.5,
        "topP": 0.9,
        "stopSequences": ["END"],
    }
    assert sent["additionalModelRequestFields"] == {"top_k": 5}
    assert (sent["outputConfig"]["effort"], "textFormat" in sent["outputConfig"]) == ("low", True)


def test_settings_of_converse_itself(provider: BedrockServer) -> None:
    provider.will(WORD)
    guardrail = {"guardrailIdentifier": "g", "guardrailVersion": "1"}
    ask(guardrailConfig=guardrail, additionalModelRequestFields={"top_k": 1})
    [sent] = provider.requests
    assert sent["guardrailConfig"] == guardrail
    assert sent["additionalModelRequestFields"] == {"top_k": 1}


def test_a_temperature_of_the_user_is_not_left_out(provider: BedrockServer) -> None:
    provider.lacks = {"temperature"}
    with pytest.raises(ModelError, match="`temperature` is deprecated for this model"):
        ask(temperature=0.5)
    assert len(provider.requests) == 1


@pytest.mark.parametrize("name", ["seed", "headers", "timeout"])
def test_settings_that_there_are_not(provider: BedrockServer, name: str) -> None:
    with pytest.raises(ModelError, match=name):
        resolve_model(NAME, options={name: 1})


def test_a_parameter_that_is_unknown(provider: BedrockServer) -> None:
    with pytest.raises(ModelError, match=r"extraneous key \[tea\]"):
        ask(tea=1)


def test_the_article_is_cached_on_request(provider: BedrockServer) -> None:
    provider.will(Say("{}"), WORD)
    provider.cached = (700, 200)
    answer = ask(cachePoint={"type": "default"})
    assert (answer.input_tokens, answer.output_tokens) == (2 * SENT, 2 * RECEIVED)
    # At $1.10 a million tokens read, a tenth from the cache, a quarter more into it, $5.50 written.
    assert answer.cost == pytest.approx(2 * 1.1 * (100 + 700 * 0.1 + 200 * 1.25 + 100 * 5) / 1e6)
    for request in provider.requests:
        assert request["messages"][0]["content"][1] == {"cachePoint": {"type": "default"}}


@pytest.mark.parametrize("stop", ["filter", "refusal"])
def test_a_guardrail(provider: BedrockServer, stop: str) -> None:
    provider.will(Say("Sorry, no.", stop=stop))
    with pytest.raises(ModelError, match="content filter withheld"):
        ask()


@pytest.mark.parametrize(
    ("kind", "requests"),
    [
        ("throttlingException", 2),
        ("modelStreamErrorException", 2),
        ("internalServerException", 2),
        ("validationException", 1),
    ],
)
async def test_an_error_in_mid_stream(provider: BedrockServer, kind: str, requests: int) -> None:
    broken = frame(kind, {"message": "no luck"}, "exception")
    provider.will(Reply(pieces=[broken], headers={"Content-Type": TYPE}))
    model = resolve_model(NAME, limits=FAST)
    if requests == 1:
        with pytest.raises(ModelError, match="no luck"):
            await in_pieces(model)
    else:
        assert len((await in_pieces(model)).claims) == CLAIMS
    assert len(provider.requests) == requests


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("bedrock/tea", "model identifier is invalid"),
        ("bedrock/anthropic.claude-haiku-4-5-20251001-v1:0", "an inference profile"),
    ],
)
def test_models_that_cannot_be_asked(provider: BedrockServer, model: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        resolve_model(model, limits=FAST).ask(QUESTION)


def test_a_model_that_the_account_may_not_use(provider: BedrockServer) -> None:
    provider.will(error(403, "AccessDeniedException", "You don't have access to the model."))
    with pytest.raises(AccessError, match="You don't have access to the model"):
        ask()


def test_credentials_that_are_missing(
    provider: BedrockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    with pytest.raises(AccessError, match="Unable to locate credentials"):
        ask()
    assert provider.requests == []


def test_a_region_that_is_missing(provider: BedrockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    with pytest.raises(ModelError, match="AWS_REGION"):
        ask()


def test_a_key_of_bedrock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client = bedrock_clients(Access(KEY, 1.0)).sync

    class SentError(Exception):
        """Keeps a request from being sent: botocore sends a bearer token by HTTPS only."""

    def send(request: Any, **_: Any) -> None:
        raise SentError(request.headers["Authorization"])

    client.meta.events.register("before-send.bedrock-runtime", send)
    with pytest.raises(SentError, match=f"Bearer {KEY}"):
        client.converse(modelId=MODEL, messages=[{"role": "user", "content": [{"text": "Hi"}]}])


@in_all_ways
async def test_a_client_and_the_name_of_a_model(provider: BedrockServer, way: Way) -> None:
    client = boto3.client(
        "bedrock-runtime", region_name="us-east-1", config=Config(retries={"total_max_attempts": 1})
    )
    summary = await way((client, MODEL))
    assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)


def test_another_client_of_boto3_is_refused(provider: BedrockServer) -> None:
    with pytest.raises(ModelError, match="not S3"):
        resolve_model((boto3.client("s3", region_name="us-east-1"), MODEL))
