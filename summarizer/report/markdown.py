"""A View as Markdown, with its evidence as numbered footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..text.escape import one_line
from .view import Evidence, Item, ItemKind, Missed, Section, View, Withdrawal

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_MAX_TEXT = 2000
_MAX_MISSED = 200


def escape_markdown(text: str, limit: int = _MAX_TEXT) -> str:
    """Fold untrusted text onto one line, and escape all characters that Markdown gives a meaning.

    >>> escape_markdown("<b>*x*")
    '\\\\<b\\\\>\\\\*x\\\\*'
    """
    return _MARKUP.sub(r"\\\1", one_line(text, limit))


class _Footnotes:
    """Numbers each piece of evidence once, in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[Evidence, int] = {}

    def refer(self, evidence: Iterable[Evidence]) -> str:
        """References to some evidence."""
        numbers = self._numbers
        return "".join(f"[^{numbers.setdefault(e, len(numbers) + 1)}]" for e in evidence)

    def lines(self) -> list[str]:
        """The footnotes that were referred to."""
        return [_footnote(number, evidence) for evidence, number in self._numbers.items()]


def _footnote(number: int, evidence: Evidence) -> str:
    span = evidence.span
    place = f"{evidence.place}, characters {span.start}–{span.end}"
    return f"[^{number}]: {place}: “{escape_markdown(span.text)}”"


def render_markdown(view: View) -> str:
    """The whole view as Markdown text, ending in a line feed.

    >>> from summarizer.report.view import Cost
    >>> print(render_markdown(View("Mill *burns*", "It burned.", Cost("local"))).splitlines()[0])
    # Mill \\*burns\\*
    """
    footnotes = _Footnotes()
    rows = [f"# {escape_markdown(view.headline)}", ""]
    for section in view.sections:
        rows += _section(section, footnotes)
    rows += _titled("Withdrawn: failed its check", map(_withdrawal, view.rejected))
    rows += _titled("Left out", map(_missed, view.missed))
    rows += _titled("Notes", (f"- {escape_markdown(note)}" for note in view.notes))
    rows += ["", *footnotes.lines()]
    return "\n".join(rows) + "\n"


def _titled(title: str, rows: Iterable[str]) -> list[str]:
    """Some rows under a title; nothing if there are none."""
    listed = list(rows)
    return ["", f"## {title}", "", *listed] if listed else []


def _section(section: Section, notes: _Footnotes) -> list[str]:
    rows = [_ITEMS[section.kind](item, notes) for item in section.items]
    if section.kind == "claim":  # directly below the headline
        return rows
    if section.kind == "figure":
        rows = ["| figure | in the source |", "|---|---|", *rows]
    return _titled(section.title, rows)


def _claim(item: Item, notes: _Footnotes) -> str:
    mark = " **(failed its check)**" if item.failed else ""
    return f"- {escape_markdown(item.text)}{mark} {notes.refer(item.evidence)}"


def _quote(item: Item, notes: _Footnotes) -> str:
    words = escape_markdown(item.text)
    quoted = f"“{words}”" if item.is_direct else words
    return f"- **{escape_markdown(item.speaker)}:** {quoted} {notes.refer(item.evidence)}"


def _figure(item: Item, notes: _Footnotes) -> str:
    references = notes.refer(item.evidence)
    return f"| {escape_markdown(item.text)} | {escape_markdown(item.what)} {references} |"


_ITEMS: dict[ItemKind, Callable[[Item, _Footnotes], str]] = {
    "claim": _claim,
    "quote": _quote,
    "figure": _figure,
}


def _withdrawal(withdrawal: Withdrawal) -> str:
    reasons = "; ".join(map(escape_markdown, withdrawal.reasons))
    return f"- ~~{escape_markdown(withdrawal.text)}~~ — {reasons}"


def _missed(missed: Missed) -> str:
    text, what = (escape_markdown(part, _MAX_MISSED) for part in (missed.text, missed.what))
    return f"- {text} — {what}"
