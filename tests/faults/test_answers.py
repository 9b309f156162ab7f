"""Every way in which a server or a model can fail, and what the caller gets: one line each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from summarizer import AccessError, ModelError, Summary, summarize
from summarizer.models import Model, resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import Reply, ScriptedServer, answer, chat

JSON = {"Content-Type": "application/json"}
KEY = "sk-very-secret-123"
LIMITS = Limits(first_wait=0.01, longest_wait=1.0, total_seconds=60.0)
FINE = answer(**GOOD)
HTML = Reply(200, "<html><body>Log in</body></html>", {"Content-Type": "text/html"})
TRUNCATED = chat(json.dumps(GOOD)[:100])
NO_CHOICES = Reply(200, '{"id": "1", "object": "chat.completion", "choices": []}', JSON)


def status(code: int, **headers: str) -> Reply:
    body = json.dumps({"error": {"message": f"fault {code}, key {KEY}"}})
    return Reply(code, body, {**JSON, **headers})


@dataclass
class Fault:
    """A script of the server and what must come of it."""

    script: list[Any]
    requests: int
    """How many requests are made."""
    said: str | None = None
    """What the error says; None if a summary comes."""
    temporary: bool = False
    kind: type[ModelError] = ModelError
    limits: Limits = LIMITS
    timeout: float = 30.0
    options: dict[str, Any] = field(default_factory=dict)


MENDED = {
    "429": Fault([status(429), FINE], 2),
    "429 with Retry-After": Fault([status(429, **{"Retry-After": "0.2"}), FINE], 2),
    "429 with a date": Fault([status(429, **{"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), FINE], 2),
    "500": Fault([status(500), FINE], 2),
    "503 thrice": Fault([status(503), status(503), status(503), FINE], 4),
    "slow": Fault([Reply(FINE.status, FINE.body, FINE.headers, delay=0.5), FINE], 1),
    "hanging once": Fault([Reply(delay=5.0), FINE], 2, timeout=1.5),
    "dropped mid-body": Fault([Reply(200, FINE.body, JSON, cut_off=True), FINE], 2),
    "truncated JSON": Fault([TRUNCATED, FINE], 2),
    "wrong schema": Fault([answer(verdict="fine"), FINE], 2),
    "a fault, rubbish, a fault": Fault([status(500), TRUNCATED, status(500), FINE], 4),
}  # fmt: skip
FATAL = {
    "429 for ever": Fault([status(429)], 5, "HTTP 429", temporary=True),
    "429 with an hour's wait": Fault([status(429, **{"Retry-After": "3600"})], 1, "HTTP 429", temporary=True),
    "quota": Fault([Reply(429, '{"error": {"code": "insufficient_quota"}}', JSON)], 1, "quota", temporary=True, kind=AccessError),
    "500 for ever": Fault([status(500)], 5, "HTTP 500", temporary=True),
    "400": Fault([status(400)], 1, "HTTP 400"),
    "wrong key": Fault([status(401)], 1, "key was refused", temporary=True, kind=AccessError),
    "unknown model": Fault([status(404)], 1, "model's name", temporary=True, kind=AccessError),
    "hanging": Fault([Reply(delay=5.0)], 3, "not complete within 0.5 seconds", temporary=True, timeout=0.5, limits=Limits(2, 1, 60.0, 1.0, 0.01)),
    "dropped mid-body for ever": Fault([Reply(200, FINE.body, JSON, cut_off=True)], 5, "could not be reached", temporary=True),
    "truncated JSON twice": Fault([TRUNCATED], 2, "did not fit the schema"),
    "cut off at the limit": Fault([chat("{", finish="length")], 1, "max_tokens"),
    "wrong schema twice": Fault([answer(verdict="fine")], 2, "did not fit the schema"),
    "empty choices": Fault([NO_CHOICES], 2, "no answer in it"),
    "no content": Fault([chat(None)], 2, "no answer in it"),
    "content filter": Fault([chat(None, finish="content_filter")], 1, "content filter"),
    "refusal": Fault([chat(None, refusal="I cannot help with that.")], 1, "refused: I cannot help"),
    "HTML": Fault([HTML], 1, "not a JSON completion"),
    "redirect loop": Fault([Reply(307, "", {"Location": "/v1/chat/completions"})], 21, "redirect"),
    "10 MB of rubbish": Fault([chat("x" * 10_000_000)], 2, "did not fit the schema"),
}  # fmt: skip


def model(server: ScriptedServer, fault: Fault) -> Model:
    server.will(*fault.script)
    return resolve_model(
        "m", base_url=server.base_url, api_key=KEY, timeout=fault.timeout, limits=fault.limits
    )


@pytest.mark.parametrize("fault", MENDED.values(), ids=MENDED)
def test_a_passing_fault_costs_a_request_and_nothing_else(
    server: ScriptedServer, fault: Fault
) -> None:
    summary = summarize(ARTICLE, model(server, fault))
    assert isinstance(summary, Summary)
    assert len(summary.claims) == 6
    assert len(server.requests) == summary.usage.requests == fault.requests


@pytest.mark.parametrize("fault", FATAL.values(), ids=FATAL)
def test_a_lasting_fault_is_one_clear_error(server: ScriptedServer, fault: Fault) -> None:
    with pytest.raises(fault.kind) as caught:
        summarize(ARTICLE, model(server, fault))
    message = str(caught.value)
    assert fault.said is not None
    assert fault.said in message
    assert len(message) < 600
    assert KEY not in message
    assert KEY not in repr(caught.value.__cause__)
    assert caught.value.temporary is fault.temporary
    assert len(server.requests) == fault.requests
