"""A View as one self-contained page: items beside the source, each highlighting the other."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..text.escape import one_line, strip_controls
from .highlights import Piece, cut_paragraphs
from .view import Cost, Evidence, Finding, Item, Missed, Section, View, Withdrawal

if TYPE_CHECKING:
    import jinja2

_PAGE = Path(__file__).parent / "page"
_MAX_PLACES = 4
_MAX_REASON = 600
_MAX_LINE = 400


@dataclass(frozen=True, slots=True)
class _Place:
    """A link to a piece of evidence."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class _Check:
    sign: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Line:
    """An item of the view, or something that it leaves out, as the page shows it."""

    id: str
    kind: str
    text: str
    failed: bool = False
    sign: str = ""
    verdict: str = ""
    speaker: str = ""
    what: str = ""
    places: tuple[_Place, ...] = ()
    checks: tuple[_Check, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of the source; `items` are the ids of the lines that rest on it, "" if none do."""

    text: str
    items: str
    anchor: str
    is_tab_stop: bool


def render_html(view: View) -> str:
    """The whole view as one page without a script, style or image from outside.

    Args:
        view: What to show. All of it is escaped.

    Returns:
        HTML. A strict content security policy allows the page's own style and script, by their
        hashes, and nothing else.

    >>> from summarizer.report.view import Cost
    >>> "<h1>Mill &lt;b&gt;</h1>" in render_html(View("Mill <b>", "It burned.", Cost("local")))
    True
    """
    items = [item for section in view.sections for item in section.items]
    style, script = _asset("style.css"), _asset("script.js")
    page: str = _template().render(
        headline=one_line(view.headline, _MAX_LINE),
        language="en",
        policy=_policy(style, script),
        style=_trusted(style),
        script=_trusted(script),
        passed=sum(not item.failed for item in items),
        failed=sum(item.failed for item in items),
        sections=[{"title": s.title, "lines": _lines(s)} for s in view.sections],
        rejected=[_withdrawal(withdrawal) for withdrawal in view.rejected],
        missed=[_missed(id, missed) for id, missed in _numbered("m", view.missed)],
        notes=[strip_controls(note) for note in view.notes],
        paragraphs=_paragraphs(view),
        cost=_cost(view.cost),
    )
    return page


def _numbered(letter: str, things: Iterable[Any]) -> list[tuple[str, Any]]:
    """Things with the ids they have in the page: c0, c1, …"""
    return [(f"{letter}{number}", thing) for number, thing in enumerate(things)]


def _items(section: Section) -> list[tuple[str, Item]]:
    """The items of a section with their ids, which begin with the letter of their kind."""
    return _numbered(section.kind[0], section.items)


def _lines(section: Section) -> list[_Line]:
    return [_line(id, item) for id, item in _items(section)]


def _line(id: str, item: Item) -> _Line:
    # A figure's text comes from a table or a line of the source: it may hold line feeds.
    text = one_line(item.text) if item.kind == "figure" else strip_controls(item.text)
    return _Line(
        id,
        item.kind,
        f"“{text}”" if item.is_direct else text,
        failed=item.failed,
        sign=item.sign,
        verdict=item.verdict,
        speaker=one_line(item.speaker),
        what=one_line(item.what),
        places=_places(item.evidence),
        checks=tuple(_check(finding) for finding in item.findings),
    )


def _check(finding: Finding) -> _Check:
    verdict = finding.verdict
    return _Check(verdict.sign, verdict.value, one_line(finding.reason, _MAX_REASON))


def _missed(id: str, missed: Missed) -> _Line:
    text, what = one_line(missed.text), one_line(missed.what)
    return _Line(id, "missed", text, what=what, places=_places([missed.evidence]))


def _withdrawal(withdrawal: Withdrawal) -> dict[str, Any]:
    return {
        "text": strip_controls(withdrawal.text),
        "reasons": [strip_controls(reason) for reason in withdrawal.reasons],
        "attempts": [strip_controls(attempt) for attempt in withdrawal.attempts],
    }


def _places(evidence: Iterable[Evidence]) -> tuple[_Place, ...]:
    """Links to the evidence, one per place."""
    places: dict[str, _Place] = {}
    for each in evidence:
        places.setdefault(each.place, _Place(_anchor(each.span.start), each.place))
    return tuple(places.values())[:_MAX_PLACES]


def _anchor(offset: int) -> str:
    return f"e{offset}"


def _paragraphs(view: View) -> list[list[_Mark]]:
    """The source, with a mark wherever a line of the page rests on it."""
    rests_on = [
        (id, each.span)
        for section in view.sections
        for id, item in _items(section)
        for each in item.evidence
    ]
    rests_on += [(id, missed.evidence.span) for id, missed in _numbered("m", view.missed)]
    paragraphs = cut_paragraphs(view.source, rests_on)
    return [[_mark(piece) for piece in paragraph] for paragraph in paragraphs]


def _mark(piece: Piece) -> _Mark:
    anchor = _anchor(piece.start) if piece.items else ""
    text = strip_controls(piece.text)
    return _Mark(text, " ".join(piece.items), anchor, piece.begins_evidence)


def _cost(cost: Cost) -> str:
    parts = (
        cost.model or "no model",
        f"prompt {cost.prompt}" if cost.prompt else "",
        cost.request_count,
        cost.tokens,
        f"${cost.dollars:.4f}" if cost.dollars else "",
    )
    return one_line(" · ".join(filter(None, parts)), _MAX_LINE)


def _policy(style: str, script: str) -> str:
    """A content security policy: nothing from outside, and only this very style and script."""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")


def _trusted(own: str) -> Any:
    """The page's own style or script: the only text that is not escaped."""
    from markupsafe import Markup

    return Markup(own)  # noqa: S704 - files of this package


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_asset("page.html.jinja"))


def in_notebook(page: str, height: int = 640) -> str:
    """A page inside a sandboxed frame, for notebooks.

    Args:
        page: A page of `render_html`.
        height: Height of the frame in pixels.

    >>> in_notebook('<p title="x">', 100)
    '<iframe sandbox="allow-scripts" style="width:100%;height:100px;border:0" srcdoc="&lt;p title=&#34;x&#34;&gt;"></iframe>'
    """
    from markupsafe import escape

    return (
        f'<iframe sandbox="allow-scripts" style="width:100%;height:{height}px;border:0"'
        f' srcdoc="{escape(page)}"></iframe>'
    )
