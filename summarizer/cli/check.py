"""summarizer check: a summary that anybody wrote, against its source."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from ..article import Article
from ..crosscheck import Check, CrossCheck, Omission, crosscheck
from ..errors import InputError
from . import options as given
from .printing import read_text, show, write

PROBLEMS = 1


class CheckFormat(StrEnum):
    """How a cross-check is printed."""

    TEXT = "text"
    JSON = "json"


def check(
    summary: Annotated[str, typer.Argument(metavar="SUMMARY|-", help="The summary to check.")],
    source: Annotated[str, typer.Option(help="The article that it must agree with.")],
    format: Annotated[CheckFormat, typer.Option("--format", "-f")] = CheckFormat.TEXT,
    output: given.Output = None,
) -> None:
    """Check a summary that anybody wrote against its source, without any model."""
    if summary == source == "-":
        raise InputError("Only one of SUMMARY and --source can come from standard input.")
    text, article = Article(read_text(summary)), Article(read_text(source))
    result = crosscheck(text, article)
    if format is CheckFormat.JSON:
        write(check_json(result), output)
    else:
        from ..report.terminal import render_check

        show(render_check(result, text), output)
    if not result.ok:
        raise typer.Exit(PROBLEMS)


def check_json(result: CrossCheck) -> str:
    """A CrossCheck as JSON, with `ok` and every verdict."""
    from pydantic import TypeAdapter

    parts: dict[str, Any] = {
        "numbers": result.numbers,
        "quotes": result.quotes,
        "names": result.names,
        "missed": result.missed,
    }
    adapter = TypeAdapter(dict[str, list[Check | Omission]])
    data = adapter.dump_python(parts, mode="json")
    return json.dumps({"ok": result.ok, **data}, ensure_ascii=False, indent=2) + "\n"
