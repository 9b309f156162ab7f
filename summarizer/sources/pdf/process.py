"""Ask the process that reads a PDF for its words, and read its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ...errors import InputError
from ..bounded import Limits, can_start, run
from . import worker
from .layout import Page, Word, split_segments


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
    if not can_start():
        return _answer(worker.read(data, limits.max_characters), name, limits)
    folder = str(Path(str(parser.__file__)).parent.parent)
    arguments = [str(worker.__file__), folder, *limits.as_arguments()]
    return _answer(json.loads(run(arguments, data, name, "a PDF", limits)), name, limits)


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
                f"{name} needs more than {limits.memory} to be read as a PDF: split it, or give its"
                " text."
            )
        case "long":
            raise InputError(
                f"{name} has more than the limit of {limits.max_characters:,} characters: split it."
            )
        case reason:
            raise InputError(f"{name} cannot be read as a PDF: {reason}.")
