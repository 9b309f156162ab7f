"""Types of a user's own schema that are checked against the source: which are, which are refused."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ValidationError

from summarizer import InputError, InSource, NamedIn, QuotedFrom, SupportedBy
from tests.support.drafts import ARTICLE


class Earnings(BaseModel):
    revenue: int


class Person(StrEnum):
    ANN = "Ann Lee"
    BOB = "Bob Hall"


NUMBERS = "it takes int, float, Decimal, str, Enum, each optional or in a list."
WORDS = "it takes str, Enum, each optional or in a list."
UNCHECKABLE: list[tuple[Any, Any, str]] = [
    (dict[str, int], InSource(), f"InSource cannot check dict[str, int]: {NUMBERS}"),
    (bool, InSource(), f"InSource cannot check bool: {NUMBERS}"),
    (datetime.date, InSource(), f"InSource cannot check date: {NUMBERS}"),
    (list[bytes], InSource(), f"InSource cannot check bytes: {NUMBERS}"),
    (Earnings, InSource(), f"InSource cannot check Earnings: {NUMBERS}"),
    (int, NamedIn(), f"NamedIn cannot check int: {WORDS}"),
    (list[int], QuotedFrom(), f"QuotedFrom cannot check int: {WORDS}"),
    (float | None, SupportedBy(), f"SupportedBy cannot check float: {WORDS}"),
]
CHECKABLE: list[tuple[Any, Any, Any, Any]] = [  # type, marker, right value, wrong value
    (list[int], InSource(), [12, 4], [12, 5]),
    (list[int | None], InSource(), [12, None], [5, None]),
    (tuple[int, ...], InSource(), (12, 4), (5,)),
    (set[Decimal], InSource(), {Decimal(12)}, {Decimal(5)}),
    (int | None, InSource(), None, 5),
    (float, InSource(), 12.0, float("nan")),
    (Any, InSource(), 12, {"revenue": 12}),
    (Decimal | str, InSource(), "12 engines", "13 engines"),
    (list[str], NamedIn(), ["Ann Lee", "Bob Hall"], ["Ann Lee", "Cy Dent"]),
    (Person, NamedIn(), "Bob Hall", "Cy Dent"),
    (Literal["Ann Lee", "Cy Dent"], NamedIn(), "Ann Lee", "Cy Dent"),
    (list[list[str]], QuotedFrom(), [["Four people were hurt"]], [["Five men were hurt"]]),
]


@pytest.mark.parametrize(("kind", "marker", "said"), UNCHECKABLE)
def test_a_type_that_cannot_be_checked_is_refused_where_it_is_defined(
    kind: Any, marker: Any, said: str
) -> None:
    with pytest.raises(InputError, match=re.escape(f"The field 'value': {said}")):
        type("Model", (BaseModel,), {"__annotations__": {"value": Annotated[kind, marker]}})


@pytest.mark.parametrize(("kind", "marker", "right", "wrong"), CHECKABLE)
def test_lists_and_optional_values_are_checked(
    kind: Any, marker: Any, right: Any, wrong: Any
) -> None:
    model: Any = type(
        "Model", (BaseModel,), {"__annotations__": {"value": Annotated[kind, marker]}}
    )
    model.model_validate({"value": right}, context={"source": ARTICLE})
    with pytest.raises(ValidationError):
        model.model_validate({"value": wrong}, context={"source": ARTICLE})


@pytest.mark.parametrize("scale", ["million", 0, -1, 2.5, True, None])
def test_a_wrong_scale_is_refused(scale: Any) -> None:
    with pytest.raises(InputError, match="give a whole number, 1 or more"):
        InSource(scale=scale)


def test_no_message_shows_doubled_braces() -> None:
    with pytest.raises(ValidationError, match=re.escape('context={"source": text}')) as caught:
        TypedName.model_validate({"name": "Ann Lee"})
    assert "{{" not in str(caught.value)


class TypedName(BaseModel):
    name: Annotated[str, NamedIn()]
