"""What `run` shows on stderr while it works: what it is doing, and what is found so far."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..events import Adapted, Assembling, Event, Loading, Reasked, RequestSent, RetryPlanned
from ..summary import Claim, Figure, Quote
from ..text.escape import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ..pipeline.stream import Item

_NAMES: dict[type, tuple[str, str]] = {
    Figure: ("figure", "figures"),
    Quote: ("quotation", "quotations"),
    Claim: ("claim", "claims"),
}
_LINES_BESIDE = 4
"""Lines of the screen that are not for claims."""
_MEGA = 1_000_000


class Work:
    """What is going on; without a terminal it is not shown.

    An event says what is done now; an item is counted, and a claim is shown.
    """

    def __init__(self) -> None:
        self.doing = "Reading the article"
        self._counts: Counter[type] = Counter()
        self._claims: list[str] = []

    def on_event(self, event: Event) -> None:
        """Take what an event says is done now."""
        self.doing = _doing(event) or self.doing

    def add(self, item: Item) -> None:
        """Count an item that is checked."""
        self._counts[type(item)] += 1
        if isinstance(item, Claim):
            self._claims.append(item.text)

    def render(self, height: int) -> RenderableType:
        """The newest claims that fit on a screen of this height, and the counts."""
        from rich.console import Group
        from rich.text import Text

        newest = self._claims[-max(1, height - _LINES_BESIDE) :]
        rows: list[RenderableType] = [
            Text(f"  ✓ {one_line(text)}", style="dim", no_wrap=True, overflow="ellipsis")
            for text in newest
        ]
        found = [
            f"{count} {_NAMES[kind][count > 1]}" for kind in _NAMES if (count := self._counts[kind])
        ]
        if found:
            rows.append(Text(f"  {', '.join(found)} so far", style="dim"))
        return Group(*rows)


def _doing(event: Event) -> str | None:
    """What is done after an event, in a few words; None for an event that changes nothing."""
    match event:
        case Assembling(done, total):
            return f"Assembling the embedded model: {done / _MEGA:,.0f} of {total / _MEGA:,.0f} MB"
        case Loading(model):
            return f"Loading {one_line(model)}"
        case RequestSent(model, 1):
            return f"Asking {one_line(model)} and checking its answer"
        case RequestSent(model, attempt):
            return f"Asking {one_line(model)}, request {attempt}"
        case RetryPlanned(_, reason, seconds):
            return f"Trying again in {seconds:.0f} s: {one_line(reason)}"
        case Adapted(_, change, _):
            return f"Asking in another way: {one_line(change)}"
        case Reasked(lines, _):
            return f"Asking again about {lines} line(s) that failed their check"
    return None


@contextlib.contextmanager
def live() -> Iterator[Work]:
    """Yield a Work, which is shown on stderr until the block ends, and leaves nothing there."""
    work = Work()
    if not sys.stderr.isatty():
        yield work
        return
    from rich.console import Console, Group
    from rich.live import Live
    from rich.spinner import Spinner

    console = Console(stderr=True)
    turning = Spinner("dots")

    def shown() -> Any:
        turning.update(text=f"{work.doing} …")
        return Group(turning, work.render(console.height))

    with Live(console=console, get_renderable=shown, transient=True, refresh_per_second=8):
        yield work
