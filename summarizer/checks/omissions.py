"""What the source says and a summary leaves out, most prominent first."""

from __future__ import annotations

from decimal import Decimal
from math import log10

from ..article import Article
from ..numbers import KINDS, Number
from ..numbers.comparison import sameness
from ..text.spans import Span
from .result import Omission
from .wording import phrase_end

_MOST = 20
_FEWEST_WORDS_QUOTED = 5
_WORDS_AROUND = 6
_LONGEST_WORD = 60
"""Characters; what has no space for longer is cut."""
_TYPICAL_MOST_NAMED = 3


def find_omissions(
    text: Article,
    source: Article,
    ranked: list[tuple[float, Number]],
    spans: list[Span] | None = None,
) -> list[Omission]:
    """The figures and quotations of a source that a text leaves out.

    Ranked by prominence: early in the source, in a sentence with the names it speaks of most,
    large for its unit.

    Args:
        text: The summary.
        source: The article.
        ranked: Its figures, as `rank_figures` ranks them.
        spans: Stretches of the source that the summary quotes or cites besides its text.

    Returns:
        At most twenty, most prominent first.
    """
    used = sorted(spans or [])
    taken = [n for n in text.numbers if n.kind not in ("identifier", "date", "year")]
    found = [
        Omission(span, words_around(source, number), "figure", prominence)
        for prominence, number in ranked
        if not any(sameness(n, number) for n in taken)
        and not any(s.start <= number.start and number.end <= s.end for s in used)
        for span in (source.span(number.start, phrase_end(source, number)),)
    ]
    said = text.text.lower()
    for quotation in source.quotations:
        words = quotation.text.lower().split()
        if not quotation.direct or len(words) < _FEWEST_WORDS_QUOTED:
            continue
        cited = any(s.overlaps(quotation.start, quotation.end) for s in used)
        if not cited and " ".join(words[:4]) not in said and " ".join(words[-4:]) not in said:
            span = source.span(quotation.start, quotation.end)
            place = 1 - quotation.start / max(1, len(source.text))
            found.append(
                Omission(span, quotation.speaker or "", "quotation", round(0.6 * place, 3))
            )
    found.sort(key=lambda o: (-o.prominence, o.span.start))
    return found[:_MOST]


def rank_figures(source: Article) -> list[tuple[float, Number]]:
    """The numbers of a source that count or measure, with their prominence, most prominent first.

    One without a word in its sentence says nothing of anything: the number of an item or a page.

    >>> source = Article("In 2015 two men stole 40 cars. Nobody saw the two men leave.")
    >>> [(prominence, n.text) for prominence, n in rank_figures(source)]
    [(0.763, 'two'), (0.647, '40'), (0.447, 'two')]
    >>> [n.text for _, n in rank_figures(Article("17.\\n\\nTwo men left."))]
    ['Two']
    """
    largest = _largest(source)
    speaking = [any(map(str.isalpha, s.text)) for s in source.sentences]
    ranked = [
        (_prominence(source, n, largest), n)
        for n in source.numbers
        if is_figure(n) and (at := source.sentence_at(n.start)) and speaking[at.index - 1]
    ]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1].start))


def is_figure(number: Number) -> bool:
    """True for a number that counts or measures, and is more than the word "one"."""
    return KINDS[number.kind].is_figure and not (
        number.kind == "cardinal" and number.value == Decimal(1)
    )


def _largest(source: Article) -> dict[str, Decimal]:
    largest: dict[str, Decimal] = {}
    for number in source.numbers:
        key = number.unit or number.kind
        largest[key] = max(largest.get(key, Decimal(0)), abs(number.value))
    return largest


def _prominence(source: Article, number: Number, largest: dict[str, Decimal]) -> float:
    """From 0 to 1: half for the place, a third for the size, the rest for the names beside it."""
    place = 1 - number.start / max(1, len(source.text))
    most = largest[number.unit or number.kind]
    size = 0.0
    if most > 0 and number.value:
        size = max(0.0, 1 - (log10(float(most)) - log10(abs(float(number.value)))) / 3)
    sentence = source.sentence_at(number.start)
    index = sentence.index - 1 if sentence else 0
    names = (
        min(_TYPICAL_MOST_NAMED, len(source.contexts.names[index])) if source.contexts.names else 0
    )
    return round(0.5 * place + 0.33 * size + 0.17 * names / _TYPICAL_MOST_NAMED, 3)


def words_around(source: Article, number: Number) -> str:
    """The words of the source around a number, from its own sentence, verbatim."""
    sentence = source.sentence_at(number.start)
    if sentence is None:
        return number.text
    start, end = number.start, number.end
    for _ in range(_WORDS_AROUND):
        start = _word_before(source.text, start, sentence.start)
        end = _word_behind(source.text, end, sentence.end)
    return source.text[start:end].strip(" ,;:")


def _word_before(text: str, index: int, least: int) -> int:
    least = max(least, index - _LONGEST_WORD)
    while index > least and text[index - 1].isspace():
        index -= 1
    while index > least and not text[index - 1].isspace():
        index -= 1
    return index


def _word_behind(text: str, index: int, most: int) -> int:
    most = min(most, index + _LONGEST_WORD)
    while index < most and text[index].isspace():
        index += 1
    while index < most and not text[index].isspace():
        index += 1
    return index
