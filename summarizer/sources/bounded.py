"""Run a parser in a process of its own, within limits of time and memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from ..errors import InputError


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost.

    Attributes:
        max_seconds: Time of the process that parses it.
        max_memory: Bytes of memory of that process; held on Linux and macOS.
        max_characters: Length of the text.
    """

    max_seconds: float = 60.0
    max_memory: int = 1 << 30
    max_characters: int = 20_000_000

    def as_arguments(self) -> list[str]:
        """The limits as a process takes them: bytes, whole seconds, characters."""
        return [str(self.max_memory), str(int(self.max_seconds) + 1), str(self.max_characters)]

    @property
    def memory(self) -> str:
        """The limit of memory in words."""
        return f"the limit of {self.max_memory / (1 << 30):g} GB of memory"


def can_start() -> bool:
    """True if there is an interpreter to start: in a frozen program, `sys.executable` is that."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def run(arguments: list[str], data: bytes, name: str, kind: str, limits: Limits) -> bytes:
    """The standard output of an interpreter that is started with these arguments.

    Args:
        arguments: What follows the interpreter in the command.
        data: Its standard input.
        name: What error messages call the document.
        kind: What it is read as: "a PDF".
        limits: Its time is held here; its memory it holds itself.

    Raises:
        InputError: It takes too long, fails or crashes.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own file, by our own interpreter
            [sys.executable, "-I", "-S", *arguments],
            input=data,
            capture_output=True,
            timeout=limits.max_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name} was not read as {kind} within the limit of {limits.max_seconds:g} seconds:"
            " split it, or give its text."
        ) from None
    except OSError as error:
        raise InputError(f"{name}: no process can be started to read it ({error}).") from error
    if done.returncode:
        raise InputError(
            f"{name} cannot be read as {kind}: the parser failed on it, or needs more than"
            f" {limits.memory}. Save it anew with another program, or give its text."
        )
    return done.stdout
