"""Read a Document from whatever names it, and tell HTML, PDF and text apart by their first bytes."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from .document import Document
from .encoding import decode

if TYPE_CHECKING:
    from .download import Limits

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SNIFFED_BYTES = 2048
_PDF = b"%PDF-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def load(name: str, *, allow_private: bool = False) -> Document:
    """Read a file, an address, or standard input.

    The first bytes decide whether it is text, HTML or PDF; the name does not.

    Args:
        name: A path, an http(s) address, or "-" for standard input.
        allow_private: Whether addresses inside a private network may be fetched.

    Raises:
        InputError: It cannot be read, or contains no text.
    """
    if _ADDRESS.match(name):
        return read_url(name, allow_private=allow_private)
    if name == "-":
        return read_bytes(_stdin(), "standard input")
    return read_bytes(read_path(name), name)


def read_url(url: str, *, allow_private: bool = False, limits: Limits | None = None) -> Document:
    """Download an address and read what it returns.

    Args:
        url: An http or https address.
        allow_private: Whether addresses inside a private network may be fetched.
        limits: The largest size and the longest time; by default 20 MB and 30 seconds.

    Raises:
        InputError: It is refused, too large, too slow, missing, or contains no text.
    """
    from .download import LIMITS, download  # imports a network stack that files do not need

    data, final_url = download(url, allow_private=allow_private, limits=limits or LIMITS)
    return read_bytes(data, final_url, final_url)


def read_bytes(data: bytes, name: str, url: str | None = None) -> Document:
    """Read a PDF, an HTML page or a text from its bytes.

    Args:
        data: The bytes.
        name: What error messages call them.
        url: The address they come from.

    Raises:
        InputError: They contain no text.

    >>> read_bytes(b"It burned.", "a.txt").text
    'It burned.'
    """
    if data.lstrip()[: len(_PDF)] == _PDF:
        from .pdf import read_pdf

        return read_pdf(data, name)
    if _HTML.match(data[:_SNIFFED_BYTES]):
        from .web_page import read_html

        return read_html(data, name, url)
    return Document(decode(data, name))


def read_path(path: str | Path) -> bytes:
    """Read the bytes of a file.

    Raises:
        InputError: It cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _stdin() -> bytes:
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise _unreadable("-", error) from error


def _unreadable(name: str | Path, error: OSError) -> InputError:
    return InputError(f"{name}: {error.strerror or error}.")
