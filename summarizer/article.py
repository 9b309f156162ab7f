"""Article: a source text with its sentences, numbers, quotations and names, each found once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .names import Name, NameIndex, find_names, names_between
from .numbers import Number, numbers_in
from .numbers.context import Contexts, build_contexts
from .quotations import Marked, Quotation, find_marked, may_quote, quotations_in
from .sources.document import Document, Origin
from .sources.load import load, read_path, read_url
from .text.given import refuse_location, require_kind, require_text
from .text.sentences import split_sentences
from .text.spans import Span
from .text.terms import Terms, find_terms
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


class _Findings:
    """Everything that is found in a text, each on first use; offsets count its characters."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> Tokens:
        """All tokens of the text."""
        return tokenize(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return self._find_sentences()

    def _find_sentences(self) -> tuple[Sentence, ...]:
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
    def name_index(self) -> NameIndex:
        """The names with their fullest forms and roles."""
        return NameIndex(self.names)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """All quotations and reported statements in order, with their speakers."""
        if not may_quote(self.tokens):
            return []
        spans = [(s.start, s.end) for s in self.sentences]
        return quotations_in(self.tokens, spans, self.names, self.name_index, self.marked)

    @cached_property
    def marked(self) -> list[Marked]:
        """All text between quotation marks, in order, with or without a speaker."""
        return find_marked(self.text)

    @cached_property
    def terms(self) -> Terms:
        """The stems of its content words, by token and by sentence."""
        return find_terms(self.tokens, [(s.start, s.end) for s in self.sentences])

    @cached_property
    def contexts(self) -> Contexts:
        """The numbers with the words around them."""
        return build_contexts(self.tokens, self.terms, self.numbers)

    @cached_property
    def words(self) -> WordText:
        """The words without punctuation, to find quoted words across it."""
        return words_alone(self.tokens)

    def names_between(self, first: int, stop: int) -> list[Name]:
        """The names that lie wholly between two tokens, the second exclusive."""
        return names_between(self.names, first, stop)

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """The tokens between two offsets: the first one, and the end (exclusive)."""
        starts, count = self.tokens.starts, self.tokens.count
        first = bisect_left(starts, start, 0, count)
        return first, bisect_left(starts, end, first, count)

    def quotations_at(self, start: int, end: int) -> list[Quotation]:
        """The quotations that overlap a stretch, `end` exclusive."""
        return [q for q in self.quotations if q.start < end and start < q.end]

    def stems_between(self, start: int, end: int) -> frozenset[str]:
        """The content stems of a stretch, `end` exclusive."""
        first, stop = self.token_range(start, end)
        return frozenset(self.terms.stems[first:stop]) - {""}

    def stems_at(self, offset: int) -> frozenset[str]:
        """The content stems of the sentence that contains a character."""
        sentence = self.sentence_at(offset)
        return self.terms.by_sentence[sentence.index - 1] if sentence else frozenset()

    @cached_property
    def statements(self) -> list[tuple[Quotation, frozenset[str]]]:
        """The quotations that have a speaker, each with the content stems of its sentences."""
        statements = []
        for quotation in self.quotations:
            if quotation.speaker is None:
                continue
            first, last = self.sentence_at(quotation.start), self.sentence_at(quotation.end - 1)
            if first and last:
                around = self.terms.by_sentence[first.index - 1 : last.index]
                statements.append((quotation, frozenset().union(*around)))
        return statements

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that contains a character, or else the last one before it."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets, `end` exclusive."""
        return Span.of(self.text, start, end)


class Article(_Findings):
    """A text prepared for prompting and checking.

    Everything is found on first use and kept, so one article can be checked against many
    summaries. All offsets count characters of `text` exactly as given: nothing is normalised.

    Args:
        text: The source text.
        origin: Where it comes from.
        sentences_before: For an excerpt: the number of sentences of the whole that precede it,
            0 or more. Sentence numbers in prompts and reasons count from it.

    Raises:
        InputError: `text` is not a `str`.

    Example:
        >>> article = Article("Four civilians were killed. Two drones were shot down, he said.")
        >>> [s.text for s in article.sentences]
        ['Four civilians were killed.', 'Two drones were shot down, he said.']
        >>> [(n.text, n.unit) for n in article.numbers]
        [('Four', 'civilians'), ('Two', 'drones')]
    """

    def __init__(
        self, text: str, origin: Origin | None = None, *, sentences_before: int = 0
    ) -> None:
        require_text(text)
        super().__init__(text)
        self.origin = origin or Origin()
        self.sentences_before = sentences_before

    def __repr__(self) -> str:
        return f"Article({self.text[:40]!r}…, {len(self.text)} characters)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Article) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, int]:
        """What verdicts and reasons depend on: the text, and how its sentences are numbered."""
        return self.text, self.sentences_before

    @classmethod
    def of(cls, source: str | Article) -> Article:
        """Return an Article as it is, and make one from a text.

        Raises:
            InputError: It is not a text, or only the name of a file or an address.
        """
        if isinstance(source, Article):
            return source
        article = cls(source)
        refuse_location(source)
        return article

    @classmethod
    def from_html(cls, html: str | bytes, url: str | None = None) -> Article:
        """Read the main text of a web page, with title, author and date (extra `web`).

        Args:
            html: The page.
            url: Its address.

        Raises:
            InputError: It contains no article, or the extra `web` is not installed.
        """
        require_kind(html, "A page", str, bytes)
        from .sources.web_page import read_html

        return cls._from(read_html(html, url=url))

    @classmethod
    def from_url(cls, url: str, *, allow_private: bool = False) -> Article:
        """Download a page, a PDF or a text, of at most 20 MB and within 30 seconds.

        Args:
            url: An http or https address.
            allow_private: Whether addresses inside a private network may be fetched.

        Raises:
            InputError: It is refused, too large, too slow, missing, or contains no text.
        """
        require_kind(url, "An address", str)
        return cls._from(read_url(url, allow_private=allow_private))

    @classmethod
    def from_pdf(cls, pdf: bytes | str | Path) -> Article:
        """Read the text of a PDF; `place` then names pages (extra `pdf`).

        Args:
            pdf: The bytes of the PDF, or its path.

        Raises:
            InputError: It cannot be read, contains no text, or the extra `pdf` is not installed.
        """
        require_kind(pdf, "A PDF", bytes, str, Path)
        from .sources.pdf import read_pdf

        if isinstance(pdf, bytes):
            return cls._from(read_pdf(pdf))
        return cls._from(read_pdf(read_path(pdf), str(pdf)))

    @classmethod
    def from_file(cls, path: str | Path) -> Article:
        """Read a file: text in any encoding, HTML or PDF, whichever its first bytes show.

        Args:
            path: Its path.

        Raises:
            InputError: It cannot be read, or contains no text.
        """
        require_kind(path, "A file", str, Path)
        return load_article(str(path))

    @classmethod
    def _from(cls, document: Document) -> Article:
        return cls(document.text, document.origin)

    def place(self, offset: int) -> str:
        """Where a character is, in words: "sentence 21", or "page 3, sentence 21" in a PDF.

        >>> Article("It burned. Four people were hurt.").place(11)
        'sentence 2'
        """
        starts = self.origin.page_starts
        sentence = self.sentence_label(offset)
        return f"page {bisect_right(starts, offset)}, {sentence}" if starts else sentence

    def sentence_label(self, offset: int) -> str:
        """The sentence of a character, in words: "sentence 21", or "the source" before the first."""
        sentence = self.sentence_at(offset)
        return f"sentence {self.sentences_before + sentence.index}" if sentence else "the source"

    def excerpt(self, first: int, last: int) -> Article:
        """Return a run of its sentences as an article that cites them by their original numbers.

        Args:
            first: Number of the first sentence, from 1.
            last: Number of the last sentence (inclusive).

        Returns:
            An article whose offsets count from the start of its first sentence.

        >>> whole = Article("One fell. Two rose. Three stood.")
        >>> part = whole.excerpt(2, 3)
        >>> part.text, part.sentences_before, [s.text for s in part.sentences]
        ('Two rose. Three stood.', 1, ['Two rose.', 'Three stood.'])
        """
        return _Excerpt(self, first, last)


class _Excerpt(Article):
    """A run of sentences of an article, which are taken from it and not split again."""

    def __init__(self, whole: Article, first: int, last: int) -> None:
        chosen = whole.sentences[first - 1 : last]
        start = chosen[0].start
        before = whole.sentences_before + first - 1
        super().__init__(whole.text[start : chosen[-1].end], sentences_before=before)
        self._chosen = chosen

    def _find_sentences(self) -> tuple[Sentence, ...]:
        start = self._chosen[0].start
        return tuple(
            Sentence(index, s.start - start, s.end - start, s.text)
            for index, s in enumerate(self._chosen, 1)
        )


def load_article(name: str, *, allow_private: bool = False) -> Article:
    """Read the article that a command line names.

    Args:
        name: A path, an http(s) address, or "-" for standard input.
        allow_private: Whether addresses inside a private network may be fetched.

    Raises:
        InputError: It cannot be read, or contains no text.
    """
    document = load(name, allow_private=allow_private)
    return Article(document.text, document.origin)
