"""Annotated types for schemas of your own: pydantic fields that are checked against a source.

The source is given as validation context, so the types work in plain pydantic
(`Model.model_validate(data, context={"source": text})`), in instructor
(`client.create(…, context={"source": text})`) and in `summarize(text, schema=Model)`. The error of
a field that fails says what the source has instead, which is what a model needs to correct it when
instructor asks again. None is always valid; of a list, each element is checked.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import EllipsisType, NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from pydantic import BaseModel, GetCoreSchemaHandler, ValidationInfo
from pydantic.errors import PydanticUserError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .article import Article
from .checks.claims.support import check_support
from .checks.names import check_name
from .checks.numbers.rules import check_numbers
from .checks.quoted_words import find_words
from .checks.result import Check
from .checks.wording import phrase_end
from .errors import InputError
from .numbers import Number
from .numbers.precision import fixed_precision

_CONTAINERS = (list, tuple, set, frozenset)
_ABSTRACT = (Collection, Sequence, Set)
"""Types of which pydantic makes one of those containers."""
_SCHEMA = "schema= takes a pydantic model (a class made from BaseModel)"
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
        "no_source", 'no source to check against: validate with context={"source": text}'
    )


def require_schema(schema: Any) -> None:
    """Refuse what is not a pydantic model with fields that JSON can hold.

    Args:
        schema: What the user gave as `schema=`.

    Raises:
        InputError: It is not.

    >>> require_schema(list[int])
    Traceback (most recent call last):
    summarizer.errors.InputError: schema= takes a pydantic model (a class made from BaseModel), not
        list[int]: make a model with a field of that type.
    """
    if not (isinstance(schema, type) and get_origin(schema) is None):
        hint = "pass its class" if isinstance(schema, BaseModel) else "make a model with its fields"
        if get_origin(schema) is not None:
            hint = "make a model with a field of that type"
        shown = _named(schema) if get_origin(schema) is not None else f"a {type(schema).__name__}"
        raise InputError(f"{_SCHEMA}, not {shown}: {hint}.")
    if not issubclass(schema, BaseModel):
        raise InputError(f"{_SCHEMA}, not {_named(schema)}: make a model with its fields.")
    if not schema.model_fields:
        raise InputError(f"schema={_named(schema)} has no fields to fill in.")
    try:
        schema.model_json_schema()
    except PydanticUserError as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            f"schema={_named(schema)} cannot be described as JSON: {reason}"
        ) from error


class _Checked:
    """A marker for Annotated that checks the validated value against the source."""

    takes: ClassVar[tuple[type, ...]] = (str, Enum)
    """What it can check, alone or in lists."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        if (wrong := _wrong_type(source, self.takes)) is not None:
            taken = ", ".join(kind.__name__ for kind in self.takes)
            raise InputError(
                f"{_field(handler)}{type(self).__name__} cannot check {_named(wrong)}: it takes"
                f" {taken}, each optional or in a list."
            )
        return core_schema.with_info_after_validator_function(self._validate, handler(source))

    def _validate(self, value: Any, info: ValidationInfo) -> Any:
        source = None
        for part in _parts(value):
            source = source or _source_of(info)
            with fixed_precision():
                problem = self._problem(part, source)
            if problem:
                raise PydanticCustomError("not_in_source", "{problem}", {"problem": problem})
        return value

    def _problem(self, value: Any, source: Article) -> str | None:
        """What is wrong with a value, in the words of the error; None if nothing is."""
        raise NotImplementedError


def _parts(value: Any) -> Iterator[Any]:
    """What a value holds, each to be checked by itself: a list's elements, an enum's value."""
    if isinstance(value, _CONTAINERS):
        for element in value:
            yield from _parts(element)
    elif isinstance(value, Enum):
        yield value.value
    elif value is not None:
        yield value


def _wrong_type(annotation: Any, takes: tuple[type, ...]) -> Any:
    """The part of an annotation of which no value can be checked; None if there is none.

    What only a value shows (Any, a literal, a type variable) passes.
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        return _wrong_type(get_args(annotation)[0], takes)
    if origin in (Union, UnionType, *_CONTAINERS, *_ABSTRACT):
        wrong = (_wrong_type(each, takes) for each in get_args(annotation))
        return next((each for each in wrong if each is not None), None)
    kind = origin or annotation
    if not isinstance(kind, type) or kind in (Any, object, NoneType, EllipsisType):
        return None
    is_taken = issubclass(kind, (*takes, *_CONTAINERS)) and kind is not bool
    return None if is_taken else annotation


def _named(annotation: Any) -> str:
    """A type as a user writes it."""
    is_plain = isinstance(annotation, type) and get_origin(annotation) is None
    return annotation.__name__ if is_plain else str(annotation).removeprefix("typing.")


def _field(handler: GetCoreSchemaHandler) -> str:
    """The field that is being defined, for a message; "" outside of a model."""
    try:
        return f"The field {handler.field_name!r}: " if handler.field_name else ""
    except LookupError:
        return ""


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
    takes: ClassVar[tuple[type, ...]] = (int, float, Decimal, str, Enum)

    def __post_init__(self) -> None:
        if not isinstance(self.scale, int) or isinstance(self.scale, bool) or self.scale < 1:
            raise InputError(f"InSource(scale={self.scale!r}): give a whole number, 1 or more.")

    def _problem(self, value: Any, source: Article) -> str | None:
        if isinstance(value, str):
            return _first_problem(list(check_numbers(Article(value), source)))
        if not isinstance(value, int | float | Decimal) or not math.isfinite(value):
            return f"{value} is not a number that a source can state"
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
