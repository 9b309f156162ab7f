"""Text from untrusted sources, made safe to print or to put into a prompt: no character acts."""

from __future__ import annotations

# Control characters start escape sequences; bidirectional overrides reorder what is read.
_UNSAFE = {
    **dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)), "�"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), ""),
}
_NOT_IN_PROMPTS = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " "),
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""),
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


def prompt_line(text: str) -> str:
    """Fold a text onto one line of a prompt, without control characters and lone surrogates.

    Control characters become spaces, and nothing is cut: each part of a prompt has its own limit.

    >>> prompt_line("two\\n lines\\x00 and\\u202e more")
    'two lines and more'
    """
    if text.isprintable() and "  " not in text:  # true of nearly every sentence
        return text.strip()
    flat = " ".join(text.translate(_NOT_IN_PROMPTS).split())
    return flat.encode("utf-8", "replace").decode("utf-8")
