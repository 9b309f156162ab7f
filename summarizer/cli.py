"""The command `summarizer`: results on stdout, everything else on stderr.

Exit codes: 0 fine; 1 a problem was found; 2 wrong use, an unreadable input or no model.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .article import Article
from .crosscheck import Check, CrossCheck, Omission, crosscheck
from .errors import InputError, SummarizerError
from .progress import spinner

if TYPE_CHECKING:
    from .schema import Summary

PROBLEMS, WRONG_USE = 1, 2

app = typer.Typer(
    name="summarizer",
    help="Summaries in which code proves every figure and quotation by the source's own characters.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class Format(StrEnum):
    """How a summary is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class CheckFormat(StrEnum):
    """How a cross-check is printed."""

    TEXT = "text"
    JSON = "json"


class OnProblem(StrEnum):
    """What happens to lines that fail their check."""

    REASK = "reask"
    REPAIR = "repair"
    FLAG = "flag"
    DROP = "drop"
    RAISE = "raise"


Input = Annotated[
    str, typer.Argument(metavar="FILE|-", help="A text file in UTF-8, or - for stdin.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write here instead of stdout.")
]


@app.command()
def run(
    file: Input,
    model: Annotated[
        str | None, typer.Option(help="openai/…, anthropic/…, ollama/…, local, or local:FILE.gguf.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Address of an OpenAI-compatible server.")
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to print it.")
    ] = Format.TEXT,
    on_problem: Annotated[
        OnProblem, typer.Option(help="What happens to lines that fail their check.")
    ] = OnProblem.REASK,
    max_reasks: Annotated[
        int, typer.Option(min=0, max=5, help="How often failed lines are sent back.")
    ] = 2,
    max_claims: Annotated[int, typer.Option(min=1, max=30, help="Claims at most.")] = 6,
    focus: Annotated[str | None, typer.Option(help="A question the summary should answer.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the headline and the claims.")
    ] = None,
    instructions: Annotated[str | None, typer.Option(help="Further words for the model.")] = None,
    prompt: Annotated[
        Path | None, typer.Option(help="A jinja file in place of the summary prompt.")
    ] = None,
    output: Output = None,
) -> None:
    """Summarize FILE, with the proof of every figure, quotation and claim."""
    from .schema import Summary
    from .streaming import stream_summary

    article = Article(read_text(file))
    items = stream_summary if format is Format.TEXT and output is None and _is_watched() else _once
    summary: Summary | None = None
    with spinner("Asking the model and checking its answer …") as stop:
        for item in items(
            article,
            model,
            base_url=base_url,
            on_problem=on_problem.value,
            max_reasks=max_reasks,
            max_claims=max_claims,
            focus=focus,
            language=language,
            instructions=instructions,
            prompt=prompt,
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
        _print_end(summary)
    if not summary.claims or any(claim.problems for claim in summary.claims):
        raise typer.Exit(PROBLEMS)


def _is_watched() -> bool:
    """True if somebody sits at a terminal and sees each item as it comes."""
    return sys.stdout.isatty()


def _once(article: Article, model: str | None, **options: Any) -> Iterator[Any]:
    """The whole summary at once, for what is piped or saved."""
    from .pipeline import summarize

    yield summarize(article, model, **options)


def _print_item(item: Any, article: Article) -> None:
    from .report.terminal import render_item

    _print(render_item(item, article), None)


def _print_end(summary: Summary) -> None:
    from rich.text import Text

    from .report.harmless import harmless
    from .report.terminal import render_closing

    _print(Text("\n" + harmless(summary.headline) + "\n", style="bold"), None)
    _print(render_closing(summary), None)


@app.command()
def check(
    summary: Annotated[str, typer.Argument(metavar="SUMMARY|-", help="The summary to check.")],
    source: Annotated[str, typer.Option(help="The article that it must agree with.")],
    format: Annotated[CheckFormat, typer.Option("--format", "-f")] = CheckFormat.TEXT,
    output: Output = None,
) -> None:
    """Check a summary that anybody wrote against its source, without any model."""
    if summary == source == "-":
        raise InputError("Only one of SUMMARY and --source can come from standard input.")
    text, article = Article(read_text(summary)), Article(read_text(source))
    result = crosscheck(text, article)
    if format is CheckFormat.JSON:
        _write(check_json(result), output)
    else:
        from .report.terminal import render_check

        _print(render_check(result, text), output)
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


def read_text(name: str) -> str:
    """The text of a file or of stdin, exactly as it is: no line ending is changed.

    Raises:
        InputError: There is no such file, or it is not text.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}.") from error
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not text in {encoding.upper()} (byte {error.start}): convert it first,"
            " for example with iconv."
        ) from error


def _write_summary(summary: Summary, article: Article, format: Format, output: Path | None) -> None:
    if format is Format.JSON:
        _write(summary.model_dump_json(indent=2) + "\n", output)
    elif format is Format.MARKDOWN:
        from .report.markdown import render_markdown

        _write(render_markdown(summary, article), output)
    else:
        from .report.terminal import render_summary

        _print(render_summary(summary, article), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{output}: {error.strerror or error}.") from error


def _print(what: Any, output: Path | None) -> None:
    """Print through rich: as wide as the terminal, in colour only there, never with NO_COLOR."""
    from rich.console import Console

    if output is None:
        Console(highlight=False, soft_wrap=False).print(what)
        return
    with output.open("w", encoding="utf-8") as file:
        Console(file=file, width=100, highlight=False, no_color=True).print(what)


def main() -> None:
    """Entry point: every error of ours is one line on stderr and exit code 2."""
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
