"""The page opens from disk without network, highlights both ways, and never runs what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from summarizer import Summary, summarize
from summarizer.models import resolve_model
from tests.support.drafts import ARTICLE, GOOD, with_bad_claim
from tests.support.server import ScriptedServer, answer

from ..conftest import ROOT
from .conftest import find_chromium

HOSTILE = [
    "<script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "</style><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "<svg onload=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    "<iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    "<iframe src=javascript:parent.pwned=1></iframe>",
    "<a href=javascript:window.pwned=1 id=e0 autofocus onfocus=window.pwned=1>x</a>",
    "<body onload=window.pwned=1>",
    "<input autofocus onfocus=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>",
    "<video><source onerror=window.pwned=1></video>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=1>",
    "<meta http-equiv=refresh content='0;url=javascript:window.pwned=1'>",
    "<base href=http://127.0.0.1:1/>",
    "<link rel=stylesheet href=http://127.0.0.1:1/x.css>",
    "<style>* { display: none }</style>",
    "<object data=javascript:window.pwned=1></object>",
    "<embed src=javascript:window.pwned=1>",
    "<form action=http://127.0.0.1:1/><button autofocus>x",
    "--><!-- <script>window.pwned = 1</script> -->",
    "<![CDATA[<script>window.pwned = 1</script>]]>",
    "{{ 7 * 7 }}{% for x in y %}${window.pwned = 1}`",
    "\" onmouseover=\"window.pwned=1\" x=\"' onmouseover='window.pwned=1' x='",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;&#60;script&#62;",
    "<p></main></section></li></ul><h1>Owned",
    "\u202e<tpircs>\u2066 \x00\x1b[2J <scr\x00ipt>window.pwned=1</scr\x00ipt>",
]


@dataclass
class Visit:
    """A page with what it did: messages of the console, and requests beyond itself."""

    page: Any
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def lit(self, kind: str) -> list[str]:
        return self.page.eval_on_selector_all(  # type: ignore[no-any-return]
            f"{kind}.lit", "found => found.map(e => e.textContent.trim())"
        )


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Any]:
    pages = []

    def open_page(html: str, **options: Any) -> Visit:
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(**{"viewport": {"width": 1280, "height": 800}, **options})
        seen = Visit(page)
        page.on("console", lambda m: seen.messages.append(m.text))
        page.on("pageerror", lambda e: seen.messages.append(str(e)))
        page.on("request", lambda r: seen.requests.append(r.url))
        page.on("dialog", lambda d: (seen.messages.append("dialog"), d.dismiss()))
        page.goto(path.as_uri())
        pages.append(page)
        return seen

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def made(server: ScriptedServer) -> Summary:
    bad = with_bad_claim()
    model = resolve_model("m", base_url=server.will(answer(**bad)).base_url)
    long = (
        ARTICLE
        + "\n\n"
        + "\n\n".join(f"Nothing else of note happened on day {n}." for n in range(60))
    )
    return summarize(ARTICLE, model, on_problem="flag").with_source(long)


def test_it_opens_from_disk_with_nothing_from_outside(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html())
    assert seen.page.title() == GOOD["headline"]
    assert seen.messages == []
    assert len(seen.requests) == 1
    assert seen.page.locator("section#source").inner_text().count("Fire crews") == 1


def test_pointing_at_a_line_lights_up_its_evidence(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html())
    seen.page.hover("#f0")
    assert seen.lit("mark") == ["12 engines"]
    seen.page.mouse.move(1, 1)
    assert seen.lit("mark") == []


def test_pointing_at_evidence_lights_up_what_rests_on_it(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html())
    seen.page.hover("mark:text-is('12 engines')")
    assert any("12 engines" in text for text in seen.lit("li"))
    assert len(seen.lit("li")) >= 2  # the figure and the claim


def test_it_works_by_keyboard(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html())
    for _ in range(12):
        seen.page.keyboard.press("Tab")
        if seen.page.evaluate("document.activeElement.id") == "c0":
            break
    assert seen.lit("mark")
    seen.page.keyboard.press("Enter")  # to the evidence …
    assert seen.page.evaluate("document.activeElement.tagName") == "MARK"
    assert seen.lit("li")
    seen.page.keyboard.press("Enter")  # … and back
    assert seen.page.evaluate("document.activeElement.className").startswith("item")


def test_evidence_that_is_out_of_sight_is_scrolled_to(visit: Any, made: Summary) -> None:
    made.figures[0].evidence[:] = [
        made._source.span(len(made._source.text) - 8, len(made._source.text) - 1)
    ]  # type: ignore[union-attr]
    seen = visit(made.to_html())
    assert seen.page.evaluate("document.querySelector('#source').scrollTop") == 0
    seen.page.focus("#f0")
    for _ in range(100):  # the page's policy forbids wait_for_function
        seen.page.wait_for_timeout(100)
        if seen.page.evaluate("document.querySelector('#source').scrollTop") > 100:
            return
    raise AssertionError("the evidence was not scrolled to")


def test_verdicts_are_signs_and_words_with_their_reasons(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html())
    failed = seen.page.locator("li.item.failed")
    assert failed.count() == 1
    assert "✗" in failed.inner_text()
    assert "contradicted" in failed.inner_text()
    failed.locator("summary").click()
    assert "the source says “Four people”" in failed.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Any, made: Summary, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    seen = visit(made.to_html(), color_scheme=scheme, bypass_csp=True)
    found = axe.Axe().run(seen.page)
    assert found.violations_count == 0, found.generate_report()


def test_on_a_phone_nothing_is_cut_off(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html(), viewport={"width": 360, "height": 700})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert seen.page.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"


def test_in_print_everything_is_there(visit: Any, made: Summary) -> None:
    seen = visit(made.to_html())
    seen.page.emulate_media(media="print")
    height = "document.querySelector('#source').scrollHeight <= document.querySelector('#source').clientHeight"
    assert seen.page.evaluate(height)


def test_hostile_articles_and_answers_do_nothing(visit: Any, server: ScriptedServer) -> None:
    """All of them at once, in every place: article, headline, claims, speakers, figures, reasons."""
    parts = [
        f"Bob Hall {bad} said that 12 {bad} engines fought the blaze {bad} for six hours."
        for bad in HOSTILE
    ]
    text = ARTICLE + "\n\n" + "\n\n".join(parts) + "\n\n" + "\n".join(HOSTILE)
    model = resolve_model("m", base_url=server.will(answer(**GOOD)).base_url)
    summary = summarize(ARTICLE, model)
    from summarizer import Article, Claim, Figure, Quote, Rejected, Verdict

    article = Article(text)
    summary.headline = " ".join(HOSTILE)
    spans = [s.span for s in article.sentences]
    summary.claims += [Claim(text=bad, evidence=spans[n : n + 2]) for n, bad in enumerate(HOSTILE)]
    summary.quotes += [
        Quote(text=bad, speaker=bad, evidence=[spans[n]], verdict=Verdict.EXACT)
        for n, bad in enumerate(HOSTILE)
    ]
    summary.figures += [
        Figure(text=bad, value=1, unit=bad, what=bad, evidence=[spans[n]], verdict=Verdict.EXACT)
        for n, bad in enumerate(HOSTILE)
    ]
    summary.rejected = [
        Rejected(kind="claim", text=bad, reasons=[bad], attempts=[bad, bad]) for bad in HOSTILE
    ]
    summary.model = summary.prompt = HOSTILE[0]
    seen = visit(summary.to_html(article))
    for selector in ("#c6", "#q3", "mark >> nth=5"):
        seen.page.hover(selector)
    seen.page.wait_for_timeout(100)
    assert seen.page.evaluate("window.pwned") is None
    assert seen.messages == []
    assert len(seen.requests) == 1
    body = seen.page.locator("body")
    for tag in ("iframe", "img", "svg", "form", "input", "base", "object", "video", "math"):
        assert body.locator(tag).count() == 0
    assert seen.page.locator("script").count() == 1
    assert seen.page.locator("h1").count() == 1
    assert "<script>window.pwned = 1</script>" in body.inner_text()


def test_the_screenshots_of_the_docs_are_there() -> None:
    names = {p.name for p in (ROOT / "docs" / "images").glob("report-*.png")}
    assert names == {
        "report-desktop.png",
        "report-phone.png",
        "report-dark.png",
        "report-print.png",
    }


@pytest.mark.parametrize(
    ("on_path", "playwright_has_one", "found"),
    [
        ("chromium", True, "chromium"),
        ("google-chrome", False, "google-chrome"),
        (None, True, "own"),
        (None, False, None),
    ],
)
def test_an_installed_chromium_comes_before_playwrights_own(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    on_path: str | None,
    playwright_has_one: bool,
    found: str | None,
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == on_path else None)
    own = tmp_path / "own"
    if playwright_has_one:
        own.touch()
    path = find_chromium(str(own))
    assert (path and Path(path).name) == found
