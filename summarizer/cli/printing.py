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

    console = Console(highlight=False)
    if output is None and console.is_terminal:
        console.print(what)
        return
    if output is not None:
        console = Console(width=100, highlight=False, no_color=True, force_terminal=False)
    with console.capture() as captured:
        console.print(what)
    lines = captured.get().split("\n")  # rich fills lines up with blanks
    write("\n".join(line.rstrip(" ") for line in lines), output)
