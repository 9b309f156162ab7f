"""Bytes as text."""

from __future__ import annotations

import re

from ..errors import InputError

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 200_000
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half of a pair, which no encoding can hold: broken fonts and wrong decoding leave them."""


def decode(data: bytes, name: str) -> str:
    """Bytes as text, in the encoding that they are in; no line ending is changed.

    UTF-8, or what a byte order mark says; else the likeliest encoding (charset-normalizer).

    Args:
        data: The bytes.
        name: What to call them in errors.

    Raises:
        InputError: They are no text.

    >>> decode("Café".encode("utf-16"), "a.txt"), decode(b"It burned.", "b.txt")
    ('Café', 'It burned.')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{name} is not text in {encoding.upper()} (byte {error.start}), as its first"
                    " bytes say it is."
                ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guessed(data, name, error.start)


def _guessed(data: bytes, name: str, byte: int) -> str:
    """Text in an older encoding; binary data is none."""
    if b"\x00" not in data[:_LOOKED_AT]:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_LOOKED_AT]).best()
        if best is not None:
            try:
                return data.decode(best.encoding)
            except (UnicodeDecodeError, LookupError):
                pass
    raise InputError(
        f"{name} is not text in UTF-8 (byte {byte}), nor in any other encoding that could be made"
        " out: convert it first, for example with iconv."
    )
