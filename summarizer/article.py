"""Article: a source text with its sentences, numbers, quotations and names, found once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from .contexts import Contexts, build_contexts
from .errors import InputError
from .names import Cast, Name, find_names
from .numbers import Number, numbers_in
from .quotations import Quotation, may_quote, quotations_in
from .sentences import split_sentences
from .spans import Span
from .tokens import Tokens, WordText, tokenize, words_alone


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `index` counts from 1, as prompts and reasons name it."""

    index: int
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The sentence as a span of its article."""
        return Span(self.start, self.end, self.text)


class Article:
    """A text prepared for prompting and checking.

    Everything is found on first use and kept, so that one article can be checked against many
    summaries. All offsets count characters of `text` exactly as given: nothing is normalised.

    Args:
        text: The source text.

    Raises:
        InputError: `text` is not a `str`.

    Example:
        >>> article = Article("Four civilians were killed. Two drones were shot down, he said.")
        >>> [s.text for s in article.sentences]
        ['Four civilians were killed.', 'Two drones were shot down, he said.']
        >>> [(n.text, n.unit) for n in article.numbers]
        [('Four', 'civilians'), ('Two', 'drones')]
    """

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise InputError(
                f"The text must be a str, not {type(text).__name__}: decode bytes first."
            )
        self.text = text
        self.sentences_before = 0
        """Of an excerpt: how many sentences of the whole stand before it."""

    def __repr__(self) -> str:
        return f"Article({self.text[:40]!r}…, {len(self.text)} characters)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Article) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def of(cls, source: str | Article) -> Article:
        """The source itself if it is an Article already, else a new one."""
        return source if isinstance(source, Article) else cls(source)

    def excerpt(self, first: int, last: int) -> Article:
        """Some of its sentences as an article of their own, which still cites them by their numbers.

        Args:
            first: Index from 1 of the first sentence.
            last: Index of the last one.

        Returns:
            An article whose offsets count from the start of its first sentence.

        >>> whole = Article("One fell. Two rose. Three stood.")
        >>> part = whole.excerpt(2, 3)
        >>> part.text, part.sentences_before, [s.text for s in part.sentences]
        ('Two rose. Three stood.', 1, ['Two rose.', 'Three stood.'])
        """
        chosen = self.sentences[first - 1 : last]
        start = chosen[0].start
        part = Article(self.text[start : chosen[-1].end])
        part.sentences_before = first - 1
        part.__dict__["sentences"] = tuple(  # not split anew: the same sentences
            Sentence(index, s.start - start, s.end - start, s.text)
            for index, s in enumerate(chosen, 1)
        )
        return part

    @cached_property
    def tokens(self) -> Tokens:
        """All tokens of the text."""
        return tokenize(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(
            Sentence(index, start, end, self.text[start:end])
            for index, (start, end) in enumerate(split_sentences(self.text), 1)
        )

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def numbers(self) -> list[Number]:
        """All numbers in order, identifiers included."""
        return numbers_in(self.tokens)

    @cached_property
    def names(self) -> list[Name]:
        """All names of people, places and organisations in order."""
        return find_names(self.tokens, set(self._sentence_starts))

    @cached_property
    def cast(self) -> Cast:
        """The names with their fullest forms and roles."""
        return Cast(self.names)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """All quotations and reported statements in order, with their speakers."""
        if not may_quote(self.tokens):
            return []
        spans = [(s.start, s.end) for s in self.sentences]
        return quotations_in(self.tokens, spans, self.names, self.cast)

    @cached_property
    def contexts(self) -> Contexts:
        """The numbers with the words around them."""
        spans = [(s.start, s.end) for s in self.sentences]
        return build_contexts(self.tokens, spans, self.numbers)

    @cached_property
    def words(self) -> WordText:
        """The words alone, for finding quoted words whatever stands between them."""
        return words_alone(self.tokens)

    def names_between(self, first: int, stop: int) -> list[Name]:
        """The names that lie wholly between two tokens."""
        low = bisect_left(self.names, first, key=lambda n: n.first)
        high = bisect_left(self.names, stop, lo=low, key=lambda n: n.first)
        return [n for n in self.names[low:high] if n.stop <= stop]

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """The first token of a stretch and the token behind it."""
        starts, count = self.tokens.starts, self.tokens.count
        first = bisect_left(starts, start, 0, count)
        return first, bisect_left(starts, end, first, count)

    def quotations_at(self, start: int, end: int) -> list[Quotation]:
        """The quotations that share a character with `start` to `end`."""
        return [q for q in self.quotations if q.start < end and start < q.end]

    def stems_between(self, start: int, end: int) -> frozenset[str]:
        """The content stems of the sentences that a stretch lies in."""
        first, last = self.sentence_at(start), self.sentence_at(max(start, end - 1))
        if first is None or last is None:
            return frozenset()
        return frozenset().union(*self.contexts.sentences[first.index - 1 : last.index])

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence in which a character stands, or the last one before it."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span.of(self.text, start, end)
