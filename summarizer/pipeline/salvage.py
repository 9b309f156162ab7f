"""What can be used of an answer that does not fit its schema.

The schema that a model is sent is strict, and most servers hold it to that; of an answer from one
that does not, all that is valid is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from ..text.escape import one_line

_LONGEST_SHOWN = 80
"""Characters of an entry that a report of what was left out shows."""


@dataclass
class Patience:
    """Whether an answer of one request was refused before because of entries that are not valid."""

    is_exhausted: bool = False

    @contextmanager
    def validating(self) -> Iterator[None]:
        """The context in which the answers to the request are validated."""
        token = _patience.set(self)
        try:
            yield
        finally:
            _patience.reset(token)


_patience: ContextVar[Patience | None] = ContextVar("summarizer_patience", default=None)


class Salvageable(BaseModel):
    """An answer of lists, and of other fields that are all needed.

    A list that is null, missing or shorter than asked is used as it is. One with too many entries,
    or with entries that are not valid, is refused once, so that the model is asked again; then the
    valid entries are used, and `left_out` says which were not.
    """

    model_config = ConfigDict(extra="forbid")
    _left_out: tuple[str, ...] = PrivateAttr(default=())

    @property
    def left_out(self) -> tuple[str, ...]:
        """The entries that were not used, in words."""
        return self._left_out

    @property
    def is_usable(self) -> bool:
        """False if too little is left."""
        return True

    @property
    def shortfall(self) -> tuple[int, int]:
        """How many entries were given where a number was asked for, and how many were asked for."""
        asked = {name: _bound(type(self), name, "min_length") for name in type(self).model_fields}
        given = sum(len(getattr(self, name)) for name, least in asked.items() if least)
        return given, sum(filter(None, asked.values()))

    @model_validator(mode="wrap")
    @classmethod
    def _use_what_is_valid(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(value)
        except ValidationError:
            salvaged = _salvage(cls, value) if isinstance(value, dict) else None
            if salvaged is None or not (salvaged.is_usable and _may_use(salvaged)):
                raise
            return salvaged  # type: ignore[no-any-return]


def _may_use(salvaged: Salvageable) -> bool:
    """True if nothing had to be left out, or if the model was asked again before."""
    if not salvaged.left_out:
        return True
    patience = _patience.get()
    if patience is None:
        return False
    was_exhausted, patience.is_exhausted = patience.is_exhausted, True
    return was_exhausted


def _salvage(schema: type[Salvageable], value: dict[str, Any]) -> Any:
    """The valid entries of an answer; None if a field that is needed is not valid."""
    left_out = [
        f"{one_line(name, _LONGEST_SHOWN)}: unknown"
        for name, given in value.items()
        if given and name not in schema.model_fields  # an empty one has nothing to leave out
    ]
    fields: dict[str, Any] = {}
    for name, given in ((name, value.get(name)) for name in schema.model_fields):
        adapter, most = _reader(schema, name)
        if most is None:
            try:
                fields[name] = adapter.validate_python(given)
            except ValidationError:
                return None
        elif isinstance(given, list | None):
            entries, others = _entries(given or [], adapter, most)
            fields[name] = entries
            left_out += [f"{name}: {one_line(str(each), _LONGEST_SHOWN)}" for each in others]
        else:
            return None
    salvaged = schema.model_construct(**fields)
    salvaged._left_out = tuple(left_out)
    return salvaged


def _entries(given: list[Any], adapter: TypeAdapter[Any], most: int) -> tuple[list[Any], list[Any]]:
    """The valid entries of a list, as many as are allowed, and all others."""
    entries: list[Any] = []
    others: list[Any] = []
    for each in given:
        try:
            entry = adapter.validate_python(each)
        except ValidationError:
            others.append(each)
        else:
            (entries if len(entries) < most else others).append(entry)
    return entries, others


@lru_cache(maxsize=512)
def _reader(schema: type[Salvageable], name: str) -> tuple[TypeAdapter[Any], int | None]:
    """What reads an entry of a list, and how many there may be; for another field, what reads it."""
    annotation = schema.model_fields[name].annotation
    most = _bound(schema, name, "max_length")
    if not get_args(annotation) or most is None:
        return TypeAdapter(Annotated[annotation, *schema.model_fields[name].metadata]), None  # type: ignore[arg-type]
    return TypeAdapter(get_args(annotation)[0]), most


def _bound(schema: type[Salvageable], name: str, which: str) -> int | None:
    """The least or the greatest length of a field."""
    bounds = (getattr(each, which, None) for each in schema.model_fields[name].metadata)
    return next((bound for bound in bounds if bound is not None), None)
