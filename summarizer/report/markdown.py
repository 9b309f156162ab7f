"""A Summary as Markdown, with its evidence as numbered footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..text.escape import one_line

if TYPE_CHECKING:
    from ..article import Article
    from ..summary import Summary
    from ..text.spans import Span

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def escaped(text: str, most: int = 2000) -> str:
    """A text of others inside Markdown: on one line, and no character of it marks anything up.

    >>> escaped("<b>*x*")
    '\\\\<b\\\\>\\\\*x\\\\*'
    """
    return _SPECIAL.sub(r"\\\1", one_line(text, most))


class _Footnotes:
    """Numbers each span once, in the order of first use."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.numbers: dict[Span, int] = {}

    def refer(self, spans: list[Span]) -> str:
        return "".join(f"[^{self.numbers.setdefault(s, len(self.numbers) + 1)}]" for s in spans)

    def lines(self) -> list[str]:
        rows = []
        for span, number in self.numbers.items():
            place = self.article.place(span.start)
            rows.append(
                f"[^{number}]: {place}, characters {span.start}–{span.end}: “{escaped(span.text)}”"
            )
        return rows


def render_markdown(summary: Summary, article: Article) -> str:
    """The whole summary as Markdown text, ending in a line feed."""
    notes = _Footnotes(article)
    rows = [f"# {escaped(summary.headline)}", ""]
    for claim in summary.claims:
        mark = " **(failed its check)**" if claim.problems else ""
        rows.append(f"- {escaped(claim.text)}{mark} {notes.refer(claim.evidence)}")
    if summary.quotes:
        rows += ["", "## Quotations and statements", ""]
    for quote in summary.quotes:
        said = f"“{escaped(quote.text)}”" if quote.direct else escaped(quote.text)
        speaker = escaped(quote.speaker or "speaker unknown")
        rows.append(f"- **{speaker}:** {said} {notes.refer(quote.evidence)}")
    if summary.figures:
        rows += ["", "## Figures", "", "| figure | in the source |", "|---|---|"]
    for figure in summary.figures:
        refs = notes.refer(figure.evidence[:1])
        rows.append(f"| {escaped(figure.text)} | {escaped(figure.what)} {refs} |")
    if summary.rejected:
        rows += ["", "## Withdrawn: failed its check", ""]
    for rejected in summary.rejected:
        reasons = "; ".join(escaped(r) for r in rejected.reasons)
        rows.append(f"- ~~{escaped(rejected.text)}~~ — {reasons}")
    if summary.missed:
        rows += ["", "## Left out", ""]
        rows += [f"- {escaped(o.span.text, 200)} — {escaped(o.what, 200)}" for o in summary.missed]
    rows += ["", *notes.lines()]
    return "\n".join(rows) + "\n"
