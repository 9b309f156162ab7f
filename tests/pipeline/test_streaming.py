"""stream_summary: every item once, checked, and the Summary last."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from summarizer import Claim, Figure, Quote, Summary, astream_summary, stream_summary
from summarizer.events import Adapted
from tests.support.drafts import ARTICLE, BAD_CLAIM, GOOD, draft, with_bad_claim
from tests.support.server import (
    Reply,
    ScriptedServer,
    answer,
    deltas,
    ending,
    flowing,
    streamed,
)


def stream(server: ScriptedServer, **options: Any) -> list[Any]:
    return list(stream_summary(ARTICLE, "m", base_url=server.base_url, api_key="k", **options))


def texts(items: list[Any]) -> list[str]:
    return [i.headline if isinstance(i, Summary) else i.text for i in items]


@pytest.mark.parametrize("size", [1, 5, 40, 100_000])
def test_every_item_once_and_the_summary_last(server: ScriptedServer, size: int) -> None:
    items = stream(server.will(streamed(json.dumps(GOOD), size)))
    *parts, summary = items
    assert isinstance(summary, Summary)
    assert [p for p in parts if isinstance(p, Figure)] == summary.figures
    assert [p for p in parts if isinstance(p, Quote)] == summary.quotes
    assert [p for p in parts if isinstance(p, Claim)] == summary.claims
    assert len(server.requests) == 1


def test_items_come_in_the_order_in_which_the_model_finishes_them(server: ScriptedServer) -> None:
    kinds = [type(i).__name__ for i in stream(server.will(streamed(json.dumps(GOOD))))]
    chosen = ["Figure"] * 2 + ["Quote"] * 2 + ["Claim"] * 6
    assert kinds == [*chosen, *["Figure"] * 3, "Summary"]  # what the code adds comes behind


ORDERS = {
    "of the schema": ("beginning", "middle", "end", "headline", "figures", "quotes"),
    "headline first": ("headline", "figures", "quotes", "beginning", "middle", "end"),
    "headline between": ("figures", "beginning", "headline", "middle", "quotes", "end"),
    "from the end": ("quotes", "figures", "end", "middle", "beginning", "headline"),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("size", [1, 3])
def test_the_order_of_the_keys_does_not_matter(
    server: ScriptedServer, order: tuple[str, ...], size: int
) -> None:
    text = json.dumps({key: GOOD[key] for key in order if key in GOOD}, indent=1)
    *parts, summary = stream(server.will(streamed(text, size)))
    assert sorted(texts(parts)) == sorted(
        [*texts(summary.claims), *texts(summary.quotes), *texts(summary.figures)]
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        "```json\n{}\n```",
        "<think>\nFirst {{the}} figures …\n</think>\n\n{}",
        "Here is the summary:\n{}\nAnything else?",
    ],
)
def test_an_answer_in_a_fence_or_with_a_thought_before_it(
    server: ScriptedServer, wrapped: str
) -> None:
    text = wrapped.replace("{}", json.dumps(GOOD)).replace("{{", "{").replace("}}", "}")
    *parts, summary = stream(server.will(streamed(text, 1)))
    assert [p for p in parts if isinstance(p, Claim)] == summary.claims
    assert len(summary.claims) == 6


def test_text_that_is_escaped_and_cut_anywhere(server: ScriptedServer) -> None:
    claim = "Fire crews — “engines” — were called to the old mill in Kent on Friday."
    said = json.dumps(draft({1: claim}), ensure_ascii=True)
    assert "\\u201c" in said
    items = stream(server.will(streamed(said, 1)))
    assert texts(items).count(claim) == 1


def held(has_come: threading.Event) -> Reply:
    """A stream whose second half is sent once the first item has come out."""
    text = json.dumps(GOOD)
    cut = len(text) // 2

    def pieces() -> Iterator[str]:
        yield from deltas(text[:cut], 1)
        assert has_come.wait(30)
        yield from (*deltas(text[cut:], 1), *ending())

    return flowing(pieces())


def test_an_item_comes_while_the_model_still_writes(server: ScriptedServer) -> None:
    has_come = threading.Event()
    server.will(held(has_come))
    items = []
    for item in stream_summary(ARTICLE, "m", base_url=server.base_url, api_key="k"):
        has_come.set()
        items.append(item)
    assert len([i for i in items if isinstance(i, Claim)]) == 6


async def test_an_item_comes_while_the_model_still_writes_async(server: ScriptedServer) -> None:
    has_come = threading.Event()
    server.will(held(has_come))
    items = []
    async for item in astream_summary(ARTICLE, "m", base_url=server.base_url, api_key="k"):
        has_come.set()
        items.append(item)
    assert len([i for i in items if isinstance(i, Claim)]) == 6


def test_the_usage_of_a_stream_is_counted(server: ScriptedServer) -> None:
    usage = stream(server.will(streamed(json.dumps(GOOD))))[-1].usage
    assert (usage.input_tokens, usage.output_tokens, usage.requests) == (100, 20, 1)
    assert server.requests[0]["stream_options"] == {"include_usage": True}


def test_a_server_that_does_not_stream_is_asked_without(server: ScriptedServer) -> None:
    plain = json.dumps({"choices": [], "note": "this server knows no streams"})
    events: list[Any] = []
    server.will(lambda body: Reply(body=plain) if body.get("stream") else answer(**GOOD))
    items = stream(server, on_event=events.append)
    assert len([i for i in items if isinstance(i, Claim)]) == 6
    assert [e.change for e in events if isinstance(e, Adapted)] == ["it is not asked to stream"]


def test_a_stream_that_nobody_reads_on_is_ended(server: ScriptedServer) -> None:
    is_ended = threading.Event()

    def pieces() -> Iterator[str]:
        try:
            yield from deltas(json.dumps(GOOD)[:-1], 1)
            while True:
                yield from deltas(" ")
                time.sleep(0.01)
        finally:
            is_ended.set()

    server.will(flowing(pieces()))
    items = stream_summary(ARTICLE, "m", base_url=server.base_url, api_key="k")
    next(items)
    items.close()
    assert is_ended.wait(30)


def test_a_false_line_never_comes_out_and_its_repair_does(server: ScriptedServer) -> None:
    server.will(streamed(json.dumps(with_bad_claim())), answer(items=["Four people were hurt."]))
    items = stream(server)
    assert BAD_CLAIM not in texts(items)
    assert texts(items).count("Four people were hurt.") == 1
    assert items[-1].usage.requests == 2


def test_what_is_withdrawn_never_comes_out(server: ScriptedServer) -> None:
    items = stream(server.will(streamed(json.dumps(with_bad_claim()))), on_problem="drop")
    assert BAD_CLAIM not in texts(items)
    assert [r.text for r in items[-1].rejected] == [BAD_CLAIM]


def test_a_broken_stream_is_asked_again(server: ScriptedServer) -> None:
    broken = streamed(json.dumps(GOOD))
    broken.cut_off = True
    items = stream(server.will(broken, answer(**GOOD)))
    assert len([i for i in items if isinstance(i, Claim)]) == 6
    assert len(set(texts(items))) == len(items)


def test_a_fault_before_the_stream_is_retried(server: ScriptedServer) -> None:
    items = stream(server.will(Reply(503), answer(**GOOD)))
    assert len(items[-1].claims) == 6


async def test_async(server: ScriptedServer) -> None:
    server.will(streamed(json.dumps(GOOD)))
    items = [i async for i in astream_summary(ARTICLE, "m", base_url=server.base_url, api_key="k")]
    assert len(items) == 14
    assert isinstance(items[-1], Summary)
