"""What is the same with every provider: a test class for each inherits these tests.

Each test asks a real server on loopback through the provider's real SDK.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel

from summarizer import (
    Claim,
    ModelError,
    Summary,
    astream_summary,
    asummarize,
    stream_summary,
    summarize,
)
from summarizer.errors import AccessError
from summarizer.events import Adapted
from summarizer.models import Model, Request, resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE
from tests.support.providers.base import KEY, RECEIVED, SENT, ProviderServer, Say
from tests.support.server import Reply

FAST = Limits(first_wait=0.001, longest_wait=2.0)
CLAIMS = 6

Way = Callable[..., Awaitable[Summary]]


class Word(BaseModel):
    word: str


QUESTION = Request([{"role": "user", "content": "A word, please."}], Word)


async def at_once(model: Any, **options: Any) -> Summary:
    return await asyncio.to_thread(summarize, ARTICLE, model, **options)


async def without_blocking(model: Any, **options: Any) -> Summary:
    return await asummarize(ARTICLE, model, **options)


async def in_pieces(model: Any, **options: Any) -> Summary:
    return await asyncio.to_thread(lambda: last(list(stream_summary(ARTICLE, model, **options))))


async def in_pieces_without_blocking(model: Any, **options: Any) -> Summary:
    return last([item async for item in astream_summary(ARTICLE, model, **options)])


def last(items: list[Any]) -> Summary:
    """The summary at the end of a stream, after all of its claims."""
    assert isinstance(items[-1], Summary)
    assert [i for i in items if isinstance(i, Claim)] == items[-1].claims
    return items[-1]


WAYS = (at_once, without_blocking, in_pieces, in_pieces_without_blocking)
STREAMED = (in_pieces, in_pieces_without_blocking)
in_all_ways = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
in_pieces_only = pytest.mark.parametrize("way", STREAMED, ids=lambda way: way.__name__)


class WireCases:
    """Tests of one provider. A subclass has a fixture `provider`, a running server of it that its SDK
    finds by the environment.

    Attributes:
        model: "provider/model".
        passing: Replies after which the same request may succeed, by what they are called.
        wrong_key: What is said of a wrong key.
        is_priced: True if the price of the model is known.
        is_key_public: True if what names the caller is no secret, as an access key's id at AWS.
    """

    model: ClassVar[str]
    passing: ClassVar[dict[str, Reply]]
    wrong_key: ClassVar[str] = "key was refused"
    is_priced: ClassVar[bool] = True
    is_key_public: ClassVar[bool] = False

    def found(self, **options: Any) -> Model:
        """The model by its provider string."""
        return resolve_model(self.model, **{"limits": FAST, **options})

    def keyed(self, key: str, monkeypatch: pytest.MonkeyPatch) -> Model:
        """The model with this key."""
        return self.found(api_key=key)

    @in_all_ways
    async def test_a_summary(self, provider: ProviderServer, way: Way) -> None:
        summary = await way(self.found())
        assert len(summary.claims) == CLAIMS
        assert (summary.usage.input_tokens, summary.usage.output_tokens) == (SENT, RECEIVED)
        assert (summary.usage.requests, len(provider.requests)) == (1, 1)
        assert (summary.usage.cost is not None) is self.is_priced

    def test_claims_come_before_the_answer_is_complete(self, provider: ProviderServer) -> None:
        say = Say(held=threading.Event())
        provider.will(say)
        for item in stream_summary(ARTICLE, self.found()):
            if isinstance(item, Claim):
                say.held.set()
        assert not say.gave_up

    async def test_claims_come_early_without_blocking(self, provider: ProviderServer) -> None:
        say = Say(held=threading.Event())
        provider.will(say)
        async for item in astream_summary(ARTICLE, self.found()):
            if isinstance(item, Claim):
                say.held.set()
        assert not say.gave_up

    @in_all_ways
    async def test_a_refusal_is_told_and_not_repeated(
        self, provider: ProviderServer, way: Way
    ) -> None:
        provider.will(*[Say(stop="refusal")] * 9)
        with pytest.raises(ModelError, match="refused: It could enable|filter withheld"):
            await way(self.found())
        assert len(provider.requests) == 1

    @in_all_ways
    async def test_an_answer_that_is_cut_off(self, provider: ProviderServer, way: Way) -> None:
        provider.will(*[Say('{"headline": "A fi', stop="cut")] * 9)
        with pytest.raises(ModelError, match="cut off.*max_tokens"):
            await way(self.found())

    @in_all_ways
    async def test_faults_that_pass(self, provider: ProviderServer, way: Way) -> None:
        provider.will(*self.passing.values())
        limits = Limits(len(self.passing), first_wait=0.001, longest_wait=2.0)
        summary = await way(self.found(limits=limits))
        assert (len(summary.claims), summary.usage.requests) == (CLAIMS, 1 + len(self.passing))

    @in_pieces_only
    async def test_a_connection_that_breaks_in_mid_stream(
        self, provider: ProviderServer, way: Way
    ) -> None:
        provider.will(Say(breaks=True))
        summary = await way(self.found())
        assert (len(summary.claims), len(provider.requests)) == (CLAIMS, 2)

    @in_all_ways
    async def test_an_answer_that_does_not_fit_is_asked_for_again(
        self, provider: ProviderServer, way: Way
    ) -> None:
        provider.will(Say('{"headline": 7}'))
        summary = await way(self.found())
        assert (len(summary.claims), summary.usage.input_tokens) == (CLAIMS, 2 * SENT)

    def test_an_answer_without_text_is_asked_for_again(self, provider: ProviderServer) -> None:
        provider.will(Say("{}"), Say('{"word": "yes"}'))
        assert self.found().ask(QUESTION).value.word == "yes"

    @in_all_ways
    async def test_a_wrong_key(
        self, provider: ProviderServer, way: Way, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrong = "sk-not-the-key"
        with pytest.raises(AccessError, match=self.wrong_key) as caught:
            await way(self.keyed(wrong, monkeypatch))
        assert wrong not in str(caught.value)
        assert len(provider.requests) == 1

    def test_the_words_of_an_error_are_told_and_the_key_is_not(
        self, provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        provider.will(Reply(400, f'{{"message": "no tea for {KEY}"}}', JSON))
        with pytest.raises(ModelError, match="HTTP 400.*no tea for") as caught:
            self.keyed(KEY, monkeypatch).ask(QUESTION)
        assert self.is_key_public or KEY not in f"{caught.value} {caught.value.__cause__}"


JSON = {"Content-Type": "application/json"}


class Changes(list[str]):
    """A listener that keeps what is said of adaptations."""

    def __call__(self, event: object) -> None:
        if isinstance(event, Adapted):
            self.append(event.change)
