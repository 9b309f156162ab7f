"""Addresses: which are fetched, at what cost at most, and by which way."""

from __future__ import annotations

import gzip
import itertools
import os
import random
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from summarizer import Article, InputError
from summarizer.sources import addresses
from summarizer.sources.addresses import is_public, parse_address
from summarizer.sources.download import Limits
from summarizer.sources.load import read_url
from tests.support.pages import PAGE, pdf
from tests.support.raw_server import HEAD, RawServer, drips, read_head, says
from tests.support.server import Reply, ScriptedServer

HTML = {"Content-Type": "text/html; charset=utf-8"}
PUBLIC = "93.184.216.34"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The name server: what is not in it is not found. It answers an IP address by itself."""
    known: dict[str, list[str]] = {"example.org": [PUBLIC]}
    real = socket.getaddrinfo

    def answer(host: str, port: int, *rest: Any, **more: Any) -> Any:
        if host not in known:
            more["flags"] = socket.AI_NUMERICHOST
            return real(host, port, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


def near(server: ScriptedServer, path: str = "/page") -> str:
    return server.base_url.removesuffix("/v1") + path


def test_a_page_is_fetched(server: ScriptedServer) -> None:
    server.will(Reply(302, "", {"Location": "/other"}), Reply(200, PAGE, HTML))
    document = read_url(near(server), allow_private=True)
    assert "250 workers" in document.text
    assert document.origin.url == near(server, "/other")
    server.will(Reply(200, PAGE, HTML))
    assert Article.from_url(near(server), allow_private=True).origin.title == "Mill burns in Kent"


def test_a_pdf_is_fetched(server: ScriptedServer) -> None:
    server.will(Reply(200, pdf("Four people were hurt."), {"Content-Type": "application/pdf"}))
    assert "Four people" in read_url(near(server), allow_private=True).text


# What is an address.

NOT_ADDRESSES = [
    "http://[::1", "http://::1]/", "http://a:b:c/", "http://host:99999/", "http://host:0/", "http://host:-1/", "http://", "http:///x", "http://?", "http://#a",
    "http://a b/", "http://a\x00b/", "http://a\nb/", "http://example.org/\r\nX: y", "http://example.org/\x1b[2J", "http://[1.2.3.4]/", "http://[v1.x]/",
    "http://%31%32%37.0.0.1/", "http://0177.0.0.1/", "http://[fe80::1%25eth0]/", "http://１２７.0.0.1/", "http://①.example/", "http://a\u202eb/", "http://☃.example/", "http://\ud800/",
    "http://user:secret@example.org/", "http://example.org@127.0.0.1/", "http://a@b@c/", "http://example.org\\@127.0.0.1/", "http://example.org\\.evil.example/",
    "http://" + "a" * 70_000, "ftp://example.org/x", "file:///etc/passwd", "javascript:1", "gopher://example.org/",
]  # fmt: skip


@pytest.mark.parametrize("url", NOT_ADDRESSES, ids=ascii)
def test_what_is_no_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(InputError) as caught:
        read_url(url)
    message = str(caught.value)
    assert message.startswith(addresses.shown(url))
    assert message.isprintable()
    assert "secret" not in message
    assert len(message) < 500


@pytest.mark.parametrize("location", [url for url in NOT_ADDRESSES if url.isascii() and url.isprintable() and len(url) < 99])  # fmt: skip
def test_a_redirect_to_what_is_no_address_is_refused(server: ScriptedServer, location: str) -> None:
    server.will(Reply(302, "", {"Location": location}))
    with pytest.raises(InputError, match=r"^http|^ftp|^file|^javascript|^gopher"):
        read_url(near(server), allow_private=True)
    assert len(server.requests) <= 6


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("HTTP://Example.ORG", b"example.org", b"/"),
        ("https://bücher.example/ä b?q=ü#part", b"xn--bcher-kva.example", b"/%C3%A4%20b?q=%C3%BC"),
        ("http://example.org:8080/a@b:c", b"example.org", b"/a@b:c"),
        ("http://ex_ample.org/", b"ex_ample.org", b"/"),
        ("http://[2606:4700::1111]:80/", b"2606:4700::1111", b"/"),
    ],
)
def test_an_address_is_parsed(url: str, host: bytes, path: bytes) -> None:
    parsed = parse_address(url)
    assert (parsed.raw_host, parsed.raw_path) == (host, path)


def test_no_string_is_more_than_refused() -> None:
    chance = random.Random(7)
    pieces = ["http", "://", "//", "[", "]", ":", "@", "::1", "%", "#", "?", "\\", ".", "é", "٣", "\u200b", "a", "1", "-", "\t"]  # fmt: skip
    for _ in range(3000):
        url = "http://" + "".join(chance.choices(pieces, k=chance.randrange(1, 9)))
        try:
            parsed = parse_address(url)
        except InputError:
            continue
        assert parsed.host
        assert not parsed.userinfo


# Private networks.


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.2.1", "198.18.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.88.99.1", "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "::127.0.0.1", "::10.0.0.1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1", "64:ff9b:1::8.8.8.8",
        "2002:7f00:1::1", "2002:a00:1::", "2002:808:808::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "3fff::1", "100::1", "5f00::1",
        "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:192.168.0.1",
    ],
)  # fmt: skip
def test_private_ip_addresses(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
)  # fmt: skip
def test_public_ip_addresses(address: str) -> None:
    assert is_public(ip_address(address))


PRIVATE = [
    "http://127.0.0.1/x", "http://localhost/x", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/",
    "http://[fe80::1]/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://127.1/", "http://0x7f.1/",
    "http://100.64.0.1/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fec0::1]/", "http://[::7f00:1]/", "http://127。0。0。1/",
]  # fmt: skip


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="private network"):
        read_url(url)


@pytest.mark.parametrize("url", [*PRIVATE, "http://inside.example/", "http://both.example/"])
@pytest.mark.parametrize("bypass", ["", "localhost", "*"])
def test_a_proxy_gets_nothing_that_is_private(
    url: str, bypass: str, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    names |= {"inside.example": ["10.0.0.1"], "both.example": [PUBLIC, "127.0.0.1"]}
    names["localhost"] = ["127.0.0.1"]
    with RawServer(says(HEAD, b"\r\n", PAGE.encode())) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", bypass)
        with pytest.raises(InputError, match="private network"):
            read_url(url)
    assert proxy.heads == []


def test_a_proxy_gets_no_name_that_cannot_be_looked_up_here(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    with RawServer(says(HEAD, b"\r\n", PAGE.encode())) as proxy:
        monkeypatch.setenv("all_proxy", proxy.url)
        with pytest.raises(InputError, match=r"http://unknown.example/: .* cannot be found"):
            read_url("http://unknown.example/")
    assert proxy.heads == []


def answer_in_a_tunnel(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    head = read_head(connection)
    assert head.startswith("GET /mill HTTP/1.1")
    assert "Host: example.org" in head
    connection.sendall(HEAD + b"\r\n" + PAGE.encode())


def test_a_proxy_is_asked_for_a_tunnel_to_the_checked_address(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    with RawServer(answer_in_a_tunnel) as proxy:
        monkeypatch.setenv("http_proxy", f"http://ann:secret@127.0.0.1:{proxy.port}")
        assert "250 workers" in read_url("http://example.org/mill").text
    [head] = proxy.heads
    assert head.startswith(f"CONNECT {PUBLIC}:80 HTTP/1.1")
    assert "Proxy-Authorization: Basic YW5uOnNlY3JldA==" in head
    assert "example.org" not in head


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy answered 403 .* allow_private"),
        (b"", "the proxy's answer cannot be read"),
        (b"x" * 20_000, "the proxy's answer cannot be read"),
        (b"\r\n\r\n", "the proxy answered 0"),
    ],
)
def test_a_proxy_that_refuses_is_a_clear_error(
    answer: bytes, said: str, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    with RawServer(says(answer)) as proxy:
        monkeypatch.setenv("http_proxy", f"http://ann:secret@127.0.0.1:{proxy.port}")
        with pytest.raises(InputError, match=said) as caught:
            read_url("http://example.org/mill")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "http://[::1", "nonsense:// "])
def test_a_proxy_that_cannot_be_used_is_a_clear_error(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(InputError, match=r"^http://example.org/: .*proxy"):
        read_url("http://example.org/")


def test_where_private_networks_are_allowed_the_proxy_gets_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with RawServer(says(HEAD, b"\r\n", PAGE.encode())) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        document = read_url("http://wiki.internal/mill", allow_private=True)
    assert "250 workers" in document.text
    assert proxy.heads[0].startswith("GET http://wiki.internal/mill HTTP/1.1")


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]], server: ScriptedServer
) -> None:
    """A name server that answers differently the second time is not asked a second time."""
    connected: list[Any] = []
    real = socket.create_connection

    def connect(address: Any, *rest: Any, **more: Any) -> Any:
        connected.append(address)
        names["example.org"] = ["127.0.0.1"]
        return real(("127.0.0.1", int(near(server).split(":")[2].split("/")[0])), *rest, **more)

    monkeypatch.setattr(socket, "create_connection", connect)
    server.will(Reply(302, "", {"Location": "/secret"}))
    with pytest.raises(InputError, match=r"example.org/secret.* private network"):
        read_url("http://example.org/")
    assert connected == [(PUBLIC, 80)]
    assert len(server.requests) == 1


def test_another_address_of_a_host_is_tried(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]], server: ScriptedServer
) -> None:
    names["example.org"] = ["8.8.8.8", PUBLIC]
    real = socket.create_connection

    def connect(address: Any, *rest: Any, **more: Any) -> Any:
        if address[0] == "8.8.8.8":
            raise OSError("unreachable")
        return real(("127.0.0.1", int(near(server).split(":")[2].split("/")[0])), *rest, **more)

    monkeypatch.setattr(socket, "create_connection", connect)
    server.will(Reply(200, PAGE, HTML))
    assert "250 workers" in read_url("http://example.org/").text
    assert server.headers[0]["Host"] == "example.org"


# Limits.


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(404, "no"), "HTTP 404"),
        (Reply(200, "", HTML), "empty"),
        (Reply(200, b"\x89PNG", {"Content-Type": "image/png"}), "image/png"),
        (Reply(200, "x" * 30_000, {"Content-Type": "text/plain"}), "larger than the limit"),
        (Reply(302, "", {"Location": "/page"}), "redirects"),
        (Reply(200, "<html>", HTML), "no article text"),
        (Reply(200, PAGE, HTML, cut_off=True), "Error"),
        (Reply(200, PAGE, {**HTML, "Content-Encoding": "br"}), "compressed as 'br'"),
        (Reply(200, PAGE, {**HTML, "Content-Encoding": "gzip, gzip"}), "compressed as"),
        (Reply(200, PAGE, {**HTML, "Content-Encoding": "gzip"}), "not valid gzip"),
        (Reply(200, gzip.compress(PAGE.encode())[:-9], {**HTML, "Content-Encoding": "gzip"}), "cut off"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_clear_error(
    server: ScriptedServer, reply: Reply, said: str
) -> None:
    server.will(reply)
    with pytest.raises(InputError, match=said) as caught:
        read_url(near(server), allow_private=True, limits=Limits(max_bytes=20_000))
    assert near(server) in str(caught.value)


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(InputError, match=f"127.0.0.1:{port}/: ConnectError"):
        read_url(f"http://127.0.0.1:{port}/", allow_private=True)


@pytest.mark.parametrize("members", [1, 3])
def test_a_compressed_page_is_read(server: ScriptedServer, members: int) -> None:
    page = PAGE.encode()
    step = len(page) // members + 1
    body = b"".join(gzip.compress(page[at : at + step]) for at in range(0, len(page), step))
    server.will(Reply(200, body, {**HTML, "Content-Encoding": "gzip"}))
    assert "250 workers" in read_url(near(server), allow_private=True).text
    assert server.headers[0]["Accept-Encoding"] == "gzip"


def test_a_gzip_bomb_is_given_up_while_it_is_inflated(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A megabyte that would be a gigabyte; no more than the limit and a piece is ever inflated."""
    inflated = 0
    real = zlib.decompressobj

    class Counting:
        def __init__(self, wbits: int) -> None:
            self._real = real(wbits)

        def decompress(self, data: bytes, most: int) -> bytes:
            nonlocal inflated
            piece = self._real.decompress(data, most)
            inflated += len(piece)
            return piece

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

    packing = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packing.compress(bytes(1 << 20)) for _ in range(1 << 6)) + packing.flush()
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    server.will(Reply(200, bomb, {**HTML, "Content-Encoding": "gzip"}))
    with pytest.raises(InputError, match="larger than the limit of 2 MB"):
        read_url(near(server), allow_private=True, limits=Limits(max_bytes=2_000_000))
    assert inflated < 4 << 20


