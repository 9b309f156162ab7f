"""What the model may choose from: the numbers and statements that code found."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..article import Article
from ..checks.omissions import is_figure
from ..numbers import Number
from ..prompts import shown
from ..quotations import Quotation
from .chunks import Chunk

if TYPE_CHECKING:
    pass


MOST_LISTED = 40


_MOST_STATEMENTS = 30


_PHRASE = 48


_OPENING = 12


_SHORTEST_STATEMENT = 4


Found = TypeVar("Found", Number, Quotation)


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A number the model may choose, with the words behind it as the model sees them."""

    number: Number
    phrase: str
    sentence: int


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """A quotation or reported statement the model may choose."""

    quotation: Quotation
    speaker: str
    text: str
    opening: str
    sentence: int


def figure_candidates(article: Article, chunk: Chunk | None = None) -> list[FigureCandidate]:
    """The numbers that can be key figures, in order; of more than forty, forty evenly spread."""
    found = []
    for number in _within(article, chunk, article.numbers):
        if not is_figure(number):
            continue
        sentence = article.sentence_at(number.start)
        assert sentence is not None
        phrase = article.text[number.start : min(sentence.end, number.end + _PHRASE)]
        found.append(FigureCandidate(number, shown(phrase), sentence.index))
    if len(found) <= MOST_LISTED:
        return found
    return [found[i * len(found) // MOST_LISTED] for i in range(MOST_LISTED)]


def statement_candidates(article: Article, chunk: Chunk | None = None) -> list[StatementCandidate]:
    """The statements with a known speaker, at most thirty.

    Speaker after speaker in turn (everybody's first, then everybody's second): a model that takes
    what it sees first still hears everybody.
    """
    by_speaker: dict[str, list[StatementCandidate]] = {}
    for quotation in _within(article, chunk, article.quotations):
        words = quotation.text.split()
        if quotation.speaker is None or len(words) < _SHORTEST_STATEMENT:
            continue
        sentence = article.sentence_at(quotation.start)
        assert sentence is not None
        opening = shown(" ".join(words[:_OPENING]))
        candidate = StatementCandidate(
            quotation, shown(quotation.speaker), quotation.text, opening, sentence.index
        )
        by_speaker.setdefault(quotation.speaker, []).append(candidate)
    turns = max(map(len, by_speaker.values()), default=0)
    found = [c[turn] for turn in range(turns) for c in by_speaker.values() if turn < len(c)]
    return found[:_MOST_STATEMENTS]


def _within(article: Article, chunk: Chunk | None, found: list[Found]) -> list[Found]:
    """Those of the numbers or quotations of an article that begin in a chunk of it."""
    if chunk is None:
        return found
    start, end = article.sentences[chunk.first - 1].start, article.sentences[chunk.last - 1].end
    low = bisect_left(found, start, key=lambda n: n.start)
    return found[low : bisect_left(found, end, lo=low, key=lambda n: n.start)]
