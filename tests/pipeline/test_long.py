"""Long documents: cut into chunks, digested side by side, merged, proved by global offsets."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer import AccessError, Article, InputError, Summary, stream_summary, summarize
from summarizer.models import Model, resolve_model
from summarizer.pipeline.chunks import split_article
from summarizer.pipeline.merge import distinct
from summarizer.text.token_count import estimated_tokens
from tests.support.filings import filing
from tests.support.obedient import completion, obey
from tests.support.server import Crowd, Reply, ScriptedServer, answer

CONTEXT = 8192


def small_model(server: ScriptedServer, **changes: Any) -> Model:
    """A model of the embedded one's context, behind the server."""
    found = resolve_model("scripted", base_url=server.base_url)
    return replace(found, context_tokens=CONTEXT, **changes)  # type: ignore[type-var]


def obedient(body: dict[str, Any]) -> Reply:
    return Reply(body=completion(body), headers={"Content-Type": "application/json"})


def assert_proved(summary: Summary, text: str) -> None:
    items = [*summary.claims, *summary.quotes, *summary.figures]
    assert items
    for item in items:
        assert item.evidence
        for span in item.evidence:
            assert text[span.start : span.end] == span.text
    for figure in summary.figures:
        assert figure.text in text


# Cutting.


@given(
    st.lists(st.sampled_from(["Heading", "It rose.", "A b c. D e f.", "1,234\n5,678"]), min_size=1)
)
def test_every_sentence_is_in_exactly_one_chunk(paragraphs: list[str]) -> None:
    article = Article("\n\n".join(paragraphs))
    chunks = split_article(article, 20)
    sentences = [i for c in chunks for i in range(c.first, c.last + 1)]
    assert sentences == list(range(1, len(article.sentences) + 1))


@pytest.mark.parametrize("tokens", [300, 1000, 4000])
def test_chunks_are_full_but_never_overfull(tokens: int) -> None:
    article = Article(filing(60_000))
    sizes = [
        sum(estimated_tokens(s.text) + 4 for s in article.sentences[c.first - 1 : c.last])
        for c in split_article(article, tokens)
    ]
    assert max(sizes) <= tokens
    assert sum(sizes) / len(sizes) > 0.6 * tokens


def test_cuts_are_made_before_headings_where_there_are_any() -> None:
    article = Article(filing(60_000))
    starts = [article.sentences[c.first - 1].text for c in split_article(article, 4000)[1:]]
    assert all(start.startswith("Item ") for start in starts)


def test_a_run_without_a_full_stop_is_cut_so_that_it_can_be_shown() -> None:
    article = Article("rows of 12 things\n" * 2000)
    assert max(len(s.text) for s in article.sentences) <= 2000
    assert len(split_article(article, 1000)) > 5


# Summaries.


@pytest.mark.parametrize("size", [60_000, 1_000_000])
def test_a_long_document_in_a_small_context(server: ScriptedServer, size: int) -> None:
    text = filing(size)
    summary = summarize(text, small_model(server.will(obedient)))
    assert_proved(summary, text)
    assert len(summary.claims) == 6
    assert summary.rejected == []
    assert summary.usage.requests == len(server.requests)
    starts = [c.evidence[0].start for c in summary.claims]
    assert starts == sorted(starts)
    assert starts[-1] > size / 4  # claims come from all over the document
    for request in server.requests:
        asked = sum(estimated_tokens(m["content"]) for m in request["messages"])
        assert asked + 1200 <= CONTEXT


def test_requests_grow_with_the_length_and_not_faster(server: ScriptedServer) -> None:
    counts = []
    for size in (60_000, 240_000):
        server.requests.clear()
        summarize(filing(size), small_model(server.will(obedient)))
        counts.append(len(server.requests))
    assert counts[1] <= 4.5 * counts[0]


def test_what_a_chunk_gets_wrong_is_mended_there_or_withdrawn(server: ScriptedServer) -> None:
    text = filing(40_000)

    def lies(body: dict[str, Any]) -> Reply:
        fields = obey(body)
        if "items" in fields:
            fields["items"] = ["The unit employs 7,777,777 people."]
        elif "beginning" in fields and isinstance(fields["beginning"][0], dict):
            fields["beginning"][0]["text"] = "The unit employs 7,777,777 people."
        return answer(**fields)

    summary = summarize(text, small_model(server.will(lies)), max_reasks=1)
    assert "7,777,777" not in summary.text
    chunks = sum(
        "ARTICLE" in r["messages"][1]["content"] and len(r["messages"]) == 2
        for r in server.requests
    )
    assert len(summary.rejected) == chunks > 1
    assert_proved(summary, text)


def test_a_false_headline_of_the_whole_is_sent_back(server: ScriptedServer) -> None:
    text = filing(40_000)

    def lies(body: dict[str, Any]) -> Reply:
        fields = obey(body)
        is_merge = "ARTICLE" not in body["messages"][1]["content"]
        if is_merge and "headline" in fields:
            fields["headline"] = "Company loses 4,444,444 dollars"
        return answer(**fields)

    summary = summarize(text, small_model(server.will(lies)))
    assert "4,444,444" not in summary.headline
    assert any("4,444,444" in r.text or "4,444,444" in r.attempts[0] for r in summary.rejected)


def test_the_chunks_are_asked_side_by_side(server: ScriptedServer) -> None:
    crowd = Crowd(4, obedient)
    summarize(filing(100_000), small_model(server.will(crowd), at_once=4))
    assert crowd.came_together.is_set()


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_refused_key_is_not_tried_for_every_chunk(server: ScriptedServer, at_once: int) -> None:
    refusal = Reply(401, "{}", {"Content-Type": "application/json"})
    with pytest.raises(AccessError) as caught:
        summarize(filing(200_000), small_model(server.will(refusal), at_once=at_once))
    assert len(server.requests) <= at_once
    assert caught.value.__notes__ == [
        "With cache=True the same call continues with the answers it has."
    ]


def test_a_stream_of_a_long_document_comes_out_at_the_end(server: ScriptedServer) -> None:
    *items, last = stream_summary(filing(40_000), small_model(server.will(obedient)))
    assert isinstance(last, Summary)
    assert [i.text for i in items if i in last.claims] == [c.text for c in last.claims]


def test_a_schema_of_ones_own_is_filled_in_from_one_reading(server: ScriptedServer) -> None:
    class Mine(BaseModel):
        revenue: Decimal

    with pytest.raises(InputError, match="one reading"):
        summarize(filing(60_000), small_model(server), schema=Mine)
    assert server.requests == []


def test_a_context_too_small_for_any_chunk_is_refused(server: ScriptedServer) -> None:
    tiny = replace(small_model(server), context_tokens=2000)  # type: ignore[type-var]
    with pytest.raises(InputError, match="larger context"):
        summarize(filing(60_000), tiny)


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["Sales rose by 5%", "Sales rose by 5%."], 1),
        (["Sales in Norway rose by 5%", "By 5% rose sales in Norway"], 1),
        (["Sales rose by 5%", "Costs for energy rose by 5%"], 2),
    ],
)
def test_what_says_the_same_is_kept_once(texts: list[str], left: int) -> None:
    assert len(distinct(texts, lambda _: 5, str)) == left


def test_what_has_other_numbers_says_something_else() -> None:
    texts = ["Sales rose by 5% in 2021", "Sales rose by 6% in 2021"]
    numbers = {text: json.dumps([c for c in text if c.isdigit()]) for text in texts}
    assert distinct(texts, numbers.__getitem__, str) == texts
