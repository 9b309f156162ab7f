"""Annotated types for schemas of your own: pydantic fields that must be proved by a source.

The source is given as validation context, so they work in plain pydantic
(`Model.model_validate(data, context={"source": text})`), in instructor
(`client.create(…, context={"source": text})`) and in `summarize(text, schema=Model)`. A validation
error says what the source says instead, so that instructor's own re-ask repairs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .article import Article
from .checks.claims.support import check_support
from .checks.names import check_name
from .checks.numbers.rules import check_numbers
from .checks.quotations import find_words
from .checks.result import Check
from .checks.wording import phrase_end
from .numbers import Number

_MOST_NAMED = 3
_source: ContextVar[Article | None] = ContextVar("summarizer_source", default=None)


@contextmanager
def checking(source: Article | None) -> Iterator[None]:
    """Within this block the annotated types check against this source, without any context."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


@lru_cache(maxsize=8)
def _prepared(text: str) -> Article:
    return Article(text)


def _source_of(info: ValidationInfo) -> Article:
    context = info.context if isinstance(info.context, dict) else {}
    source = context.get("source") or _source.get()
    if isinstance(source, Article):
        return source
    if isinstance(source, str):
        return _prepared(source)
    raise PydanticCustomError(
        "no_source", 'no source to check against: validate with context={{"source": text}}'
    )


class _Proved:
    """A marker for Annotated that checks the validated value against the source."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._validate, handler(source))

    def _validate(self, value: Any, info: ValidationInfo) -> Any:
        if value is None:
            return value
        problem = self._problem(value, _source_of(info))
        if problem:
            raise PydanticCustomError("not_in_source", "{problem}", {"problem": problem})
        return value

    def _problem(self, value: Any, source: Article) -> str | None:
        raise NotImplementedError


@dataclass(frozen=True)
class InSource(_Proved):
    """A number that the source contains: `Annotated[Decimal, InSource()]`.

    Attributes:
        scale: What one unit of the field means: with `InSource(scale=1_000_000)` the field holds
            millions, and 4200 is "$4.2 billion". On a `str` field every number in it is checked
            in its context instead.

    Example:
        >>> from typing import Annotated
        >>> from pydantic import BaseModel
        >>> class Report(BaseModel):
        ...     revenue: Annotated[Decimal, InSource(scale=1_000_000)]
        >>> source = {"source": "Revenue rose to $4.2 billion."}
        >>> Report.model_validate({"revenue": 4200}, context=source).revenue
        Decimal('4200')
    """

    scale: int = 1

    def _problem(self, value: Any, source: Article) -> str | None:
        if isinstance(value, str):
            return _first_problem(list(check_numbers(Article(value), source)))
        wanted = abs(Decimal(str(value)) * self.scale)
        stated = [n for n in source.numbers if n.kind != "identifier"]
        if any(abs(n.value) == wanted for n in stated):
            return None
        nearest = sorted(stated, key=lambda n: _distance(n, wanted))[:_MOST_NAMED]
        named = ", ".join(f"“{source.text[n.start : phrase_end(source, n)]}”" for n in nearest)
        return f"{value} is nowhere in the source; it has {named or 'no numbers'}"


def _distance(number: Number, wanted: Decimal) -> Decimal:
    value = abs(number.value)
    return abs(value - wanted) / max(value, wanted, Decimal(1))


@dataclass(frozen=True)
class QuotedFrom(_Proved):
    """Words that the source contains: exact, normalised or honestly abridged."""

    def _problem(self, value: Any, source: Article) -> str | None:
        found = find_words(str(value), source)
        return found.reason if found.verdict.flagged else None


@dataclass(frozen=True)
class NamedIn(_Proved):
    """A name of the source, or a known short form of one."""

    def _problem(self, value: Any, source: Article) -> str | None:
        check = check_name(str(value), source)
        return check.reason if check.verdict.flagged else None


@dataclass(frozen=True)
class SupportedBy(_Proved):
    """A statement that sentences of the source carry, with all its numbers and names right."""

    def _problem(self, value: Any, source: Article) -> str | None:
        text = Article(str(value))
        return _first_problem([*check_numbers(text, source), check_support(text, source)])


def _first_problem(checks: list[Check]) -> str | None:
    return next((c.reason for c in checks if c.verdict.flagged), None)
