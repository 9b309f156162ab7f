"""Decode bytes, in whatever encoding they are, without changing a line ending."""

from __future__ import annotations

import re

from ..errors import InputError

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SNIFFED_BYTES = 200_000
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half of a surrogate pair, which cannot be encoded: broken fonts and wrong decoding leave them."""


def decode(data: bytes, name: str) -> str:
    """Decode bytes as the encoding of their byte order mark, as UTF-8, or as the likeliest encoding.

    Args:
        data: The bytes.
        name: What error messages call them.

    Returns:
        The text, with its line endings as they are.

    Raises:
        InputError: They are not text.

    >>> decode("Café".encode("utf-16"), "a.txt"), decode(b"It burned.", "b.txt")
    ('Café', 'It burned.')
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, name, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_guessed(data)
        if text is None:
            raise InputError(
                f"{name} is not text in UTF-8 (byte {error.start}) or in any other encoding that"
                " could be detected: convert it first, for example with iconv."
            ) from error
        return text


def _decode_marked(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not text in {encoding.upper()} (byte {error.start}), although it starts"
            " with that byte order mark."
        ) from error


def _decode_guessed(data: bytes) -> str | None:
    """The text in the likeliest of the older encodings; None for binary data."""
    from charset_normalizer import from_bytes

    head = data[:_SNIFFED_BYTES]
    if b"\x00" in head:
        return None
    best = from_bytes(head).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
