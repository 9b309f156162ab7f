"""Articles from files, folders, globs, JSON lines and standard input, read as a stream."""

from __future__ import annotations

import contextlib
import glob
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..article import load_article
from ..errors import InputError
from .items import Item
from .json_lines import count_lines, read_lines
from .results import starts_with_result

_TEXT_SUFFIXES = frozenset({".txt", ".md", ".text", ".html", ".htm", ".pdf"})
_LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_BYTES_TO_KNOW_RESULTS = 4096


def read_items(inputs: list[str], outputs: Sequence[Path] = ()) -> Iterator[Item]:
    """Read the articles of some inputs, one at a time, so that memory does not grow.

    Args:
        inputs: Each is a .jsonl file with "id" and "text" in each line, a text file, a folder
            (searched recursively for both), a glob pattern, or "-" for JSON lines from standard
            input.
        outputs: Files that the batch writes, which are never articles.

    Yields:
        Items. A line or file that cannot be read is an Item with an error.

    Raises:
        InputError: An input does not exist or is an output, or a pattern matches nothing.
    """
    for path in list_inputs(inputs, outputs):
        if path is None:
            yield from read_lines(sys.stdin.buffer, "stdin")
        elif _is_any_of(path, outputs):  # since they were listed, it has become one
            continue
        elif path.suffix.lower() in _LINE_SUFFIXES:
            yield from _read_lines_of(path)
        else:
            yield _whole(path)


def list_inputs(inputs: list[str], outputs: Sequence[Path] = ()) -> list[Path | None]:
    """List the files of some inputs, in order; None for standard input.

    Results of a batch in a folder, or matched by a pattern, are left out: the batch's own without a
    word, those of another with a warning.

    Raises:
        InputError: An input does not exist or is an output, or a pattern matches nothing.
    """
    paths: list[Path | None] = []
    for name in inputs:
        path = Path(name)
        if name == "-":
            _refuse_stdin_from(outputs)
            paths.append(None)
        elif path.is_dir():
            paths.extend(_articles(_texts_in(path), outputs))
        elif path.exists():
            _refuse_output(path, outputs)
            paths.append(path)
        elif glob.has_magic(name):
            matches = [Path(m) for m in sorted(glob.glob(name, recursive=True))]
            if not (files := [m for m in matches if m.is_file()]):
                raise InputError(f"{name}: no file matches.")
            paths.extend(_articles(files, outputs))
        else:
            raise InputError(f"{name}: no such file or folder.")
    return paths


def count_items(inputs: list[str], outputs: Sequence[Path] = ()) -> int | None:
    """Count the articles of some inputs; None if they must be read for that."""
    total = 0
    for path in list_inputs(inputs, outputs):
        if path is None or not path.is_file():
            return None
        if path.suffix.lower() in _LINE_SUFFIXES:
            with path.open("rb") as file:
                total += count_lines(file)
        else:
            total += 1
    return total


def _texts_in(folder: Path) -> list[Path]:
    suffixes = _TEXT_SUFFIXES | _LINE_SUFFIXES
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in suffixes and p.is_file())
    if not files:
        raise InputError(f"{folder}: it contains no {', '.join(sorted(suffixes))} file.")
    return files


def _articles(paths: list[Path], outputs: Sequence[Path]) -> Iterator[Path]:
    """The paths without those of results."""
    for path in paths:
        if _is_any_of(path, outputs):
            continue
        if _has_results(path):
            message = f"{path} has results of a batch: it is not read as an article."
            warnings.warn(message, stacklevel=2)
        else:
            yield path


def _refuse_output(path: Path, outputs: Sequence[Path]) -> None:
    if _is_any_of(path, outputs):
        raise InputError(f"{path} is an input and the output too: name another file with -o.")
    if path.is_file() and _has_results(path):
        raise InputError(f"{path} has results of a batch, and no articles.")


def _refuse_stdin_from(outputs: Sequence[Path]) -> None:
    with contextlib.suppress(OSError):  # without a file descriptor it is no file either
        status = os.fstat(sys.stdin.fileno())
        for output in outputs:
            if output.exists() and os.path.samestat(status, output.stat()):
                raise InputError(f"stdin is read from {output}, which is the output too.")


def _is_any_of(path: Path, outputs: Sequence[Path]) -> bool:
    """True if a path leads to one of the outputs, through links too, or will once that is there."""
    return any(_is_same(path, output) for output in outputs)


def _is_same(path: Path, output: Path) -> bool:
    with contextlib.suppress(OSError):
        if os.path.samefile(path, output):
            return True
    return path.name == output.name and os.path.realpath(path) == os.path.realpath(output)


def _has_results(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return starts_with_result(file.read(_BYTES_TO_KNOW_RESULTS))
    except OSError:
        return False


def _read_lines_of(path: Path) -> Iterator[Item]:
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            yield from read_lines(file, name)
    except OSError as error:
        yield Item(name, "", InputError(f"{name}: {error.strerror or error}."))


def _whole(path: Path) -> Item:
    try:
        return Item(path.as_posix(), load_article(str(path)))
    except InputError as error:
        return Item(path.as_posix(), "", error)
