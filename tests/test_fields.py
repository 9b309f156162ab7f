"""Schemas of one's own: through pydantic alone, through instructor, and through summarize."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError

from summarizer import InSource, ModelError, NamedIn, QuotedFrom, SupportedBy, summarize
from tests.support.server import ScriptedServer, answer

EARNINGS = (
    "Acme Foods said on Tuesday that revenue rose 8% to $4.2 billion in the third quarter. Operating margin"
    " was 11.5%, up from 10.9%. The company expects revenue of $17 billion for the year. “We do not see demand"
    " slowing down before the spring,” said Ann Lee, the chief executive."
)


class Guidance(BaseModel):
    revenue_millions: Annotated[int, InSource(scale=1_000_000)]


class Earnings(BaseModel):
    company: Annotated[str, NamedIn()]
    revenue_millions: Annotated[Decimal, InSource(scale=1_000_000)]
    margin: Annotated[float, InSource()]
    quotation: Annotated[str, QuotedFrom()]
    summary: Annotated[str, SupportedBy()]
    guidance: Guidance
    other_figures: list[Annotated[str, InSource()]] = []
    speaker: Annotated[str, NamedIn()] | None = None


RIGHT: dict[str, Any] = {
    "company": "Acme Foods",
    "revenue_millions": 4200,
    "margin": 11.5,
    "quotation": "We do not see demand slowing down",
    "summary": "Revenue of Acme Foods rose 8% in the third quarter.",
    "guidance": {"revenue_millions": 17000},
    "other_figures": ["up from 10.9%"],
    "speaker": None,
}
CONTEXT = {"source": EARNINGS}


def test_what_the_source_says_is_valid() -> None:
    assert Earnings.model_validate(RIGHT, context=CONTEXT).revenue_millions == 4200


WRONG = [
    ("company", "Bolt Mills", "“Bolt Mills” is nowhere in the source|nowhere in the source"),
    ("revenue_millions", 4300, r"4300 is nowhere in the source; it has “\$4.2 billion”"),
    ("margin", 12.5, "it has “11.5%”"),
    ("quotation", "We do see demand slowing down", "“not” was left out"),
    ("quotation", "Dividends will double next year", "nowhere in the source"),
    ("summary", "Revenue of Acme Foods rose 9% in the third quarter.", "the source says “8%”"),
    ("summary", "The weather in Norway is expected to improve.", "no sentence of the source"),
    ("guidance", {"revenue_millions": 18000}, "it has “\\$17 billion”"),
    ("other_figures", ["up from 10.9%", "a margin of 77%"], "77%"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_an_error_says_what_the_source_says(name: str, value: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Earnings.model_validate({**RIGHT, name: value}, context=CONTEXT)


def test_without_a_source_nothing_is_valid() -> None:
    with pytest.raises(ValidationError, match="no source to check against"):
        Earnings.model_validate(RIGHT)


def test_the_json_schema_is_that_of_the_plain_types() -> None:
    assert Guidance.model_json_schema()["properties"]["revenue_millions"]["type"] == "integer"


def test_summarize_into_a_schema(server: ScriptedServer) -> None:
    wrong = answer(**{**RIGHT, "margin": 12.5})
    server.will(wrong, answer(**RIGHT))
    found = summarize(EARNINGS, "m", schema=Earnings, base_url=server.base_url, api_key="k")
    assert isinstance(found, Earnings)
    assert found.margin == 11.5
    assert "it has “11.5%”" in str(server.requests[1]["messages"])


def test_summarize_into_a_schema_gives_up_without_anything_false(server: ScriptedServer) -> None:
    server.will(answer(**{**RIGHT, "margin": 12.5}))
    with pytest.raises(ModelError, match="12.5 is nowhere in the source"):
        summarize(
            EARNINGS, "m", schema=Earnings, base_url=server.base_url, api_key="k", max_reasks=1
        )
    assert len(server.requests) == 2


def test_plain_instructor_with_a_context(server: ScriptedServer) -> None:
    import instructor
    import openai

    server.will(answer(**{**RIGHT, "revenue_millions": 4300}), answer(**RIGHT))
    client = instructor.from_openai(
        openai.OpenAI(base_url=server.base_url, api_key="k"), mode=instructor.Mode.JSON_SCHEMA
    )
    found = client.create(
        model="m",
        response_model=Earnings,
        messages=[{"role": "user", "content": "Fill in."}],
        context=CONTEXT,
        max_retries=1,
    )
    assert found.revenue_millions == 4200
    assert len(server.requests) == 2
