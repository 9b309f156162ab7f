"""Results like 4-2 and years like 1991-2000: two sides that must come from one pair of the source."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ...article import Article
from ...numbers import Number
from ...numbers.context import Context
from ...text.spans import Span


class Result(NamedTuple):
    """A result of a summary against those of its source.

    Attributes:
        text: Both sides, as the summary writes them.
        same: Where the source has the same result; None if nowhere.
        nearest: Where it has the other side of this number with another value; None if nowhere. Of
            a draw that it does not have both sides count as the other.
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
        if there & values and (number.value not in there or len(values) == 1):
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


_BETWEEN_YEARS = frozenset(["-", "–", "—", "‑", "--", "to", "until", "till", "and"])


def find_years(index: int, text: Article, source: Article) -> Span | None:
    """Where the source has the other end of a span of years with another year; None if nowhere.

    "1984-2011" for its "2007-2011"; None as well if it has the very span somewhere.
    """
    claimed = text.contexts.numbers
    number = claimed[index].number
    spans = _years_from(index, claimed, text.text), _years_from(index - 1, claimed, text.text)
    ends = spans[0] or spans[1]
    if ends is None:
        return None
    nearest: Span | None = None
    given = source.contexts.numbers
    for k, context in enumerate(given):
        there = _years_from(k, given, source.text) if context.number.kind == "year" else None
        if there == ends:
            return None
        kept = there and (there[0] == ends[0]) != (there[1] == ends[1])
        if there and kept and number.value not in there:
            nearest = nearest or source.span(context.number.start, given[k + 1].number.end)
    return nearest


def _years_from(index: int, contexts: list[Context], text: str) -> tuple[Decimal, Decimal] | None:
    """The two years of a span that begins at a number: 1991-2000, 2007 to 2011, 2007-11."""
    if index < 0 or index + 1 >= len(contexts):
        return None
    first, last = contexts[index].number, contexts[index + 1].number
    if first.kind != "year" or text[first.end : last.start].strip() not in _BETWEEN_YEARS:
        return None
    if last.kind == "year":
        return first.value, last.value
    short = last.kind == "cardinal" and len(last.text) == 2 and last.text.isdecimal()
    return (first.value, first.value // 100 * 100 + last.value) if short else None
