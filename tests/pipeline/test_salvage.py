"""Answers that do not fit the schema: what is valid of them is used, and the rest reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer import ModelError, stream_summary
from summarizer.events import AnswerTrimmed, Event
from summarizer.pipeline.draft import draft_schema, merge_schema
from tests.pipeline.test_pipeline import ask
from tests.support.drafts import ARTICLE, CLAIMS, GOOD, draft
from tests.support.server import ScriptedServer, answer

FINE = answer(**GOOD)


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name not in names}


def claims(*numbers: int, sentence: int | None = None) -> list[dict[str, Any]]:
    return [{"sentence": sentence or number, "text": CLAIMS[number]} for number in numbers]


# Nothing is lost: the first answer is used.

SHORT: list[tuple[dict[str, Any], list[int]]] = [
    (draft(quotes=None), [1, 2, 3, 4, 5, 6]),
    (draft(figures=None), [1, 2, 3, 4, 5, 6]),
    (without("quotes"), [1, 2, 3, 4, 5, 6]),
    (without("figures", "quotes"), [1, 2, 3, 4, 5, 6]),
    (draft(middle=None), [1, 2, 5, 6]),
    (draft(middle=[]), [1, 2, 5, 6]),
    (draft(middle=claims(4)), [1, 2, 4, 5, 6]),
    (without("beginning", "quotes"), [3, 4, 5, 6]),
    (draft(beginning=None, middle=None, quotes=None, end=claims(5)), [5]),
]


@pytest.mark.parametrize(("answered", "kept"), SHORT)
def test_what_is_missing_does_not_cost_the_rest(
    server: ScriptedServer, answered: dict[str, Any], kept: list[int]
) -> None:
    summary = ask(server.will(answer(**answered)))
    assert [c.text for c in summary.claims] == [CLAIMS[number] for number in kept]
    short = [f"The model gave {len(kept)} of 6 claims that it was asked for."]
    assert summary.notes == (short if len(kept) < 6 else [])
    assert len(server.requests) == 1


# Something is lost: asked again once, then what is valid is used, and the rest is said.

WRONG: list[tuple[dict[str, Any], list[int], str]] = [
    (draft(figures=[1, 99, 3]), [1, 2, 3, 4, 5, 6], "figures: 99"),
    (draft(quotes=[0, 1, "x"]), [1, 2, 3, 4, 5, 6], "quotes: 0; quotes: x"),
    (draft(quotes=[1, 2, 1]), [1, 2, 3, 4, 5, 6], "quotes: 1"),
    (draft(middle=claims(3, 4, 3)), [1, 2, 3, 4, 5, 6], "middle: sentence=3 text='Four people"),
    (draft(end=[*claims(5), *claims(6, sentence=1)]), [1, 2, 3, 4, 5], "end: {'sentence': 1, 'text'"),
    (draft(end=[*claims(5), None, "six"]), [1, 2, 3, 4, 5], "end: None; end: six"),
    (draft(mood="sad"), [1, 2, 3, 4, 5, 6], "mood: unknown"),
    (draft(middle=[{"sentence": 3, "text": "x" * 500}, *claims(4)]), [1, 2, 4, 5, 6], "middle: {"),
]  # fmt: skip


@pytest.mark.parametrize(("answered", "kept", "said"), WRONG)
def test_what_is_not_valid_is_left_out_after_one_more_try(
    server: ScriptedServer, answered: dict[str, Any], kept: list[int], said: str
) -> None:
    events: list[Event] = []
    summary = ask(server.will(answer(**answered)), on_event=events.append)
    assert [c.text for c in summary.claims] == [CLAIMS[number] for number in kept]
    [trimmed] = [event for event in events if isinstance(event, AnswerTrimmed)]
    assert said in "; ".join(trimmed.left_out)
    assert summary.notes[0] == str(trimmed)
    assert len(server.requests) == summary.usage.requests == 2
    assert {f.text for f in summary.figures} >= {"12 engines", "Four people"}


def test_a_second_answer_that_fits_is_taken(server: ScriptedServer) -> None:
    summary = ask(server.will(answer(**draft(figures=[99])), FINE))
    assert (len(summary.claims), summary.notes, len(server.requests)) == (6, [], 2)


@pytest.mark.parametrize(
    "answered",
    [
        without("beginning", "middle", "end"),
        draft(beginning=[], middle=[], end=[]),
        draft(**{part: claims(1, sentence=99) for part in ("beginning", "middle", "end")}),
        draft(middle="none"),
        draft(headline=None),
        draft(headline="x" * 201),
        without("headline"),
    ],
)
def test_without_a_claim_or_a_headline_it_is_no_answer(
    server: ScriptedServer, answered: dict[str, Any]
) -> None:
    with pytest.raises(ModelError, match="did not fit the schema"):
        ask(server.will(answer(**answered)))
    assert len(server.requests) == 2


def test_a_stream_uses_what_is_valid(server: ScriptedServer) -> None:
    server.will(answer(**draft(quotes=None, middle=None)))
    *_, summary = stream_summary(ARTICLE, "m", base_url=server.base_url, api_key="k")
    assert [c.text for c in summary.claims] == [CLAIMS[number] for number in (1, 2, 5, 6)]


def test_the_cache_keeps_a_short_answer(server: ScriptedServer, tmp_path: Path) -> None:
    server.will(answer(**draft(quotes=None, middle=None)))
    first, second = (ask(server, cache=tmp_path / "cache.sqlite") for _ in range(2))
    assert first.notes == second.notes != []
    assert first.claims == second.claims
    assert len(server.requests) == 1


def test_an_answer_of_a_merge_is_salvaged_too() -> None:
    schema = merge_schema(9, 5, 2, 6, 16)
    merged = schema.model_validate({"headline": "Mill burns", "figures": None, "end": [7]})
    assert (merged.claims, merged.figure_ids, merged.statement_ids) == ([7], [], [])
    with pytest.raises(ValueError, match="end"):
        schema.model_validate({"headline": "Mill burns", "end": [1]})


def test_the_schema_that_is_sent_is_strict_and_begins_with_the_claims() -> None:
    """What is salvaged of an answer does not loosen what the model is asked for."""
    schema = draft_schema(35, 20, 8, 6, 16).model_json_schema()
    assert list(schema["properties"]) == [
        "beginning", "middle", "end", "headline", "quotes", "figures",
    ]  # fmt: skip
    assert schema["required"] == list(schema["properties"])
    assert schema["additionalProperties"] is False
    middle, quotes = schema["properties"]["middle"], schema["properties"]["quotes"]
    assert (middle["minItems"], middle["maxItems"]) == (2, 2)
    assert (quotes["items"]["enum"], quotes["maxItems"]) == (list(range(1, 9)), 8)
    claim = schema["$defs"]["MiddleClaim"]
    assert claim["properties"]["sentence"]["enum"] == list(range(12, 24))
    assert claim["additionalProperties"] is False
