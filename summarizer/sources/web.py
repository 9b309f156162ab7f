"""An article from an address: within limits, and not from inside one's own network."""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.request
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..article import Article
from ..errors import InputError

MOST_BYTES = 20 << 20
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
_STEP_SECONDS = 10.0
_READABLE = ("text/", "application/pdf", "application/xhtml", "application/xml")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
) -> Article:
    """The article at an address: a web page, a PDF or plain text.

    Args:
        url: An http or https address.
        allow_private: True to fetch from private, loopback and link-local addresses too. By default
            they are refused, also behind redirects and names, and the connection goes to the very
            address that was checked.
        most_bytes: A larger document is refused.
        most_seconds: For all of it, redirects included.

    Raises:
        InputError: It is refused, too large, too slow, not there, or has no text.
    """
    import httpx2

    ends = time.monotonic() + most_seconds
    try:
        with httpx2.Client(timeout=_STEP_SECONDS, follow_redirects=False) as client:
            for _ in range(MOST_REDIRECTS + 1):
                request = _request(client, url, allow_private)
                response = client.send(request, stream=True)
                try:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        url = urljoin(url, response.headers["location"])
                        continue
                    data = _body(response, url, most_bytes, ends)
                finally:
                    response.close()
                from . import article_from

                return article_from(data, url, url)
    except httpx2.HTTPError as error:
        raise InputError(f"{url}: {type(error).__name__}: {error}.") from error
    raise InputError(f"{url}: more than {MOST_REDIRECTS} redirects.")


def _request(client: Any, url: str, allow_private: bool) -> Any:
    """A request to a checked address, under the name that the server knows."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url}: only http and https addresses can be fetched.")
    headers = {
        "User-Agent": "grounded-summarizer",
        "Accept": "text/html,application/pdf,text/plain",
    }
    if allow_private or parts.scheme in urllib.request.getproxies():
        if not allow_private:
            _refuse_private(url, parts.hostname, [parts.hostname])
        return client.build_request("GET", url, headers=headers)
    address = _public_address(
        url, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    )
    host = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    pinned = parts._replace(netloc=host + port, fragment="").geturl()
    return client.build_request(
        "GET",
        pinned,
        headers={**headers, "Host": parts.hostname + port},
        extensions={"sni_hostname": parts.hostname},
    )


def _public_address(url: str, host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{url}: {host} cannot be found ({error}).") from error
    addresses = [str(entry[4][0]) for entry in found]
    _refuse_private(url, host, addresses)
    return addresses[0]


def _refuse_private(url: str, host: str, addresses: list[str]) -> None:
    for address in addresses:
        try:
            number = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            continue  # a name, which a proxy resolves
        if not number.is_global or number.is_multicast:
            raise InputError(
                f"{url}: {host} is {address}, inside a private network; refused unless"
                " allow_private=True (--allow-private) says otherwise."
            )


def _body(response: Any, url: str, most_bytes: int, ends: float) -> bytes:
    if response.status_code != 200:
        raise InputError(f"{url}: the server answered HTTP {response.status_code}.")
    kind = response.headers.get("content-type", "text/html").lower()
    if not kind.startswith(_READABLE):
        raise InputError(f"{url} is {kind.partition(';')[0]}, not a page, a PDF or text.")
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > most_bytes:
            raise InputError(f"{url} is larger than {most_bytes / 1e6:.0f} MB.")
        if time.monotonic() > ends:
            raise InputError(f"{url} took longer than the {MOST_SECONDS:.0f} seconds it may take.")
    if not data.strip():
        raise InputError(f"{url}: the answer is empty.")
    return bytes(data)
