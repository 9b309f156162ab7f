"""Threads: an async iterator for callers without an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, Generator
from typing import Any, TypeVar

T = TypeVar("T")


def iterate_in_thread(values: AsyncGenerator[T]) -> Generator[T]:
    """Iterate over an async generator from sync code, even if an event loop is running here.

    The generator runs in an event loop of its own, in a thread, and is closed at the end.
    """
    loop = asyncio.new_event_loop()

    def serve() -> None:
        is_running = True
        while is_running:
            # An exit in any task ends the loop; it reaches the caller through the task's result.
            with contextlib.suppress(SystemExit, KeyboardInterrupt):
                loop.run_forever()
                is_running = False

    thread = threading.Thread(target=serve, name="summarizer-batch", daemon=True)
    thread.start()
    end = object()
    last: asyncio.Task[Any] | None = None

    async def step() -> Any:
        nonlocal last
        last = asyncio.current_task()
        return await anext(values, end)

    async def close() -> None:
        if last is not None:  # still waiting, if the caller was interrupted
            last.cancel()
            await asyncio.wait([last])
        await values.aclose()

    try:
        while (value := asyncio.run_coroutine_threadsafe(step(), loop).result()) is not end:
            yield value
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
