"""stream_summary: every item once, checked, and the Summary last."""

from __future__ import annotations

import json
from typing import Any

import pytest

from summarizer import Claim, Figure, Quote, Summary, astream_summary, stream_summary
from tests.support.drafts import ARTICLE, BAD_CLAIM, GOOD, with_bad_claim
from tests.support.server import Reply, ScriptedServer, answer, streamed


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
