"""Candidates: the numbers and statements, found by code, that the model may choose from."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeVar

from ..article import Article
from ..checks.omissions import is_figure
from ..numbers import Number
from ..quotations import Quotation
from ..text.escape import prompt_line
from .chunks import Chunk

_MOST_FIGURES = 40
_MOST_STATEMENTS = 30
_PHRASE_CHARACTERS = 48
"""Characters after a number that are shown with it."""
_OPENING_WORDS = 12
"""Words of a statement that are shown."""
_FEWEST_WORDS = 4
"""Of a statement: shorter ones are not worth quoting."""

Mention = TypeVar("Mention", Number, Quotation)


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A number that the model may choose.

    Attributes:
        number: The number.
        phrase: The number and the words after it, as the model sees them.
        sentence: Number of its sentence, from 1.
    """

    number: Number
    phrase: str
    sentence: int


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """A quotation or reported statement that the model may choose.

    Attributes:
        quotation: The statement.
        speaker: Its speaker, as the model sees the name.
        text: All its words.
        opening: Its first words, as the model sees them.
        sentence: Number of its sentence, from 1.
    """

    quotation: Quotation
    speaker: str
    text: str
    opening: str
    sentence: int


def figure_candidates(article: Article, chunk: Chunk | None = None) -> list[FigureCandidate]:
    """List the numbers that can be key figures, in order; of many, forty that are evenly spread."""
    figures = []
    for number in _within(article, chunk, article.numbers):
        if not is_figure(number):
            continue
        sentence = article.sentence_at(number.start)
        assert sentence is not None
        phrase = article.text[number.start : min(sentence.end, number.end + _PHRASE_CHARACTERS)]
        figures.append(FigureCandidate(number, prompt_line(phrase), sentence.index))
    if len(figures) <= _MOST_FIGURES:
        return figures
    return [figures[i * len(figures) // _MOST_FIGURES] for i in range(_MOST_FIGURES)]


def statement_candidates(article: Article, chunk: Chunk | None = None) -> list[StatementCandidate]:
    """List the statements with a known speaker, at most thirty.

    Speakers take turns (the first statement of each, then the second of each): a model that takes
    what it sees first still hears all of them.
    """
    by_speaker: dict[str, list[StatementCandidate]] = {}
    for quotation in _within(article, chunk, article.quotations):
        words = quotation.text.split()
        if quotation.speaker is None or len(words) < _FEWEST_WORDS:
            continue
        sentence = article.sentence_at(quotation.start)
        assert sentence is not None
        opening = prompt_line(" ".join(words[:_OPENING_WORDS]))
        candidate = StatementCandidate(
            quotation, prompt_line(quotation.speaker), quotation.text, opening, sentence.index
        )
        by_speaker.setdefault(quotation.speaker, []).append(candidate)
    turns = max(map(len, by_speaker.values()), default=0)
    in_turn = [c[turn] for turn in range(turns) for c in by_speaker.values() if turn < len(c)]
    return in_turn[:_MOST_STATEMENTS]


def _within(article: Article, chunk: Chunk | None, mentions: list[Mention]) -> list[Mention]:
    """The numbers or quotations of an article that begin in a chunk of it."""
    if chunk is None:
        return mentions
    start, end = article.sentences[chunk.first - 1].start, article.sentences[chunk.last - 1].end
    low = bisect_left(mentions, start, key=lambda n: n.start)
    return mentions[low : bisect_left(mentions, end, lo=low, key=lambda n: n.start)]
