"""Where articles come from: text, HTML, PDF, files, addresses; each as an Article with its origin."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from ..article import Article
from ..errors import InputError
from .text import decode

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SNIFFED = 2048


def load(name: str, *, allow_private: bool = False) -> Article:
    """The article that a name means: a file, an address, or "-" for standard input.

    What it is, text, HTML or PDF, is seen by its first bytes, not by its name.

    Args:
        name: A path, an http(s) address, or "-".
        allow_private: True to fetch from addresses inside one's own network too.

    Raises:
        InputError: It cannot be read, or is none of these.
    """
    if re.match(r"https?://", name, re.IGNORECASE):
        from .web import fetch

        return fetch(name, allow_private=allow_private)
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}.") from error
    return article_from(data, "standard input" if name == "-" else name)


def article_from(data: bytes, name: str, url: str | None = None) -> Article:
    """The article in some bytes: PDF, HTML or text.

    Args:
        data: The bytes.
        name: What to call them in errors.
        url: Where they come from.

    Raises:
        InputError: There is no text in them.
    """
    if data.lstrip()[:5] == b"%PDF-":
        from .pdf import read_pdf

        return read_pdf(data, name)
    if _HTML.match(data[:_SNIFFED]):
        from .html import read_html

        return read_html(data, name, url)
    return Article(decode(data, name))
