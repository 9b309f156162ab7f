"""summarizer check: a summary that anybody wrote, against its source."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..article import Article, load_article
from ..checking import crosscheck
from ..checks.result import Check, CrossCheck, Omission
from ..errors import InputError
from . import options as given
from .printing import show, write

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
    format: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="github: annotations for a CI job.")
    ] = CheckFormat.TEXT,
    max_problems: Annotated[int, typer.Option(min=0, help="How many problems are let pass.")] = 0,
    judge: given.Judge = None,
    allow_private: given.AllowPrivate = False,
    output: given.Output = None,
) -> None:
    """Check a summary against its source, by code (and a judge, if named); exit code 1 on a problem."""
    if summary == source == "-":
        raise InputError("Only one of SUMMARY and --source can come from standard input.")
    text = load_article(summary, allow_private=allow_private)
    article = load_article(source, allow_private=allow_private)
    result = crosscheck(text, article, judge=judge)
    if format is CheckFormat.TEXT:
        from ..report.terminal import render_check

        show(render_check(result, text), output)
    else:
        write(_rendered(result, text, article, summary, format), output)
    if len(result.problems) > max_problems:
        raise typer.Exit(PROBLEMS)


def _rendered(
    result: CrossCheck, text: Article, article: Article, name: str, format: CheckFormat
) -> str:
    from ..report.checked import as_summary
    from ..report.github import render_github
    from ..report.html import render_html
    from ..report.markdown import render_markdown

    if format is CheckFormat.JSON:
        return check_json(result)
    if format is CheckFormat.GITHUB:
        return render_github(result, text, name)
    page = as_summary(result, text, Path(name).name if name != "-" else "standard input")
    return (render_html if format is CheckFormat.HTML else render_markdown)(page, article)


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
