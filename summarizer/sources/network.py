"""Connections that lead only to public addresses, and that end at a deadline whatever the server does."""

from __future__ import annotations

import base64
import ssl
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2
from httpx2 import URL, InvalidURL, create_ssl_context

from ..errors import InputError
from .addresses import DEFAULT_PORTS, look_up, public_addresses

_MAX_HEAD_BYTES = 16 << 10
_OK = range(200, 300)


class OutOfTimeError(Exception):
    """The time for a whole download is over."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment at which a download has to be complete.

    Attributes:
        end: That moment, as `time.monotonic()` counts.
        step: Seconds that the server may be silent.
    """

    end: float
    step: float

    def left(self) -> float:
        """Seconds that the next step may take; raises OutOfTimeError when there are none."""
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise OutOfTimeError
        return min(seconds, self.step)


def open_pool(url: URL, clock: Clock, *, allow_private: bool) -> httpcore2.ConnectionPool:
    """A pool for one request, through the proxy that the environment names for it, if any.

    A host is looked up once, here, and the connection goes to the very address that was checked;
    through a proxy too, which is asked for a tunnel to that address and never looks up a name. Only
    where private networks are allowed does a proxy get the name.

    Raises:
        InputError: The proxy cannot be used.
    """
    proxy = _proxy(url)
    context = create_ssl_context()
    backend: httpcore2.NetworkBackend = _Backend(clock)
    if allow_private and proxy:
        return httpcore2.HTTPProxy(
            _origin(proxy),
            proxy_auth=_login(proxy),
            ssl_context=context,
            network_backend=backend,
        )
    if not allow_private:
        backend = _PublicBackend(clock, proxy, context)
    return httpcore2.ConnectionPool(ssl_context=context, network_backend=backend)


def _proxy(url: URL) -> URL | None:
    """The proxy for an address."""
    proxies = urllib.request.getproxies()
    name = proxies.get(url.scheme) or proxies.get("all")
    if not name or urllib.request.proxy_bypass(url.host):
        return None
    try:
        proxy = URL(name if "://" in name else f"http://{name}")
    except InvalidURL as error:
        raise InputError(f"the proxy for {url.scheme} addresses is not an address") from error
    if proxy.scheme not in DEFAULT_PORTS or not proxy.host:
        raise InputError(
            f"a {proxy.scheme} proxy cannot be used, only http and https proxies: set"
            f" {url.scheme}_proxy or no_proxy."
        )
    return proxy


def _origin(proxy: URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=proxy.raw_scheme, host=proxy.raw_host, port=proxy.port, target="/")


def _login(proxy: URL) -> tuple[str, str] | None:
    return (proxy.username, proxy.password) if proxy.userinfo else None


class _Stream(httpcore2.NetworkStream):
    """A connection whose reads and writes together end at a deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, self._clock.left()), self._clock
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Connects to any host, within a deadline."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that accepts."""
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                return self._connect(address, port)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        return look_up(host, port, self._clock.left())

    def _connect(self, address: str, port: int) -> httpcore2.NetworkStream:
        stream = self._sockets.connect_tcp(address, port, self._clock.left())
        return _Stream(stream, self._clock)


class _PublicBackend(_Backend):
    """Connects to public addresses only, itself or through a tunnel of a proxy."""

    def __init__(self, clock: Clock, proxy: URL | None, context: ssl.SSLContext) -> None:
        super().__init__(clock)
        self._proxy = proxy
        self._context = context

    def _addresses(self, host: str, port: int) -> list[str]:
        return public_addresses(host, port, self._clock.left())

    def _connect(self, address: str, port: int) -> httpcore2.NetworkStream:
        if self._proxy is None:
            return super()._connect(address, port)
        proxy_port = self._proxy.port or DEFAULT_PORTS[self._proxy.scheme]
        stream = _Backend(self._clock).connect_tcp(self._proxy.host, proxy_port)
        if self._proxy.scheme == "https":
            stream = stream.start_tls(self._context, self._proxy.host)
        stream.write(_connect_request(self._proxy, address, port))
        status = _status(_read_head(stream))
        if status not in _OK:
            stream.close()
            raise InputError(
                f"the proxy answered {status} when asked for a tunnel to {address}:{port}. It is"
                " not asked for the name, which it would look up without a check whether that leads"
                " into a private network; allow_private=True (--allow-private) asks for the name."
            )
        return stream


def _connect_request(proxy: URL, address: str, port: int) -> bytes:
    """
    >>> _connect_request(URL("http://ann:pw@proxy"), "8.8.8.8", 443).splitlines()[2]
    b'Proxy-Authorization: Basic YW5uOnB3'
    """
    target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if login := _login(proxy):
        token = base64.b64encode(":".join(login).encode()).decode("ascii")
        lines.append(f"Proxy-Authorization: Basic {token}")
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _read_head(stream: httpcore2.NetworkStream) -> bytes:
    """The head of a proxy's answer, byte by byte: what follows belongs to the tunnel."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = stream.read(1)
        head += piece
        if not piece or len(head) > _MAX_HEAD_BYTES:
            raise httpcore2.ProxyError("the proxy's answer cannot be read")
    return head


def _status(head: bytes) -> int:
    """
    >>> _status(b"HTTP/1.1 403 Forbidden")
    403
    """
    words = head.split(None, 2)
    code = words[1] if len(words) > 1 else b""
    return int(code) if code.isdigit() else 0
