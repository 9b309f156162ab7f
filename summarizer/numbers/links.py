"""URLs and mail addresses: digits in them are not numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_URL = re.compile(r"https?://\S+|www\.\S+")
_LONGEST_LOCAL_PART = 64
_LONGEST_ADDRESS = 255
"""RFC 5321; looking no further keeps the search linear."""


def find_links(text: str) -> list[tuple[int, int]]:
    """The start and end (exclusive) of every URL and mail address, in order.

    >>> find_links("mail room101@example.org or see www.a1.org/42")
    [(5, 24), (32, 45)]
    >>> find_links("10, no 5")
    []
    """
    urls = _URL.finditer(text) if "://" in text or "www." in text else ()
    return sorted([*(url.span() for url in urls), *_addresses(text)])


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start and at - start < _LONGEST_LOCAL_PART and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and end - at < _LONGEST_ADDRESS and not text[end].isspace():
            end += 1
        if "." in text[at:end] or start == at:  # "@kyiv24": a handle
            yield start, end
        at = text.find("@", end)
