"""summarizer run: one article, its summary with the proof."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..article import Article, load_article
from ..report.markdown import render_markdown
from ..report.view import View
from ..text.escape import strip_controls
from . import options as given
from .printing import show, write
from .progress import AssemblyBar, spinner

if TYPE_CHECKING:
    from ..summary import Summary

PROBLEMS = 1


class Format(StrEnum):
    """How a summary is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


def run(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|-", help="Text, HTML or PDF: a file, an address, or - for stdin."
        ),
    ],
    model: given.Model = None,
    base_url: given.BaseUrl = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to print it.")
    ] = Format.TEXT,
    on_problem: given.Policy = given.OnProblem.REASK,
    max_reasks: given.MaxReasks = 2,
    max_claims: given.MaxClaims = 6,
    max_figures: given.MaxFigures = 16,
    focus: given.Focus = None,
    language: given.Language = None,
    instructions: given.Instructions = None,
    prompt: given.Prompt = None,
    judge: given.Judge = None,
    context_tokens: given.ContextTokens = None,
    cache: given.UseCache = True,
    allow_private: given.AllowPrivate = False,
    output: given.Output = None,
) -> None:
    """Summarize FILE, with the proof of every figure, quotation and claim."""
    from ..pipeline.stream import stream_summary
    from ..summary import Summary

    article = load_article(file, allow_private=allow_private)
    items = stream_summary if format is Format.TEXT and output is None and _is_watched() else _once
    summary: Summary | None = None
    with (
        spinner("Asking the model and checking its answer …") as stop,
        AssemblyBar() as on_event,
    ):
        for item in items(
            article,
            model,
            base_url=base_url,
            on_problem=on_problem.value,
            max_reasks=max_reasks,
            max_claims=max_claims,
            max_figures=max_figures,
            focus=focus,
            language=language,
            instructions=instructions,
            prompt=prompt,
            judge=judge,
            cache=cache,
            context_tokens=context_tokens,
            on_event=on_event,
        ):
            if isinstance(item, Summary):
                summary = item
            else:
                stop()  # it would write over what is printed
                _print_item(item, article)
    assert summary is not None
    if items is _once:
        _write_summary(summary, article, format, output)
    else:
        _print_end(summary.view(article))
    if not summary.claims or any(claim.problems for claim in summary.claims):
        raise typer.Exit(PROBLEMS)


def _is_watched() -> bool:
    """True if somebody sits at a terminal and sees each item as it comes."""
    return sys.stdout.isatty()


def _once(article: Article, model: str | None, **options: Any) -> Iterator[Any]:
    """The whole summary at once, for what is piped or saved."""
    from ..pipeline.run import summarize

    yield summarize(article, model, **options)


def _print_item(item: Any, article: Article) -> None:
    from ..report.terminal import render_item

    show(render_item(item.view(article)))


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
