"""Web addresses: which can be read at all, and which lead into a private network."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from typing import TYPE_CHECKING

from ..errors import InputError

if TYPE_CHECKING:
    from httpx2 import URL

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PORT = 65535
_SHOWN = 200
_HOST = re.compile(r"[a-z0-9_.:-]+")  # after IDNA: no zone, no percent escape
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")

_IPV6_GLOBAL = ipaddress.IPv6Network("2000::/3")
_NOT_GLOBAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.88.99.0/24",  # relays of 6to4
            "2001::/23",  # Teredo, benchmarks, overlay hashes
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which contains an IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
_CONTAINS_IPV4 = tuple(map(ipaddress.IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96")))
"""Mapped, and NAT64 by the well-known prefix: another way to write the IPv4 address at its end."""
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""The middle of an IPv6 address whose last 32 bits are an IPv4 address, whatever its network."""
_IPV4_BITS = 32
_IPV4_MASK = (1 << _IPV4_BITS) - 1


def parse_address(text: str) -> URL:
    """Parse an http or https address.

    Raises:
        InputError: It cannot be parsed, has another scheme, no host, or a user name.

    >>> parse_address("HTTP://Example.org:8080/a b").raw_path
    b'/a%20b'
    """
    import httpx2

    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError) as error:
        raise InputError(f"{shown(text)} is not a web address: {error}") from error
    if url.scheme not in DEFAULT_PORTS or not url.host:
        raise InputError(f"{shown(text)}: only http and https addresses can be fetched.")
    host = url.raw_host.decode("ascii")
    if url.userinfo or "\\" in text:
        raise InputError(
            f"{shown(text)} contains a user name, a password or a backslash, which would hide where"
            " it leads to: remove it."
        )
    if not _HOST.fullmatch(host) or not 0 < (url.port or 1) <= _MAX_PORT:
        raise InputError(f"{shown(text)} is not a web address: its host or port is not valid.")
    return url


def shown(address: str) -> str:
    """An address for error messages: on one line, not too long, and without a password.

    >>> shown("http://ann:secret@example.org/"), shown("http://a\\x1b[2J")
    ('http://example.org/', 'http://a\\\\x1b[2J')
    """
    text = _CREDENTIALS.sub("", address)
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def is_public(address: IPAddress) -> bool:
    """True if an IP address is one of the public Internet, however it is written.

    An IPv4 address inside an IPv6 address counts as itself where the two are one and the same host
    (mapped, NAT64); the other tunnels are never public.

    >>> is_public(ipaddress.ip_address("64:ff9b::8.8.8.8"))
    True
    >>> is_public(ipaddress.ip_address("64:ff9b::10.0.0.1"))
    False
    """
    if any(address in network for network in _CONTAINS_IPV4):
        return is_public(ipaddress.IPv4Address(int(address) & _IPV4_MASK))
    if any(address in network for network in _NOT_GLOBAL):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        isatap = int(address) >> _IPV4_BITS & _IPV4_MASK in _ISATAP
        if address not in _IPV6_GLOBAL or isatap:
            return False
    return address.is_global and not address.is_multicast


def public_addresses(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a host, all of which are public.

    Args:
        host: A name, or an IP address in any notation.
        port: The port of the service.
        seconds: How long the name server may take.

    Raises:
        InputError: The host is not known, or leads into a private network.
    """
    addresses = look_up(host, port, seconds)
    for text in addresses:
        if not is_public(ipaddress.ip_address(text.partition("%")[0])):
            raise InputError(
                f"{host} is {text}, inside a private network: refused unless allow_private=True"
                " (--allow-private)."
            )
    return addresses


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a host, private ones too.

    Args:
        host: A name, or an IP address in any notation.
        port: The port of the service.
        seconds: How long the name server may take. The system's look-up has no limit of its own, so
            a thread waits for it.

    Raises:
        InputError: The host is not known.
    """
    found: list[str] = []
    failure: list[Exception] = []

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    thread = threading.Thread(target=ask, name="look-up", daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if thread.is_alive():
        raise InputError(f"{host} cannot be found: the name server did not answer in time.")
    if failure or not found:
        reason = f" ({failure[0]})" if failure else ""
        raise InputError(f"{host} cannot be found{reason}.") from next(iter(failure), None)
    return found
