"""What a Summary shows of itself, apart from the browser."""

from __future__ import annotations

import pytest

from summarizer import Article, InputError, Summary, crosscheck
from summarizer.report.checked import as_summary
from summarizer.report.html import render_html
from tests.pipeline.test_pipeline import ask
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import ScriptedServer, answer


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


def test_a_checked_text_is_shown_sentence_by_sentence() -> None:
    text, source = (
        Article("It burned. Nine people were hurt."),
        Article("It burned. Four people were hurt."),
    )
    page = as_summary(crosscheck(text, source), text, "mine.txt")
    assert [bool(c.problems) for c in page.claims] == [False, True]
    assert "contradicted" in render_html(page, source)


def test_pages_are_named_in_every_report() -> None:
    from summarizer.report.markdown import render_markdown
    from summarizer.sources import Origin

    source = Article("It burned.\n\nFour people were hurt.", Origin(page_starts=(0, 12)))
    text = Article("Four people were hurt.")
    page = as_summary(crosscheck(text, source), text, "mine.txt")
    assert "page 2, sentence 2" in render_html(page, source)
    assert "page 2, sentence 2" in render_markdown(page, source)
