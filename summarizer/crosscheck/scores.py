"""Results like 4-2: one statement with two sides, that must come from one result of the source."""

from __future__ import annotations

from typing import NamedTuple

from ..article import Article
from ..contexts import Context
from ..numbers import Number
from ..spans import Span


class Result(NamedTuple):
    """A result of a summary against those of its source.

    Attributes:
        text: Both sides, as the summary writes them.
        same: Where the source has the same result; None if nowhere.
        nearest: Where it has the other side of this number with another value; None if nowhere.
        sides_stated: True if both values are somewhere in the source by themselves.
    """

    text: str
    same: Span | None
    nearest: Span | None
    sides_stated: bool


def find_result(index: int, text: Article, source: Article) -> Result | None:
    """Look up the result that a number of a summary is a side of; None if it is no side of one."""
    contexts = text.contexts.numbers
    pair = _pair(index, contexts, text.text)
    if pair is None:
        return None
    number = contexts[index].number
    values = {n.value for n in pair}
    written = text.text[pair[0].start : pair[1].end]
    nearest: Span | None = None
    given = source.contexts.numbers
    for k, context in enumerate(given):
        other = _pair(k, given, source.text) if context.number.kind == "score" else None
        if other is None or other[0] is not context.number:
            continue
        there = {n.value for n in other}
        span = source.span(other[0].start, other[1].end)
        if there == values:
            return Result(written, span, None, True)
        if number.value not in there and there & values:
            nearest = nearest or span
    stated = {n.value for n in source.numbers if n.kind in ("score", "cardinal")}
    return Result(written, None, nearest, values <= stated)


def _pair(index: int, contexts: list[Context], text: str) -> tuple[Number, Number] | None:
    """The two sides of the result that a score number belongs to."""
    number = contexts[index].number
    for first, second in ((index, index + 1), (index - 1, index)):
        if first < 0 or second >= len(contexts):
            continue
        one, other = contexts[first].number, contexts[second].number
        gap = text[one.end : other.start].strip()
        if (
            one.kind == other.kind == "score"
            and gap in ("-", "–", "‑", "−")
            and number in (one, other)
        ):
            return one, other
    return None
