"""Counts without a number: hundreds of people, dozens, tens of thousands, several million.

"Hundreds were killed" claims a quantity as "300 were killed" does. It stands if the source says so
in like words, or has a number of that size, of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ...article import Article
from ...numbers import KINDS, Number
from ...numbers.context import Context
from ...numbers.quantity import find_noun
from ...text.spans import Span
from ...text.terms import stem
from ..result import NumberCheck
from ..verdicts import Verdict
from ..wording import cite, sentence_of

_MANY: dict[str, tuple[int, int]] = {
    "dozens": (20, 200),
    "hundreds": (100, 5_000),
    "thousands": (1_000, 200_000),
    "millions": (10**6, 5 * 10**8),
    "billions": (10**9, 5 * 10**11),
    "trillions": (10**12, 10**15),
}
"""What such a word can stand for, from the first number to below the second."""
_TIMES = {"tens": 10, "hundreds": 100}
_MOST_OF_TIMES = 30
_ONE = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_FEW = {"few": (2, 10), "several": (2, 10), "many": (2, 100)}
_TRIGGERS = frozenset(_MANY) | frozenset(_FEW)
_CURRENCIES = frozenset("dollars pounds euros yen yuan rupees francs roubles rubles".split())
_SHARED = 0.35
"""Share of a sentence's words, weighed by rarity, that makes a number one of the same thing."""


class VagueCount(NamedTuple):
    """A quantity in words that have no one value.

    Attributes:
        start: Offset of its first word.
        end: Offset behind its last one.
        low: The least that it can stand for.
        high: What it is below.
        noun: What is counted, or "".
        noun_end: Offset behind that; the end of the count if there is none.
    """

    start: int
    end: int
    low: int
    high: int
    noun: str
    noun_end: int


@dataclass(frozen=True, slots=True)
class _Mention:
    """A quantity of the source, and how well it fits a claimed one."""

    count: VagueCount | Number
    fit: float
    in_range: bool
    same_noun: bool

    @property
    def is_meant(self) -> bool:
        return self.fit >= _SHARED or (self.same_noun and self.fit > 0)


def find_vague_counts(article: Article) -> list[VagueCount]:
    """The vague counts of a text, in order.

    >>> found = find_vague_counts(Article("Tens of thousands fled, several hundred soldiers stayed."))
    >>> [(c.low, c.high, c.noun) for c in found]
    [(10000, 300000, ''), (200, 1000, 'soldiers')]
    """
    tokens = article.tokens
    words, found, done = tokens.words, list[VagueCount](), 0
    if _TRIGGERS.isdisjoint(words):
        return found
    numbers = {article.token_range(n.start, n.end)[0] for n in article.numbers}
    for index in range(tokens.count):
        if index < done or index in numbers:
            continue
        if read := _read(words, index):
            stop, low, high = read
            noun = find_noun(tokens, stop, Decimal(2))
            start, end = tokens.starts[index], tokens.ends[stop - 1]
            if noun is None:
                found.append(VagueCount(start, end, low, high, "", end))
            else:
                found.append(VagueCount(start, end, low, high, words[noun], tokens.ends[noun]))
            done = stop
    return found


def _read(words: list[str], index: int) -> tuple[int, int, int] | None:
    """The token behind a vague count and its bounds, or None."""
    word, after = words[index], words[index + 1]
    if word in _TIMES and after == "of" and words[index + 2] in _MANY:
        least = _TIMES[word] * _MANY[words[index + 2]][0]
        return index + 3, least, least * _MOST_OF_TIMES
    if word in _MANY:
        return index + 1, *_MANY[word]
    if word in _FEW and after in _ONE:
        low, high = _FEW[word]
        return index + 2, low * _ONE[after], high * _ONE[after]
    return None


def check_vague_counts(text: Article, source: Article) -> list[NumberCheck]:
    """Judge every vague count of a text by its source.

    >>> source = Article("The fire killed 12 people. The mill employs 250 workers.")
    >>> for line in ("Hundreds of people were killed.", "The mill employs hundreds of workers."):
    ...     [check] = check_vague_counts(Article(line), source)
    ...     print(check.verdict.value, "|", check.reason)
    contradicted | Hundreds of people: the source says “12 people” (sentence 1)
    rounded | hundreds of workers: the source says “250 workers” (sentence 2)
    """
    claimed = find_vague_counts(text)
    given = find_vague_counts(source) if claimed else []
    return [_check(count, text, source, given) for count in claimed]


def _check(
    count: VagueCount, text: Article, source: Article, given: list[VagueCount]
) -> NumberCheck:
    mentions = sorted(_mentions(count, text, source, given), key=lambda m: -m.fit)
    meant = [m for m in mentions if m.is_meant]
    said = text.text[count.start : count.noun_end]
    best = next((m for m in meant if m.in_range), None)
    if best:
        verdict = Verdict.ROUNDED
        span, where = _cited(best.count, source)
        if isinstance(best.count, VagueCount):
            same = span.text.lower() == text.text[count.start : count.end].lower()
            verdict = Verdict.EXACT if same else Verdict.EQUIVALENT
        return _result(count, text, verdict, f"{said}: the source says {where}", span)
    if other := next((m for m in meant if m.same_noun and m.fit >= _SHARED), None):
        span, where = _cited(other.count, source)
        reason = f"{said}: the source says {where}"
        return _result(count, text, Verdict.CONTRADICTED, reason, span)
    return _result(count, text, Verdict.UNSUPPORTED, f"{said}: nowhere in the source", None)


def _mentions(
    count: VagueCount, text: Article, source: Article, given: list[VagueCount]
) -> Iterator[_Mention]:
    here = text.stems_at(count.start)
    weights = {word: source.contexts.weight(word) for word in sorted(here)}
    total = sum(weights.values())
    fits: dict[int, float] = {}

    def fit(offset: int) -> float:
        place = source.sentence_at(offset)
        if place is None or not total:  # "Hundreds." says of nothing what it counts
            return float(place is not None)
        if place.index not in fits:
            there = source.stems_at(offset)
            fits[place.index] = sum(w for word, w in weights.items() if word in there) / total
        return fits[place.index]

    for other in given:
        overlaps = max(count.low, other.low) < min(count.high, other.high)
        same = bool(count.noun) and stem(count.noun) == stem(other.noun)
        yield _Mention(other, fit(other.start), overlaps, same)
    for context in source.contexts.numbers:
        number = context.number
        if KINDS[number.kind].vague:
            in_range = count.low <= number.value < count.high
            same = _is_same_noun(count.noun, context)
            yield _Mention(number, fit(number.start), in_range, same)


def _cited(count: VagueCount | Number, source: Article) -> tuple[Span, str]:
    """Where a quantity of the source stands, and how it is cited."""
    span = source.span(count.start, count.end)
    if isinstance(count, VagueCount):
        return span, f"“{span.text}” ({sentence_of(source, count.start)})"
    return span, cite(source, count)


def _is_same_noun(noun: str, context: Context) -> bool:
    if noun in _CURRENCIES:
        return context.number.kind == "money"
    return bool(noun) and stem(noun) == context.head


def _result(
    count: VagueCount, text: Article, verdict: Verdict, reason: str, evidence: Span | None
) -> NumberCheck:
    return NumberCheck(
        count.start,
        count.end,
        text.text[count.start : count.end],
        Decimal(count.low),
        verdict,
        reason,
        [evidence] if evidence else [],
        0.1 if verdict.flagged else 0.8,
    )
