"""How reasons speak of a number: with the noun it counts, and the sentence it is in."""

from __future__ import annotations

from ..article import Article
from ..numbers import KINDS, Number

_FARTHEST_NOUN = 60
"""Characters after a number in which the noun it counts ends; by hand, four long words."""


def phrase(article: Article, number: Number) -> str:
    """The number with the noun that it counts, as its text has them.

    >>> article = Article("They launched 85 cruise missiles on Friday.")
    >>> phrase(article, article.numbers[0])
    '85 cruise missiles'
    """
    return article.text[number.start : phrase_end(article, number)]


def phrase_end(article: Article, number: Number) -> int:
    """The end offset (exclusive) of a number, with the noun that it counts."""
    if not (number.unit and KINDS[number.kind].counts):
        return number.end
    window = article.text[number.end : number.end + _FARTHEST_NOUN].lower()
    at = window.find(number.unit.lower())
    if at < 0 or "\n" in window[:at]:
        return number.end
    return number.end + at + len(number.unit)


def cite(source: Article, number: Number) -> str:
    """Quote a number with its noun and name its sentence.

    >>> source = Article("It rained. They launched 85 missiles.")
    >>> cite(source, source.numbers[0])
    '“85 missiles” (sentence 2)'
    """
    return f"“{' '.join(phrase(source, number).split())}” ({sentence_of(source, number.start)})"


def sentence_of(source: Article, offset: int) -> str:
    """The sentence that contains a character, by its number: "sentence 21"."""
    return source.sentence_label(offset)


def sentences_of(source: Article, numbers: list[Number]) -> str:
    """The sentences that contain several numbers, by their numbers.

    >>> source = Article("Two men left. It rained. Nine stayed, five of them in bed.")
    >>> sentences_of(source, source.numbers), sentences_of(source, source.numbers[1:])
    ('sentences 1, 3', 'sentence 3')
    """
    before = source.sentences_before
    indexes = sorted({before + s.index for n in numbers if (s := source.sentence_at(n.start))})
    word = "sentence" if len(indexes) == 1 else "sentences"
    return f"{word} {', '.join(map(str, indexes))}"
