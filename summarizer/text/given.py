"""What a user gives as a text: a file, an address or an object in its place is refused with a hint."""

from __future__ import annotations

import os
import re
from pathlib import PurePath

from ..errors import InputError

_LONGEST_NAME = 2000
"""Characters: no path or address that anyone passes is longer."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_DOCUMENT = re.compile(
    r".*[^\s.]\.(?:txt|text|md|markdown|rst|html?|xhtml|xml|jsonl?|csv|tsv|pdf|docx?|odt|rtf|epub|pptx?|xlsx?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{3}")
_STARTS_PATH = re.compile(r"(?:[a-z]:)?[\\/][^\s\\/]|\\\\\w|~[\\/]|\.\.?[\\/]", re.IGNORECASE)
_PDF, _HTML = b"%PDF-", re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def require_text(text: object) -> None:
    """Refuse what is not a `str`, and say how to make an Article of it.

    Raises:
        InputError: It is none.

    >>> require_text(b"%PDF-1.7")
    Traceback (most recent call last):
    summarizer.errors.InputError: The text must be a str, not bytes: did you mean Article.from_pdf(...)?
    """
    if not isinstance(text, str):
        hint = _hint(text)
        raise InputError(
            f"The text must be a str, not {type(text).__name__}{': ' if hint else ''}{hint or '.'}"
        )


def require_kind(value: object, what: str, *kinds: type) -> None:
    """Refuse an argument of another type.

    Args:
        value: The argument.
        what: What it is, at the beginning of the message.
        *kinds: The types that it may have.

    Raises:
        InputError: It has none of them.

    >>> require_kind(5, "An address", str)
    Traceback (most recent call last):
    summarizer.errors.InputError: An address must be str, not int.
    """
    if not isinstance(value, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise InputError(f"{what} must be {names}, not {type(value).__name__}.")


def refuse_location(text: str) -> None:
    """Refuse a text that is only the name of a file or an address.

    Several words are taken for a path only if it is one beyond doubt: they end as a document does,
    and begin as a path or name a file that exists.

    Raises:
        InputError: It is.

    >>> refuse_location("Four people were hurt, says report.pdf")
    >>> refuse_location("https://example.org/mill")
    Traceback (most recent call last):
    summarizer.errors.InputError: 'https://example.org/mill' is an address, not a text:
        did you mean Article.from_url('https://example.org/mill')?
    """
    name = text.strip() if len(text) <= _LONGEST_NAME else ""
    if not name or "\n" in name:
        return
    if _ADDRESS.fullmatch(name):
        raise InputError(
            f"{name!r} is an address, not a text: did you mean Article.from_url({name!r})?"
        )
    if _is_path(name):
        raise InputError(
            f"{name!r} is the name of a file, not a text: did you mean Article.from_file({name!r})?"
        )


def _is_path(name: str) -> bool:
    starts, is_document = _STARTS_PATH.match(name), _DOCUMENT.fullmatch(name)
    if any(map(str.isspace, name)):
        return bool(is_document and (starts or os.path.isfile(name)))
    return bool((starts and _WORD.search(name)) or is_document or os.path.isfile(name))


def _hint(given: object) -> str:
    """What to do with a value that is not a text; "" if nobody can know."""
    if isinstance(given, os.PathLike):
        shown = str(given) if isinstance(given, PurePath) else "..."
        return f"did you mean Article.from_file({shown!r})?"
    if isinstance(given, bytes | bytearray | memoryview):
        start = bytes(given[:2048])
        if start.lstrip().startswith(_PDF):
            return "did you mean Article.from_pdf(...)?"
        return (
            "did you mean Article.from_html(...)?" if _HTML.match(start) else "decode bytes first."
        )
    if hasattr(given, "read"):
        return "pass what its read() returns."
    if isinstance(given, list | tuple | set | frozenset):
        return "pass one text; summarize_many() takes many."
    return ""
