"""Document: what a reader returns, a text and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known about where a text comes from.

    Attributes:
        title: Its title.
        author: Its author.
        date: Its date, as the page gives it.
        url: Its address.
        page_starts: The offset at which each page starts, for a PDF; otherwise empty.
    """

    title: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read from a file, a page or an address.

    Attributes:
        text: The text. No line ending is changed.
        origin: Where it comes from.

    >>> Document("It burned.", Origin(title="Mill burns")).origin.title
    'Mill burns'
    """

    text: str
    origin: Origin = field(default_factory=Origin)


def has_words(text: str) -> bool:
    """True if a text contains at least one letter or digit.

    >>> has_words("Kent"), has_words(" – \\n")
    (True, False)
    """
    return any(map(str.isalnum, text))
