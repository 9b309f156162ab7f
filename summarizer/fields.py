"""Annotated types for schemas of your own: pydantic fields that are checked against a source.

The source is given as validation context, so the types work in plain pydantic
(`Model.model_validate(data, context={"source": text})`), in instructor
(`client.create(…, context={"source": text})`) and in `summarize(text, schema=Model)`. The error of
a field that fails says what the source has instead, which is what a model needs to correct it when
instructor asks again. None is always valid.
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
from .checks.quoted_words import find_words
from .checks.result import Check
from .checks.wording import phrase_end
from .numbers import Number
from .numbers.precision import fixed_precision

_MOST_NAMED = 3
"""Numbers of the source that an error names, the nearest first."""
_source: ContextVar[Article | None] = ContextVar("summarizer_source", default=None)


@contextmanager
def checking(source: Article | None) -> Iterator[None]:
    """Make a source the one that fields are checked against if no context is given.

    Args:
        source: The article; None for no source.

    Example:
        >>> from pydantic import TypeAdapter
        >>> from typing import Annotated
        >>> with checking(Article("Ann Lee won.")):
        ...     TypeAdapter(Annotated[str, NamedIn()]).validate_python("Lee")
        'Lee'
    """
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


class _Checked:
    """A marker for Annotated that checks the validated value against the source."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._validate, handler(source))

    def _validate(self, value: Any, info: ValidationInfo) -> Any:
        if value is None:
            return value
        with fixed_precision():
            problem = self._problem(value, _source_of(info))
        if problem:
            raise PydanticCustomError("not_in_source", "{problem}", {"problem": problem})
        return value

    def _problem(self, value: Any, source: Article) -> str | None:
        """What is wrong with a value, in the words of the error; None if nothing is."""
        raise NotImplementedError


@dataclass(frozen=True)
class InSource(_Checked):
    """A number that the source contains: `Annotated[Decimal, InSource()]`.

    Its sign is not compared: a source writes a loss of $3m in words. On a `str` field every number
    in the text is checked in its context instead.

    Args:
        scale: What one unit of the field is worth: with `InSource(scale=1_000_000)` the field holds
            millions, and 4200 is "$4.2 billion". No effect on a `str`.

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
        stated = [number for number in source.numbers if number.kind != "identifier"]
        if any(abs(number.value) == wanted for number in stated):
            return None
        nearest = sorted(stated, key=lambda number: _distance(number, wanted))[:_MOST_NAMED]
        named = ", ".join(f"“{source.text[n.start : phrase_end(source, n)]}”" for n in nearest)
        return f"{value} is nowhere in the source; it has {named or 'no numbers'}"


def _distance(number: Number, wanted: Decimal) -> Decimal:
    """How far apart two values are, as a share of the larger one."""
    value = abs(number.value)
    return abs(value - wanted) / max(value, wanted, Decimal(1))


@dataclass(frozen=True)
class QuotedFrom(_Checked):
    """Words that the source has: verbatim, with other punctuation, or fairly abridged.

    Example:
        >>> from typing import Annotated
        >>> from pydantic import BaseModel
        >>> class Quote(BaseModel):
        ...     words: Annotated[str, QuotedFrom()]
        >>> source = {"source": "“We do not see demand slowing down,” said Ann Lee."}
        >>> Quote.model_validate({"words": "We do not see demand … down"}, context=source).words
        'We do not see demand … down'
    """

    def _problem(self, value: Any, source: Article) -> str | None:
        found = find_words(str(value), source)
        return found.reason if found.verdict.flagged else None


@dataclass(frozen=True)
class NamedIn(_Checked):
    """A name of the source, or a known short form of one.

    Example:
        >>> from typing import Annotated
        >>> from pydantic import BaseModel
        >>> class Goal(BaseModel):
        ...     scorer: Annotated[str, NamedIn()]
        >>> Goal.model_validate({"scorer": "Lee"}, context={"source": "Ann Lee scored."}).scorer
        'Lee'
    """

    def _problem(self, value: Any, source: Article) -> str | None:
        check = check_name(str(value), source)
        return check.reason if check.verdict.flagged else None


@dataclass(frozen=True)
class SupportedBy(_Checked):
    """A statement that sentences of the source are about, with its numbers and direction right.

    Example:
        >>> from typing import Annotated
        >>> from pydantic import BaseModel
        >>> class Digest(BaseModel):
        ...     claim: Annotated[str, SupportedBy()]
        >>> source = {"source": "Profit of Acme Foods rose 8% in March."}
        >>> Digest.model_validate({"claim": "Profit rose 8%."}, context=source).claim
        'Profit rose 8%.'
    """

    def _problem(self, value: Any, source: Article) -> str | None:
        text = Article(str(value))
        return _first_problem([*check_numbers(text, source), check_support(text, source)])


def _first_problem(checks: list[Check]) -> str | None:
    return next((check.reason for check in checks if check.verdict.flagged), None)
