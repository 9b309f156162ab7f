"""Weekdays and months by their names: "on Monday", "in March".

They are not numbers, but say when as a date does, and are as easily wrong. A day is accepted if the
source names it or has a date that falls on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ...article import Article
from ...languages.english import BEFORE_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from ...languages.english_numbers import MONTHS
from ..result import NumberCheck
from ..verdicts import Verdict
from .confidence import NEARLY_CERTAIN, WRONG
from .reasons import nowhere, says

_DAY_OF = {name: number for number, name in enumerate(WEEKDAYS, 1)}
_SHORT_DAY_OF = {
    short: number for number, shorts in enumerate(SHORT_WEEKDAYS, 1) for short in shorts
}
_NAMES = frozenset([*_DAY_OF, *_SHORT_DAY_OF, *MONTHS])
_PERHAPS_DATE = re.compile(r"\d\d{0,3}[-/.]\d{1,2}[-/.]\d")
"""What every date in figures has. Beginning with a class of characters, it skips to the digits."""
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

    Args:
        text: The summary.
        source: What it must agree with.

    Example:
        >>> source = Article("Ann Lee resigned on Friday, 13 May 2022.")
        >>> [(c.text, c.verdict.value) for c in check_days(Article("Lee left on Friday in May."), source)]
        [('Friday', 'exact'), ('May', 'exact')]
        >>> [c.reason for c in check_days(Article("Lee left on Monday."), source)]
        ['Monday: the source says “Friday” (sentence 1)']
    """
    claimed = list(_claimed_days(text))
    if not claimed:
        return []
    given = list(_given_days(source))
    named = {(day.kind, day.number) for day in given}
    are_named = all((day.kind, day.number) in named for day in claimed)
    dated = set[tuple[str, int]]() if are_named else set(_dated(source.text))
    return [_check(day, text, source, given, dated) for day in claimed]


def _check(
    day: NamedDay,
    text: Article,
    source: Article,
    given: list[NamedDay],
    dated: set[tuple[str, int]],
) -> NumberCheck:
    """The verdict by the day that the source names, or else by the dates it writes in figures."""
    alike = [other for other in given if other.kind == day.kind]
    same = _closest([other for other in alike if other.number == day.number], day, text, source)
    other = same or _only(alike)
    verdict = _verdict(day, same, other, dated)
    claimed = text.text[day.start : day.end]
    evidence = [source.span(other.start, other.end)] if other else []
    if evidence:
        reason = says(claimed, source, evidence[0])
    elif verdict.accepted:
        reason = f"{claimed}: a date of the source falls in it"
    else:
        reason = nowhere(claimed)
    confidence = NEARLY_CERTAIN if verdict.accepted else WRONG
    value = Decimal(day.number)
    return NumberCheck(day.start, day.end, claimed, value, verdict, reason, evidence, confidence)


def _verdict(
    day: NamedDay, same: NamedDay | None, other: NamedDay | None, dated: set[tuple[str, int]]
) -> Verdict:
    if same:
        return Verdict.EXACT
    if (day.kind, day.number) in dated:
        return Verdict.EQUIVALENT
    return Verdict.CONTRADICTED if other else Verdict.UNSUPPORTED


def _closest(
    mentions: list[NamedDay], day: NamedDay, text: Article, source: Article
) -> NamedDay | None:
    """The mention whose sentence shares most words with that of the day."""
    about = text.stems_at(day.start)
    return max(mentions, key=lambda m: len(about & source.stems_at(m.start)), default=None)


def _only(mentions: list[NamedDay]) -> NamedDay | None:
    """The first mention if all name one day: the source has no other that could be meant."""
    return mentions[0] if len({m.number for m in mentions}) == 1 else None


def _claimed_days(article: Article) -> Iterator[NamedDay]:
    """The days and months that a summary names in full and with a capital, outside of dates."""
    tokens, words = article.tokens, article.tokens.words
    places = [index for index in tokens.capitals if words[index] in _NAMES]
    if not places:
        return
    dates = {k for n in article.numbers for k in range(*article.token_range(n.start, n.end))}
    for index in places:
        span, word = (tokens.starts[index], tokens.ends[index]), words[index]
        if word in _DAY_OF:
            yield NamedDay(*span, "weekday", _DAY_OF[word])
        elif word in MONTHS and _is_alone(index, words, dates):
            yield NamedDay(*span, "month", MONTHS[word])


def _given_days(article: Article) -> Iterator[NamedDay]:
    """The days and months of a source, short forms and any case included: they only have to prove."""
    tokens = article.tokens
    for index in tokens.places(_NAMES):
        word, span = tokens.words[index], (tokens.starts[index], tokens.ends[index])
        if day := _DAY_OF.get(word) or _SHORT_DAY_OF.get(word):
            yield NamedDay(*span, "weekday", day)
        else:
            yield NamedDay(*span, "month", MONTHS[word])


def _is_alone(index: int, words: list[str], dates: set[int]) -> bool:
    """True for a month without a number beside it: "3 May" and "May 2022" are dates."""
    return dates.isdisjoint((index, index + 1)) and words[index - 1] in BEFORE_MONTHS


def _dated(text: str) -> Iterator[tuple[str, int]]:
    """The months and weekdays of dates in figures, day and month in either order."""
    if not _PERHAPS_DATE.search(text):
        return
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
