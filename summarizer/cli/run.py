"""summarizer run: summarize one article."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..article import Article, load_article
from ..options import Options
from ..pipeline.run import summarize
from ..pipeline.stream import stream_summary
from ..report.markdown import render_markdown
from ..report.view import View
from ..summary import Summary
from ..text.escape import strip_controls
from .arguments import AllowPrivate, ModelName, Output, expand
from .printing import show, write
from .progress import assembly_bar, spinner

PROBLEMS = 1
"""Exit code if a claim is flagged, or none is left."""
_WORKING = "Asking the model and checking its answer …"


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
    if format is Format.TEXT and output is None and sys.stdout.isatty():
        summary = _print_live(article, model, options)
    else:
        summary = _summarize(article, model, options)
        _write_summary(summary, article, format, output)
    if not summary.claims or any(claim.problems for claim in summary.claims):
        raise typer.Exit(PROBLEMS)


def _summarize(article: Article, model: str | None, options: dict[str, Any]) -> Summary:
    """The whole summary at once, to be piped or saved."""
    with spinner(_WORKING) as waiting, assembly_bar(waiting) as on_event:
        summary: Summary = summarize(article, model, **options, on_event=on_event)
    return summary


def _print_live(article: Article, model: str | None, options: dict[str, Any]) -> Summary:
    """Print each item as soon as it is checked."""
    from ..report.terminal import render_item

    with spinner(_WORKING) as waiting, assembly_bar(waiting) as on_event:
        for item in stream_summary(article, model, **options, on_event=on_event):
            if not isinstance(item, Summary):
                waiting.stop()  # it would overwrite what is printed
                show(render_item(item.view(article)))
    assert isinstance(item, Summary)
    _print_end(item.view(article))
    return item


def _print_end(view: View) -> None:
    from rich.text import Text

    from ..report.terminal import render_closing

    show(Text("\n" + strip_controls(view.headline) + "\n", style="bold"))
    show(render_closing(view))


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
