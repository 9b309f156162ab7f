"""Download a document within limits of size and time, and never from a private network unasked."""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from ..errors import InputError

_CONNECTION_SECONDS = 10.0
_MAX_REDIRECTS = 5
_READABLE = ("text/", "application/pdf", "application/xhtml", "application/xml")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_HEADERS = {
    "User-Agent": "grounded-summarizer",
    "Accept": "text/html,application/pdf,text/plain",
}
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may cost.

    Attributes:
        max_bytes: A larger document is refused.
        max_seconds: Time for the whole download, redirects included.
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
            connection is made to the very address that was checked.
        limits: The largest size and the longest time.

    Returns:
        The bytes, and the address that returned them.

    Raises:
        InputError: It is refused, too large, too slow, missing, or not a page, a PDF or a text.
    """
    import httpx2

    deadline = time.monotonic() + limits.max_seconds
    try:
        with httpx2.Client(timeout=_CONNECTION_SECONDS, follow_redirects=False) as client:
            for _ in range(_MAX_REDIRECTS + 1):
                response = client.send(_request(client, url, allow_private), stream=True)
                try:
                    target = _redirect_target(response, url)
                    if target is None:
                        return _read_body(response, url, limits, deadline), url
                    url = target
                finally:
                    response.close()
    except httpx2.HTTPError as error:
        raise InputError(f"{url}: {type(error).__name__}: {error}.") from error
    raise InputError(f"{url}: more than {_MAX_REDIRECTS} redirects.")


def _redirect_target(response: Any, url: str) -> str | None:
    """The address that a response redirects to; None if it is not a redirect."""
    if response.status_code in _REDIRECTS and "location" in response.headers:
        return urljoin(url, str(response.headers["location"]))
    return None


def _request(client: Any, url: str, allow_private: bool) -> Any:
    """A request to an address that was checked, under the host name that the server expects."""
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in _DEFAULT_PORTS or not host:
        raise InputError(f"{url}: only http and https addresses can be fetched.")
    if allow_private:
        return client.build_request("GET", url, headers=_HEADERS)
    if parts.scheme in urllib.request.getproxies():  # the proxy resolves the host name
        _refuse_private(url, host, [host])
        return client.build_request("GET", url, headers=_HEADERS)
    return _pinned_request(client, url, parts, host)


def _pinned_request(client: Any, url: str, parts: SplitResult, host: str) -> Any:
    """A request to the first of the public addresses of a host, so that no second look-up counts."""
    address = _public_address(url, host, parts.port or _DEFAULT_PORTS[parts.scheme])
    port = f":{parts.port}" if parts.port else ""
    location = (f"[{address}]" if ":" in address else address) + port
    return client.build_request(
        "GET",
        parts._replace(netloc=location, fragment="").geturl(),
        headers={**_HEADERS, "Host": host + port},
        extensions={"sni_hostname": host},
    )


def _public_address(url: str, host: str, port: int) -> str:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{url}: {host} cannot be found ({error}).") from error
    addresses = [str(entry[4][0]) for entry in entries]
    _refuse_private(url, host, addresses)
    return addresses[0]


def _refuse_private(url: str, host: str, addresses: list[str]) -> None:
    for address in addresses:
        try:
            number = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            continue  # a host name, which a proxy resolves
        if not number.is_global or number.is_multicast:
            raise InputError(
                f"{url}: {host} is {address}, inside a private network: refused unless"
                " allow_private=True (--allow-private)."
            )


def _read_body(response: Any, url: str, limits: Limits, deadline: float) -> bytes:
    """The body of a response, read piece by piece so that a limit stops it in time."""
    if response.status_code != _OK:
        raise InputError(f"{url}: the server answered HTTP {response.status_code}.")
    kind = response.headers.get("content-type", "text/html").lower()
    if not kind.startswith(_READABLE):
        raise InputError(f"{url} is {kind.partition(';')[0]}, not a page, a PDF or text.")
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > limits.max_bytes:
            raise InputError(f"{url} is larger than {limits.max_bytes / 1e6:.0f} MB.")
        if time.monotonic() > deadline:
            raise InputError(f"{url} took longer than the limit of {limits.max_seconds:g} seconds.")
    if not data.strip():
        raise InputError(f"{url}: the answer is empty.")
    return bytes(data)
