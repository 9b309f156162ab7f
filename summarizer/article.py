"""Article: a source text with its sentences, numbers, quotations and names, found once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import InputError
from .names import Cast, Name, find_names
from .numbers import Number, numbers_in
from .numbers.context import Contexts, build_contexts
from .quotations import Marked, Quotation, find_marked, may_quote, quotations_in
from .text.sentences import split_sentences
from .text.spans import Span
from .text.tokens import Tokens, WordText, tokenize, words_alone


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


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of where an article comes from.

    Attributes:
        title: Its title.
        author: Who wrote it.
        date: When, as its page or file says.
        url: Its address.
        page_starts: Of a PDF: the offset at which each page starts.
    """

    title: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    page_starts: tuple[int, ...] = ()


class Article:
    """A text prepared for prompting and checking.

    Everything is found on first use and kept, so that one article can be checked against many
    summaries. All offsets count characters of `text` exactly as given: nothing is normalised.

    Args:
        text: The source text.
        origin: Where it comes from.

    Raises:
        InputError: `text` is not a `str`.

    Example:
        >>> article = Article("Four civilians were killed. Two drones were shot down, he said.")
        >>> [s.text for s in article.sentences]
        ['Four civilians were killed.', 'Two drones were shot down, he said.']
        >>> [(n.text, n.unit) for n in article.numbers]
        [('Four', 'civilians'), ('Two', 'drones')]
    """

    def __init__(self, text: str, origin: Origin | None = None) -> None:
        if not isinstance(text, str):
            raise InputError(
                f"The text must be a str, not {type(text).__name__}: decode bytes first."
            )
        self.text = text
        self.origin = origin or Origin()
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

    @classmethod
    def from_html(cls, html: str | bytes, url: str | None = None) -> Article:
        """The main text of a web page, with title, author and date (extra `web`).

        Raises:
            InputError: There is no article in it.
        """
        from .sources.html import read_html

        return read_html(html, url=url)

    @classmethod
    def from_url(cls, url: str, *, allow_private: bool = False) -> Article:
        """The article at an address: a page, a PDF or text, within limits of size and time.

        Args:
            url: An http or https address.
            allow_private: True to fetch from inside one's own network too.

        Raises:
            InputError: It is refused, too large, too slow, not there, or has no text.
        """
        from .sources.web import fetch

        return fetch(url, allow_private=allow_private)

    @classmethod
    def from_pdf(cls, pdf: bytes | str | Path) -> Article:
        """The text of a PDF, given as bytes or as a path (extra `pdf`).

        Raises:
            InputError: It cannot be read, or has no text.
        """
        from .sources.pdf import read_pdf

        if isinstance(pdf, bytes):
            return read_pdf(pdf)
        try:
            return read_pdf(Path(pdf).read_bytes(), str(pdf))
        except OSError as error:
            raise InputError(f"{pdf}: {error.strerror or error}.") from error

    @classmethod
    def from_file(cls, path: str | Path) -> Article:
        """The article in a file: text in any encoding, HTML or PDF, as its first bytes say.

        Raises:
            InputError: It cannot be read, or has no text.
        """
        from .sources import load

        return load(str(path))

    def place(self, offset: int) -> str:
        """Where a character stands, in words: "sentence 21", or "page 3, sentence 21"."""
        sentence = self.sentence_at(offset)
        place = f"sentence {self.sentences_before + sentence.index}" if sentence else "the source"
        starts = self.origin.page_starts
        return f"page {bisect_right(starts, offset)}, {place}" if starts else place

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
        return quotations_in(self.tokens, spans, self.names, self.cast, self.marked)

    @cached_property
    def marked(self) -> list[Marked]:
        """What stands between quotation marks, in order, whoever said it."""
        return find_marked(self.text)

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
        """The content stems of a stretch."""
        first, stop = self.token_range(start, end)
        return frozenset(self.contexts.stems[first:stop]) - {""}

    def stems_at(self, offset: int) -> frozenset[str]:
        """The content stems of the sentence in which a character stands."""
        sentence = self.sentence_at(offset)
        return self.contexts.sentences[sentence.index - 1] if sentence else frozenset()

    @cached_property
    def statements(self) -> list[tuple[Quotation, frozenset[str]]]:
        """The quotations with a speaker, and the content stems of the sentences each lies in."""
        found = []
        for quotation in self.quotations:
            if quotation.speaker is None:
                continue
            first, last = self.sentence_at(quotation.start), self.sentence_at(quotation.end - 1)
            if first and last:
                around = self.contexts.sentences[first.index - 1 : last.index]
                found.append((quotation, frozenset().union(*around)))
        return found

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence in which a character stands, or the last one before it."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span.of(self.text, start, end)
