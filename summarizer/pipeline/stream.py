"""stream_summary: give out each item of a growing draft once, checked, when it is complete."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any, Unpack

from ..article import Article
from ..models import Answer
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
    withdrawn never is. The last value is the Summary that `summarize` returns (without token
    counts, which streaming providers do not report). For a text that the model must read in
    chunks, all items come at the end, after the merge.

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
        for partial, answer in stream.session.model.stream(stream.call.requests[0]):
            yield from stream.read(partial, answer)
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
            async for partial, answer in session.model.astream(stream.call.requests[0]):
                for item in stream.read(partial, answer):
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
        self._figures = 0
        self._quotes = 0
        self._claims: set[str] = set()

    @cached_property
    def _listing(self) -> Listing:
        """What the growing draft points at: if it is streamed, there is one listing."""
        return list_in_chunks(self.article, self.session)[0]

    def read(self, partial: Any, answer: Answer[Any] | None) -> Iterator[Item]:
        """The new items of a partial draft; a whole answer goes to the call."""
        if partial is not None:
            yield from self._new(partial.model_dump(exclude_none=True))
        elif answer is not None:
            self.call.send([answer])

    def rest(self) -> Iterator[Item]:
        """The items of the finished summary that were not given out before, then the summary."""
        summary: Summary = self.call.result
        yield from self._new_figures(summary.figures)
        yield from self._new_quotes(summary.quotes)
        yield from (c for c in summary.claims if c.text not in self._claims)
        yield summary

    def _new(self, draft: dict[str, Any]) -> Iterator[Item]:
        """The items of a partial draft that are complete, pass, and were not given out before."""
        begun = [name for name in (*PARTS, "headline") if name in draft]
        figures = _complete(draft.get("figures"), closed="quotes" in draft or bool(begun))
        quotes = _complete(draft.get("quotes"), closed=bool(begun))
        chosen = distinct_figures(select(figures, self._listing.figures), self.article)
        statements = select(quotes, self._listing.statements)
        yield from self._new_figures([resolve_figure(c, self.article) for c in chosen])
        yield from self._new_quotes([resolve_quote(c, self.article) for c in statements])
        for name in begun:
            if name != "headline":
                for claim in _complete(draft[name], closed=name != begun[-1]):
                    yield from self._new_claim(claim)

    def _new_figures(self, figures: list[Figure]) -> Iterator[Item]:
        yield from figures[self._figures :]
        self._figures = max(self._figures, len(figures))

    def _new_quotes(self, quotes: list[Quote]) -> Iterator[Item]:
        yield from quotes[self._quotes :]
        self._quotes = max(self._quotes, len(quotes))

    def _new_claim(self, claim: dict[str, Any]) -> Iterator[Item]:
        text = " ".join(str(claim.get("text", "")).split())
        if text in self._claims:
            return
        options, source = self.session.options, Source.whole(self.article)
        line = check_line(
            "claim", claim.get("sentence"), text, source, translated=options.is_translation
        )
        if line.is_doubtful and self.session.judge is not None:
            return  # given out at the end, if the judge confirms it
        if not line.problems or options.on_problem == "flag":
            self._claims.add(text)
            yield line.claim


def _complete(items: list[Any] | None, *, closed: bool) -> list[Any]:
    """The finished items of a growing list: all but the last, until the list is closed."""
    return (items or []) if closed else (items or [])[:-1]
