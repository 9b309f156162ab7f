"""summarize_many: side by side, one failure at a time, stopped when nothing can succeed."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from summarizer import (
    Article,
    BatchError,
    InputError,
    Item,
    Summary,
    asummarize_many,
    summarize_many,
)
from summarizer.batch.items import as_item
from summarizer.models import resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE
from tests.support.obedient import completion
from tests.support.server import Crowd, Reply, ScriptedServer, chat

JSON = {"Content-Type": "application/json"}
FAST = Limits(transport_retries=2, first_wait=0.01, longest_wait=0.2)


def obedient(body: dict[str, Any]) -> Reply:
    return Reply(body=completion(body), headers=JSON)


def model(server: ScriptedServer) -> Any:
    return resolve_model("scripted", base_url=server.base_url, limits=FAST)


def articles(count: int) -> list[tuple[str, str]]:
    return [(f"a{n}", f"{ARTICLE} It was call {n + 10:,}.") for n in range(count)]


def test_every_article_comes_out_once(server: ScriptedServer) -> None:
    outcomes = list(summarize_many(articles(20), model(server.will(obedient)), concurrency=4))
    assert sorted(o.id for o in outcomes) == sorted(id for id, _ in articles(20))
    assert all(isinstance(o.summary, Summary) and o.error is None for o in outcomes)


def test_they_are_asked_side_by_side(server: ScriptedServer) -> None:
    crowd = Crowd(8, obedient)
    list(summarize_many(articles(16), model(server.will(crowd)), concurrency=8))
    assert crowd.came_together.is_set()


def test_in_order_on_request(server: ScriptedServer) -> None:
    def uneven(body: dict[str, Any]) -> Reply:
        return replace(obedient(body), delay=0.15 if "call 10." in json.dumps(body) else 0.0)

    outcomes = summarize_many(articles(12), model(server.will(uneven)), concurrency=4, ordered=True)
    assert [o.id for o in outcomes] == [id for id, _ in articles(12)]


async def test_async_items_and_results(server: ScriptedServer) -> None:
    async def items() -> AsyncIterator[dict[str, str]]:
        for id, text in articles(5):
            await asyncio.sleep(0)
            yield {"id": id, "text": text}

    outcomes = [o async for o in asummarize_many(items(), model(server.will(obedient)))]
    assert {o.id for o in outcomes} == {"a0", "a1", "a2", "a3", "a4"}


async def test_the_sync_iterator_works_within_a_running_loop(server: ScriptedServer) -> None:
    assert len(list(summarize_many(articles(2), model(server.will(obedient))))) == 2


def test_items_are_read_as_they_are_needed(server: ScriptedServer) -> None:
    read = []

    def items() -> Iterator[tuple[str, str]]:
        for item in articles(200):
            read.append(item)
            yield item

    outcomes = summarize_many(items(), model(server.will(obedient)), concurrency=2)
    next(outcomes)
    time.sleep(0.3)
    assert len(read) < 20  # a consumer that is slow holds up the reading too
    outcomes.close()  # type: ignore[attr-defined]


def test_a_slow_source_does_not_hold_up_results(server: ScriptedServer) -> None:
    release = threading.Event()

    def items() -> Iterator[tuple[str, str]]:
        yield articles(1)[0]
        release.wait(5)

    outcomes = summarize_many(items(), model(server.will(obedient)))
    assert next(outcomes).id == "a0"
    release.set()
    assert list(outcomes) == []


def test_one_that_fails_comes_out_with_its_error_and_the_others_go_on(
    server: ScriptedServer,
) -> None:
    def picky(body: dict[str, Any]) -> Reply:
        return chat('{"no": "headline"}') if "call 12." in json.dumps(body) else obedient(body)

    items = [*articles(5), ("empty", " "), ("number", {"text": 5})]
    with pytest.raises(InputError, match="not an article"):
        list(summarize_many(items, model(server.will(picky))))  # type: ignore[list-item]
    outcomes = {o.id: o for o in summarize_many(items[:-1], model(server))}  # type: ignore[list-item]
    assert "did not fit the schema" in str(outcomes["a2"].error)
    assert "no words" in str(outcomes["empty"].error)
    assert sum(o.error is None for o in outcomes.values()) == 4


def test_an_error_in_the_items_reaches_the_caller(server: ScriptedServer) -> None:
    def items() -> Iterator[tuple[str, str]]:
        yield articles(1)[0]
        raise OSError("the disk is gone")

    outcomes = summarize_many(items(), model(server.will(obedient)))
    assert next(outcomes).id == "a0"  # what was read before is not lost
    with pytest.raises(OSError, match="the disk is gone"):
        next(outcomes)


@pytest.mark.parametrize("end", [SystemExit(3), KeyboardInterrupt()])
def test_an_exit_in_the_items_or_in_a_model_reaches_the_caller(
    server: ScriptedServer, end: BaseException
) -> None:
    def items() -> Iterator[tuple[str, str]]:
        yield articles(1)[0]
        raise end

    class Ending:
        name, context_tokens, at_once, identity = "ending", 8000, 8, "ending"

        async def aask(self, request: Any) -> Any:
            raise end

        async def aclose(self) -> None:
            pass

        ask = stream = astream = aask

    with pytest.raises(type(end)):
        list(summarize_many(items(), model(server.will(obedient))))
    with pytest.raises(type(end)):
        list(summarize_many(articles(20), Ending()))


async def test_an_exit_in_async_items_reaches_the_caller(server: ScriptedServer) -> None:
    async def items() -> AsyncIterator[str]:
        yield ARTICLE
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        [o async for o in asummarize_many(items(), model(server.will(obedient)))]


# The same question at the same time.


def test_one_text_many_times_is_asked_once(server: ScriptedServer) -> None:
    def later(body: dict[str, Any]) -> Reply:
        return replace(obedient(body), delay=0.3)

    same = [(f"a{n}", ARTICLE) for n in range(12)]
    outcomes = list(summarize_many(same, model(server.will(later)), concurrency=16))
    assert len(outcomes) == 12
    assert all(o.summary.text == outcomes[0].summary.text for o in outcomes)
    assert len(server.requests) == 1
    assert sum(o.summary.usage.requests for o in outcomes) == 1


def test_those_who_wait_for_a_question_share_its_error(server: ScriptedServer) -> None:
    server.will(replace(Reply(400, "{}", JSON), delay=0.3))
    same = [(f"a{n}", ARTICLE) for n in range(6)]
    outcomes = list(summarize_many(same, model(server), concurrency=8))
    assert [type(o.error).__name__ for o in outcomes] == ["ModelError"] * 6
    assert sum(o.error.requests for o in outcomes) == len(server.requests) == 1  # type: ignore[union-attr]


async def test_who_waits_asks_if_the_asker_gives_up() -> None:
    from summarizer.batch.single_flight import single_flight
    from summarizer.models import Request
    from tests.support.drafts import GOOD

    class Slow:
        identity, asked = "slow", 0

        async def aask(self, request: Any) -> Any:
            Slow.asked += 1
            await asyncio.sleep(0.01 if Slow.asked > 1 else 60)
            return Slow.asked

    shared = single_flight(Slow())  # type: ignore[arg-type]
    request: Any = Request([{"role": "user", "content": str(GOOD)}], Summary)
    first = asyncio.create_task(shared.aask(request))
    second = asyncio.create_task(shared.aask(request))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 2


def test_a_wrong_key_stops_it_also_while_the_source_is_slow(server: ScriptedServer) -> None:
    release, ended = threading.Event(), threading.Event()

    def items() -> Iterator[tuple[str, str]]:
        yield articles(1)[0]
        release.wait(20)
        ended.set()

    with pytest.raises(BatchError, match="key was refused"):
        list(summarize_many(items(), model(server.will(Reply(401, "{}", JSON)))))
    assert not ended.is_set()
    release.set()


def test_a_raised_check_keeps_the_summary_that_was_paid_for(server: ScriptedServer) -> None:
    def lies(body: dict[str, Any]) -> Reply:
        answer = json.loads(completion(body))
        fields = json.loads(answer["choices"][0]["message"]["content"])
        fields["headline"] = "Fire hurts 99 people"
        answer["choices"][0]["message"]["content"] = json.dumps(fields)
        return Reply(body=json.dumps(answer), headers=JSON)

    [outcome] = summarize_many(articles(1), model(server.will(lies)), on_problem="raise")
    assert "99" in str(outcome.error)
    assert outcome.summary.rejected[0].text == "Fire hurts 99 people"
    assert "99" not in outcome.summary.text


def test_a_deadline(server: ScriptedServer) -> None:
    release = threading.Event()

    def hang(body: dict[str, Any]) -> Reply:
        if "call 11." in json.dumps(body):
            release.wait(60)
        return obedient(body)

    outcomes = {
        o.id: o for o in summarize_many(articles(3), model(server.will(hang)), deadline=2.5)
    }
    release.set()
    assert "2.5 seconds" in str(outcomes["a1"].error)
    assert outcomes["a0"].error is outcomes["a2"].error is None


# What stops a batch.


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(401, '{"error": {"message": "bad key"}}', JSON),
        Reply(429, '{"error": {"code": "insufficient_quota"}}', JSON),
        Reply(404, '{"error": {"message": "no such model"}}', JSON),
    ],
)
def test_what_no_request_survives_stops_it_at_once(server: ScriptedServer, refusal: Reply) -> None:
    with pytest.raises(BatchError, match="Stopped"):
        list(summarize_many(articles(500), model(server.will(refusal)), concurrency=4))
    assert len(server.requests) <= 8


def test_a_quota_that_runs_out_half_way_keeps_what_was_finished(server: ScriptedServer) -> None:
    quota = Reply(429, '{"error": {"code": "insufficient_quota"}}', JSON)
    server.will(*[obedient] * 10, quota)
    outcomes = summarize_many(articles(500), model(server), concurrency=4)
    finished = [next(outcomes) for _ in range(10)]
    with pytest.raises(BatchError, match="quota"):
        finished.extend(outcomes)
    assert sum(o.error is None for o in finished) == 10
    assert len(server.requests) < 30


def test_a_server_that_is_gone_stops_it(server: ScriptedServer) -> None:
    with pytest.raises(BatchError, match="in a row"):
        list(summarize_many(articles(500), model(server.will(Reply(503))), concurrency=4))
    assert len(server.requests) < 100


def test_a_refusal_for_one_article_alone_stops_nothing(server: ScriptedServer) -> None:
    def picky(body: dict[str, Any]) -> Reply:
        return Reply(403, "{}", JSON) if "call 15." in json.dumps(body) else obedient(body)

    outcomes = list(summarize_many(articles(30), model(server.will(picky)), concurrency=1))
    assert [o.id for o in outcomes if o.error] == ["a5"]


# Rates.


def test_requests_a_minute_are_kept(server: ScriptedServer) -> None:
    started = time.perf_counter()
    list(summarize_many(articles(15), model(server.will(obedient)), requests_per_minute=600))
    assert time.perf_counter() - started >= 0.4  # ten at once, then one each 0.1 s


def test_tokens_a_minute_are_kept(server: ScriptedServer) -> None:
    started = time.perf_counter()
    # About 1,000 tokens a request: 2,000 are allowed at once, then 200 a second.
    list(summarize_many(articles(3), model(server.will(obedient)), tokens_per_minute=12_000))
    assert time.perf_counter() - started >= 0.5


@pytest.mark.parametrize(
    "options",
    [{"concurrency": 0}, {"requests_per_minute": 0}, {"tokens_per_minute": -1}, {"deadline": 0}],
)
def test_wrong_options_are_refused_at_once(server: ScriptedServer, options: Any) -> None:
    with pytest.raises(InputError, match=next(iter(options))):
        summarize_many([], model(server), **options)


TEXT = Article("It burned.")


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("It burned.", "5"),
        (TEXT, "5"),
        (("x", "It burned."), "x"),
        (("x", TEXT), "x"),
        ({"text": "It burned."}, "5"),
        ({"id": 7, "text": TEXT}, "7"),
        (Item("y", "It burned."), "y"),
    ],
)
def test_what_an_item_may_be(value: Any, id: str) -> None:
    item = as_item(value, 4)
    assert item.id == id
    assert getattr(item.text, "text", item.text) == "It burned."


@pytest.mark.parametrize("value", [None, 5, b"It burned.", ["x", "It burned."], ("x",), {"id": 7}])
def test_what_is_not_an_item(value: Any) -> None:
    with pytest.raises(InputError, match=f"Item 5 is not an article.*{type(value).__name__}"):
        as_item(value, 4)
