"""A TCP server on loopback whose every byte a test decides, for answers that no HTTP server gives."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Self

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

Speak = Callable[[socket.socket], None]


class RawServer:
    """Reads the head of each request, keeps it in `heads`, and lets `speak` do the rest."""

    def __init__(self, speak: Speak) -> None:
        self.heads: list[str] = []
        self._speak = speak
        self._listening = socket.create_server(("127.0.0.1", 0))

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            self.heads.append(read_head(connection))
            self._speak(connection)


def read_head(connection: socket.socket) -> str:
    """The head of an HTTP request."""
    data = b""
    while b"\r\n\r\n" not in data and (piece := connection.recv(4096)):
        data += piece
    return data.decode("latin-1")


def says(*pieces: bytes) -> Speak:
    """Send these bytes, and hang up."""
    return lambda connection: [connection.sendall(piece) for piece in pieces] and None


def drips(start: bytes, forever: Iterable[bytes], pause: float = 0.02) -> Speak:
    """Send a start, then piece after piece with a pause between them."""

    def speak(connection: socket.socket) -> None:
        connection.sendall(start)
        for piece in forever:
            connection.sendall(piece)
            time.sleep(pause)

    return speak
