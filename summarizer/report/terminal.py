"""A View for a terminal: signs before the items, evidence under the claims."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..text.escape import one_line, strip_controls
from .view import ACCEPTED, FAILED, Evidence, Item, ItemKind, Missed, Problem, View, Withdrawal

_MAX_MISSED = 5
_MAX_WHAT = 90
_MAX_QUOTE = 2000
_MAX_CONTEXT = 120
_MAX_NOTE = 400
_SECTION_INDENT, _DETAIL_INDENT = 2, 4


def render_summary(view: View) -> RenderableType:
    """The whole view, as wide as the console that prints it."""
    parts: list[RenderableType] = [Text(strip_controls(view.headline), style="bold"), Text()]
    for section in view.sections:
        parts += _titled(section.title, [render_item(item) for item in section.items])
    return Group(*parts, render_closing(view))


def render_item(item: Item) -> RenderableType:
    """One claim, quotation or figure with its evidence."""
    return _ITEMS[item.kind](item)


def render_closing(view: View) -> RenderableType:
    """What was withdrawn, what was left out, notes, and what it cost."""
    parts = _titled("Withdrawn: failed its check", [_withdrawal(w) for w in view.rejected])
    parts += _titled("Left out", [_missed(m) for m in view.missed[:_MAX_MISSED]])
    parts += [Text(f"Note: {one_line(note, _MAX_NOTE)}", style="yellow") for note in view.notes]
    return Group(*parts, Text(strip_controls(_cost(view)), style="dim"))


def render_check(view: View) -> RenderableType:
    """The problems of a checked text, then how many of its parts are supported."""
    parts: list[RenderableType] = []
    for problem in view.problems:
        parts += [_problem(problem), Text()]
    count = len(view.problems)
    line = f"{count} problem(s), {view.tally.supported} supported, {view.tally.neither} neither."
    return Group(*parts, Text(line, style="bold red" if count else "bold green"))


def _problem(problem: Problem) -> RenderableType:
    line = Text(f"{FAILED} {problem.finding.verdict.value}: ", style="red")
    line.append(strip_controls(problem.finding.reason), style="default")
    if problem.before is None:
        return line
    context = Text(one_line(problem.before, _MAX_CONTEXT)[-_MAX_CONTEXT:], style="dim")
    context.append(f" {one_line(problem.text)} ", style="bold underline")
    context.append(one_line(problem.after, _MAX_CONTEXT), style="dim")
    return Group(line, _indented(context, _DETAIL_INDENT))


def _titled(title: str, rows: list[RenderableType]) -> list[RenderableType]:
    """Some rows under a title, and an empty line; nothing if there are none."""
    if not rows:
        return []
    return [
        Text(title, style="bold underline"),
        *(_indented(row, _SECTION_INDENT) for row in rows),
        Text(),
    ]


def _indented(what: RenderableType, columns: int) -> RenderableType:
    return Padding(what, (0, 0, 0, columns), expand=False)


def _signed(item: Item) -> Text:
    """The beginning of an item's line: its sign, in green or red."""
    return Text(f"{item.sign} ", style="green" if item.sign == ACCEPTED else "red")


def _claim(item: Item) -> RenderableType:
    line = _signed(item)
    line.append(strip_controls(item.text), style="default")
    for finding in item.problems:
        line.append(f"\n  {finding.verdict.value}: {one_line(finding.reason)}", style="red")
    return Group(line, *(_evidence(evidence) for evidence in item.evidence))


def _evidence(evidence: Evidence) -> RenderableType:
    number = f"[{evidence.sentence}] " if evidence.sentence else ""
    return _indented(Text(number + one_line(evidence.span.text), style="dim"), _DETAIL_INDENT)


def _quote(item: Item) -> RenderableType:
    line = _signed(item)
    line.append(f"{one_line(item.speaker)}: ", style="bold")
    words = one_line(item.text, _MAX_QUOTE)
    line.append(f"“{words}”" if item.is_direct else words, style="default")
    return _with_sentence(line, item)


def _figure(item: Item) -> RenderableType:
    line = _signed(item)
    line.append(one_line(item.text), style="bold")
    line.append(f" — {one_line(item.what)}", style="default")
    return _with_sentence(line, item)


_ITEMS: dict[ItemKind, Callable[[Item], RenderableType]] = {
    "claim": _claim,
    "quote": _quote,
    "figure": _figure,
}


def _with_sentence(line: Text, item: Item) -> Text:
    """A line that ends in the number of the sentence in which its evidence is."""
    sentence = item.evidence[0].sentence if item.evidence else None
    line.append(f" [{sentence}]" if sentence else "", style="dim")
    return line


def _withdrawal(withdrawal: Withdrawal) -> RenderableType:
    line = Text(f"{FAILED} {withdrawal.kind}: ", style="red")
    line.append(strip_controls(withdrawal.text), style="default")
    for reason in withdrawal.reasons:
        line.append(f"\n  {one_line(reason)}", style="dim")
    return line


def _missed(missed: Missed) -> RenderableType:
    return Text(f"{one_line(missed.text)} — {one_line(missed.what, _MAX_WHAT)}")


def _cost(view: View) -> str:
    cost = view.cost
    if not cost.requests:
        return f"{cost.model}: answered from the cache (--no-cache asks again)"
    tokens = f"{cost.tokens}, " if cost.tokens else ""
    return f"{cost.model}: {cost.request_count}, {tokens}{cost.seconds:.1f} s"
