"""Write results to stdout or to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from ..errors import InputError

_FILE_COLUMNS = 100
_MODE = 0o600
"""Of a new file: an article and its summary may be private."""


def write(text: str, output: Path | None) -> None:
    """Write text unchanged, as UTF-8.

    Args:
        text: The text.
        output: The file to write, which only its owner can read if it is new; None for stdout.

    Raises:
        InputError: The file cannot be written.
    """
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        with open(output, "w", encoding="utf-8", newline="", opener=_open_private) as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"{output}: {error.strerror or error}.") from error


def _open_private(path: str, flags: int) -> int:
    """Open a file, without waiting for a pipe that nobody reads."""
    file = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), _MODE)
    if hasattr(os, "set_blocking"):
        os.set_blocking(file, True)
    return file


def show(what: Any, output: Path | None = None) -> None:
    """Print something that rich can render: in colour only at a terminal, and as wide as that.

    Args:
        what: What to print.
        output: The file to write, 100 columns wide; None for stdout.

    Raises:
        InputError: The file cannot be written.
    """
    from rich.console import Console

    console = Console(highlight=False)
    if output is None and console.is_terminal:
        console.print(what)
        return
    if output is not None:
        console = Console(width=_FILE_COLUMNS, highlight=False, no_color=True, force_terminal=False)
    with console.capture() as captured:
        console.print(what)
    lines = captured.get().split("\n")  # rich pads lines with spaces
    write("\n".join(line.rstrip(" ") for line in lines), output)
