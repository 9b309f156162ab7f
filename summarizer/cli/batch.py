"""summarizer batch: many articles into a file of JSON lines, to be resumed after any interruption."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from ..batch.batch_api import State
from ..batch.inputs import count_items, list_inputs, read_items
from ..batch.items import Item, Outcome
from ..batch.many import Pacing, run_many
from ..batch.openai_batch import POLL_SECONDS, run_by_batch_api
from ..batch.results import ResultFile
from ..errors import BatchError, InputError
from ..options import Options
from ..pipeline.call import add_usage
from ..pipeline.session import make_session
from ..summary import Usage
from ..text.escape import one_line
from .arguments import ModelName, expand
from .progress import AssemblyWatch, tally

FAILED = 1
"""Exit code if an article failed."""
STOPPED = 2
"""Exit code if the batch had to stop."""
_KILLED = 128
"""Plus the number of the signal: the exit code of what a signal ended."""


@expand(options=Options, pacing=Pacing)
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help='JSON lines with "id" and "text", text files, folders, globs, or - for JSON lines from stdin.',
        ),
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file of results, one line of JSON each.")
    ],
    model: ModelName = None,
    pacing: dict[str, Any],
    batch_api: Annotated[
        bool,
        typer.Option("--batch-api", help="Use OpenAI's Batch API: half the price, within a day."),
    ] = False,
    poll: Annotated[
        float, typer.Option(min=0.01, help="Seconds between status requests for a batch.")
    ] = POLL_SECONDS,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try articles again that failed before.")
    ] = False,
    options: dict[str, Any],
) -> None:
    """Summarize many articles; the same command again continues where it was stopped."""
    submitted = output.with_name(output.name + ".batches.json")
    outputs = (output, submitted)
    list_inputs(inputs, outputs)  # a missing input is reported before a model is looked for
    on_event = AssemblyWatch()
    session = make_session(model, **options, on_event=on_event)
    with (
        ending_on_signals(),
        ResultFile(output, session.fingerprint, retry_failed=retry_failed) as results,
    ):

        def pending() -> Iterator[Item]:
            return results.pending(read_items(inputs, outputs))

        if batch_api:
            if "-" in inputs:
                raise InputError("--batch-api reads its inputs more than once: not from stdin.")
            state = State.load(submitted)
            outcomes = run_by_batch_api(pending, session, state, poll_seconds=poll, say=_say)
        else:
            outcomes = run_many(pending(), session, Pacing(**pacing), settles=True)
        total = count_items(inputs, outputs) if sys.stderr.isatty() else None
        totals = _write_all(outcomes, results, total, on_event)
    if totals.failed or results.kept_failed:
        raise typer.Exit(FAILED)


@contextlib.contextmanager
def ending_on_signals() -> Iterator[None]:
    """Within the block, a signal to end raises SystemExit, so that nothing is left lying about."""

    def end(number: int, _: object) -> None:
        raise SystemExit(_KILLED + number)

    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    try:
        ours = [n for n in numbers if n is not None and signal.getsignal(n) is signal.SIG_DFL]
        for number in ours:
            signal.signal(number, end)
    except ValueError:  # only the main thread may
        ours = []
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@dataclass
class Totals:
    """What a batch came to so far."""

    done: int = 0
    failed: int = 0
    usage: Usage = field(default_factory=lambda: Usage(cost=0.0))

    def add(self, outcome: Outcome) -> None:
        """Count one article."""
        self.done += 1
        self.failed += outcome.error is not None
        if outcome.summary is not None:
            self.usage = add_usage(self.usage, outcome.summary.usage)

    @property
    def spent(self) -> str:
        """Tokens and dollars, if they are known."""
        sent, received = self.usage.input_tokens, self.usage.output_tokens
        parts = []
        if sent is not None and received is not None:
            parts.append(f"{sent:,} + {received:,} tokens")
        if self.usage.cost:
            parts.append(f"${self.usage.cost:,.4f}")
        return ", ".join(parts)

    @property
    def note(self) -> str:
        """What is shown after the progress bar."""
        failed = f"{self.failed:,} failed" if self.failed else ""
        return ", ".join(part for part in (failed, self.spent) if part)


def _write_all(
    outcomes: Generator[Outcome], results: ResultFile, total: int | None, on_event: AssemblyWatch
) -> Totals:
    """Write each outcome, then count it; at the end, or when stopped, print the totals."""
    totals = Totals()
    try:
        with contextlib.closing(outcomes), tally("Summarizing", total) as shown:
            on_event.report = shown.assembling
            for outcome in outcomes:
                results.add(outcome)
                totals.add(outcome)
                if outcome.error is not None:
                    shown.say(one_line(f"{outcome.id}: {outcome.error}", 400))
                done = totals.done + results.kept + results.repeated
                shown.update(done, totals.note)
    except (KeyboardInterrupt, SystemExit):
        _say_totals(totals, results, is_complete=False)
        raise
    except BatchError as error:
        _say(str(error))
        _say_totals(totals, results, is_complete=False, said=str(error))
        raise typer.Exit(STOPPED) from None
    if not _say_totals(totals, results, is_complete=True):
        raise typer.Exit(STOPPED)
    return totals


def _say_totals(
    totals: Totals, results: ResultFile, *, is_complete: bool, said: str | None = None
) -> bool:
    """Say what the batch came to; nothing is claimed, and False returned, if it is not on disk."""
    try:
        results.check()
    except BatchError as error:
        if str(error) != said:
            _say(str(error))
        return False
    summarized = totals.done - totals.failed
    parts = [f"{summarized:,} summarized", f"{totals.failed:,} failed"]
    if results.kept:
        failed = f" ({results.kept_failed:,} failed)" if results.kept_failed else ""
        parts.append(f"{results.kept:,} done before{failed}")
    if results.repeated:
        parts.append(f"{results.repeated:,} repeated")
    ending = "" if is_complete else "; the same command continues"
    _say(f"{', '.join(parts)} ({totals.spent}) → {results.path}{ending}")
    if results.shared_ids:
        _say(f'texts with the id of another: {results.shared_ids:,} ("sha256" tells them apart)')
    return True


def _say(line: str) -> None:
    typer.echo(f"summarizer: {line}", err=True)
