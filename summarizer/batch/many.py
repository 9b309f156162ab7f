"""summarize_many: thousands of articles, as many side by side as the model takes."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from dataclasses import dataclass, replace
from typing import Any, Unpack

from pydantic import BaseModel

from ..errors import DeadlineError, InputError
from ..models.rate_limit import RateLimiter
from ..options import lists_options, option
from ..pipeline.call import Call, as_article
from ..pipeline.keywords import OptionKeywords
from ..pipeline.run import arun
from ..pipeline.session import Session, make_session
from .breaker import Attempt, Breaker
from .feed import Inbox, feed
from .items import Item, ItemLike, Outcome, failed
from .single_flight import single_flight
from .threads import iterate_in_thread

_ARTICLES_PER_SLOT = 2
"""Articles begun for each request that can be in flight: while one waits for a retry or is checked,
a request of another takes the slot."""

Finished = asyncio.Queue[Attempt | BaseException | None]
"""Attempts as they end; for each worker that ends None, or an error."""


@lists_options
def summarize_many(
    items: Iterable[ItemLike],
    model: Any = None,
    *,
    concurrency: int = 8,
    ordered: bool = False,
    requests_per_minute: float | None = None,
    tokens_per_minute: float | None = None,
    deadline: float | None = None,
    schema: type[BaseModel] | None = None,
    **options: Unpack[OptionKeywords],
) -> Iterator[Outcome]:
    """Summarize many articles side by side; each comes out as soon as it is finished.

    Items are read as they are needed and outcomes are handed out as they come, so that memory does
    not grow with their number. An article that fails comes out with its error, and the others go
    on.

    Args:
        items: Texts, (id, text) pairs, mappings with "id" and "text", or Items; any iterable.
        model: As in `summarize`.
        concurrency: Maximum number of requests in flight. While the server answers 429 there are
            fewer; the embedded model takes one at a time.
        ordered: True to hand out the outcomes in the order of the items.
        requests_per_minute: Requests that may start in a minute; None for no limit.
        tokens_per_minute: Tokens that they may take, in and out; None for no limit.
        deadline: Seconds for one article, including retries and waiting; None for no limit.
        schema: As in `summarize`.
        **options: The fields of `summarizer.options.Options`; with `cache`, no request is paid for
            twice.

    Yields:
        An Outcome for each item.

    Raises:
        InputError: An option is wrong.
        NoModelError: No model was named and none was found.
        BatchError: No further article can succeed (a wrong key, an exhausted quota, a server that
            is gone); what was finished has come out, and the items without an outcome can be
            passed again later.

    Example:
        ```python
        for outcome in summarize_many(texts, "openai/gpt-4.1-mini", cache=True):
            print(outcome.id, outcome.summary or outcome.error)
        ```
    """
    pacing = Pacing(concurrency, requests_per_minute, tokens_per_minute, deadline)
    return run_many(items, make_session(model, schema, **options), pacing, ordered=ordered)


@lists_options
def asummarize_many(
    items: Iterable[ItemLike] | AsyncIterable[ItemLike],
    model: Any = None,
    *,
    concurrency: int = 8,
    ordered: bool = False,
    requests_per_minute: float | None = None,
    tokens_per_minute: float | None = None,
    deadline: float | None = None,
    schema: type[BaseModel] | None = None,
    **options: Unpack[OptionKeywords],
) -> AsyncIterator[Outcome]:
    """Summarize many articles side by side, as an async iterator.

    Args:
        items: As in `summarize_many`; also an async iterable.
        model: As in `summarize`.
        concurrency: Maximum number of requests in flight.
        ordered: True to hand out the outcomes in the order of the items.
        requests_per_minute: Requests that may start in a minute; None for no limit.
        tokens_per_minute: Tokens that they may take, in and out; None for no limit.
        deadline: Seconds for one article, including retries and waiting; None for no limit.
        schema: As in `summarize`.
        **options: The fields of `summarizer.options.Options`.

    Yields:
        An Outcome for each item.

    Raises:
        InputError, NoModelError, BatchError: As `summarize_many` does.

    Example:
        ```python
        async for outcome in asummarize_many(texts, "openai/gpt-4.1-mini", cache=True):
            print(outcome.id, outcome.summary or outcome.error)
        ```
    """
    pacing = Pacing(concurrency, requests_per_minute, tokens_per_minute, deadline)
    return arun_many(items, make_session(model, schema, **options), pacing, ordered=ordered)


@dataclass(frozen=True, slots=True)
class Pacing:
    """How fast a batch goes; the fields are described in `summarize_many`.

    The ranges of the fields are those of the command line.

    Raises:
        InputError: A field is not positive.
    """

    concurrency: int = option(
        8, 1, help="Maximum number of requests in flight; fewer while the server refuses some."
    )
    requests_per_minute: float | None = option(
        None, 0.01, help="Requests that may start in a minute."
    )
    tokens_per_minute: float | None = option(
        None, 1, help="Tokens, in and out, that requests may take in a minute."
    )
    deadline: float | None = option(None, 0.01, help="Seconds for one article.")

    def __post_init__(self) -> None:
        if self.concurrency < 1:
            raise InputError(f"concurrency={self.concurrency}: choose 1 or more.")
        for name in ("requests_per_minute", "tokens_per_minute", "deadline"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise InputError(f"{name}={value}: choose more than 0, or None for no limit.")


def run_many(
    items: Iterable[ItemLike],
    session: Session,
    pacing: Pacing,
    *,
    ordered: bool = False,
    settles: bool = False,
) -> Generator[Outcome]:
    """Summarize many articles with one session, for callers without an event loop."""
    outcomes = arun_many(items, session, pacing, ordered=ordered, settles=settles)
    return iterate_in_thread(outcomes)


async def arun_many(
    items: Iterable[ItemLike] | AsyncIterable[ItemLike],
    session: Session,
    pacing: Pacing,
    *,
    ordered: bool = False,
    settles: bool = False,
) -> AsyncGenerator[Outcome]:
    """Summarize many articles with one session, which is closed at the end.

    Args:
        items: As in `asummarize_many`.
        session: The options and the models.
        pacing: How fast it goes.
        ordered: True to hand out the outcomes in the order of the items.
        settles: True to hold back a failure until it is certain that it is the article's and not
            that of a service which fails them all; not in order.
    """
    session, slots = _paced(session, pacing)
    workers = slots * _ARTICLES_PER_SLOT
    inbox: Inbox = asyncio.Queue()
    finished: Finished = asyncio.Queue()
    room = asyncio.Semaphore(workers)  # taken by an item, released when its outcome is handed out
    breaker = Breaker(slots)
    ended = 0

    async def work() -> None:
        nonlocal ended
        entry: object = None
        try:
            while isinstance(entry := await inbox.get(), tuple) and breaker.error is None:
                begun, (index, item) = ended, entry
                outcome = await _outcome(item, session, pacing.deadline)
                ended += 1
                finished.put_nowait(Attempt(index, outcome, begun, ended))
        except (SystemExit, KeyboardInterrupt) as error:  # else this worker would be waited for
            entry = error
        inbox.put_nowait(None)  # so that the other workers end too
        finished.put_nowait(entry if isinstance(entry, BaseException) else None)

    def stop() -> None:
        inbox.put_nowait(None)  # a worker may be waiting for an item that comes late, or never

    tasks = [asyncio.create_task(work()) for _ in range(workers)]
    stop_feeding = feed(items, inbox, room)
    try:
        attempts = _collect(finished, workers, breaker, stop, settles)
        async for outcome in (_in_order if ordered else _as_they_come)(attempts, room):
            yield outcome
    finally:
        stop_feeding()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await session.aclose()
    if breaker.error is not None:
        raise breaker.error


async def _collect(
    finished: Finished,
    workers: int,
    breaker: Breaker,
    stop: Callable[[], object],
    settles: bool,
) -> AsyncIterator[list[Attempt]]:
    """For each attempt that ends, those to be handed out; until every worker has ended."""
    failure: BaseException | None = None
    while workers and not breaker.is_unreachable:
        attempt = await finished.get()
        if not isinstance(attempt, Attempt):
            workers -= 1
            failure = failure or attempt
        elif breaker.stops(attempt.outcome):  # it did not fail: it was never really asked
            stop()
            yield []
        else:
            yield breaker.settled(attempt) if settles else [attempt]
    if settles and breaker.error is None:
        yield breaker.rest()
    if failure is not None:  # of the iterable, raised when all items read from it are done
        raise failure


async def _as_they_come(
    attempts: AsyncIterator[list[Attempt]], room: asyncio.Semaphore
) -> AsyncIterator[Outcome]:
    async for ready in attempts:
        room.release()
        for attempt in ready:
            yield attempt.outcome


async def _in_order(
    attempts: AsyncIterator[list[Attempt]], room: asyncio.Semaphore
) -> AsyncIterator[Outcome]:
    """The outcomes in the order of the items; what waits for its turn keeps its room."""
    waiting: dict[int, Outcome] = {}
    following = 0
    async for ready in attempts:
        waiting.update((attempt.index, attempt.outcome) for attempt in ready)
        if not ready:
            room.release()
        while following in waiting:
            room.release()
            yield waiting.pop(following)
            following += 1
    for index in sorted(waiting):  # after a gap, where an item was never really asked
        yield waiting[index]


def _paced(session: Session, pacing: Pacing) -> tuple[Session, int]:
    """The session with models that share one rate limiter, and how many slots it has.

    What is asked twice at the same time is sent once.
    """
    slots = 1 if session.model.at_once == 1 else pacing.concurrency
    limiter = RateLimiter(slots, pacing.requests_per_minute, pacing.tokens_per_minute)
    judge = session.judge and single_flight(session.judge.with_limiter(limiter))
    model = single_flight(session.model.with_limiter(limiter))
    return replace(session, model=model, judge=judge), slots


async def _outcome(item: Item, session: Session, deadline: float | None) -> Outcome:
    """Summarize one article; any error stays with it."""
    if item.error is not None:
        return failed(item, item.error)
    try:
        async with asyncio.timeout(deadline):
            return Outcome(item, await arun(Call(as_article(item.text), session)))
    except TimeoutError:
        message = f"not finished within {deadline:g} seconds"
        return failed(item, DeadlineError(message, temporary=True))
    except Exception as error:
        return failed(item, error)
