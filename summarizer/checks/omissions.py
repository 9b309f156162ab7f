"""What the source says and a summary leaves out, most prominent first."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import log10

from ..article import Article
from ..numbers import KINDS, Number
from ..numbers.comparison import sameness
from ..numbers.precision import fixed_precision
from ..quotations import Quotation
from ..text.spans import Span
from .result import Omission
from .wording import phrase_end

_NEVER_MENTIONS = frozenset("identifier date year".split())
"""Kinds of numbers of a text that mention no figure of the source, even of the same value."""
# All by hand: what reads well in a list under a summary.
_MOST_LISTED = 20
_FEWEST_WORDS_QUOTED = 5
"""A shorter quotation is a phrase that no reader misses."""
_WORDS_COMPARED = 4
"""Words at either end of a quotation by which a text that repeats it is recognised."""
_QUOTATION_PROMINENCE = 0.6
"""Of a quotation at the very start of a source, between its best and its middling figures."""
_PLACE, _SIZE, _NAMES = 0.5, 0.33, 0.17
"""Shares of the prominence of a figure: a half for its place, a third for its size."""
_DECADES = 3
"""Powers of ten below the largest figure of its unit at which the size of a figure counts nothing."""
_MOST_NAMES = 3
"""Names in a sentence above which further ones make its figures no more prominent."""
_WORDS_AROUND = 6
_LONGEST_WORD = 60
"""Characters; a longer run without a space is cut."""


def find_omissions(
    text: Article,
    source: Article,
    ranked: list[tuple[float, Number]],
    spans: list[Span] | None = None,
) -> list[Omission]:
    """Find the figures and quotations of a source that a text leaves out.

    Args:
        text: The summary.
        source: The article.
        ranked: Its figures, as `rank_figures` ranks them.
        spans: Stretches of the source that the summary quotes or cites in addition to its text.

    Returns:
        At most twenty, most prominent first: early in the source, large for its unit, in a sentence
        with the names that the source mentions most.

    Example:
        >>> source = Article("Two men stole 40 cars in May. Police found nine of the cars.")
        >>> text = Article("Two men stole cars.")
        >>> [missed.what for missed in find_omissions(text, source, rank_figures(source))]
        ['Two men stole 40 cars in May.', 'Police found nine of the cars.']
    """
    cited = sorted(spans or [])
    with fixed_precision():
        missed = [
            *_missed_figures(text, source, ranked, cited),
            *_missed_quotations(text, source, cited),
        ]
    missed.sort(key=lambda omission: (-omission.prominence, omission.span.start))
    return missed[:_MOST_LISTED]


def _missed_figures(
    text: Article, source: Article, ranked: list[tuple[float, Number]], cited: list[Span]
) -> Iterator[Omission]:
    stated = [number for number in text.numbers if number.kind not in _NEVER_MENTIONS]
    for prominence, number in ranked:
        if any(sameness(other, number) for other in stated):
            continue
        if any(span.start <= number.start and number.end <= span.end for span in cited):
            continue
        span = source.span(number.start, phrase_end(source, number))
        yield Omission(span, words_around(source, number), "figure", prominence)


def _missed_quotations(text: Article, source: Article, cited: list[Span]) -> Iterator[Omission]:
    written = text.text.lower()
    for quotation in source.quotations:
        if not quotation.direct or _is_repeated(quotation, written, cited):
            continue
        span = source.span(quotation.start, quotation.end)
        place = 1 - quotation.start / max(1, len(source.text))
        prominence = round(_QUOTATION_PROMINENCE * place, 3)
        yield Omission(span, quotation.speaker or "", "quotation", prominence)


def _is_repeated(quotation: Quotation, written: str, cited: list[Span]) -> bool:
    """True for a quotation that a text has or cites, and for one too short to be missed."""
    words = quotation.text.lower().split()
    if len(words) < _FEWEST_WORDS_QUOTED:
        return True
    if any(span.overlaps(quotation.start, quotation.end) for span in cited):
        return True
    ends = (words[:_WORDS_COMPARED], words[-_WORDS_COMPARED:])
    return any(" ".join(end) in written for end in ends)


def rank_figures(source: Article) -> list[tuple[float, Number]]:
    """Rank the numbers of a source that count or measure, most prominent first.

    A number without a word in its sentence is left out: it numbers an item or a page.

    Returns:
        Each with its prominence, from 0 to 1.

    Example:
        >>> source = Article("In 2015 two men stole 40 cars. Nobody saw the two men leave.")
        >>> [(prominence, n.text) for prominence, n in rank_figures(source)]
        [(0.763, 'two'), (0.647, '40'), (0.447, 'two')]
        >>> [n.text for _, n in rank_figures(Article("17.\\n\\nTwo men left."))]
        ['Two']
    """
    has_words = [any(map(str.isalpha, sentence.text)) for sentence in source.sentences]
    with fixed_precision():
        largest = _largest(source)
        ranked = [
            (_prominence(source, number, largest), number)
            for number in source.numbers
            if is_figure(number)
            and (sentence := source.sentence_at(number.start))
            and has_words[sentence.index - 1]
        ]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1].start))


def is_figure(number: Number) -> bool:
    """True for a number that counts or measures, and is more than the word "one".

    >>> [is_figure(number) for number in Article("In 2015 one man stole 40 cars.").numbers]
    [False, False, True]
    """
    if number.kind == "cardinal" and number.value == Decimal(1):
        return False
    return KINDS[number.kind].is_figure


def _largest(source: Article) -> dict[str, Decimal]:
    """The largest value of each unit, or of each kind where there is no unit."""
    largest: dict[str, Decimal] = {}
    for number in source.numbers:
        key = number.unit or number.kind
        largest[key] = max(largest.get(key, Decimal(0)), abs(number.value))
    return largest


def _prominence(source: Article, number: Number, largest: dict[str, Decimal]) -> float:
    """From 0 to 1, by the place of a figure, its size, and the names in its sentence."""
    place = 1 - number.start / max(1, len(source.text))
    most = largest[number.unit or number.kind]
    size = 0.0
    if most > 0 and number.value:
        decades = log10(float(most)) - log10(abs(float(number.value)))
        size = max(0.0, 1 - decades / _DECADES)
    sentence = source.sentence_at(number.start)
    index = sentence.index - 1 if sentence else 0
    named = source.terms.names_by_sentence
    names = min(_MOST_NAMES, len(named[index])) if named else 0
    return round(_PLACE * place + _SIZE * size + _NAMES * names / _MOST_NAMES, 3)


# --- The words around a figure --------------------------------------------------------------


def words_around(source: Article, number: Number) -> str:
    """The words of the source around a number, from its own sentence, verbatim.

    >>> source = Article("In all, two men stole 40 cars. Nobody saw it.")
    >>> words_around(source, source.numbers[1])
    'In all, two men stole 40 cars.'
    """
    sentence = source.sentence_at(number.start)
    if sentence is None:
        return number.text
    start, end = number.start, number.end
    for _ in range(_WORDS_AROUND):
        start = _word_before(source.text, start, sentence.start)
        end = _word_after(source.text, end, sentence.end)
    return source.text[start:end].strip(" ,;:")


def _word_before(text: str, index: int, least: int) -> int:
    least = max(least, index - _LONGEST_WORD)
    while index > least and text[index - 1].isspace():
        index -= 1
    while index > least and not text[index - 1].isspace():
        index -= 1
    return index


def _word_after(text: str, index: int, most: int) -> int:
    most = min(most, index + _LONGEST_WORD)
    while index < most and text[index].isspace():
        index += 1
    while index < most and not text[index].isspace():
        index += 1
    return index