def bytes_of(data: bytes) -> Iterator[bytes]:
    return (bytes([byte]) for byte in itertools.cycle(data))


@pytest.mark.parametrize(
    "speak",
    [
        drips(b"", bytes_of(b"HTTP/1.1 200 OK\r\n")),
        drips(b"HTTP/1.1 200 OK\r\n", bytes_of(b"X-Header: value\r\n")),
        drips(b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")),
        drips(HEAD + b"\r\n", bytes_of(b"x")),
        drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", bytes_of(b"1\r\nx\r\n")),
        drips(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0", bytes_of(b"x")),
        lambda _: time.sleep(2),
    ],
    ids=["status line", "head", "interim answers", "body", "chunks", "gzip head", "silence"],
)
def test_a_page_that_drips_is_given_up(speak: Any) -> None:
    too_slow = pytest.raises(InputError, match=r"longer than the limit of 0.3 seconds.* file")
    with RawServer(speak) as server, too_slow:
        read_url(server.url, allow_private=True, limits=Limits(max_seconds=0.3))


def test_redirects_share_one_limit_of_time(server: ScriptedServer) -> None:
    server.will(Reply(302, "", {"Location": "/page"}, delay=0.2))
    with pytest.raises(InputError, match="longer than the limit"):
        read_url(near(server), allow_private=True, limits=Limits(max_seconds=0.3))
    assert len(server.requests) <= 2


def test_a_name_server_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def wait(*_: Any, **__: Any) -> list[Any]:
        over.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    with pytest.raises(InputError, match="did not answer in time"):
        addresses.look_up("example.org", 80, 0.1)
    with pytest.raises(InputError, match=r"^http://example.org/.*(in time|longer than)"):
        read_url("http://example.org/", limits=Limits(max_seconds=0.2))
    over.set()
