"""summarizer run: summarize one article."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..article import Article, load_article
from ..options import Options
from ..pipeline.stream import stream_summary
from ..report.markdown import render_markdown
from ..summary import Summary
from .arguments import AllowPrivate, ModelName, Output, expand
from .live import live
from .printing import show, write

PROBLEMS = 1
"""Exit code if a claim is flagged, or none is left."""


class Format(StrEnum):
    """How a summary is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


@expand(options=Options)
def run(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|-", help="Text, HTML or PDF: a file, an address, or - for stdin."
        ),
    ],
    *,
    model: ModelName = None,
    options: dict[str, Any],
    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.")] = Format.TEXT,
    allow_private: AllowPrivate = False,
    output: Output = None,
) -> None:
    """Summarize FILE, with evidence for every claim, quotation and figure."""
    article = load_article(file, allow_private=allow_private)
    summary = _summarize(article, model, options)
    _write_summary(summary, article, format, output)
    if not summary.claims or any(claim.problems for claim in summary.claims):
        raise typer.Exit(PROBLEMS)


def _summarize(article: Article, model: str | None, options: dict[str, Any]) -> Summary:
    """The summary; at a terminal, what is found is shown on stderr until it is finished."""
    with live() as work:
        for item in stream_summary(article, model, **options, on_event=work.on_event):
            if isinstance(item, Summary):
                return item
            work.add(item)
    raise AssertionError("a stream ends with its summary")


def _write_summary(summary: Summary, article: Article, format: Format, output: Path | None) -> None:
    if format is Format.JSON:
        write(summary.model_dump_json(indent=2) + "\n", output)
    elif format is Format.MARKDOWN:
        write(render_markdown(summary.view(article)), output)
    elif format is Format.HTML:
        write(summary.to_html(article), output)
    else:
        from ..report.terminal import render_summary

        show(render_summary(summary.view(article)), output)
