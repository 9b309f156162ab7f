"""Download a document within limits of size and time, and never from a private network unasked."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from .addresses import parse_address, shown

if TYPE_CHECKING:
    import httpcore2
    import httpx2

    from .network import Clock

_SILENT_SECONDS = 10.0
_MAX_REDIRECTS = 5
_READABLE = ("text/", "application/pdf", "application/xhtml", "application/xml")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_INFLATED_AT_ONCE = 1 << 20
_GZIP = zlib.MAX_WBITS | 16
_GZIP_MARK = b"\x1f\x8b"
_HEADERS = {
    "User-Agent": "grounded-summarizer",
    "Accept": "text/html,application/pdf,text/plain",
    "Accept-Encoding": "gzip",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may cost.

    Attributes:
        max_bytes: A larger document is refused; the size counts after decompression.
        max_seconds: Time for the whole download, look-ups and redirects included.
    """

    max_bytes: int = 20 << 20
    max_seconds: float = 30.0


LIMITS = Limits()


def download(
    url: str, *, allow_private: bool = False, limits: Limits = LIMITS
) -> tuple[bytes, str]:
    """Download an address, following redirects.

    Args:
        url: An http or https address.
        allow_private: Whether private, loopback and link-local addresses may be fetched. By
            default they are refused, also when a redirect or a host name leads to them, and the
            connection is made to the very address that was checked, also through a proxy.
        limits: The largest size and the longest time.

    Returns:
        The bytes, and the address that returned them.

    Raises:
        InputError: It is refused, too large, too slow, missing, or not a page, a PDF or a text.
    """
    import httpcore2

    from .network import Clock, OutOfTimeError

    failures = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError, OSError)
    clock = Clock(time.monotonic() + limits.max_seconds, _SILENT_SECONDS)
    try:
        for _ in range(_MAX_REDIRECTS + 1):
            target = parse_address(url)
            answer = _fetch(target, clock, limits, allow_private=allow_private)
            if isinstance(answer, bytes):
                return answer, url
            url = _joined(target, answer)
    except (OutOfTimeError, httpcore2.TimeoutException) as error:
        raise _too_slow(url, clock, limits) from error
    except failures as error:
        raise InputError(f"{shown(url)}: {type(error).__name__}: {error}.") from error
    except InputError as error:
        raise _naming(url, error) from error.__cause__
    raise InputError(f"{shown(url)}: more than {_MAX_REDIRECTS} redirects.")


def _too_slow(url: str, clock: Clock, limits: Limits) -> InputError:
    what = f"took longer than the limit of {limits.max_seconds:g} seconds"
    if time.monotonic() < clock.end:
        what = f"was silent for {clock.step:g} seconds"
    return InputError(f"{shown(url)} {what}: save the page and give the file instead.")


def _naming(url: str, error: InputError) -> InputError:
    """An error that names the address it is about."""
    name = shown(url)
    return error if str(error).startswith(name) else InputError(f"{name}: {error}")


def _joined(base: httpx2.URL, location: str) -> str:
    """The address that a redirect leads to; the address as given if it cannot be parsed.

    >>> from httpx2 import URL
    >>> _joined(URL("http://a.org/x"), "/y"), _joined(URL("http://a.org/x"), "http://[::1")
    ('http://a.org/y', 'http://[::1')
    """
    import httpx2

    try:
        return str(base.join(location))
    except (httpx2.InvalidURL, ValueError):
        return location


def _fetch(url: httpx2.URL, clock: Clock, limits: Limits, *, allow_private: bool) -> bytes | str:
    """The body of an answer, or the address that it redirects to."""
    import httpcore2

    from .network import open_pool

    request = httpcore2.Request(
        "GET",
        httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=[(b"Host", url.netloc), *_HEADERS.items()],
    )
    with (
        open_pool(url, clock, allow_private=allow_private) as pool,
        closing(pool.handle_request(request)) as response,
    ):
        headers = _headers(response)
        if response.status in _REDIRECTS and "location" in headers:
            return headers["location"]
        _refuse_unreadable(response.status, headers, limits)
        pieces = _inflated(response.iter_stream(), headers.get("content-encoding", ""))
        return _collected(pieces, clock, limits)


def _headers(response: httpcore2.Response) -> dict[str, str]:
    """The headers of a response, in lower case."""
    return {
        name.decode("latin-1").lower(): value.decode("latin-1").strip()
        for name, value in response.headers
    }


def _refuse_unreadable(status: int, headers: dict[str, str], limits: Limits) -> None:
    """Refuse what the head of an answer shows to be no document, or too large."""
    if status != _OK:
        raise InputError(f"the server answered HTTP {status}.")
    kind = headers.get("content-type", "text/html").lower()
    if not kind.startswith(_READABLE):
        raise InputError(f"it is {kind.partition(';')[0]}, not a page, a PDF or text.")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.max_bytes:
        raise _too_large(limits)


def _too_large(limits: Limits) -> InputError:
    return InputError(
        f"it is larger than the limit of {limits.max_bytes / 1e6:.0f} MB: save it, and give the"
        " file, or a part of it."
    )


def _inflated(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body without its compression, in pieces of at most a megabyte however well it is packed.

    >>> list(_inflated([b"a", b"b"], "identity"))
    [b'a', b'b']
    """
    if encoding.lower() in ("", "identity"):
        yield from pieces
        return
    if encoding.lower() not in ("gzip", "x-gzip"):
        raise InputError(f"the answer is compressed as {encoding[:40]!r}, which was not asked for.")
    inflate = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                yield inflate.decompress(waiting, _INFLATED_AT_ONCE)
                waiting = inflate.unconsumed_tail
                if inflate.eof and inflate.unused_data.startswith(_GZIP_MARK):  # one more member
                    waiting = inflate.unused_data
                    inflate = zlib.decompressobj(_GZIP)
        while not inflate.eof and (rest := inflate.decompress(b"", _INFLATED_AT_ONCE)):
            yield rest
    except zlib.error as error:
        raise InputError(f"the answer is not valid gzip ({error}).") from error
    if not inflate.eof:
        raise InputError("the answer is cut off.")


def _collected(pieces: Iterable[bytes], clock: Clock, limits: Limits) -> bytes:
    """A whole body, read piece by piece so that a limit stops it in time."""
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > limits.max_bytes:
            raise _too_large(limits)
        clock.left()
    if not data.strip():
        raise InputError("the answer is empty.")
    return bytes(data)
