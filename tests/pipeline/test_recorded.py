"""Honest runs of the embedded model, recorded over HTTP and replayed without it or any network.

To record them again, with the `local` extra installed, each from a fresh start of the model (what its
cache holds from the run before changes its arithmetic in the last digits, and so now and then a word):

    for t in $(pytest tests/pipeline/test_recorded.py --collect-only | grep ::); do
        pytest "$t" --record-mode=rewrite
    done
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from summarizer import (
    Claim,
    CrossCheckError,
    ModelError,
    Summary,
    astream_summary,
    asummarize,
    stream_summary,
    summarize,
)
from summarizer.models import Model
from summarizer.models.openai import Server, openai_model
from summarizer.models.retry import Limits
from tests.conftest import ROOT
from tests.support.texts import SALE, VOTE

pytestmark = pytest.mark.vcr


def embedded(address: tuple[str, str], max_tokens: int = 1200) -> Model:
    base_url, key = address
    return openai_model(
        "local/embedded",
        "local",
        Server(base_url, key, 600),
        limits=Limits(),
        context_tokens=8192,
        settings={"temperature": 0.0, "seed": 0, "max_tokens": max_tokens},
    )


@pytest.fixture
def model(embedded_address: tuple[str, str]) -> Model:
    return embedded(embedded_address)


def proves_itself(summary: Summary, text: str) -> None:
    """What holds for every summary: evidence slices back, and nothing false stands."""
    items: list[Any] = [*summary.claims, *summary.quotes, *summary.figures]
    assert all(item.evidence for item in items)
    assert all(text[s.start : s.end] == s.text for item in items for s in item.evidence)
    assert all(not claim.problems for claim in summary.claims)


WANTED = [
    r"10-month", r"Four civilians", r"85 missiles", r"35 airstrikes", r"24 hours", r"63 attacks",
    r"seven .*drones", r"^two$", r"^five$", r"two days",
]  # fmt: skip
NO_FIGURES = ["2022", "12-30", "February 24", "COVID", "Shahed", "131"]


def check_seed(summary: Summary, seed_text: str) -> None:
    proves_itself(summary, seed_text)
    figures = [f.text for f in summary.figures]
    assert sum(any(re.search(w, f) for f in figures) for w in WANTED) >= 8
    assert not [f for f in figures for name in NO_FIGURES if name in f]
    speakers = {q.speaker for q in summary.quotes}
    people = {
        "Vladimir Putin",
        "Xi Jinping",
        "Volodymyr Zelenskyy",
        "Vitali Klitschko",
        "Kyrylo Tymoshenko",
    }
    assert len(summary.quotes) >= 5
    assert len(speakers & people) >= 3
    assert len(summary.claims) >= 5
    places = [c.evidence[0].start / len(seed_text) for c in summary.claims]
    assert {min(2, int(place * 3)) for place in places} == {0, 1, 2}
    assert summary.usage.output_tokens is not None
    assert summary.usage.output_tokens <= 700


def test_seed(model: Model, seed_text: str) -> None:
    check_seed(summarize(seed_text, model), seed_text)


async def test_seed_async(model: Model, seed_text: str) -> None:
    check_seed(await asummarize(seed_text, model), seed_text)


def test_seed_streamed(model: Model, seed_text: str) -> None:
    """The order in which a real model writes: claims, headline, figures, quotations."""
    *items, summary = stream_summary(seed_text, model)
    assert isinstance(summary, Summary)
    check_seed(summary, seed_text)
    claims = [item for item in items if isinstance(item, Claim)]
    assert isinstance(items[0], Claim)
    assert [c.text for c in claims] == list(dict.fromkeys(c.text for c in claims))
    assert {c.text for c in summary.claims} <= {c.text for c in claims}
    assert len(items) - len(claims) == len(summary.quotes) + len(summary.figures)


async def test_painting_sale_streamed_async(model: Model) -> None:
    items = [item async for item in astream_summary(SALE, model)]
    proves_itself(items[-1], SALE)
    assert len([item for item in items if isinstance(item, Claim)]) >= 5


def test_painting_sale(model: Model) -> None:
    summary = summarize(SALE, model)
    proves_itself(summary, SALE)
    assert len(summary.claims) >= 5


def test_a_false_headline_is_sent_back(model: Model) -> None:
    """The model's first headline names a place that the article does not."""
    summary = summarize(VOTE, model)
    proves_itself(summary, VOTE)
    assert summary.usage.requests > 1
    assert "saskatchewan" not in summary.text.lower()


FALSE_HEADLINE = "Green-Liberal split in Saskatchewan"


failing_run = pytest.mark.default_cassette("a_failing_run.yaml")
"""One answer of the model with a false headline, under each policy."""


@failing_run
@pytest.mark.parametrize("policy", ["drop", "flag", "repair"])
def test_policies_on_a_failing_run(model: Model, policy: Any) -> None:
    """A headline has no place for a mark, nor has the source one for it: it goes in any case."""
    summary = summarize(VOTE, model, on_problem=policy)
    assert summary.usage.requests == 1
    assert [r.text for r in summary.rejected] == [FALSE_HEADLINE]
    assert FALSE_HEADLINE not in summary.text


@failing_run
def test_raise_on_a_failing_run(model: Model) -> None:
    with pytest.raises(CrossCheckError, match="“Saskatchewan” is nowhere in the source") as caught:
        summarize(VOTE, model, on_problem="raise")
    assert caught.value.summary.rejected[0].text == FALSE_HEADLINE


@failing_run
def test_a_function_on_a_failing_run(model: Model) -> None:
    def soften(claim: Claim, problems: list[str]) -> Claim:
        assert "Saskatchewan" in problems[0]
        return claim.model_copy(update={"text": "The Greens won 31 of 90 seats"})

    summary = summarize(VOTE, model, on_problem=soften)
    assert summary.headline == "The Greens won 31 of 90 seats"
    assert summary.rejected == []


def test_an_answer_cut_off_is_a_clear_error(embedded_address: tuple[str, str]) -> None:
    with pytest.raises(ModelError, match="cut off"):
        summarize(SALE, embedded(embedded_address, max_tokens=24))


def test_cassettes_hold_no_address_and_no_key() -> None:
    for path in Path(ROOT / "cassettes").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "127.0.0.1" not in text, path
        assert not re.search(r"(?i)authorization|bearer|cookie", text), path
