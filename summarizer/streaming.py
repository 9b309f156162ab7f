"""stream_summary: each item once, already checked, as soon as the model has finished it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Unpack

from .article import Article
from .pipeline import Options, Task, make_task
from .prompts import list_article
from .resolve import check_line, resolve_figures, resolve_quotes
from .schema import PARTS, Claim, Draft, Figure, Quote, Summary

Item = Claim | Quote | Figure | Summary


def stream_summary(
    text: str | Article, model: Any = None, **options: Unpack[Options]
) -> Iterator[Item]:
    """Summarize a text and give out each claim, quotation and figure once it is finished and checked.

    A line that fails its check does not come out until a re-ask has mended it; what is withdrawn
    never does. The last value is the Summary that `summarize` returns (but for its tokens, which
    a streaming provider does not tell).

    Args:
        text: The article.
        model: As in `summarize`.
        **options: As in `summarize`.

    Yields:
        Claim, Quote and Figure objects, then the Summary.

    Raises:
        InputError, NoModelError, ModelError, CrossCheckError: As `summarize` does.
    """
    task = make_task(text, model, **options)
    conversation = task.conversation()
    emitter = _Emitter(task)
    request = next(conversation)
    answer: Any = None
    for piece in task.model.stream(request):
        partial, answer = piece
        if partial is not None:
            yield from emitter.finished(partial)
    try:
        while True:
            request = conversation.send(answer)
            answer = task.whom(request).ask(request)
    except StopIteration as done:
        yield from emitter.rest(done.value)
        yield done.value


async def astream_summary(
    text: str | Article, model: Any = None, **options: Unpack[Options]
) -> AsyncIterator[Item]:
    """The same as `stream_summary`, without blocking."""
    task = make_task(text, model, **options)
    conversation = task.conversation()
    emitter = _Emitter(task)
    request = next(conversation)
    answer: Any = None
    async for piece in task.model.astream(request):
        partial, answer = piece
        if partial is not None:
            for item in emitter.finished(partial):
                yield item
    summary: Summary | None = None
    while summary is None:
        try:
            request = conversation.send(answer)
        except StopIteration as done:
            summary = done.value
        else:
            answer = await task.whom(request).aask(request)
    for item in emitter.rest(summary):
        yield item
    yield summary


class _Emitter:
    """Knows what is finished in a growing draft, and what has come out already."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.listing = list_article(task.article, task.wishes)
        self.figures = 0
        self.quotes = 0
        self.claims: set[str] = set()

    def finished(self, partial: Any) -> Iterator[Item]:
        """The items of a partial draft that are complete and stand, and did not come out before."""
        data = partial.model_dump(exclude_none=True)
        later = [name for name in (*PARTS, "headline") if name in data]
        figures = _complete(data.get("figures"), closed="quotes" in data or bool(later))
        quotes = _complete(data.get("quotes"), closed=bool(later))
        draft = Draft(figures=figures, quotes=quotes, headline="")
        yield from self._new_figures(resolve_figures(draft, self.listing))
        yield from self._new_quotes(resolve_quotes(draft, self.listing))
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
        translated = self.task.wishes.language is not None
        line = check_line(
            "claim", claim.get("sentence"), text, self.task.article, translated=translated
        )
        if line.is_doubtful and self.task.judge is not None:
            return  # it comes out at the end, if the judge lets it stand
        if not line.problems or self.task.on_problem == "flag":
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
