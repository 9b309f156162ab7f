"""What one request may take, whatever the server does: the time and the size of its whole answer.

An SDK's time-out is for each wait alone: a server that sends a byte in each of them is waited for
without end. And a small body may be packed so that it fills the memory.
"""

from __future__ import annotations

import asyncio
import contextvars
import queue
import sys
import threading
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import lru_cache
from typing import Any

from .wires.base import OnText, Reply

MOST_BYTES = 32 << 20
"""Of one answer, after decompression: a thousand times that of a long summary."""
STREAM_FACTOR = 5
"""How many times as long a streamed answer may take as a silent one: it shows that it goes on."""
_INFLATED_AT_ONCE = 1 << 16
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_ACCEPTED = "gzip, deflate"


class TooSlowError(TimeoutError):
    """The answer was not complete in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the answer was not complete within {seconds:g} seconds: give it longer by"
            " model_options={'timeout': …} (--model-option timeout=…)"
        )


class TooLargeError(Exception):
    """The answer is larger than any answer can be."""


class _AbandonedError(Exception):
    """Nothing waits for the rest of the answer."""


def send_within(
    seconds: float, send: Callable[[OnText | None], Reply], on_text: OnText | None
) -> Reply:
    """Send a request in a thread, and wait for its answer no longer than that.

    What a thread waits for cannot be taken from it: one whose time is over ends with the next piece
    of its answer, and does not keep the process from ending.

    Args:
        seconds: Time until the answer is complete.
        send: Sends the request; gets what is told of each piece of text.
        on_text: Told of each piece of text; None if the request is not streamed.

    Raises:
        TooSlowError: The time is over.
        Exception: Whatever `send` raises.
    """
    outcome: queue.SimpleQueue[Reply | BaseException] = queue.SimpleQueue()
    is_over = threading.Event()

    def told(text: str) -> None:
        if is_over.is_set():
            raise _AbandonedError
        if on_text is not None:
            on_text(text)

    def work() -> None:
        try:
            outcome.put(send(None if on_text is None else told))
        except BaseException as error:
            outcome.put(error)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(work,), daemon=True).start()
    result: Reply | BaseException = TooSlowError(seconds)
    try:
        result = outcome.get(timeout=seconds)
    except queue.Empty:
        pass
    finally:
        is_over.set()
    if isinstance(result, BaseException):
        raise result
    return result


async def asend_within(seconds: float, sending: Awaitable[Reply]) -> Reply:
    """Await an answer no longer than that; the request is then cancelled.

    Raises:
        TooSlowError: The time is over.
    """
    failure: TimeoutError
    try:
        async with asyncio.timeout(seconds) as limit:
            return await sending
    except TimeoutError as error:
        failure = TooSlowError(seconds) if limit.expired() else error
    raise failure


def http_options(*, is_async: bool) -> dict[str, Any]:
    """Arguments of a client of httpx that let it read no more than MOST_BYTES of an answer."""
    hook = _abound if is_async else _bound
    return {"event_hooks": {"response": [hook]}, "headers": {"Accept-Encoding": _ACCEPTED}}


def _bound(response: Any) -> None:
    """Measure the body of a response while it is read; an event hook of httpx."""
    encoding = response.headers.pop("content-encoding", "identity").lower()
    package = type(response).__module__.partition(".")[0]
    response.stream = _bounded_stream(package)(response.stream, _Measured(encoding))


async def _abound(response: Any) -> None:
    _bound(response)


class _Measured:
    """Inflates a body piece by piece, and counts what comes out."""

    def __init__(self, encoding: str) -> None:
        if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
            raise TooLargeError(
                f"the answer is compressed as {encoding[:20]!r}, which was not asked for"
            )
        self._inflate = None if encoding == "identity" else zlib.decompressobj(_GZIP_OR_ZLIB)
        self._size = 0

    def take(self, piece: bytes) -> Iterator[bytes]:
        """What a piece of the body holds, in small pieces however well it is packed."""
        if self._inflate is None:
            yield self._counted(piece)
            return
        while piece and not self._inflate.eof:
            yield self._counted(self._inflate.decompress(piece, _INFLATED_AT_ONCE))
            piece = self._inflate.unconsumed_tail

    def rest(self) -> Iterator[bytes]:
        """What is left after the last piece."""
        while self._inflate and (piece := self._inflate.decompress(b"", _INFLATED_AT_ONCE)):
            yield self._counted(piece)

    def _counted(self, piece: bytes) -> bytes:
        self._size += len(piece)
        if self._size > MOST_BYTES:
            raise TooLargeError(
                f"the answer is larger than {MOST_BYTES >> 20} MB: no completion is, check the address"
            )
        return piece


@lru_cache(maxsize=2)
def _bounded_stream(package: str) -> Any:
    """The class of a measured body, for httpx2 or httpx."""
    httpx: Any = sys.modules[package]

    class BoundedStream(httpx.SyncByteStream, httpx.AsyncByteStream):  # type: ignore[misc]
        def __init__(self, stream: Any, measured: _Measured) -> None:
            self._stream = stream
            self._measured = measured

        def __iter__(self) -> Iterator[bytes]:
            for piece in self._stream:
                yield from self._measured.take(piece)
            yield from self._measured.rest()

        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for piece in self._stream:
                for part in self._measured.take(piece):
                    yield part
            for part in self._measured.rest():
                yield part

        def close(self) -> None:
            self._stream.close()

        async def aclose(self) -> None:
            await self._stream.aclose()

    return BoundedStream
