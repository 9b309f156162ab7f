"""Where results go: stdout or a file, as wide as the terminal, in colour only there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ..errors import InputError


def write(text: str, output: Path | None) -> None:
    """Write text as it is."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{output}: {error.strerror or error}.") from error


def show(what: Any, output: Path | None = None) -> None:
    """Print through rich: as wide as the terminal, in colour only there, never with NO_COLOR."""
    from rich.console import Console

    if output is None:
        Console(highlight=False, soft_wrap=False).print(what)
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            Console(file=file, width=100, highlight=False, no_color=True).print(what)
    except OSError as error:
        raise InputError(f"{output}: {error.strerror or error}.") from error
