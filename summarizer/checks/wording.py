"""How checks speak of a number: what it counts, in the words of its text, and where it stands."""

from __future__ import annotations

from ..article import Article
from ..numbers import KINDS, Number
from ..text.spans import Span


def span_of(source: Article, number: Number) -> Span:
    """Where a number stands."""
    return source.span(number.start, number.end)


def phrase(article: Article, number: Number) -> str:
    """The number with the noun it counts, as its text has them: "85 missiles"."""
    return article.text[number.start : phrase_end(article, number)]


def phrase_end(article: Article, number: Number) -> int:
    """Where the words of a number end, its noun included."""
    if number.unit and KINDS[number.kind].counts:
        window = article.text[number.end : number.end + 60].lower()
        at = window.find(number.unit.lower())
        if at >= 0 and "\n" not in window[:at]:
            return number.end + at + len(number.unit)
    return number.end


def cite(source: Article, number: Number) -> str:
    """A number with its noun and its sentence: “85 missiles” (sentence 21)."""
    return f"“{' '.join(phrase(source, number).split())}” ({sentence_of(source, number.start)})"


def sentence_of(source: Article, offset: int) -> str:
    """The sentence that contains a character, by its number."""
    return source.sentence_label(offset)


def sentences_of(source: Article, numbers: list[Number]) -> str:
    """The sentences in which several numbers stand."""
    before = source.sentences_before
    indexes = sorted({before + s.index for n in numbers if (s := source.sentence_at(n.start))})
    word = "sentence" if len(indexes) == 1 else "sentences"
    return f"{word} {', '.join(map(str, indexes))}"
