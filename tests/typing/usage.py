"""The public API as a type checker sees it: each line is an assertion of mypy's."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, assert_type

from pydantic import BaseModel

from summarizer import (
    Article,
    Claim,
    CrossCheck,
    Figure,
    InSource,
    Item,
    NumberCheck,
    Omission,
    Outcome,
    Quotation,
    Quote,
    Sentence,
    Span,
    Summary,
    Verdict,
    astream_summary,
    asummarize,
    asummarize_many,
    crosscheck,
    find_numbers,
    find_quotations,
    stream_summary,
    summarize,
    summarize_many,
)


class Report(BaseModel):
    revenue: Annotated[Decimal, InSource(scale=1_000_000)]


def summaries(text: str, article: Article) -> None:
    assert_type(summarize(text), Summary)
    assert_type(summarize(article, "local", max_claims=3, focus="Who pays?"), Summary)
    assert_type(summarize(text, schema=Report), Report)
    for item in stream_summary(text):
        assert_type(item, Claim | Quote | Figure | Summary)
    for outcome in summarize_many([text, ("id", text), {"text": text}, Item("id", text)]):
        assert_type(outcome, Outcome)


async def async_summaries(text: str) -> None:
    assert_type(await asummarize(text), Summary)
    assert_type(await asummarize(text, schema=Report), Report)
    async for item in astream_summary(text):
        assert_type(item, Claim | Quote | Figure | Summary)
    async for outcome in asummarize_many([text]):
        assert_type(outcome, Outcome)


def checks(text: str, article: Article, summary: Summary) -> None:
    check = crosscheck(text, article)
    assert_type(check, CrossCheck)
    assert_type(check.ok, bool)
    assert_type(check.numbers, list[NumberCheck])
    assert_type(check.missed, list[Omission])
    assert_type(check.numbers[0].verdict, Verdict)
    assert_type(check.numbers[0].evidence, list[Span])
    assert_type(crosscheck(summary, text).ok, bool)


def finders(text: str, article: Article) -> None:
    assert_type(find_numbers(text)[0].value, Decimal)
    assert_type(find_quotations(text), list[Quotation])
    assert_type(article.sentences, tuple[Sentence, ...])


def decide(claim: Claim, problems: list[str]) -> Claim | None:
    return None if problems else claim


def mistakes(text: str) -> None:
    summarize(text, on_problem=decide)
    summarize(text, on_problem="mend")  # type: ignore[call-overload]
    summarize(text, max_claim=3)  # type: ignore[call-overload]
    summarize(text, max_claims="three")  # type: ignore[call-overload]
    crosscheck(text)  # type: ignore[call-arg]
