"""summarizer check: compare a summary, whoever wrote it, with its source."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..article import load_article
from ..checking import crosscheck, view_of
from ..checks.result import Check, CrossCheck, Omission
from ..errors import InputError
from ..events import OnEvent
from ..report.github import render_github
from ..report.html import render_html
from ..report.markdown import render_markdown
from ..report.view import View
from .arguments import AllowPrivate, Judge, Output
from .printing import show, write
from .progress import assembly_bar

PROBLEMS = 1


class CheckFormat(StrEnum):
    """How a cross-check is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    GITHUB = "github"


def check(
    summary: Annotated[
        str, typer.Argument(metavar="SUMMARY|-", help="The summary to check: text, HTML or PDF.")
    ],
    source: Annotated[
        str, typer.Option(help="The article that it must agree with: a file or an address.")
    ],
    *,
    format: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="github: annotations for a CI job.")
    ] = CheckFormat.TEXT,
    max_problems: Annotated[int, typer.Option(min=0, help="How many problems are let pass.")] = 0,
    judge: Judge = None,
    allow_private: AllowPrivate = False,
    output: Output = None,
) -> None:
    """Check a summary against its source, by code (and a judge, if named); exit code 1 on a problem."""
    if summary == source == "-":
        raise InputError("Only one of SUMMARY and --source can come from standard input.")
    text = load_article(summary, allow_private=allow_private)
    article = load_article(source, allow_private=allow_private)
    with assembly_bar() as on_event:
        result = crosscheck(text, article, judge=_watched(judge, on_event))
    if format is CheckFormat.JSON:
        write(check_json(result), output)
    else:
        name = Path(summary).name if summary != "-" else "standard input"
        _write_view(view_of(result, text, article, name), summary, format, output)
    if len(result.problems) > max_problems:
        raise typer.Exit(PROBLEMS)


def _watched(judge: str | None, on_event: OnEvent) -> Any:
    """The embedded model as a judge that shows its assembly; any other judge as it was named."""
    if judge is None or judge.partition(":")[0] != "local":
        return judge
    from ..models import resolve_model

    return resolve_model(judge).with_options(context_tokens=None, on_event=on_event)


def _write_view(view: View, path: str, format: CheckFormat, output: Path | None) -> None:
    if format is CheckFormat.TEXT:
        from ..report.terminal import render_check

        show(render_check(view), output)
    elif format is CheckFormat.GITHUB:
        write(render_github(view, path), output)
    else:
        render = render_html if format is CheckFormat.HTML else render_markdown
        write(render(view), output)


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
