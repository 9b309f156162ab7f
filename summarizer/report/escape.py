"""Text of others, made fit for a terminal or a page: nothing in it may act."""

from __future__ import annotations

# Escape sequences begin with control characters; bidirectional overrides reorder what is read.
_ACTING = {
    **dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)), "�"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), ""),
}


def harmless(text: str) -> str:
    """A text without control characters, bidirectional overrides and lone surrogates.

    >>> harmless("\\x1b[31mred\\u202e")
    '�[31mred'
    """
    return text.translate(_ACTING).encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, most: int = 200) -> str:
    """The same on one line, cut at a word with an ellipsis if it is longer than `most` characters."""
    flat = " ".join(harmless(text).split())
    if len(flat) <= most:
        return flat
    return flat[:most].rsplit(" ", 1)[0] + " …"
