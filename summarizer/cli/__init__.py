"""The command `summarizer`: results on stdout, everything else on stderr.

Exit codes: 0 success; 1 a problem was found or an article failed; 2 wrong use, an unreadable input,
no model, or a batch that had to stop.
"""

from __future__ import annotations

import warnings
from typing import Any

import typer

from ..errors import SummarizerError
from . import batch, cache, check, run, schema

WRONG_USE = 2

app = typer.Typer(
    name="summarizer",
    help="Summarize articles, and check every figure, quotation and claim against the source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(run.run)
app.command()(check.check)
app.command()(batch.batch)
app.command()(schema.schema)
app.add_typer(cache.app, name="cache")


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    typer.echo(f"summarizer: {message}", err=True)


def main() -> None:
    """Run the command; an expected error is one line on stderr and exit code 2."""
    warnings.showwarning = _show_warning
    try:
        app()
    except SummarizerError as error:
        typer.echo(f"summarizer: {error}", err=True)
        raise SystemExit(WRONG_USE) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        typer.echo("summarizer: interrupted", err=True)
        raise SystemExit(130) from None
