"""What every model promises: options, a limiter, a cache and a Batch API, if it has them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer import Cache
from summarizer.models import Answer, Model, Request, cached, resolve_model
from summarizer.models.clients import Clients
from summarizer.models.local import EmbeddedModel
from summarizer.models.rate_limit import RateLimiter
from tests.support.server import ScriptedServer, answer


class Word(BaseModel):
    word: str


REQUEST = Request([{"role": "user", "content": "A word, please."}], Word)


class Mine:
    """A model that a caller wrote."""

    name = "mine"
    identity = "mine"
    context_tokens = 4000
    at_once = 2
    asked = 0

    def ask(self, request: Request[Any]) -> Answer[Any]:
        self.asked += 1
        return Answer(Word(word="yes"), 1, 1, 1)

    async def aask(self, request: Request[Any]) -> Answer[Any]:
        return self.ask(request)

    def stream(self, request: Request[Any]) -> Iterator[Any]:
        yield self.ask(request)

    async def aclose(self) -> None:
        self.asked = -1


class Counting(RateLimiter):
    taken = 0

    @contextlib.asynccontextmanager
    async def slot(self, request: Request[Any]) -> AsyncIterator[None]:
        self.taken += 1
        async with super().slot(request):
            yield


def test_a_model_of_the_callers_own_is_fitted_to_the_protocol(tmp_path: Path) -> None:
    mine = Mine()
    found = resolve_model(mine)
    assert isinstance(found, Model)
    assert (found.name, found.context_tokens, found.at_once) == ("mine", 4000, 2)
    assert (found.cache, found.batch_endpoint()) == (None, None)
    assert found.with_options(context_tokens=1000, on_event=None).context_tokens == 4000
    kept = cached(found, Cache(tmp_path / "answers.sqlite"))
    assert [kept.ask(REQUEST).requests for _ in range(2)] == [1, 0]
    assert [type(piece) for piece in kept.stream(REQUEST)] == [Answer]
    assert mine.asked == 1
    asyncio.run(kept.aclose())
    assert mine.asked == -1


@pytest.mark.parametrize("has_cache", [False, True])
def test_a_limiter_is_asked_for_what_is_sent_and_not_for_what_is_cached(
    tmp_path: Path, has_cache: bool
) -> None:
    model = cached(resolve_model(Mine()), Cache(tmp_path / "answers.sqlite") if has_cache else None)
    limiter = Counting(1)
    limited = model.with_limiter(limiter)
    for _ in range(2):
        asyncio.run(limited.aask(REQUEST))
    assert limiter.taken == (1 if has_cache else 2)


def test_a_model_is_itself_whatever_it_is_wrapped_in(server: ScriptedServer) -> None:
    model = resolve_model("m", base_url=server.base_url, api_key="k")
    assert resolve_model(model) is model
    local = EmbeddedModel()
    assert resolve_model(local) is local
    assert local.with_options(context_tokens=1000, on_event=None).context_tokens == 8192


def test_options_reach_the_model_within_a_cache(server: ScriptedServer, tmp_path: Path) -> None:
    events: list[Any] = []
    inner = resolve_model("m", base_url=server.will(answer(word="yes")).base_url, api_key="k")
    model = cached(inner, Cache(tmp_path / "answers.sqlite"))
    model = model.with_options(context_tokens=5000, on_event=events.append)
    assert model.context_tokens == 5000
    assert model.cache is not None
    model.ask(REQUEST)
    assert [e.attempt for e in events] == [1]


def test_no_key_is_shown_by_a_model(server: ScriptedServer) -> None:
    model = resolve_model("m", base_url=server.base_url, api_key="sk-secret-123")
    assert "sk-secret-123" not in repr(model)


# Clients.


class Closing:
    def __init__(self) -> None:
        self.is_closed = False
        self.client = self

    async def close(self) -> None:
        self.is_closed = True


def test_a_client_is_made_on_first_use_and_closed_only_if_it_was_made() -> None:
    made: list[Closing] = []

    def make() -> Closing:
        made.append(Closing())
        return made[-1]

    clients = Clients(make, make)
    asyncio.run(clients.aclose())
    assert made == []
    assert clients.sync is clients.sync
    asyncio.run(clients.aclose())
    assert [client.is_closed for client in made] == [False]
    assert clients.asynchronous is made[1]
    asyncio.run(clients.aclose())
    assert made[1].is_closed


def test_clients_that_were_given_are_closed() -> None:
    given = Closing()
    asyncio.run(Clients.ready(None, given).aclose())
    assert given.is_closed
