"""Azure OpenAI and Groq, through the SDKs of OpenAI and Groq, against servers that refuse as they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import groq
import openai
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
from tests.support.providers import chat
from tests.support.providers.base import KEY, RECEIVED, SENT, Say
from tests.support.providers.chat import DEPLOYMENT, JSON, ChatServer, Profile
from tests.support.server import Reply

WORD = Say('{"word": "yes"}')


@pytest.fixture(autouse=True)
def nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.models.adaptation._adaptations", {})
    for name in ("OPENAI_BASE_URL", "OPENAI_API_VERSION", "OLLAMA_HOST", "GROQ_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def fixture_of(profile: Profile, **environment: str) -> Any:
    """A fixture: a running server of a profile, and the variables by which it is found.

    Args:
        environment: Variables whose values may have the server's {address} or {key}.
    """

    @pytest.fixture
    def provider(self: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
        with ChatServer(profile) as running:
            for name, value in environment.items():
                monkeypatch.setenv(name, value.format(address=running.address, key=KEY))
            yield running

    return provider


class TestAzureOfADatedVersion(WireCases):
    model = f"azure/{DEPLOYMENT}"
    is_priced = False
    passing: ClassVar[dict[str, Reply]] = {
        "too fast": chat.azure_error(429, "exceeded the token rate limit. Please retry"),
        "internal": chat.azure_error(500, "Internal server error", None, "InternalServerError"),
    }
    provider = fixture_of(
        chat.AZURE_DATED,
        AZURE_OPENAI_ENDPOINT="{address}/",
        AZURE_OPENAI_API_KEY="{key}",
        OPENAI_API_VERSION="2024-10-21",
    )

    def test_the_version_is_sent(self, provider: ChatServer) -> None:
        provider.will(WORD)
        self.found().ask(QUESTION)
        assert "api-key" in provider.headers[0]

    @in_all_ways
    async def test_a_version_without_json_schemas(self, provider: ChatServer, way: Way) -> None:
        provider.lacks = {"json_schema", "stream_options"}
        heard, model = Changes(), self.found()
        for _ in range(2):
            provider.requests.clear()
            assert len((await way(model, on_event=heard)).claims) == CLAIMS
        assert len(provider.requests) == 1
        assert heard[:2] == [
            "it is asked for a JSON schema instead of a strict JSON schema",
            "it is asked for a tool call instead of a JSON schema",
        ]
        assert heard[2:] in ([], ["stream_options is left out"])

    def test_a_deployment_that_does_not_exist(self, provider: ChatServer) -> None:
        with pytest.raises(AccessError, match="no such model or address"):
            resolve_model("azure_openai/tea", limits=FAST).ask(QUESTION)

    def test_a_token_instead_of_a_key(
        self, provider: ChatServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("AZURE_OPENAI_API_KEY")
        monkeypatch.setenv("AZURE_OPENAI_AD_TOKEN", KEY)
        provider.will(WORD)
        assert self.found().ask(QUESTION).value.word == "yes"
        assert provider.headers[0]["authorization"] == f"Bearer {KEY}"

    @pytest.mark.parametrize("way", [at_once, in_pieces])
    async def test_a_client(self, provider: ChatServer, way: Way) -> None:
        assert len((await way((openai.AzureOpenAI(), DEPLOYMENT))).claims) == CLAIMS
        with pytest.raises(ModelError, match="give the pair"):
            resolve_model(openai.AzureOpenAI())

    @pytest.mark.parametrize("way", [without_blocking, in_pieces_without_blocking])
    async def test_an_async_client(self, provider: ChatServer, way: Way) -> None:
        assert len((await way((openai.AsyncAzureOpenAI(), DEPLOYMENT))).claims) == CLAIMS


class TestAzure:
    provider = fixture_of(
        chat.AZURE, AZURE_OPENAI_ENDPOINT="{address}", AZURE_OPENAI_API_KEY="{key}"
    )

    @in_all_ways
    async def test_the_newer_address(self, provider: ChatServer, way: Way) -> None:
        assert len((await way(f"azure/{DEPLOYMENT}")).claims) == CLAIMS

    @pytest.mark.parametrize("path", ["", "/", "/openai/v1", "/openai/v1/"])
    def test_by_base_url(
        self, provider: ChatServer, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        monkeypatch.delenv("AZURE_OPENAI_ENDPOINT")
        provider.will(WORD)
        model = resolve_model("azure/any", base_url=f"{provider.address}{path}", limits=FAST)
        assert model.ask(QUESTION).value.word == "yes"
        assert provider.requests[0]["response_format"]["json_schema"]["strict"] is True

    def test_a_deployment_of_a_reasoning_model(self, provider: ChatServer) -> None:
        provider.lacks = {"temperature"}
        provider.will(WORD)
        assert resolve_model("azure/any", limits=FAST).ask(QUESTION).value.word == "yes"

    def test_an_endpoint_is_needed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
        monkeypatch.delenv("AZURE_OPENAI_ENDPOINT", raising=False)
        with pytest.raises(NoModelError, match="AZURE_OPENAI_ENDPOINT"):
            resolve_model("azure/any")

    def test_a_filter_that_refuses_the_text(self, provider: ChatServer) -> None:
        """https://github.com/compl-ai/compl-ai/issues/20"""
        fields = {
            "message": "The response was filtered due to the prompt triggering Azure OpenAI's content"
            " management policy.",
            "type": None,
            "param": "prompt",
            "code": "content_filter",
            "status": 400,
            "innererror": {"code": "ResponsibleAIPolicyViolation"},
        }
        provider.will(Reply(400, json.dumps({"error": fields}), JSON))
        with pytest.raises(ModelError, match=r"content filter refused the text \(HTTP 400\)"):
            resolve_model("azure/any", limits=FAST).ask(QUESTION)
        assert len(provider.requests) == 1


