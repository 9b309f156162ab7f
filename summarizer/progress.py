"""A progress bar on stderr: only at a terminal, only for what takes a while."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Report = Callable[[int, int], None]
"""Called with (done, in all)."""


@contextlib.contextmanager
def progress_bar(label: str, *, is_bytes: bool = False) -> Iterator[Report | None]:
    """Yields what to report progress to; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = [TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()]
    if is_bytes:
        columns.insert(2, DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextlib.contextmanager
def spinner(label: str) -> Iterator[Callable[[], None]]:
    """Shows that something is going on whose length nobody knows; yields what stops it early."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console

    with Console(stderr=True).status(label) as status:
        yield status.stop
