"""The Batch API: submitted once, collected after any accident, checked, re-asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field

from summarizer import BatchError, InputError, Summary, summarize
from summarizer.batch.batch_api import State
from summarizer.batch.items import Item, Outcome
from summarizer.batch.openai_batch import answer_from, body_of, run_by_batch_api
from summarizer.judge import judgement
from summarizer.models import Request, resolve_model
from summarizer.pipeline.session import Session, make_session
from tests.support.batch_server import BatchServer, obedient
from tests.support.drafts import ARTICLE
from tests.support.server import Reply, ScriptedServer, answer

COUNT = 5


@pytest.fixture
def desk() -> Iterator[BatchServer]:
    with BatchServer() as running:
        yield running


def session(server: BatchServer, tmp_path: Path, **options: Any) -> Session:
    return make_session(
        "scripted",
        base_url=server.base_url,
        api_key="k",
        cache=tmp_path / "cache.sqlite",
        **options,
    )


def items() -> Iterator[Item]:
    yield from (Item(f"a{n}", f"{ARTICLE} It was call {n + 10:,}.") for n in range(COUNT))


def run(server: BatchServer, tmp_path: Path, **options: Any) -> list[Outcome]:
    done: dict[str, Outcome] = {}
    state = State.load(tmp_path / "batches.json")
    outcomes = run_by_batch_api(
        lambda: (i for i in items() if i.id not in done),
        session(server, tmp_path, **options),
        state,
        poll_seconds=0.01,
    )
    for outcome in outcomes:
        assert outcome.id not in done
        done[outcome.id] = outcome
    return list(done.values())


def test_a_round_of_requests_is_one_batch(desk: BatchServer, tmp_path: Path) -> None:
    outcomes = run(desk, tmp_path)
    assert {o.id for o in outcomes} == {f"a{n}" for n in range(COUNT)}
    assert all(isinstance(o.summary, Summary) and o.error is None for o in outcomes)
    assert (len(desk.batches), len(desk.requests()), desk.asked_live) == (1, COUNT, 0)
    assert outcomes[0].summary.usage.input_tokens == 1000
    assert not (tmp_path / "batches.json").exists()


def test_the_request_is_the_one_that_would_be_sent_at_once(
    desk: BatchServer, server: ScriptedServer, tmp_path: Path
) -> None:
    run(desk, tmp_path)
    server.will(answer(verdict="fine"))
    with pytest.raises(Exception, match="schema"):
        summarize(next(items()).text, "scripted", base_url=server.base_url, api_key="k")
    assert desk.requests()[0]["body"] == server.requests[0]


class Place(BaseModel):
    """Where something is."""

    street: str
    number: int | None = Field(default=None, ge=1)


class Places(BaseModel):
    all: list[Place]


@pytest.mark.parametrize("model", ["scripted", "gpt-5-mini"])
@pytest.mark.parametrize(
    ("schema", "fields"),
    [(Place, {"street": "Quay"}), (Places, {"all": []}), (judgement(2), {"answers": ["yes"] * 2})],
)
def test_any_body_and_answer_are_those_of_a_request_at_once(
    server: ScriptedServer, model: str, schema: Any, fields: dict[str, Any]
) -> None:
    found = resolve_model(model, base_url=server.base_url, api_key="k")
    endpoint = found.batch_endpoint()
    assert endpoint is not None
    request: Request[Any] = Request([{"role": "user", "content": "Where? {{ ü }}"}], schema)
    reply = answer(**fields)
    server.will(reply)
    expected = found.ask(request)
    assert body_of(request, endpoint) == server.requests[0]
    batched = answer_from(request, endpoint, json.loads(reply.body))
    assert batched.value.model_dump() == expected.value.model_dump()
    assert (batched.input_tokens, batched.output_tokens, batched.requests) == (100, 20, 1)


def test_lines_that_fail_go_into_a_second_batch(desk: BatchServer, tmp_path: Path) -> None:
    def lies(body: dict[str, Any]) -> tuple[int, bytes]:
        status, data = obedient(body)
        return status, data.replace(b"Four people were hurt", b"Nine people were hurt")

    desk.answering = lies
    outcomes = run(desk, tmp_path, max_reasks=1)
    assert len(desk.batches) == 2
    assert all("Nine people" not in o.summary.text for o in outcomes)
    assert all(o.summary.rejected for o in outcomes)
    assert outcomes[0].summary.usage.requests == 2


def test_a_kill_while_it_is_under_way(desk: BatchServer, tmp_path: Path) -> None:
    desk.looks = 10**9
    state = State.load(tmp_path / "batches.json")

    def killed(_: str) -> None:
        if desk.batches:
            raise KeyboardInterrupt

    outcomes = run_by_batch_api(
        items, session(desk, tmp_path), state, poll_seconds=0.01, say=killed
    )
    with pytest.raises(KeyboardInterrupt):
        list(outcomes)
    desk.looks = 1
    assert len(run(desk, tmp_path)) == COUNT
    assert len(desk.batches) == 1


def test_a_kill_between_submitting_and_noting_it(desk: BatchServer, tmp_path: Path) -> None:
    run_once = State(tmp_path / "batches.json")
    outcomes = run_by_batch_api(
        items, session(desk, tmp_path), run_once, poll_seconds=0.01, say=_interrupt
    )
    with pytest.raises(KeyboardInterrupt):
        list(outcomes)
    digest = desk.batches["batch-0"]["metadata"]["summarizer"]
    (tmp_path / "batches.json").write_text(json.dumps({"batches": [], "submitting": digest}))
    assert len(run(desk, tmp_path)) == COUNT
    assert len(desk.batches) == 1


def _interrupt(_: str) -> None:
    raise KeyboardInterrupt


def test_what_a_batch_could_not_answer_is_asked_at_once(desk: BatchServer, tmp_path: Path) -> None:
    def picky(body: dict[str, Any]) -> tuple[int, bytes]:
        if "call 12." in json.dumps(body) and not desk.asked_live:
            return 500, b'{"error": {"message": "no"}}'
        return obedient(body)

    desk.answering = picky
    outcomes = run(desk, tmp_path)
    assert [o.error for o in outcomes] == [None] * COUNT
    assert desk.asked_live == 1


def test_an_answer_that_does_not_fit_is_asked_at_once(desk: BatchServer, tmp_path: Path) -> None:
    def rubbish(body: dict[str, Any]) -> tuple[int, bytes]:
        status, data = obedient(body)
        return status, data if desk.asked_live else data.replace(b'\\"headline\\"', b'\\"title\\"')

    desk.answering = rubbish
    outcomes = run(desk, tmp_path)
    assert all(o.error is None for o in outcomes)
    assert 1 <= desk.asked_live <= COUNT


def test_a_batch_that_failed_as_a_whole_is_an_error(desk: BatchServer, tmp_path: Path) -> None:
    desk.status = ["failed"]
    with pytest.raises(BatchError, match="failed"):
        run(desk, tmp_path)


def test_an_upload_that_fails_is_an_error_and_the_next_start_goes_on(
    desk: BatchServer, tmp_path: Path
) -> None:
    desk.faults["upload"] = [Reply(400, '{"error": {"message": "bad file"}}')]
    with pytest.raises(BatchError, match="could not be uploaded"):
        run(desk, tmp_path)
    assert len(run(desk, tmp_path)) == COUNT


def test_it_needs_a_cache_and_a_model_of_openai(desk: BatchServer, tmp_path: Path) -> None:
    bare = make_session("scripted", base_url=desk.base_url, api_key="k")
    with pytest.raises(InputError, match="needs the cache"):
        list(run_by_batch_api(items, bare, State(tmp_path / "b.json")))
    local = make_session("local", cache=tmp_path / "cache.sqlite")
    with pytest.raises(InputError, match="no Batch API"):
        list(run_by_batch_api(items, local, State(tmp_path / "b.json")))
