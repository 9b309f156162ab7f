"""summarizer batch: many articles into a file of JSON lines, to be continued after any accident."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from ..batch.inputs import count_items, list_inputs, read_items
from ..batch.items import Item, Outcome
from ..batch.many import Pacing, run_many
from ..batch.openai_batch import POLL_SECONDS, State, run_by_batch_api
from ..batch.results import ResultFile
from ..errors import BatchError, InputError
from ..pipeline.call import add_usage
from ..pipeline.session import Session, make_session
from ..summary import Usage
from ..text.escape import one_line
from . import options as given
from .progress import AssemblyBar, tally

FAILED = 1


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help='JSON lines with "id" and "text", text files, folders, globs, or - for JSON lines from stdin.',
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file of results, one line of JSON each.")
    ],
    model: given.Model = None,
    base_url: given.BaseUrl = None,
    concurrency: Annotated[
        int, typer.Option(min=1, help="Requests in flight at most; fewer while the server refuses.")
    ] = 8,
    requests_per_minute: Annotated[
        float | None, typer.Option(min=0.01, help="Requests that may start in a minute.")
    ] = None,
    tokens_per_minute: Annotated[
        float | None, typer.Option(min=1, help="Tokens that they may take, in and out.")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(min=0.01, help="Seconds for one article.")
    ] = 900.0,
    batch_api: Annotated[
        bool,
        typer.Option(
            "--batch-api", help="Through OpenAI's Batch API: half the price, within a day."
        ),
    ] = False,
    poll: Annotated[
        float, typer.Option(min=0.01, help="Seconds between looks at a batch under way.")
    ] = POLL_SECONDS,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try the articles again that failed before.")
    ] = False,
    on_problem: given.Policy = given.OnProblem.REASK,
    max_reasks: given.MaxReasks = 2,
    max_claims: given.MaxClaims = 6,
    max_figures: given.MaxFigures = 16,
    focus: given.Focus = None,
    language: given.Language = None,
    instructions: given.Instructions = None,
    prompt: given.Prompt = None,
    judge: given.Judge = None,
    context_tokens: given.ContextTokens = None,
    cache: given.UseCache = True,
) -> None:
    """Summarize many articles; the same command again goes on where it was stopped."""
    list_inputs(inputs)  # what does not exist is said before a model is looked for
    assembly_bar = AssemblyBar()
    session = make_session(
        model,
        base_url=base_url,
        on_problem=on_problem.value,
        max_reasks=max_reasks,
        max_claims=max_claims,
        max_figures=max_figures,
        focus=focus,
        language=language,
        instructions=instructions,
        prompt=prompt,
        judge=judge,
        cache=cache,
        context_tokens=context_tokens,
        on_event=assembly_bar,
    )
    pacing = Pacing(concurrency, requests_per_minute, tokens_per_minute, deadline)
    sums = Sums()
    result_file = ResultFile(output, session.fingerprint, retry_failed=retry_failed)
    with result_file as results, assembly_bar:

        def to_do() -> Iterator[Item]:
            return results.still_to_do(read_items(inputs))

        try:
            if batch_api:
                outcomes = _by_batch_api(inputs, to_do, session, output, poll)
            else:
                outcomes = run_many(to_do(), session, pacing)
            total = count_items(inputs) if sys.stderr.isatty() else None
            _take(outcomes, results, sums, total)
        except BatchError as error:
            typer.echo(f"summarizer: {error}", err=True)
            _close(sums, results, output, is_whole=False)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:
            _close(sums, results, output, is_whole=False)
            raise
        _close(sums, results, output, is_whole=True)
    if sums.failed:
        raise typer.Exit(FAILED)


def _by_batch_api(
    inputs: list[str],
    items: Callable[[], Iterator[Item]],
    session: Session,
    output: Path,
    poll: float,
) -> Generator[Outcome]:
    if "-" in inputs:
        raise InputError("--batch-api reads its inputs again: not from stdin.")
    state = State.load(output.with_name(output.name + ".batches.json"))
    return run_by_batch_api(
        items,
        session,
        state,
        poll_seconds=poll,
        say=lambda line: typer.echo(f"summarizer: {line}", err=True),
    )


@dataclass
class Sums:
    """What a batch came to."""

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
        """Tokens and dollars, as far as they are known."""
        sent, received = self.usage.input_tokens, self.usage.output_tokens
        parts = []
        if sent is not None and received is not None:
            parts.append(f"{sent:,} + {received:,} tokens")
        if self.usage.cost:
            parts.append(f"${self.usage.cost:,.4f}")
        return ", ".join(parts)

    @property
    def note(self) -> str:
        """What stands behind the progress bar."""
        failed = f"{self.failed:,} failed" if self.failed else ""
        return ", ".join(part for part in (failed, self.spent) if part)


def _take(outcomes: Generator[Outcome], results: ResultFile, sums: Sums, total: int | None) -> None:
    """Write each outcome, then count it."""
    with contextlib.closing(outcomes), tally("Summarizing", total) as shown:
        for outcome in outcomes:
            results.add(outcome)
            sums.add(outcome)
            if outcome.error is not None:
                shown.say(one_line(f"{outcome.id}: {outcome.error}", 400))
            shown.update(sums.done + results.kept, sums.note)


def _close(sums: Sums, results: ResultFile, output: Path, *, is_whole: bool) -> None:
    """The closing count."""
    summarized = sums.done - sums.failed
    parts = [f"{summarized:,} summarized", f"{sums.failed:,} failed"]
    if results.kept:
        parts.append(f"{results.kept:,} done before")
    ending = "" if is_whole else "; the same command goes on"
    typer.echo(f"summarizer: {', '.join(parts)} ({sums.spent}) → {output}{ending}", err=True)
