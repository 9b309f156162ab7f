"""summarize_many: thousands of articles, as many at once as the model takes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
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
from typing import Any, TypeVar, Unpack

from pydantic import BaseModel

from ..errors import AccessError, BatchError, DeadlineError, InputError, ModelError
from ..options import OptionKeywords
from ..pipeline.call import Call, as_article
from ..pipeline.run import arun
from ..pipeline.session import Session, make_session
from .items import Given, Item, Outcome, as_item, failed

Result = TypeVar("Result")

_OPEN_A_PLACE = 2
"""Articles begun for each place among the requests in flight: while one waits before a retry, or
is checked, another's request takes the place."""
_REFUSALS_BEFORE_STOP = 3
_FEWEST_FAILURES_BEFORE_STOP = 10


def summarize_many(
    items: Iterable[Given],
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

    The items are read as they are needed and results are handed out as they come, so that memory
    does not grow with their number. An article that fails comes out with its error, and the others
    go on.

    Args:
        items: Texts, (id, text) pairs, mappings with "id" and "text", or Items; any iterable.
        model: As in `summarize`.
        concurrency: Requests in flight at most, from 1. While the server answers 429 there are
            fewer; the embedded model takes one at a time.
        ordered: True to hand the results out in the order of the items.
        requests_per_minute: Requests that may start in a minute; None for no limit.
        tokens_per_minute: Tokens that they may take, in and out; None for no limit.
        deadline: Seconds for one article, with its retries and its waiting; None for no limit.
        schema: As in `summarize`.
        **options: As in `summarize`; with `cache`, no question is paid for twice.

    Yields:
        An Outcome for each item.

    Raises:
        InputError: An option is wrong.
        NoModelError: No model was named and none was found.
        BatchError: Nothing more can succeed (a wrong key, an exhausted quota, a server that is
            gone); what was finished has come out, and the items without an outcome can be given
            again later.
    """
    session = make_session(model, schema, **options)
    return run_many(
        items,
        session,
        Pacing(concurrency, requests_per_minute, tokens_per_minute, deadline),
        ordered,
    )


def asummarize_many(
    items: Iterable[Given] | AsyncIterable[Given],
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
    """The same as `summarize_many`, as an async iterator; the items may be one too."""
    session = make_session(model, schema, **options)
    pacing = Pacing(concurrency, requests_per_minute, tokens_per_minute, deadline)
    return arun_many(items, session, pacing, ordered)


@dataclass(frozen=True, slots=True)
class Pacing:
    """How fast a batch goes; the fields are described in `summarize_many`.

    Raises:
        InputError: A field is out of its range.
    """

    concurrency: int = 8
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    deadline: float | None = None

    def __post_init__(self) -> None:
        if self.concurrency < 1:
            raise InputError(f"concurrency={self.concurrency}: choose 1 or more.")
        for name in ("requests_per_minute", "tokens_per_minute", "deadline"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise InputError(f"{name}={value}: choose more than 0, or None for no limit.")


def run_many(
    items: Iterable[Given], session: Session, pacing: Pacing, ordered: bool = False
) -> Generator[Outcome]:
    """`arun_many` for callers without an event loop: it runs in one of its own, in a thread."""
    return _in_a_thread(arun_many(items, session, pacing, ordered))


async def arun_many(
    items: Iterable[Given] | AsyncIterable[Given],
    session: Session,
    pacing: Pacing,
    ordered: bool = False,
) -> AsyncGenerator[Outcome]:
    """Summarize many articles with one session."""
    session, places = _paced(session, pacing)
    workers = places * _OPEN_A_PLACE
    inbox: asyncio.Queue[_Numbered | Exception | None] = asyncio.Queue()
    finished: asyncio.Queue[tuple[int, Outcome] | Exception | None] = asyncio.Queue()
    room = asyncio.Semaphore(workers)  # taken by an item, given back when its outcome is taken
    breaker = _Breaker(places)

    async def work() -> None:
        while isinstance(entry := await inbox.get(), tuple) and breaker.error is None:
            number, item = entry
            finished.put_nowait((number, await _outcome(item, session, pacing.deadline)))
        inbox.put_nowait(None)  # so that the other workers end too
        finished.put_nowait(entry if isinstance(entry, Exception) else None)

    def stop() -> None:
        inbox.put_nowait(None)  # a worker may wait for an item that comes late, or never

    tasks = [asyncio.create_task(work()) for _ in range(workers)]
    stop_feeding = _feed(items, inbox, room)
    try:
        async for outcome in _until_all_end(finished, room, workers, breaker, stop, ordered):
            yield outcome
    finally:
        stop_feeding()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await session.aclose()
    if breaker.error is not None:
        raise breaker.error


_Numbered = tuple[int, Item]


async def _until_all_end(
    finished: asyncio.Queue[tuple[int, Outcome] | Exception | None],
    room: asyncio.Semaphore,
    workers: int,
    breaker: _Breaker,
    stop: Callable[[], object],
    ordered: bool,
) -> AsyncIterator[Outcome]:
    """The outcomes as they come, or in the order of the items, until every worker has ended."""
    waiting: dict[int, Outcome] = {}
    following = 0
    failure: Exception | None = None
    while workers and not breaker.is_out_of_reach:
        got = await finished.get()
        if not isinstance(got, tuple):
            workers -= 1
            failure = failure or got
            continue
        number, outcome = got
        if breaker.stops(outcome):
            room.release()
            stop()
            continue  # not failed: never really asked
        if not ordered:
            room.release()
            yield outcome
            continue
        waiting[number] = outcome
        while following in waiting:
            room.release()
            yield waiting.pop(following)
            following += 1
    for number in sorted(waiting):  # behind what was never asked
        yield waiting[number]
    if failure is not None:  # of the items themselves, when what was read of them is done
        raise failure


def _paced(session: Session, pacing: Pacing) -> tuple[Session, int]:
    """The session with models that share one rate limiter, and how many slots it has."""
    from ..models.rate_limit import RateLimiter

    only_one = session.model.at_once == 1
    slots = 1 if only_one else pacing.concurrency
    limiter = RateLimiter(slots, pacing.requests_per_minute, pacing.tokens_per_minute)
    judge = session.judge and session.judge.with_limiter(limiter)
    return replace(session, model=session.model.with_limiter(limiter), judge=judge), slots


async def _outcome(item: Item, session: Session, deadline: float | None) -> Outcome:
    """What becomes of one article; whatever goes wrong with it stays with it."""
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


class _Breaker:
    """Sees when nothing more can succeed: better to stop than to fail ten thousand times."""

    def __init__(self, places: int) -> None:
        self.error: BatchError | None = None
        self.is_out_of_reach = False
        self._has_succeeded = False
        self._refusals = 0
        self._failures = 0
        self._most_failures = max(_FEWEST_FAILURES_BEFORE_STOP, 2 * places)

    def stops(self, outcome: Outcome) -> bool:
        """True if an outcome is not the article's own but that of a batch which must stop."""
        error = outcome.error
        if not isinstance(error, ModelError) or not error.temporary:
            self._has_succeeded = self._has_succeeded or error is None
            self._refusals = self._failures = 0
            return False
        self._failures += 1
        if isinstance(error, AccessError):
            self._refusals += 1
            if self._has_succeeded and self._refusals < _REFUSALS_BEFORE_STOP:
                return False
            self.error = self.error or BatchError(f"Stopped: {error}")
            return True
        if self.error is None and self._failures >= self._most_failures:
            self.is_out_of_reach = True
            self.error = BatchError(
                f"Stopped after {self._failures} articles in a row that failed alike: {error}"
            )
        return self.error is not None


def _feed(
    items: Iterable[Given] | AsyncIterable[Given],
    inbox: asyncio.Queue[_Numbered | Exception | None],
    room: asyncio.Semaphore,
) -> Callable[[], object]:
    """Put the items into the inbox, one after the other, as there is room; returns what stops it.

    A sync iterable is read in a thread: it may wait for a slow disk or a pipe, and the requests
    must not wait with it.
    """
    if isinstance(items, AsyncIterable):
        return asyncio.create_task(_feed_async(items, inbox, room)).cancel
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def put(entry: _Numbered | Exception | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be gone
            loop.call_soon_threadsafe(inbox.put_nowait, entry)

    def read() -> None:
        try:
            for number, given in enumerate(items):
                put((number, as_item(given, number)))
                asyncio.run_coroutine_threadsafe(room.acquire(), loop).result()
                if stopped.is_set():
                    return
            put(None)
        except Exception as error:
            put(error)

    threading.Thread(target=read, name="summarizer-items", daemon=True).start()

    def stop() -> None:
        stopped.set()
        room.release()  # it waits there

    return stop


async def _feed_async(
    items: AsyncIterable[Given],
    inbox: asyncio.Queue[_Numbered | Exception | None],
    room: asyncio.Semaphore,
) -> None:
    number = 0
    try:
        async for given in items:
            inbox.put_nowait((number, as_item(given, number)))
            number += 1
            await room.acquire()
        inbox.put_nowait(None)
    except Exception as error:
        inbox.put_nowait(error)


def _in_a_thread(outcomes: AsyncGenerator[Result]) -> Generator[Result]:
    """An async iterator for a caller who has no loop, or one that is running already."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="summarizer-batch", daemon=True)
    thread.start()
    end = object()
    last: asyncio.Task[Any] | None = None

    async def step() -> Any:
        nonlocal last
        last = asyncio.current_task()
        return await anext(outcomes, end)

    async def close() -> None:
        if last is not None:  # still waiting, if the caller was interrupted
            last.cancel()
            await asyncio.wait([last])
        await outcomes.aclose()

    try:
        while (got := asyncio.run_coroutine_threadsafe(step(), loop).result()) is not end:
            yield got
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
