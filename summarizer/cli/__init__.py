"""The command `summarizer`: results on stdout, everything else on stderr.

Exit codes: 0 success; 1 a problem was found or an article failed; 2 wrong use, an unreadable input,
no model, or a batch that had to stop.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any

import typer

from ..errors import SummarizerError
from ..events import LOG
from ..text.escape import strip_controls
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


class _Shown(logging.Handler):
    """Prints events of the level of a warning, the first of each kind: a batch may have thousands."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._kinds: set[type] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Print it on stderr."""
        kind = type(record.args[0]) if isinstance(record.args, tuple) and record.args else str
        if kind not in self._kinds:
            self._kinds.add(kind)
            typer.echo(f"summarizer: {strip_controls(record.getMessage())}", err=True)


def main() -> None:
    """Run the command; an expected error is one line on stderr and exit code 2."""
    warnings.showwarning = _show_warning
    shown = _Shown()
    LOG.addHandler(shown)
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
    finally:
        LOG.removeHandler(shown)
