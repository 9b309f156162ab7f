"""Text from untrusted sources, made safe to print: no character of it acts on what shows it."""

from __future__ import annotations

# Control characters start escape sequences; bidirectional overrides reorder what is read.
_UNSAFE = {
    **dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)), "�"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), ""),
}


def strip_controls(text: str) -> str:
    """Replace control characters and lone surrogates, and drop bidirectional overrides.

    Line feeds, carriage returns and tabs are kept.

    >>> strip_controls("\\x1b[31mred\\u202e")
    '�[31mred'
    """
    return text.translate(_UNSAFE).encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, limit: int = 200) -> str:
    """Strip control characters, and fold white space so that the text fits on one line.

    A text longer than `limit` characters is cut between two words and ends in an ellipsis.

    >>> one_line("It  burned.\\nFour people were hurt.", 20)
    'It burned. Four …'
    """
    flat = " ".join(strip_controls(text).split())
    if len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0] + " …"
