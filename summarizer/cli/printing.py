"""Write results to stdout or to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ..errors import InputError

_FILE_COLUMNS = 100


def write(text: str, output: Path | None) -> None:
    """Write text unchanged, as UTF-8.

    Args:
        text: The text.
        output: The file to write; None for stdout.

    Raises:
        InputError: The file cannot be written.
    """
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{output}: {error.strerror or error}.") from error


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
