"""Options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class OnProblem(StrEnum):
    """What happens to lines that fail their check."""

    REASK = "reask"
    REPAIR = "repair"
    FLAG = "flag"
    DROP = "drop"
    RAISE = "raise"


Model = Annotated[
    str | None, typer.Option(help="openai/…, anthropic/…, ollama/…, local, or local:FILE.gguf.")
]
BaseUrl = Annotated[str | None, typer.Option(help="Address of an OpenAI-compatible server.")]
Policy = Annotated[OnProblem, typer.Option(help="What happens to lines that fail their check.")]
MaxReasks = Annotated[int, typer.Option(min=0, max=5, help="How often failed lines are sent back.")]
MaxClaims = Annotated[int, typer.Option(min=1, max=30, help="Claims at most.")]
MaxFigures = Annotated[int, typer.Option(min=0, max=40, help="Key figures at most.")]
Focus = Annotated[str | None, typer.Option(help="A question the summary should answer.")]
Language = Annotated[str | None, typer.Option(help="Language of the headline and the claims.")]
Instructions = Annotated[str | None, typer.Option(help="Further words for the model.")]
Prompt = Annotated[Path | None, typer.Option(help="A jinja file in place of the summary prompt.")]
Judge = Annotated[
    str | None, typer.Option(help="A model that is asked about what is doubtful, a yes or no each.")
]
UseCache = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Keep answers, and pay for no question twice."),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write here instead of stdout.")
]
ContextTokens = Annotated[
    int | None,
    typer.Option(
        min=1000, help="How much the model reads and writes together, if it is not known."
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private network addresses too.")
]
