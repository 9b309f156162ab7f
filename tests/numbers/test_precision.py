"""A caller's decimal context changes nothing."""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import pytest
from pydantic import BaseModel

from summarizer import InSource, crosscheck, find_numbers

SOURCE = (
    "The bank lost 1234567890123.55 dollars in 2015, after 1,200 million euros the year before."
    " A third of its 85,000 staff left, more than in 2014, when 40,000 left in 24 months."
)
SUMMARIES = [
    "The bank lost 1234567890123.55 dollars.",
    "The bank lost 1234567890123.56 dollars.",
    "The bank lost $1.2 trillion; €1.2bn the year before; 33% of its staff left.",
    "Of its staff of about 85,000, ⅓ left, and 40,000 within two years; 125,000 in all.",
    "It lost 12345678901234567890123.55 dollars, 1.5^30 times as much.",
]
CONTEXTS = [
    decimal.Context(prec=9),
    decimal.Context(prec=2, rounding=decimal.ROUND_UP),
    decimal.Context(prec=9, traps=[decimal.Inexact, decimal.Rounded]),
    decimal.Context(Emax=9, Emin=-9),
]


@pytest.fixture(params=CONTEXTS, ids=str)
def caller(request: pytest.FixtureRequest) -> Iterator[decimal.Context]:
    with decimal.localcontext(request.param) as context:
        yield context


@pytest.mark.parametrize("text", [SOURCE, *SUMMARIES])
def test_numbers_do_not_depend_on_the_callers_context(text: str, caller: decimal.Context) -> None:
    with decimal.localcontext(decimal.Context()):
        expected = find_numbers(text)
    assert repr(find_numbers(text)) == repr(expected)


def test_long_value_is_kept_under_a_low_precision() -> None:
    with decimal.localcontext(prec=9):
        number = find_numbers("1234567890123.55 dollars")[0]
    assert str(number.value) == "1234567890123.55"


@pytest.mark.parametrize("summary", SUMMARIES)
def test_verdicts_do_not_depend_on_the_callers_context(
    summary: str, caller: decimal.Context
) -> None:
    def checked() -> list[object]:
        check = crosscheck(summary, SOURCE)
        return [repr(part) for part in (check.numbers, check.missed, check.ok)]

    with decimal.localcontext(decimal.Context()):
        expected = checked()
    assert checked() == expected


def test_fields_do_not_depend_on_the_callers_context(caller: decimal.Context) -> None:
    class Loss(BaseModel):
        dollars: Annotated[Decimal, InSource()]

    loss = {"dollars": Decimal("1234567890123.55")}
    assert Loss.model_validate(loss, context={"source": SOURCE}).dollars == loss["dollars"]
    with pytest.raises(ValueError, match="nowhere in the source"):
        Loss.model_validate({"dollars": Decimal("1234567890123.56")}, context={"source": SOURCE})


def test_the_callers_context_is_left_as_it_was() -> None:
    with decimal.localcontext(decimal.Context(prec=9)) as context:
        crosscheck(SUMMARIES[2], SOURCE)
        assert context.prec == 9
        assert not any(context.flags.values())
