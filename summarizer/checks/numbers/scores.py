"""Results like 4-2 and years like 1991-2000: two sides that must come from one pair of the source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ...article import Article
from ...numbers import Number
from ...numbers.context import Context
from ...text.spans import Span
from ..result import NumberCheck
from ..verdicts import Verdict
from .case import Case
from .confidence import UNLIKELY, WRONG
from .reasons import says

_BETWEEN_SIDES = frozenset("-–‑−")
_BETWEEN_YEARS = frozenset(["-", "–", "—", "‑", "--", "to", "until", "till", "and"])
_YEARS_A_CENTURY = 100
_SHORT_YEAR_DIGITS = 2


class Result(NamedTuple):
    """Both sides of a result, as a text writes them."""

    span: Span
    values: frozenset[Decimal]


def same_result(case: Case) -> NumberCheck | None:
    """“They won 3-1.” where the source has “They won 3-1 on Saturday.”"""
    result = _result_of(case)
    given = _results(case.source) if result else ()
    same = next((there.span for there in given if result and there.values == result.values), None)
    if result is None or same is None:
        return None
    return case.check(Verdict.EXACT, says(result.span.text, case.source, same), same)


def another_result(case: Case) -> NumberCheck | None:
    """“They won 3-1.” where the source has “They won 2-1 on Saturday.”"""
    result = _result_of(case)
    if result is None:
        return None
    for there in _results(case.source):
        if _differs_in(case.number.value, result.values, there.values):
            reason = says(result.span.text, case.source, there.span)
            return case.check(Verdict.CONTRADICTED, reason, there.span, confidence=WRONG)
    return None


def no_such_result(case: Case) -> NumberCheck | None:
    """“They won 3-1.” where the source has “They won with 3 goals.”

    A result whose sides the source has by themselves may have been put together from them.
    """
    if not case.alignment.is_supported or not (result := _result_of(case)):
        return None
    if result.values <= {n.value for n in case.source.numbers if n.kind in ("score", "cardinal")}:
        return None
    reason = f"{result.span.text}: no such result in the source"
    return case.check(Verdict.UNSUPPORTED, reason, confidence=UNLIKELY)


def _differs_in(value: Decimal, claimed: frozenset[Decimal], given: frozenset[Decimal]) -> bool:
    """True if the source has the other side of a result with another value than this one.

    Of a draw that the source does not have, both sides count as the other.
    """
    return bool(given & claimed) and (value not in given or len(claimed) == 1)


def _result_of(case: Case) -> Result | None:
    """The result that a number of the summary is a side of; None if it is not part of one."""
    if case.number.kind != "score":
        return None
    contexts = case.text.contexts.numbers
    return _result_from(case.index, contexts, case.text) or _result_from(
        case.index - 1, contexts, case.text
    )


def _results(article: Article) -> Iterator[Result]:
    """The results of a text, in order; in "2-1-1" each number but the last begins one."""
    contexts = article.contexts.numbers
    for index, context in enumerate(contexts):
        if context.number.kind == "score" and (found := _result_from(index, contexts, article)):
            yield found


def _result_from(index: int, contexts: list[Context], article: Article) -> Result | None:
    """The result that begins at a number."""
    if not 0 <= index < len(contexts) - 1:
        return None
    one, other = contexts[index].number, contexts[index + 1].number
    if not one.kind == other.kind == "score":
        return None
    if article.text[one.end : other.start].strip() not in _BETWEEN_SIDES:
        return None
    return Result(article.span(one.start, other.end), frozenset({one.value, other.value}))


def other_years(case: Case) -> NumberCheck | None:
    """“She led it 1984-2011.” where the source has “She led it 2007-2011.”"""
    years = _find_other_years(case) if case.number.kind == "year" else None
    if years is None:
        return None
    reason = says(case.number.text, case.source, years)
    return case.check(Verdict.CONTRADICTED, reason, years, confidence=WRONG)


def _find_other_years(case: Case) -> Span | None:
    """Where the source has the other end of a span of years with another year than this one.

    None if there is no such place, or if the source has the very span somewhere.
    """
    number, claimed = case.number, case.text.contexts.numbers
    ends = _years_from(case.index, claimed, case.text)
    ends = ends or _years_from(case.index - 1, claimed, case.text)
    if ends is None:
        return None
    given = list(_spans_of_years(case.source))
    if any(there == ends for there, _ in given):
        return None
    return next(
        (span for there, span in given if _shares_one(ends, there) and number.value not in there),
        None,
    )


def _shares_one(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return (one[0] == other[0]) != (one[1] == other[1])


def _spans_of_years(article: Article) -> Iterator[tuple[tuple[Decimal, Decimal], Span]]:
    contexts = article.contexts.numbers
    for index, context in enumerate(contexts):
        if context.number.kind == "year" and (years := _years_from(index, contexts, article)):
            yield years, article.span(context.number.start, contexts[index + 1].number.end)


def _years_from(
    index: int, contexts: list[Context], article: Article
) -> tuple[Decimal, Decimal] | None:
    """The two years of a span that begins at a number: 1991-2000, 2007 to 2011, 2007-11."""
    if not 0 <= index < len(contexts) - 1:
        return None
    first, last = contexts[index].number, contexts[index + 1].number
    between = article.text[first.end : last.start].strip()
    if first.kind != "year" or between not in _BETWEEN_YEARS:
        return None
    if last.kind == "year":
        return first.value, last.value
    return (first.value, _in_full(first, last)) if _is_short_year(last) else None


def _is_short_year(number: Number) -> bool:
    """The "11" of "2007-11"."""
    return (
        number.kind == "cardinal"
        and len(number.text) == _SHORT_YEAR_DIGITS
        and number.text.isdecimal()
    )


def _in_full(first: Number, last: Number) -> Decimal:
    century = first.value // _YEARS_A_CENTURY * _YEARS_A_CENTURY
    return century + last.value
