"""How many of a model's tokens a text takes, estimated on the high side."""

from __future__ import annotations

_BYTES_A_TOKEN = 3.4
"""Of prose, on the low side: English with its sentence ids has 4.2, other scripts fewer."""
_DIGITS = b"0123456789"


def estimated_tokens(text: str) -> int:
    """Tokens of a text, on the high side: small models spend one on each digit.

    Args:
        text: Any text, also with lone surrogates.

    >>> estimated_tokens("The mill employs 250 workers.")
    11
    >>> estimated_tokens("1,234,567")
    8
    """
    data = text.encode("utf-8", "replace")
    letters = len(data.translate(None, _DIGITS))
    return len(data) - letters + int(letters / _BYTES_A_TOKEN) + (letters > 0)


def tokens_of(messages: list[dict[str, str]]) -> int:
    """Tokens of some messages, on the high side."""
    return sum(estimated_tokens(m["content"]) for m in messages)
