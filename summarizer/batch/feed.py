"""Feed: articles from any iterable into the inbox of a batch, as fast as there is room for them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterable, Callable, Iterable

from .items import Item, ItemLike, as_item

NumberedItem = tuple[int, Item]
Inbox = asyncio.Queue[NumberedItem | BaseException | None]
"""Items with their index; at the end None, or the error of the iterable."""


def feed(
    items: Iterable[ItemLike] | AsyncIterable[ItemLike], inbox: Inbox, room: asyncio.Semaphore
) -> Callable[[], object]:
    """Put items into the inbox one after the other, each when there is room.

    A sync iterable is read in a thread: it may wait for a slow disk or a pipe, and requests must
    not wait with it.

    Returns:
        A function that stops it.
    """
    if isinstance(items, AsyncIterable):
        return asyncio.create_task(_feed_async(items, inbox, room)).cancel
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def put(entry: NumberedItem | BaseException | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be closed
            loop.call_soon_threadsafe(inbox.put_nowait, entry)

    def read() -> None:
        try:
            for index, value in enumerate(items):
                put((index, as_item(value, index)))
                asyncio.run_coroutine_threadsafe(room.acquire(), loop).result()
                if stopped.is_set():
                    return
            put(None)
        except BaseException as error:  # also SystemExit, which would end this thread alone
            put(error)

    def stop() -> None:
        stopped.set()
        room.release()  # the thread waits for it

    threading.Thread(target=read, name="summarizer-items", daemon=True).start()
    return stop


async def _feed_async(
    items: AsyncIterable[ItemLike], inbox: Inbox, room: asyncio.Semaphore
) -> None:
    index = 0
    try:
        async for value in items:
            inbox.put_nowait((index, as_item(value, index)))
            index += 1
            await room.acquire()
        inbox.put_nowait(None)
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        inbox.put_nowait(error)
