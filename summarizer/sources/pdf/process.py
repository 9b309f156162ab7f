"""Start the process that reads a PDF, hold it to its limits, and read its answer."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ...errors import InputError
from . import worker
from .layout import Page, Word, split_segments


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a PDF may cost.

    Attributes:
        max_seconds: Time of the process that parses it.
        max_memory: Bytes of memory of that process; held on Linux and macOS.
        max_characters: Length of the text.
    """

    max_seconds: float = 60.0
    max_memory: int = 1 << 30
    max_characters: int = 20_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """The pages of a PDF, and what it says about itself."""

    pages: list[Page]
    title: str | None
    author: str | None


def ask_worker(data: bytes, name: str, limits: Limits, parser: ModuleType) -> Answer:
    """The words of a PDF, as a process of its own reads them.

    Raises:
        InputError: It cannot be read, or not within the limits.
    """
    if getattr(sys, "frozen", False) or not sys.executable:  # no interpreter to start
        return _answer(worker.read(data, limits.max_characters), name, limits)
    folder = Path(str(parser.__file__)).parent.parent
    command = [sys.executable, "-I", "-S", worker.__file__, str(folder)]
    numbers = (limits.max_memory, int(limits.max_seconds) + 1, limits.max_characters)
    try:
        done = subprocess.run(  # noqa: S603 - our own file, by our own interpreter
            [*command, *map(str, numbers)],
            input=data,
            capture_output=True,
            timeout=limits.max_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name} was not read as a PDF within the limit of {limits.max_seconds:g} seconds:"
            " split it, or give its text."
        ) from None
    except OSError as error:
        raise InputError(f"{name}: no process can be started to read it ({error}).") from error
    if done.returncode:
        raise InputError(
            f"{name} cannot be read as a PDF: the parser failed on it, or needs more than the limit"
            f" of {limits.max_memory / (1 << 30):g} GB of memory. Save it anew with another program,"
            " or give its text."
        )
    return _answer(json.loads(done.stdout), name, limits)


def _answer(read: dict[str, Any], name: str, limits: Limits) -> Answer:
    """The worker's answer, or its complaint as an error."""
    match read.get("error"):
        case None:
            pages = [
                Page(page["height"], split_segments(Word(*word) for word in page["words"]))
                for page in read["pages"]
            ]
            return Answer(pages, read["title"] or None, read["author"] or None)
        case "encrypted":
            raise InputError(f"{name} is encrypted: save it without its password first.")
        case "memory":
            raise InputError(
                f"{name} needs more than the limit of {limits.max_memory / (1 << 30):g} GB of memory"
                " to be read as a PDF: split it, or give its text."
            )
        case "long":
            raise InputError(
                f"{name} has more than the limit of {limits.max_characters:,} characters: split it."
            )
        case reason:
            raise InputError(f"{name} cannot be read as a PDF: {reason}.")
