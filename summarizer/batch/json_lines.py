"""Articles from JSON lines, in UTF-8, UTF-16 or UTF-32, with or without a byte order mark."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from ..errors import InputError
from ..sources.encoding import decode
from .items import Item
from .output import LONGEST_LINE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as its bytes, or the fact that it is too long."""

    number: int
    data: bytes
    encoding: str
    is_too_long: bool


def read_lines(file: BinaryIO, name: str) -> Iterator[Item]:
    """Read the articles of a file of JSON lines, one at a time.

    Args:
        file: Each line has a "text", and may have an "id".
        name: What the file is called; an article without an id is called by it and its line.

    Yields:
        Items; a line that is not such an object is an Item with an error.
    """
    for line in _lines(file):
        place = f"{name}:{line.number}"
        if line.is_too_long:
            size = LONGEST_LINE >> 20
            yield Item(place, "", InputError(f"{place}: the line is longer than {size} MB."))
        else:
            yield _item(line, place)


def count_lines(file: BinaryIO) -> int:
    """Count the articles of a file of JSON lines."""
    return sum(1 for _ in _lines(file))


def _lines(file: BinaryIO) -> Iterator[_Line]:
    """The lines that are not empty."""
    encoding, end, number = "", b"\n", 0
    data, is_too_long = bytearray(), False
    while piece := file.readline(LONGEST_LINE):
        if not encoding:
            mark, encoding = _encoding(piece)
            end = "\n".encode(encoding)
            piece = piece[len(mark) :]
        data += piece
        data += file.read(-len(data) % len(end))  # the byte that ended it may be half a character
        if data.endswith(end):
            number += 1
            if is_too_long or data.strip(b" \t\r\n\0"):
                yield _Line(number, bytes(data), encoding, is_too_long)
            data, is_too_long = bytearray(), False
        elif len(data) >= LONGEST_LINE:
            data, is_too_long = bytearray(), True
    if is_too_long or data.strip():
        yield _Line(number + 1, bytes(data), encoding, is_too_long)


def _encoding(start: bytes) -> tuple[bytes, str]:
    """The byte order mark that a file starts with, and its encoding."""
    marks = ((mark, encoding) for mark, encoding in _MARKS if start.startswith(mark))
    return next(marks, (b"", json.detect_encoding(start)))


def _item(line: _Line, place: str) -> Item:
    try:
        data: Any = json.loads(_text(line, place).removeprefix("\ufeff"))
    except InputError as error:
        return Item(place, "", error)
    except (ValueError, RecursionError) as error:
        return Item(place, "", InputError(f"{place}: not JSON: {error}"))
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return Item(place, "", InputError(f'{place}: this line has no "text".'))
    id = data.get("id")
    return Item(place if id is None else str(id), data["text"])


def _text(line: _Line, place: str) -> str:
    if line.encoding == "utf-8":
        return decode(line.data, place)  # or in an older encoding, as whole files may be
    try:
        return line.data.decode(line.encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{place} is not text in {line.encoding.upper()} (byte {error.start} of the line)."
        ) from error
