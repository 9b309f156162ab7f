"""Articles from files, folders, globs, JSON lines and standard input, read as a stream."""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ..article import load_article
from ..errors import InputError
from ..sources.encoding import decode
from .items import Item

_TEXT_SUFFIXES = frozenset({".txt", ".md", ".text", ".html", ".htm", ".pdf"})
_LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_LONGEST_LINE = 64 << 20
"""In bytes: a longer line is a mistake and not an article."""


def read_items(inputs: list[str]) -> Iterator[Item]:
    """Read the articles of some inputs, one at a time, so that memory does not grow.

    Args:
        inputs: Each is a .jsonl file with "id" and "text" in each line, a text file, a folder
            (searched recursively for both), a glob pattern, or "-" for JSON lines from standard
            input.

    Yields:
        Items. A line or file that cannot be read is an Item with an error.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
    """
    for path in list_inputs(inputs):
        if path is None:
            yield from _lines(sys.stdin.buffer, "stdin")
        elif path.suffix.lower() in _LINE_SUFFIXES:
            with path.open("rb") as file:
                yield from _lines(file, path.as_posix())
        else:
            yield _whole(path)


def list_inputs(inputs: list[str]) -> list[Path | None]:
    """List the files of some inputs, in order; None for standard input.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
    """
    paths: list[Path | None] = []
    for name in inputs:
        path = Path(name)
        if name == "-":
            paths.append(None)
        elif path.is_dir():
            paths.extend(_texts_in(path))
        elif path.exists():
            paths.append(path)
        elif glob.has_magic(name):
            matches = [Path(m) for m in sorted(glob.glob(name, recursive=True))]
            if not (files := [m for m in matches if m.is_file()]):
                raise InputError(f"{name}: no file matches.")
            paths.extend(files)
        else:
            raise InputError(f"{name}: no such file or folder.")
    return paths


def _texts_in(folder: Path) -> list[Path]:
    suffixes = _TEXT_SUFFIXES | _LINE_SUFFIXES
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in suffixes and p.is_file())
    if not files:
        raise InputError(f"{folder}: it contains no {', '.join(sorted(suffixes))} file.")
    return files


def count_items(inputs: list[str]) -> int | None:
    """Count the articles of some inputs; None if they must be read for that."""
    total = 0
    for path in list_inputs(inputs):
        if path is None or not path.is_file():
            return None
        if path.suffix.lower() in _LINE_SUFFIXES:
            with path.open("rb") as file:
                total += sum(1 for line in file if line.strip())
        else:
            total += 1
    return total


def _whole(path: Path) -> Item:
    try:
        return Item(path.as_posix(), load_article(str(path)))
    except InputError as error:
        return Item(path.as_posix(), "", error)


def _lines(file: BinaryIO, name: str) -> Iterator[Item]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            error = InputError(f"{name}:{number}: the line is longer than 64 MB.")
            yield Item(f"{name}:{number}", "", error)
        elif line.strip():
            yield _from_line(line, f"{name}:{number}")


def _from_line(line: bytes, place: str) -> Item:
    try:
        data: Any = json.loads(decode(line, place))
    except InputError as error:
        return Item(place, "", error)
    except (ValueError, RecursionError) as error:
        return Item(place, "", InputError(f"{place}: not JSON: {error}"))
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return Item(place, "", InputError(f'{place}: this line has no "text".'))
    id = data.get("id")
    return Item(place if id is None else str(id), data["text"])
