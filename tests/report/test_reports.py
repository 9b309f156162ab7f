"""Views and what each format makes of them; the page in a browser is in tests/browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from summarizer import Article, Claim, InputError, Span, Summary, crosscheck
from summarizer.checking import view_of
from summarizer.report.github import render_github
from summarizer.report.highlights import cut_paragraphs
from summarizer.report.html import render_html
from summarizer.report.markdown import render_markdown
from summarizer.report.terminal import render_summary
from summarizer.report.view import Cost, Item, Position, View, Withdrawal, sections_of
from summarizer.sources import Origin
from tests.pipeline.test_pipeline import ask
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import ScriptedServer, answer


def plain(renderable: Any) -> str:
    console = Console(file=io.StringIO(), width=100, no_color=True)
    console.print(renderable)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_a_summary_knows_its_source_until_it_is_written_down(server: ScriptedServer) -> None:
    summary = ask(server.will(answer(**GOOD)))
    page = summary.to_html()
    assert page == summary.to_html(ARTICLE)
    read = Summary.model_validate_json(summary.model_dump_json())
    assert read._repr_html_() is None
    with pytest.raises(InputError, match="to_html"):
        read.to_html()
    assert read.to_html(ARTICLE) == page


def test_in_a_notebook_the_page_is_in_a_sandbox(server: ScriptedServer) -> None:
    shown = ask(server.will(answer(**GOOD)))._repr_html_()
    assert shown is not None
    assert shown.startswith('<iframe sandbox="allow-scripts"')
    assert "<script" not in shown


def test_the_page_has_all_of_the_source_once(server: ScriptedServer) -> None:
    import html
    import re

    page = ask(server.will(answer(**GOOD))).to_html()
    body = page.partition('id="source"')[2].partition("</section>")[0]
    plain = html.unescape(re.sub(r"<[^>]+>", "", body.partition("</h2>")[2]))
    assert " ".join(plain.split()) == ARTICLE


def view_check(text: Article, source: Article) -> View:
    return view_of(crosscheck(text, source), text, source, "mine.txt")


def test_a_checked_text_is_shown_sentence_by_sentence() -> None:
    source = Article("It burned. Four people were hurt.")
    view = view_check(Article("It burned. Nine people were hurt."), source)
    [claims] = view.sections
    assert [item.failed for item in claims.items] == [False, True]
    assert [item.verdict for item in claims.items] == ["proved", "contradicted"]
    assert "contradicted" in render_html(view)


def test_pages_are_named_in_every_report() -> None:
    source = Article("It burned.\n\nFour people were hurt.", Origin(page_starts=(0, 12)))
    view = view_check(Article("Four people were hurt."), source)
    assert "page 2, sentence 2" in render_html(view)
    assert "page 2, sentence 2" in render_markdown(view)


def test_reports_of_an_excerpt_cite_sentences_of_the_whole() -> None:
    part = Article("It burned. Four people were hurt.").excerpt(2, 2)
    claim = Claim(text="Four people were hurt.", evidence=[part.span(0, 4)])
    view = Summary(headline="Mill", claims=[claim], model="m").view(part)
    assert "sentence 2" in render_markdown(view)
    assert "[2] Four" in plain(render_summary(view))


def test_annotations_point_at_lines_and_columns() -> None:
    source = Article("It burned. Four people were hurt.")
    rows = render_github(
        view_check(Article("It burned.\nNine people were hurt."), source), "a,b.txt"
    )
    assert rows == (
        "::error file=a%2Cb.txt,line=2,endLine=2,col=1,endColumn=5,title=contradicted::"
        "Nine people: the source says “Four people” (sentence 2)\n"
    )


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (4, (3, 1)), (6, (3, 3))],
)
def test_lines_and_columns_count_from_one(offset: int, position: tuple[int, int]) -> None:
    assert Position.of("ab\n\ncd", offset) == Position(*position)


HOSTILE = "\x1b[31m<b>*x*|\u202e"


@pytest.mark.parametrize(
    "render", [render_markdown, render_html, lambda v: plain(render_summary(v))]
)
def test_no_format_prints_control_characters(render: Callable[[View], str]) -> None:
    item = Item("quote", HOSTILE, "✓", "exact", speaker=HOSTILE, what=HOSTILE)
    withdrawal = Withdrawal("claim", HOSTILE, (HOSTILE,), (HOSTILE, HOSTILE))
    view = View(HOSTILE, HOSTILE, Cost(HOSTILE, HOSTILE), sections_of([item]), (withdrawal,))
    shown = render(view)
    assert "x" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize(
    ("text", "evidence", "pieces"),
    [
        ("ab", [], [[("ab", "")]]),
        ("ab", [("c0", 0, 1)], [[("a", "c0"), ("b", "")]]),
        ("abc", [("c0", 0, 2), ("f0", 1, 3)], [[("a", "c0"), ("b", "c0 f0"), ("c", "f0")]]),
        ("abc", [("c0", 0, 2), ("c0", 1, 3)], [[("a", "c0"), ("b", "c0"), ("c", "c0")]]),
        ("a\n \nb", [("c0", 0, 5)], [[("a", "c0")], [("b", "c0")]]),
        ("a\n\n \n", [], [[("a", "")]]),
        ("", [], []),
    ],
)
def test_the_source_is_cut_where_evidence_begins_or_ends(
    text: str, evidence: list[tuple[str, int, int]], pieces: list[list[tuple[str, str]]]
) -> None:
    spans = [(item, Span.of(text, start, end)) for item, start, end in evidence]
    paragraphs = cut_paragraphs(text, spans)
    assert [[(p.text, " ".join(p.items)) for p in paragraph] for paragraph in paragraphs] == pieces
    assert all(text[p.start :].startswith(p.text) for paragraph in paragraphs for p in paragraph)


def test_a_summary_from_json_can_be_given_its_source() -> None:
    summary = Summary.model_validate_json('{"headline": "Mill", "model": "m"}')
    known = summary.with_source("It burned.")
    assert "It burned." in (known._repr_html_() or "")
    assert summary._repr_html_() is None
    assert known.model_dump_json() == summary.model_dump_json()
