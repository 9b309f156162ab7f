"""Parts of an answer while it is asked for: from a thread, or from a task of the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import queue
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from .base import Answer, Part, Piece, T

OnPart = Callable[[Part], object]


class _AbandonedError(Exception):
    """Nobody wants the rest of the answer."""


def in_thread(ask: Callable[[OnPart], Answer[T]]) -> Iterator[Piece[T]]:
    """Yield what `ask` reports to its callback, then what it returns.

    It runs in a thread, in the context of the caller. If the iterator is closed early, the next
    part ends it.

    Raises:
        Exception: Whatever `ask` raises.
    """
    pieces: queue.SimpleQueue[Piece[T] | BaseException] = queue.SimpleQueue()
    is_over = threading.Event()

    def on_part(part: Part) -> None:
        if is_over.is_set():
            raise _AbandonedError
        pieces.put(part)

    def work() -> None:
        try:
            pieces.put(ask(on_part))
        except BaseException as error:
            pieces.put(error)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(work,), daemon=True).start()
    try:
        while isinstance(piece := pieces.get(), Part):
            yield piece
        if isinstance(piece, BaseException):
            raise piece
        yield piece
    finally:
        is_over.set()


async def in_task(ask: Callable[[OnPart], Awaitable[Answer[T]]]) -> AsyncIterator[Piece[T]]:
    """Yield what `ask` reports to its callback, then what it returns.

    If the iterator is closed early, the task is cancelled.

    Raises:
        Exception: Whatever `ask` raises.
    """
    parts: asyncio.Queue[Part | None] = asyncio.Queue()

    async def work() -> Answer[T]:
        try:
            return await ask(parts.put_nowait)
        finally:
            parts.put_nowait(None)

    task = asyncio.create_task(work())
    try:
        while (part := await parts.get()) is not None:
            yield part
        yield await task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await task
