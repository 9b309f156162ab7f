"""A Summary or a CrossCheck for a terminal: evidence under each item, signs beside verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..article import Article
from ..text.escape import one_line, strip_controls
from ..text.spans import Span

if TYPE_CHECKING:
    from ..checks.result import Check, CrossCheck
    from ..summary import Claim, Figure, Quote, Rejected, Summary

_ACCEPTED, _FLAGGED = "✓", "✗"
_MISSED_SHOWN = 5


def render_summary(summary: Summary, article: Article) -> RenderableType:
    """The whole summary, width-aware when printed by rich."""
    parts: list[RenderableType] = [Text(strip_controls(summary.headline), style="bold"), Text()]
    parts += _section("Claims", [render_item(c, article) for c in summary.claims])
    quotes = [render_item(q, article) for q in summary.quotes]
    parts += _section("Quotations and statements", quotes)
    parts += _section("Figures", [render_item(f, article) for f in summary.figures])
    return Group(*parts, render_closing(summary))


def render_item(item: Claim | Quote | Figure, article: Article) -> RenderableType:
    """One claim, quotation or figure with its evidence."""
    from ..summary import Figure, Quote

    if isinstance(item, Quote):
        return _quote(item, article)
    return _figure(item, article) if isinstance(item, Figure) else _claim(item, article)


def render_closing(summary: Summary) -> RenderableType:
    """What was withdrawn, what was left out, and what it cost."""
    parts = _section("Withdrawn: failed its check", [_rejected(r) for r in summary.rejected])
    missed = [Text(f"{one_line(o.span.text)} — {one_line(o.what, 90)}") for o in summary.missed]
    parts += _section("Left out", list(missed[:_MISSED_SHOWN]))
    usage = summary.usage
    tokens = ""
    if usage.input_tokens is not None and usage.output_tokens is not None:
        tokens = f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out, "
    requests = f"{usage.requests} request{'s' if usage.requests != 1 else ''}"
    closing = f"{summary.model}: {requests}, {tokens}{usage.seconds:.1f} s"
    if not usage.requests:
        closing = f"{summary.model}: answered from the cache (--no-cache asks again)"
    return Group(*parts, Text(strip_controls(closing), style="dim"))


def render_check(check: CrossCheck, text: Article) -> RenderableType:
    """The verdicts on a text: the problems first, then a count of what stands."""
    parts: list[RenderableType] = []
    for problem in check.problems:
        parts += [_problem(problem, text), Text()]
    checks: list[Check] = [*check.numbers, *check.quotes, *check.names]
    stands = sum(c.verdict.accepted for c in checks)
    neither = len(checks) - stands - len(check.problems)
    style = "bold red" if check.problems else "bold green"
    line = f"{len(check.problems)} problem(s), {stands} supported, {neither} neither."
    parts.append(Text(line, style=style))
    return Group(*parts)


def _problem(check: Check, text: Article) -> RenderableType:
    sentence = text.sentence_at(check.start)
    line = Text(f"{_FLAGGED} {check.verdict.value}: ", style="red")
    line.append(strip_controls(check.reason), style="default")
    if sentence is None:
        return line
    context = Text(one_line(text.text[sentence.start : check.start], 120)[-120:], style="dim")
    context.append(f" {one_line(check.text)} ", style="bold underline")
    context.append(one_line(text.text[check.end : sentence.end], 120), style="dim")
    return Group(line, Padding(context, (0, 0, 0, 4), expand=False))


def _section(title: str, items: list[RenderableType]) -> list[RenderableType]:
    if not items:
        return []
    rows: list[RenderableType] = [Text(title, style="bold underline")]
    rows += [Padding(item, (0, 0, 0, 2), expand=False) for item in items]
    return [*rows, Text()]


def _item(text: Text, evidence: list[Span], article: Article) -> RenderableType:
    rows: list[RenderableType] = [text]
    for span in evidence:
        sentence = article.sentence_at(span.start)
        place = f"[{sentence.index}] " if sentence else ""
        rows.append(
            Padding(Text(place + one_line(span.text), style="dim"), (0, 0, 0, 4), expand=False)
        )
    return Group(*rows)


def _claim(claim: Claim, article: Article) -> RenderableType:
    flagged = [c for c in claim.checks if c.verdict.flagged]
    mark = _FLAGGED if flagged else _ACCEPTED
    line = Text(f"{mark} ", style="red" if flagged else "green")
    line.append(strip_controls(claim.text), style="default")
    for check in flagged:
        line.append(f"\n  {check.verdict.value}: {one_line(check.reason)}", style="red")
    return _item(line, claim.evidence, article)


def _quote(quote: Quote, article: Article) -> RenderableType:
    line = Text(f"{quote.verdict.sign} ", style="green" if quote.verdict.accepted else "red")
    line.append(f"{one_line(quote.speaker or 'speaker unknown')}: ", style="bold")
    said = one_line(quote.text, 2000)
    line.append(f"“{said}”" if quote.direct else said, style="default")
    sentence = article.sentence_at(quote.evidence[0].start) if quote.evidence else None
    line.append(f" [{sentence.index}]" if sentence else "", style="dim")
    return line


def _figure(figure: Figure, article: Article) -> RenderableType:
    line = Text(f"{figure.verdict.sign} ", style="green" if figure.verdict.accepted else "red")
    line.append(one_line(figure.text), style="bold")
    line.append(f" — {one_line(figure.what)}", style="default")
    sentence = article.sentence_at(figure.evidence[0].start) if figure.evidence else None
    line.append(f" [{sentence.index}]" if sentence else "", style="dim")
    return line


def _rejected(rejected: Rejected) -> RenderableType:
    line = Text(f"{_FLAGGED} {rejected.kind}: ", style="red")
    line.append(strip_controls(rejected.text), style="default")
    for reason in rejected.reasons:
        line.append(f"\n  {one_line(reason)}", style="dim")
    return line
