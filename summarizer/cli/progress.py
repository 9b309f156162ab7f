"""Progress on stderr, only at a terminal: a bar, and the tally of a batch."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

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


class AssemblyWatch:
    """An `on_event` that reports how far the embedded model's weights are assembled.

    Attributes:
        report: Called with the bytes written and the bytes in total.
    """

    def __init__(self, report: Report | None = None) -> None:
        self.report = report

    def __call__(self, event: Event) -> None:
        """Report an Assembling event; other events are not shown."""
        if self.report is not None and isinstance(event, Assembling):
            self.report(event.done, event.total)


@contextlib.contextmanager
def assembly_bar() -> Iterator[AssemblyWatch]:
    """Yield an `on_event` that shows a progress bar while the weights are assembled."""
    with contextlib.ExitStack() as shown:
        bar: Report | None = None

        def report(done: int, total: int) -> None:
            nonlocal bar
            if bar is None:
                opened = progress_bar("Assembling the embedded model", is_bytes=True)
                bar = shown.enter_context(opened) or (lambda done, total: None)
            bar(done, total)
            if done >= total:
                shown.close()

        yield AssemblyWatch(report)


class Tally:
    """How far a batch is; without a terminal, only messages are printed."""

    def update(self, done: int, note: str) -> None:
        """Show how many articles are done, followed by a note."""

    def assembling(self, done: int, total: int) -> None:
        """Show how many bytes of the embedded model's weights are assembled."""

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
        TaskID,
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
        assembly: TaskID | None = None

        def update(self, done: int, note: str) -> None:
            seconds = bar.tasks[0].finished_time or bar.tasks[0].elapsed or 0.0
            rate = f"{done / seconds:.1f}/s" if seconds else ""
            bar.update(task, completed=done, note=note, rate=rate)

        def assembling(self, done: int, total: int) -> None:
            if self.assembly is None:
                label = "Assembling the embedded model (MB)"
                self.assembly = bar.add_task(label, total=total >> 20, note="", rate="")
            bar.update(self.assembly, completed=done >> 20, visible=done < total)

        def say(self, message: str) -> None:
            bar.console.print(message, markup=False, highlight=False)

    with bar:
        yield Shown()
