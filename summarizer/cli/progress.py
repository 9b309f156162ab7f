"""Progress on stderr, only at a terminal: a bar, a spinner, the tally of a batch."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Self

from ..events import Assembling, Event

Report = Callable[[int, int], None]
"""Called with (done, total)."""


@contextlib.contextmanager
def progress_bar(label: str, *, is_bytes: bool = False) -> Iterator[Report | None]:
    """Yield a function to report progress to; None if stderr is not a terminal."""
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


class AssemblyBar:
    """An `on_event` that shows a progress bar while the embedded model's weights are assembled."""

    def __init__(self) -> None:
        self._bar = contextlib.ExitStack()
        self._report: Report | None = None

    def __call__(self, event: Event) -> None:
        """Show how far the weights are assembled; other events are not shown."""
        if not isinstance(event, Assembling):
            return
        if self._report is None:
            bar = progress_bar("Assembling the embedded model", is_bytes=True)
            self._report = self._bar.enter_context(bar) or (lambda done, total: None)
        self._report(event.done, event.total)
        if event.done >= event.total:
            self._bar.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()


@contextlib.contextmanager
def spinner(label: str) -> Iterator[Callable[[], None]]:
    """Show that work of unknown length is in progress; yield a function that stops the spinner."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console

    with Console(stderr=True).status(label) as status:
        yield status.stop


class Tally:
    """How far a batch is; without a terminal, only messages are printed."""

    def update(self, done: int, note: str) -> None:
        """Show how many articles are done, followed by a note."""

    def say(self, message: str) -> None:
        """Print a line on stderr."""
        print(message, file=sys.stderr, flush=True)


@contextlib.contextmanager
def tally(label: str, total: int | None) -> Iterator[Tally]:
    """Show how many articles are done, how fast, and the time left.

    Args:
        label: Text before the bar.
        total: Number of articles, if it is known.
    """
    if not sys.stderr.isatty():
        yield Tally()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(label, total=total, note="", rate="")

    class Shown(Tally):
        def update(self, done: int, note: str) -> None:
            seconds = bar.tasks[0].finished_time or bar.tasks[0].elapsed or 0.0
            rate = f"{done / seconds:.1f}/s" if seconds else ""
            bar.update(task, completed=done, note=note, rate=rate)

        def say(self, message: str) -> None:
            bar.console.print(message, markup=False, highlight=False)

    with bar:
        yield Shown()
