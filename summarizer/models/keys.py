"""Keys and headers as they can be sent: what is pasted by mistake is noticed before a request."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from typing import Any

from ..errors import InputError
from ..redaction import is_secret

_NAMES = {"\n": "a line feed", "\r": "a carriage return", "\t": "a tab"}
_HEADERS = ("headers", "extra_headers", "http_headers", "default_headers")


def usable_key(key: str, origin: str) -> str:
    """A key without the line feed or the spaces at its end that a file or a shell leaves there.

    Args:
        key: The key as given.
        origin: Where it came from, for the error.

    Raises:
        InputError: It is empty, or has a character that no key has. The key is not shown.

    >>> usable_key("sk-1234\\n", "api_key=")
    'sk-1234'
    >>> usable_key("sk-12…34", "OPENAI_API_KEY")
    Traceback (most recent call last):
    summarizer.errors.InputError: OPENAI_API_KEY: character 6 of the key is HORIZONTAL ELLIPSIS (U+2026), which no key can have: copy the whole key again.
    """
    stripped = key.strip()
    if not stripped:
        raise InputError(f"{origin}: the key is empty.")
    _require_ascii(stripped, origin, "key")
    return stripped


def key_in_environment(names: tuple[str, ...]) -> str | None:
    """The key in the first of the variables that is set; None if none is.

    Raises:
        InputError: It cannot be a key.
    """
    name = next((name for name in names if os.environ.get(name)), None)
    return None if name is None else usable_key(os.environ[name], name)


def require_usable_environment(provider: str) -> None:
    """Refuse a key that its SDK would find in the environment, but cannot send.

    Args:
        provider: The name with which its variables begin.

    Raises:
        InputError: It cannot be a key.
    """
    for name, value in os.environ.items():
        if name.startswith(f"{provider.upper()}_") and is_secret(name) and value:
            _require_ascii(value, name, "key")


def require_usable_headers(options: Mapping[str, Any]) -> None:
    """Refuse headers that cannot be sent.

    Raises:
        InputError: The value of a header has a line feed or a character outside ASCII.
    """
    for name in _HEADERS:
        headers = options.get(name)
        for header, value in headers.items() if isinstance(headers, Mapping) else ():
            if isinstance(value, str):
                _require_ascii(value, f"model_options[{name!r}][{header!r}]", "value")


def _require_ascii(text: str, origin: str, what: str) -> None:
    for place, character in enumerate(text, 1):
        if not character.isascii() or not character.isprintable():
            code = f"U+{ord(character):04X}"
            name = _NAMES.get(character) or f"{unicodedata.name(character, 'a character')} ({code})"
            raise InputError(
                f"{origin}: character {place:,} of the {what} is {name}, which no {what} can have:"
                f" copy the whole {what} again."
            )
