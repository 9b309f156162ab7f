"""stream_summary: give out each item of a growing draft once, checked, when it is complete."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any, Unpack

from ..article import Article
from ..models import Answer, Piece
from ..options import lists_options
from ..summary import Claim, Figure, Quote, Summary
from .call import Call, as_article
from .conversation import list_in_chunks
from .draft import PARTS
from .keywords import OptionKeywords
from .lines import Source, check_line
from .listing import Listing
from .run import arun, run
from .selection import distinct_figures, resolve_figure, resolve_quote, select
from .session import Session, make_session

Item = Claim | Quote | Figure | Summary


@lists_options
def stream_summary(
    text: str | Article, model: Any = None, **options: Unpack[OptionKeywords]
) -> Iterator[Item]:
    """Summarize a text, and give out each claim, quotation and figure once it is checked.

    A line that fails its check is given out when a re-ask has corrected it; a line that is
    withdrawn never is. The last value is the Summary that `summarize` returns. For a text that the
    model must read in chunks, and for a caller's own instructor client, all items come at the end.

    Args:
        text: The article, as plain text.
        model: As in `summarize`.
        **options: The fields of `summarizer.options.Options`, all optional.

    Yields:
        Claim, Quote and Figure objects, then the Summary.

    Raises:
        InputError, NoModelError, ModelError, CrossCheckError: As `summarize` does.

    Example:
        ```python
        for item in stream_summary(text, "openai/gpt-4.1-mini"):
            print(item)
        ```
    """
    article = as_article(text)
    stream = _Stream(article, make_session(model, **options))
    if stream.is_streamed:
        for piece in stream.session.model.stream(stream.call.requests[0]):
            yield from stream.read(piece)
    run(stream.call)
    yield from stream.rest()


@lists_options
async def astream_summary(
    text: str | Article, model: Any = None, **options: Unpack[OptionKeywords]
) -> AsyncIterator[Item]:
    """Summarize a text without blocking, and give out each item once it is checked.

    Args:
        text: The article, as plain text.
        model: As in `summarize`.
        **options: The fields of `summarizer.options.Options`, all optional.

    Yields:
        Claim, Quote and Figure objects, then the Summary, as `stream_summary` does.

    Raises:
        InputError, NoModelError, ModelError, CrossCheckError: As `summarize` does.

    Example:
        ```python
        async for item in astream_summary(text, "openai/gpt-4.1-mini"):
            print(item)
        ```
    """
    article = as_article(text)
    session = make_session(model, **options)
    try:
        stream = _Stream(article, session)
        if stream.is_streamed:
            async for piece in session.model.astream(stream.call.requests[0]):
                for item in stream.read(piece):
                    yield item
        await arun(stream.call)
        for item in stream.rest():
            yield item
    finally:
        await session.aclose()


class _Stream:
    """One call, and what of its growing draft has been given out already.

    Attributes:
        article: The article.
        session: The options and the models.
        call: Its requests and, at the end, its result.
        is_streamed: True if one request holds the whole article, so that its answer can be read
            as it grows.
    """

    def __init__(self, article: Article, session: Session) -> None:
        self.article = article
        self.session = session
        self.call = Call(article, session)
        self.is_streamed = len(self.call.requests) == 1
        self._ids: dict[str, list[int]] = {"figures": [], "quotes": []}
        self._figures = 0
        self._quotes = 0
        self._claims: set[str] = set()

    @cached_property
    def _listing(self) -> Listing:
        """What the growing draft points at: if it is streamed, there is one listing."""
        return list_in_chunks(self.article, self.session)[0]

    def read(self, piece: Piece[Any]) -> Iterator[Item]:
        """The items that a finished part of the draft brings; the whole draft goes to the call."""
        if isinstance(piece, Answer):
            self.call.send([piece])
        elif piece.key in self._ids and isinstance(piece.value, int):
            self._ids[piece.key].append(piece.value)
            yield from self._chosen(piece.key)
        elif piece.key in PARTS and isinstance(piece.value, dict):
            yield from self._new_claim(piece.value)

    def rest(self) -> Iterator[Item]:
        """The items of the finished summary that were not given out before, then the summary."""
        summary: Summary = self.call.result
        yield from self._new_figures(summary.figures)
        yield from self._new_quotes(summary.quotes)
        yield from (c for c in summary.claims if c.text not in self._claims)
        yield summary

    def _chosen(self, key: str) -> Iterator[Item]:
        """The figures or quotations that the draft has chosen, and that were not given out before."""
        ids = self._ids[key]
        if key == "quotes":
            statements = select(ids, self._listing.statements)
            yield from self._new_quotes([resolve_quote(c, self.article) for c in statements])
        else:
            chosen = distinct_figures(select(ids, self._listing.figures), self.article)
            yield from self._new_figures([resolve_figure(c, self.article) for c in chosen])

    def _new_figures(self, figures: list[Figure]) -> Iterator[Item]:
        yield from figures[self._figures :]
        self._figures = max(self._figures, len(figures))

    def _new_quotes(self, quotes: list[Quote]) -> Iterator[Item]:
        yield from quotes[self._quotes :]
        self._quotes = max(self._quotes, len(quotes))

    def _new_claim(self, claim: dict[str, Any]) -> Iterator[Item]:
        sentence, text = claim.get("sentence"), " ".join(str(claim.get("text") or "").split())
        if not isinstance(sentence, int) or not text or text in self._claims:
            return
        options, source = self.session.options, Source.whole(self.article)
        line = check_line("claim", sentence, text, source, translated=options.is_translation)
        if line.is_doubtful and self.session.judge is not None:
            return  # given out at the end, if the judge confirms it
        if not line.problems or options.on_problem == "flag":
            self._claims.add(text)
            yield line.claim
