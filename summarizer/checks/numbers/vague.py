"""Counts without a number: hundreds of people, dozens, tens of thousands, several million.

"Hundreds were killed" claims a quantity as "300 were killed" does. It is accepted if the source says
so in similar words, or has a number of that size, of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ...article import Article
from ...languages.english_vague import CURRENCIES, FEW, MANY, MULTIPLES, SCALES
from ...numbers import KINDS, Number
from ...numbers.context import Context
from ...numbers.nouns import find_noun
from ...text.spans import Span
from ...text.terms import stem
from ..result import NumberCheck
from ..verdicts import Verdict
from .confidence import LIKELY, WRONG
from .reasons import nowhere, says
from .weights import SAME_TOPIC

_MOST_OF_MULTIPLE = 30
"""By hand: a count like "tens of thousands" means less than so many times its least."""
_TRIGGERS = frozenset(MANY) | frozenset(FEW)
_PLURAL = Decimal(2)
"""Any number but one: the noun of a vague count is a plural."""


class VagueCount(NamedTuple):
    """A quantity in words that have no single value.

    Attributes:
        start: Offset of its first word.
        end: End of its last word (exclusive).
        low: The least that it can mean.
        high: What it has to be below.
        noun: What is counted, or "".
        noun_end: End of that noun (exclusive); the end of the count if there is none.
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
        return self.fit >= SAME_TOPIC or (self.same_noun and self.fit > 0)

    @property
    def contradicts(self) -> bool:
        """True if it counts the same thing, so that another size is another count of it."""
        return self.is_meant and self.same_noun and self.fit >= SAME_TOPIC


def check_vague_counts(text: Article, source: Article) -> list[NumberCheck]:
    """Judge every vague count of a text by its source.

    Args:
        text: The summary.
        source: What it must agree with.

    Example:
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


def find_vague_counts(article: Article) -> list[VagueCount]:
    """The vague counts of a text, in order.

    Args:
        article: The text.

    Example:
        >>> found = find_vague_counts(Article("Tens of thousands fled, several hundred soldiers stayed."))
        >>> [(c.low, c.high, c.noun) for c in found]
        [(10000, 300000, ''), (200, 1000, 'soldiers')]
    """
    tokens = article.tokens
    words, found, done = tokens.words, list[VagueCount](), 0
    if _TRIGGERS.isdisjoint(tokens.vocabulary):
        return found
    numbers = {article.token_range(n.start, n.end)[0] for n in article.numbers}
    for index in range(tokens.count):
        if index < done or index in numbers:
            continue
        if read := _read(words, index):
            stop, low, high = read
            noun = find_noun(tokens, stop, _PLURAL)
            start, end = tokens.starts[index], tokens.ends[stop - 1]
            if noun is None:
                found.append(VagueCount(start, end, low, high, "", end))
            else:
                found.append(VagueCount(start, end, low, high, words[noun], tokens.ends[noun]))
            done = stop
    return found


def _read(words: list[str], index: int) -> tuple[int, int, int] | None:
    """The end of the vague count that begins at a token (exclusive), and its bounds."""
    word, after = words[index], words[index + 1]
    if word in MULTIPLES and after == "of" and words[index + 2] in MANY:
        least = MULTIPLES[word] * MANY[words[index + 2]][0]
        return index + 3, least, least * _MOST_OF_MULTIPLE
    if word in MANY:
        return index + 1, *MANY[word]
    if word in FEW and after in SCALES:
        low, high = FEW[word]
        return index + 2, low * SCALES[after], high * SCALES[after]
    return None


def _check(
    count: VagueCount, text: Article, source: Article, given: list[VagueCount]
) -> NumberCheck:
    written = text.text[count.start : count.end]
    claimed = text.text[count.start : count.noun_end]
    mention = _decisive(list(_mentions(count, text, source, given)))
    cited = _citable(mention.count, source) if mention else None
    verdict = _verdict(written, mention, source)
    return NumberCheck(
        count.start,
        count.end,
        written,
        Decimal(count.low),
        verdict,
        says(claimed, source, cited) if cited else nowhere(claimed),
        [source.span(cited.start, cited.end)] if cited else [],
        LIKELY if verdict.accepted else WRONG,
    )


def _decisive(mentions: list[_Mention]) -> _Mention | None:
    """The best mention of the claimed size, or else the best one of another size."""
    mentions = sorted(mentions, key=lambda m: -m.fit)
    agreeing = (m for m in mentions if m.is_meant and m.in_range)
    contradicting = (m for m in mentions if m.contradicts)
    return next(agreeing, None) or next(contradicting, None)


def _verdict(written: str, mention: _Mention | None, source: Article) -> Verdict:
    """Rounded from a number; exact or equivalent to a count as vague, by its words."""
    if mention is None:
        return Verdict.UNSUPPORTED
    if not mention.in_range:
        return Verdict.CONTRADICTED
    given = mention.count
    if isinstance(given, Number):
        return Verdict.ROUNDED
    same = source.text[given.start : given.end].lower() == written.lower()
    return Verdict.EXACT if same else Verdict.EQUIVALENT


def _citable(given: VagueCount | Number, source: Article) -> Number | Span:
    return given if isinstance(given, Number) else source.span(given.start, given.end)


def _mentions(
    count: VagueCount, text: Article, source: Article, given: list[VagueCount]
) -> Iterator[_Mention]:
    """The counts and numbers of the source that could be of the same thing."""
    fit = _Fit(text.stems_at(count.start), source)
    for other in given:
        overlaps = max(count.low, other.low) < min(count.high, other.high)
        same = bool(count.noun) and stem(count.noun) == stem(other.noun)
        yield _Mention(other, fit.at(other.start), overlaps, same)
    for context in source.contexts.numbers:
        number = context.number
        if KINDS[number.kind].vague:
            in_range = count.low <= number.value < count.high
            same = _is_same_noun(count.noun, context)
            yield _Mention(number, fit.at(number.start), in_range, same)


class _Fit:
    """What share of a sentence's words, weighed by rarity, each sentence of the source has."""

    def __init__(self, words: frozenset[str], source: Article) -> None:
        self._source = source
        self._weights = {word: source.terms.weight(word) for word in sorted(words)}
        self._total = sum(self._weights.values())
        self._known: dict[int, float] = {}

    def at(self, offset: int) -> float:
        """The share of the sentence at an offset."""
        place = self._source.sentence_at(offset)
        if place is None or not self._total:  # "Hundreds." does not say what it counts
            return float(place is not None)
        if place.index not in self._known:
            there = self._source.stems_at(offset)
            shared = sum(weight for word, weight in self._weights.items() if word in there)
            self._known[place.index] = shared / self._total
        return self._known[place.index]


def _is_same_noun(noun: str, context: Context) -> bool:
    if noun in CURRENCIES:
        return context.number.kind == "money"
    return bool(noun) and stem(noun) == context.head