class TestGroq(WireCases):
    model = "groq/openai/gpt-oss-20b"
    passing: ClassVar[dict[str, Reply]] = {
        "too fast": chat.openai_error(429, "Rate limit reached", None, "rate_limit_exceeded"),
        "over capacity": chat.openai_error(498, "over capacity"),
    }
    provider = fixture_of(chat.GROQ, GROQ_BASE_URL="{address}", GROQ_API_KEY="{key}")
    is_priced = False  # elsewhere than at its own address

    @pytest.mark.parametrize("way", [at_once, in_pieces])
    async def test_its_own_client(self, provider: ChatServer, way: Way) -> None:
        summary = await way((groq.Groq(), "openai/gpt-oss-20b"))
        assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, SENT)

    @pytest.mark.parametrize("way", [without_blocking, in_pieces_without_blocking])
    async def test_its_own_async_client(self, provider: ChatServer, way: Way) -> None:
        summary = await way((groq.AsyncGroq(), "openai/gpt-oss-20b"))
        assert (len(summary.claims), summary.usage.output_tokens) == (CLAIMS, RECEIVED)

    @pytest.mark.parametrize("own", [True, False])
    @pytest.mark.parametrize("code", ["json_validate_failed", "tool_use_failed"])
    def test_an_answer_that_comes_as_an_error(
        self, provider: ChatServer, own: bool, code: str
    ) -> None:
        """https://github.com/thepersonalaicompany/amurex-backend/issues/38"""
        fields = {"message": "Failed to generate JSON. Please adjust your prompt.", "code": code}
        fields |= {"type": "invalid_request_error", "failed_generation": '{"word": 7}'}
        provider.will(Reply(400, json.dumps({"error": fields}), JSON), WORD)
        given = (groq.Groq(), "m") if own else self.model
        heard = Changes()
        model = resolve_model(given, limits=FAST).with_options(context_tokens=None, on_event=heard)
        answer = model.ask(QUESTION)
        assert (answer.value.word, answer.requests, heard) == ("yes", 2, [])
        assert provider.requests[1]["messages"][-2]["content"] == '{"word": 7}'

    @pytest.mark.parametrize("lacks", [{"schema"}, {"minItems"}, {"schema", "tools"}])
    async def test_a_model_without_json_schemas(
        self, provider: ChatServer, lacks: set[str]
    ) -> None:
        provider.lacks = lacks
        heard = Changes()
        assert len((await in_pieces(self.found(), on_event=heard)).claims) == CLAIMS
        assert len(heard) == 1 + len(lacks - {"minItems"}) + ("minItems" in lacks)
