"""No answer of a model takes longer or more memory than it may, however it is sent."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from summarizer import ModelError, asummarize, stream_summary, summarize
from summarizer.models import Model, bounds, resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE, GOOD
from tests.support.raw_server import RawServer, Speak, drips, says
from tests.support.server import Reply, ScriptedServer, answer

ONCE = Limits(transport_retries=0, schema_retries=0)
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
FIRST = b'data: {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": []}'


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


DRIPS: dict[str, Speak] = {
    "head": drips(b"HTTP/1.1 200 OK\r\nX-Long: ", itertools.repeat(b"a")),
    "heads of 100": drips(b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "body": drips(JSON + b"Content-Length: 9999999\r\n\r\n", itertools.repeat(b" ")),
    "chunks": drips(JSON + b"Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(chunked(b" "))),
    "comments of a stream": drips(EVENTS, itertools.repeat(chunked(b": alive\n\n"))),
    "events without text": drips(EVENTS, itertools.repeat(chunked(FIRST + b"\n\n"))),
}


def once(model: str, base_url: str, **more: Any) -> Model:
    return resolve_model(model, base_url=base_url, api_key="k", limits=ONCE, **more)


def ask(model: Model) -> Any:
    return summarize(ARTICLE, model)


def ask_async(model: Model) -> Any:
    return asyncio.run(asummarize(ARTICLE, model))


def ask_streaming(model: Model) -> Any:
    return list(stream_summary(ARTICLE, model))


WAYS = [ask, ask_async, ask_streaming]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("drip", DRIPS)
def test_the_time_limit_covers_the_whole_answer(
    drip: str, way: Callable[[Model], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.models.sender.STREAM_FACTOR", 1)
    with RawServer(DRIPS[drip]) as server:
        model = once("m", server.url, timeout=0.3)
        with pytest.raises(ModelError, match=r"not complete within 0\.3 seconds") as caught:
            way(model)
    assert caught.value.temporary


def test_the_timeout_of_model_options_is_the_limit() -> None:
    with RawServer(DRIPS["head"]) as server:
        model = once("m", server.url, options={"timeout": 0.2})
        with pytest.raises(ModelError, match=r"not complete within 0\.2 seconds"):
            ask(model)


def test_the_limit_holds_for_a_client_of_an_sdk_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    from anthropic import Anthropic

    monkeypatch.setattr("summarizer.models.lookup._LONGEST_OF_A_CLIENT", 0.1)
    with RawServer(DRIPS["head"]) as server:
        client = Anthropic(api_key="k", base_url=server.url, timeout=0.3)
        model = resolve_model((client, "claude-haiku-4-5"), limits=ONCE)
        with pytest.raises(ModelError, match=r"not complete within 0\.3 seconds"):
            ask(model)


BOMB = b" " * (200 << 20)
PACKED = {"gzip": gzip.compress(BOMB), "deflate": zlib.compress(BOMB)}
del BOMB


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("encoding", PACKED)
def test_an_answer_is_not_unpacked_without_a_limit(
    encoding: str,
    way: Callable[[Model], Any],
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 4 << 20)
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    server.will(Reply(200, PACKED[encoding], headers))
    with pytest.raises(ModelError, match="the answer is larger than 4 MB") as caught:
        way(once("m", server.base_url))
    assert not caught.value.temporary


def test_anthropic_s_answers_have_the_same_limit(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 4 << 20)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a-key-of-a-test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.base_url.removesuffix("/v1"))
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    server.will(Reply(200, PACKED["gzip"], headers))
    with pytest.raises(ModelError, match="the answer is larger than 4 MB"):
        ask(resolve_model("anthropic/claude-haiku-4-5", limits=ONCE))


@pytest.mark.parametrize("way", WAYS)
def test_a_packed_answer_is_read(way: Callable[[Model], Any], server: ScriptedServer) -> None:
    good = answer(**GOOD)
    body = gzip.compress(str(good.body).encode())
    server.will(Reply(200, body, {**good.headers, "Content-Encoding": "gzip"}))
    assert way(once("m", server.base_url))


def test_a_compression_that_was_not_asked_for_is_refused(server: ScriptedServer) -> None:
    server.will(Reply(200, b"\x8b\x00\x80", {"Content-Encoding": "br"}))
    with pytest.raises(ModelError, match="compressed as 'br', which was not asked for"):
        ask(once("m", server.base_url))


@pytest.mark.parametrize(
    ("headers", "requests"),
    [
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00"}, 2),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 +0200"}, 2),
        ({"retry-after-ms": "20", "Retry-After": "3600"}, 2),
        ({"Retry-After": "-5"}, 2),
        ({"Retry-After": "soon"}, 2),
        ({"Retry-After": "nan"}, 2),
        ({"Retry-After": "inf"}, 2),
        ({"Retry-After": "1" * 400}, 2),
        ({"Retry-After": "3600"}, 1),
        ({"Retry-After": "1e9"}, 1),
        ({"Retry-After": "Fri, 21 Oct 2225 07:28:00 GMT"}, 1),
    ],
)
def test_a_wait_in_any_form_is_kept_or_said(
    headers: dict[str, str], requests: int, server: ScriptedServer
) -> None:
    server.will(Reply(429, "{}", headers), answer(**GOOD))
    limits = Limits(first_wait=0.01, longest_wait=1.0)
    model = resolve_model("m", base_url=server.base_url, api_key="k", limits=limits)
    if requests > 1:
        assert ask(model)
    else:
        with pytest.raises(
            ModelError, match=r"The server asks to wait [\d,]{5,} s, too long"
        ) as caught:
            ask(model)
        assert caught.value.retry_after is not None
        assert caught.value.retry_after > 3000
    assert len(server.requests) == requests


PLACES = [
    ("openai/gpt-4.1-mini", "OPENAI_BASE_URL"),
    ("anthropic/claude-haiku-4-5", "ANTHROPIC_BASE_URL"),
    ("google/gemini-2.5-flash", "GOOGLE_GEMINI_BASE_URL"),
    ("mistral/mistral-small-latest", "MISTRAL_BASE_URL"),
    ("azure/mine", "AZURE_OPENAI_ENDPOINT"),
    ("ollama/qwen3", "OLLAMA_HOST"),
]


@pytest.mark.parametrize(("name", "variable"), PLACES)
def test_the_server_is_part_of_a_model_s_identity_wherever_it_is_named(
    name: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    identities = set()
    for host in ("one.example", "two.example"):
        monkeypatch.setenv(variable, f"https://{host}")
        identities |= {
            resolve_model(name, api_key=key).identity for key in ("a-key-123", "b-key-123")
        }
    assert len(identities) == 2


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [204, 205, 299, 304, 399, 418, 499, 600, 799, 999])
def test_a_status_that_nobody_knows_ends_the_question(
    status: int, way: Callable[[Model], Any]
) -> None:
    body = json.dumps({"odd": True}).encode()
    head = b"HTTP/1.1 %d Odd\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    with (
        RawServer(says(head % (status, len(body)), body)) as server,
        pytest.raises(ModelError) as caught,
    ):
        way(once("m", server.url))
    assert len(server.heads) <= 2
    said = str(caught.value)
    assert str(status) in said or "no answer in it" in said or "not JSON" in said or "check" in said
