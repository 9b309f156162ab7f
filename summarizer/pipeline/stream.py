"""stream_summary: each item once, already checked, as soon as the model has finished it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any, Unpack

from ..article import Article
from ..summary import Claim, Figure, Quote, Summary
from .conversation import converse, list_in_chunks
from .draft import PARTS
from .lines import Source, check_line, chosen, resolve_figure, resolve_quote, stated_once
from .listing import Listing
from .run import aask_all, arun, ask_all, run
from .settings import Options, Settings, make_settings, readable

Item = Claim | Quote | Figure | Summary


def stream_summary(
    text: str | Article, model: Any = None, **options: Unpack[Options]
) -> Iterator[Item]:
    """Summarize a text and give out each claim, quotation and figure once it is finished and checked.

    A line that fails its check does not come out until a re-ask has mended it; what is withdrawn
    never does. The last value is the Summary that `summarize` returns (but for its tokens, which
    a streaming provider does not tell). A text that the model must read in chunks comes out at the
    end, when they are merged.

    Args:
        text: The article.
        model: As in `summarize`.
        **options: As in `summarize`.

    Yields:
        Claim, Quote and Figure objects, then the Summary.

    Raises:
        InputError, NoModelError, ModelError, CrossCheckError: As `summarize` does.
    """
    article, settings = readable(text), make_settings(model, **options)
    emitter = _Emitter(article, settings)
    conversation = converse(article, settings)
    requests = next(conversation)
    answers: list[Any] = []
    if len(requests) == 1:
        for partial, answer in settings.model.stream(requests[0]):
            if partial is not None:
                yield from emitter.finished(partial)
            elif answer is not None:
                answers = [answer]
    else:
        answers = ask_all(requests, settings)
    summary = run(conversation, settings, answers)
    yield from emitter.rest(summary)
    yield summary


async def astream_summary(
    text: str | Article, model: Any = None, **options: Unpack[Options]
) -> AsyncIterator[Item]:
    """The same as `stream_summary`, without blocking."""
    article, settings = readable(text), make_settings(model, **options)
    try:
        emitter = _Emitter(article, settings)
        conversation = converse(article, settings)
        requests = next(conversation)
        answers: list[Any] = []
        if len(requests) == 1:
            async for partial, answer in settings.model.astream(requests[0]):
                if partial is not None:
                    for item in emitter.finished(partial):
                        yield item
                elif answer is not None:
                    answers = [answer]
        else:
            answers = await aask_all(requests, settings)
        summary = await arun(conversation, settings, answers)
        for item in emitter.rest(summary):
            yield item
        yield summary
    finally:
        await settings.aclose()


class _Emitter:
    """Knows what is finished in a growing draft, and what has come out already."""

    def __init__(self, article: Article, settings: Settings) -> None:
        self.article = article
        self.settings = settings
        self.figures = 0
        self.quotes = 0
        self.claims: set[str] = set()

    @cached_property
    def listing(self) -> Listing:
        """What the growing draft points at: there is a draft only if one listing holds all."""
        return list_in_chunks(self.article, self.settings)[0]

    def finished(self, partial: Any) -> Iterator[Item]:
        """The items of a partial draft that are complete and stand, and did not come out before."""
        data = partial.model_dump(exclude_none=True)
        later = [name for name in (*PARTS, "headline") if name in data]
        figures = _complete(data.get("figures"), closed="quotes" in data or bool(later))
        quotes = _complete(data.get("quotes"), closed=bool(later))
        said = chosen(quotes, self.listing.statements)
        counted = stated_once(chosen(figures, self.listing.figures), self.article)
        yield from self._new_figures([resolve_figure(c, self.article) for c in counted])
        yield from self._new_quotes([resolve_quote(c, self.article) for c in said])
        for index, name in enumerate(later[:-1] if "headline" in later else later):
            closed = index < len(later) - 1
            for claim in _complete(data[name], closed=closed):
                yield from self._claim(claim)

    def _new_figures(self, figures: list[Figure]) -> Iterator[Item]:
        yield from figures[self.figures :]
        self.figures = max(self.figures, len(figures))

    def _new_quotes(self, quotes: list[Quote]) -> Iterator[Item]:
        yield from quotes[self.quotes :]
        self.quotes = max(self.quotes, len(quotes))

    def _claim(self, claim: dict[str, Any]) -> Iterator[Item]:
        text = " ".join(str(claim.get("text", "")).split())
        if text in self.claims:
            return
        translated = self.settings.wishes.language is not None
        source = Source.whole(self.article)
        line = check_line("claim", claim.get("sentence"), text, source, translated=translated)
        if line.is_doubtful and self.settings.judge is not None:
            return  # it comes out at the end, if the judge lets it stand
        if not line.problems or self.settings.on_problem == "flag":
            self.claims.add(text)
            yield line.claim

    def rest(self, summary: Summary) -> Iterator[Item]:
        """What stands in the finished summary and did not come out while it grew."""
        yield from self._new_figures(summary.figures)
        yield from self._new_quotes(summary.quotes)
        yield from (c for c in summary.claims if c.text not in self.claims)


def _complete(items: list[Any] | None, *, closed: bool) -> list[Any]:
    """The items of a growing list that the model has finished: all but the last, until it is closed."""
    return (items or []) if closed else (items or [])[:-1]
