"""The command `summarizer` within this process: importing the client libraries anew takes a second and a half."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


def command(*args: str, stdin: bytes = b"", **env: str) -> Done:
    """Run it as a shell would: arguments, input and environment in; code and output out.

    Each has a cache of its own, so that what another test was answered does not come back.
    """
    cache = str(Path(tempfile.mkdtemp(), "cache.sqlite"))
    out, err = io.BytesIO(), io.BytesIO()
    given = {"COLUMNS": "100", "SUMMARIZER_CACHE": cache, **env}
    with _replaced(args, stdin, out, err, given):
        try:
            main()
            code: Any = 0
        except SystemExit as exit:
            code = exit.code
    return Done(int(code or 0), out.getvalue(), err.getvalue())


@contextmanager
def _replaced(
    args: tuple[str, ...], stdin: bytes, out: io.BytesIO, err: io.BytesIO, env: dict[str, str]
) -> Iterator[None]:
    streams = sys.stdin, sys.stdout, sys.stderr
    shown, argv, environment = warnings.showwarning, sys.argv, dict(os.environ)
    texts = [io.TextIOWrapper(raw, encoding="utf-8") for raw in (io.BytesIO(stdin), out, err)]
    sys.stdin, sys.stdout, sys.stderr = texts
    sys.argv = ["summarizer", *args]
    os.environ.update(env)
    try:
        yield
    finally:
        for text in texts[1:]:
            text.flush()
            text.detach()
        sys.stdin, sys.stdout, sys.stderr = streams
        warnings.showwarning, sys.argv = shown, argv
        os.environ.clear()
        os.environ.update(environment)
