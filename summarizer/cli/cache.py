"""summarizer cache: inspect and clear the answer cache."""

from __future__ import annotations

import typer

from ..models.cache import Cache

app = typer.Typer(help="Inspect and clear the cache of model answers.", no_args_is_help=True)


@app.command()
def info() -> None:
    """Show where the cache is and how much it holds."""
    cache = Cache().info()
    size = f"{cache.bytes / 1e6:,.1f} MB of {cache.most_bytes / 1e6:,.0f} MB"
    typer.echo(str(cache.path))
    typer.echo(f"{_answers(cache.answers)}, {size}")


@app.command()
def clear() -> None:
    """Delete all answers."""
    typer.echo(f"{_answers(Cache().clear())} dropped")


def _answers(count: int) -> str:
    return f"{count:,} answer{'' if count == 1 else 's'}"
