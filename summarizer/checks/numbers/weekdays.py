"""Weekdays and months by their names: "on Monday", "in March".

They are no numbers, but say when as a date does, and are as easily got wrong. A day stands if the
source names it or has a date that falls on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ...article import Article
from ...languages.english_numbers import MONTHS
from ..result import NumberCheck
from ..verdicts import Verdict
from ..wording import sentence_of

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAY_OF = {name: number for number, name in enumerate(_WEEKDAYS, 1)}
_SHORT_DAY_OF = {
    short: number
    for number, shorts in enumerate(
        ("mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"), 1
    )
    for short in shorts.split()
}
_NAMES = frozenset([*_DAY_OF, *_SHORT_DAY_OF, *MONTHS])
_BEFORE_MONTHS = frozenset(
    "in since until till by from of last next this early late mid during between before after to"
    " and through".split()
)
"""Words that make a capitalised word a month: April and June are names of people, too."""
_DATE = re.compile(
    r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b|\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b"
)


class NamedDay(NamedTuple):
    """A weekday or month as a text names it: its offsets, and its number from 1."""

    start: int
    end: int
    kind: str
    number: int


def check_days(text: Article, source: Article) -> list[NumberCheck]:
    """Judge every weekday and month that a text names; those with a day of the month are dates.

    >>> source = Article("Ann Lee resigned on Friday, 13 May 2022.")
    >>> [(c.text, c.verdict.value) for c in check_days(Article("Lee left on Friday in May."), source)]
    [('Friday', 'exact'), ('May', 'exact')]
    >>> [c.reason for c in check_days(Article("Lee left on Monday."), source)]
    ['Monday: the source says “Friday” (sentence 1)']
    """
    claimed = list(_named(text))
    if not claimed:
        return []
    given = list(_named(source, is_source=True))
    dated = set(_dated(source.text))
    return [_check(day, text, source, given, dated) for day in claimed]


def _check(
    day: NamedDay,
    text: Article,
    source: Article,
    given: list[NamedDay],
    dated: set[tuple[str, int]],
) -> NumberCheck:
    said = text.text[day.start : day.end]
    alike = [g for g in given if g.kind == day.kind]
    about = text.stems_at(day.start)

    def shared(mention: NamedDay) -> int:
        return len(about & source.stems_at(mention.start))

    same = max((g for g in alike if g.number == day.number), key=shared, default=None)
    other = same or (alike[0] if len({g.number for g in alike}) == 1 else None)
    if same:
        verdict = Verdict.EXACT
    elif (day.kind, day.number) in dated:
        verdict = Verdict.EQUIVALENT
    else:
        verdict = Verdict.CONTRADICTED if other else Verdict.UNSUPPORTED
    if other:
        where = source.text[other.start : other.end]
        reason = f"{said}: the source says “{where}” ({sentence_of(source, other.start)})"
    elif verdict.accepted:
        reason = f"{said}: a date of the source falls in it"
    else:
        reason = f"{said}: nowhere in the source"
    evidence = [source.span(other.start, other.end)] if other else []
    value = Decimal(day.number)
    sure = 0.1 if verdict.flagged else 0.9
    return NumberCheck(day.start, day.end, said, value, verdict, reason, evidence, sure)


def _named(article: Article, *, is_source: bool = False) -> Iterator[NamedDay]:
    """Of a source also short forms, in any case and place: it is to prove, not to claim."""
    tokens, words = article.tokens, article.tokens.words
    possible = range(tokens.count) if is_source else tokens.capitals
    places = [index for index in possible if words[index] in _NAMES]
    dates: set[int] = set()
    if places and not is_source:
        dates = {k for n in article.numbers for k in range(*article.token_range(n.start, n.end))}
    for index in places:
        word = words[index]
        span = tokens.starts[index], tokens.ends[index]
        day = _DAY_OF.get(word) or (_SHORT_DAY_OF.get(word) if is_source else None)
        if day:
            yield NamedDay(*span, "weekday", day)
        elif word in MONTHS and (is_source or _is_alone(index, words, dates)):
            yield NamedDay(*span, "month", MONTHS[word])


def _is_alone(index: int, words: list[str], dates: set[int]) -> bool:
    """True for a month that no number stands beside: "3 May" and "May 2022" are dates."""
    return dates.isdisjoint((index, index + 1)) and words[index - 1] in _BEFORE_MONTHS


def _dated(text: str) -> Iterator[tuple[str, int]]:
    """The months and weekdays of dates in figures, day and month either way round."""
    for match in _DATE.finditer(text):
        year, month, day, first, second, last = match.groups()
        readings = [(year, month, day)] if year else [(last, second, first), (last, first, second)]
        for parts in readings:
            try:
                found = date(*map(int, parts))
            except ValueError:
                continue
            yield "month", found.month
            yield "weekday", found.isoweekday()
