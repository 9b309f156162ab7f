"""A Summary as one self-contained page: summary beside source, each lighting up the other."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..article import Article
from ..text.escape import one_line, strip_controls
from ..text.spans import Span

if TYPE_CHECKING:
    import jinja2

    from ..summary import Claim, Figure, Quote, Summary

_PAGE = Path(__file__).parent / "page"
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_PLACES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Place:
    anchor: str
    label: str


@dataclass(slots=True)
class _Item:
    """A line of the summary as the page shows it."""

    id: str
    kind: str
    text: str
    stands: bool = True
    sign: str = "✓"
    verdict: str = ""
    speaker: str = ""
    what: str = ""
    evidence: list[Span] = field(default_factory=list)
    checks: list[dict[str, str]] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the source on which the same items rest; "" if none."""

    text: str
    items: str = ""
    anchor: str = ""
    tabbed: bool = False


def render_html(summary: Summary, article: Article) -> str:
    """The page: one file, no script or style from outside, everything of others escaped.

    Args:
        summary: The summary.
        article: Its source.

    Returns:
        HTML. A strict content security policy allows the page's own style and script by their
        hashes, and nothing else.
    """
    sections = [
        {"title": title, "lines": items}
        for title, items in (
            ("Claims", [_claim(n, c) for n, c in enumerate(summary.claims)]),
            ("Quotations and statements", [_quote(n, q) for n, q in enumerate(summary.quotes)]),
            ("Figures", [_figure(n, f) for n, f in enumerate(summary.figures)]),
        )
        if items
    ]
    missed = [
        _Item(f"m{n}", "missed", one_line(o.span.text), what=one_line(o.what), evidence=[o.span])
        for n, o in enumerate(summary.missed)
    ]
    shown: list[_Item] = [item for section in sections for item in section["lines"]]  # type: ignore[misc]
    paragraphs = _paragraphs(article, [*shown, *missed])
    for item in (*shown, *missed):
        item.places = _places(item.evidence, article)
    style, script = _part("style.css"), _part("script.js")
    page: str = _template().render(
        summary=_harmless_head(summary),
        language="en",
        policy=_policy(style, script),
        style=_safe(style),
        script=_safe(script),
        sections=sections,
        rejected=[
            {
                "text": strip_controls(r.text),
                "reasons": [strip_controls(x) for x in r.reasons],
                "attempts": [strip_controls(a) for a in r.attempts],
            }
            for r in summary.rejected
        ],
        missed=missed,
        paragraphs=paragraphs,
        standing=sum(item.stands for item in shown),
        failed=sum(not item.stands for item in shown),
        made=_made(summary),
    )
    return page


def _harmless_head(summary: Summary) -> Summary:
    return summary.model_copy(update={"headline": one_line(summary.headline, 400)})


def _claim(number: int, claim: Claim) -> _Item:
    checks = [
        {"sign": c.verdict.sign, "verdict": c.verdict.value, "reason": one_line(c.reason, 600)}
        for c in claim.checks
    ]
    stands = not claim.problems
    failed = [c.verdict.value for c in claim.checks if c.verdict.flagged]
    return _Item(
        f"c{number}",
        "claim",
        strip_controls(claim.text),
        stands,
        "✓" if stands else "✗",
        "proved" if stands else ", ".join(dict.fromkeys(failed)),
        evidence=claim.evidence,
        checks=checks,
    )


def _quote(number: int, quote: Quote) -> _Item:
    said = strip_controls(quote.text)
    return _Item(
        f"q{number}",
        "quote",
        f"“{said}”" if quote.direct else said,
        not quote.verdict.flagged,
        quote.verdict.sign,
        quote.verdict.value,
        speaker=one_line(quote.speaker or "speaker unknown"),
        evidence=quote.evidence,
    )


def _figure(number: int, figure: Figure) -> _Item:
    return _Item(
        f"f{number}",
        "figure",
        one_line(figure.text),
        not figure.verdict.flagged,
        figure.verdict.sign,
        figure.verdict.value,
        what=one_line(figure.what),
        evidence=figure.evidence[:1],
    )


def _places(evidence: list[Span], article: Article) -> list[_Place]:
    """Links to the evidence, each sentence once."""
    found: dict[str, _Place] = {}
    for span in evidence:
        label = article.place(span.start)
        found.setdefault(label, _Place(f"e{span.start}", label))
    return list(found.values())[:_PLACES_SHOWN]


def _paragraphs(article: Article, items: list[_Item]) -> list[list[_Piece]]:
    """The source in paragraphs, cut wherever the evidence of an item begins or ends."""
    text = article.text
    begin: dict[int, list[str]] = {}
    end: dict[int, list[str]] = {}
    for item in items:
        for span in item.evidence:
            begin.setdefault(span.start, []).append(item.id)
            end.setdefault(span.end, []).append(item.id)
    bounds = sorted({0, len(text), *begin, *end})
    paragraphs: list[list[_Piece]] = [[]]
    resting: dict[str, int] = {}
    for start, stop in pairwise(bounds):
        for id in end.get(start, ()):
            resting[id] -= 1
            if not resting[id]:
                del resting[id]
        for id in begin.get(start, ()):
            resting[id] = resting.get(id, 0) + 1
        _append(paragraphs, text[start:stop], " ".join(resting), start, start in begin)
    return [p for p in paragraphs if any(piece.text.strip() for piece in p)]


def _append(
    paragraphs: list[list[_Piece]], text: str, items: str, start: int, tabbed: bool
) -> None:
    """Add a stretch of the source, with a new paragraph at each empty line."""
    at = 0
    for gap in (*_PARAGRAPH.finditer(text), None):
        stop = gap.start() if gap else len(text)
        if stop > at:
            anchor = f"e{start + at}" if items else ""
            piece = _Piece(strip_controls(text[at:stop]), items, anchor, tabbed and at == 0)
            paragraphs[-1].append(piece)
        if gap:
            paragraphs.append([])
            at = gap.end()


def _made(summary: Summary) -> str:
    usage = summary.usage
    parts = [summary.model or "no model", f"prompt {summary.prompt}" if summary.prompt else ""]
    parts.append(f"{usage.requests} request{'' if usage.requests == 1 else 's'}")
    if usage.input_tokens is not None and usage.output_tokens is not None:
        parts.append(f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out")
    if usage.cost:
        parts.append(f"${usage.cost:.4f}")
    return one_line(" · ".join(p for p in parts if p), 400)


def _policy(style: str, script: str) -> str:
    """Nothing from outside, and of the inside only this very style and script."""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=4)
def _part(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")


def _safe(own: str) -> Any:
    """Our own style or script, as it is: the only texts that are not escaped."""
    from markupsafe import Markup

    return Markup(own)  # noqa: S704 - files of this package


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_part("page.html.jinja"))


def in_notebook(page: str, height: int = 640) -> str:
    """A page inside a sandboxed frame, as notebooks show it.

    >>> in_notebook('<p title="x">', 100)
    '<iframe sandbox="allow-scripts" style="width:100%;height:100px;border:0" srcdoc="&lt;p title=&#34;x&#34;&gt;"></iframe>'
    """
    from markupsafe import escape

    return (
        f'<iframe sandbox="allow-scripts" style="width:100%;height:{height}px;border:0"'
        f' srcdoc="{escape(page)}"></iframe>'
    )
