"""summarizer cache: what is kept, and away with it."""

from __future__ import annotations

import typer

from ..models.cache import Cache

app = typer.Typer(help="The answers that are kept on disk.", no_args_is_help=True)


@app.command()
def info() -> None:
    """Say where the cache is and how much it holds."""
    found = Cache().info()
    typer.echo(str(found.path))
    typer.echo(
        f"{found.answers:,} answer{'' if found.answers == 1 else 's'}, {found.bytes / 1e6:,.1f} MB of {found.most_bytes / 1e6:,.0f} MB"
    )


@app.command()
def clear() -> None:
    """Drop all answers."""
    dropped = Cache().clear()
    typer.echo(f"{dropped:,} answer{'' if dropped == 1 else 's'} dropped")
