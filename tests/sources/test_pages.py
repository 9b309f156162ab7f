"""The text of web pages: what a reader sees, as it is meant, whatever the markup."""

from __future__ import annotations

import random

import pytest

from summarizer import Article, InputError
from summarizer.sources import bounded
from summarizer.sources.bounded import Limits
from summarizer.sources.web_page import read_html
from tests.support.pages import PAGE, mutated

STORY = (
    "<p>Fire crews were called to the old mill in Kent on Friday. Chief Ann Lee said that 12 engines"
    " fought the blaze for six hours.</p>"
)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Mill</title>{head}</head><body><article>{STORY}{body}</article></body></html>"


def read(body: str, head: str = "") -> str:
    """The text of a page after its first paragraph."""
    text = read_html(page(body, head)).text
    assert text.startswith("Fire crews")
    return text.partition("six hours.")[2].strip()


def test_html_gives_the_article_and_where_it_comes_from() -> None:
    article = Article.from_html(PAGE, "https://example.org/mill")
    assert "12 engines fought the blaze" in article.text
    assert "Fleet Street" not in article.text
    assert "alert" not in article.text
    assert article.sentences[0].text == "Mill burns in Kent"
    assert article.sentences[1].text == "Fire crews were called to the old mill in Kent on Friday."
    origin = article.origin
    assert (origin.title, origin.author) == ("Mill burns in Kent", "Ann Writer")
    assert origin.date == "2024-03-05"
    assert origin.url == "https://example.org/mill"


@pytest.mark.parametrize(
    "html", ["<html></html>", "<!doctype html><script>go()</script>", b"", "x"]
)
def test_a_page_without_an_article_is_refused(html: str | bytes) -> None:
    with pytest.raises(InputError, match="^a.html: no article text"):
        read_html(html, "a.html")


RAISED = [
    # The marks of footnotes.
    ("It had 84,000<sup>1</sup> people.", "It had 84,000 people."),
    ("It had 84,000<sup>[2]</sup> people.", "It had 84,000 people."),
    (
        "It had 84,000<sup>a</sup> people, 5%<sup>*</sup> of all.",
        "It had 84,000 people, 5% of all.",
    ),
    ("It burned.<sup>3,4</sup> It fell.", "It burned. It fell."),
    ("Ann Lee<sup>1–3</sup> said so.", "Ann Lee said so."),
    ('It had 10<sup><a href="#note6">6</a></sup> people.', "It had 10 people."),
    ('It had 10<sup class="footnote">6</sup> people.', "It had 10 people."),
    ('It had 10<a href="#n"><sup>6</sup></a> people.', "It had 10 people."),
    ("In 2019<sup>2</sup> it burned.", "In 2019 it burned."),
    # Exponents and what else is raised.
    ("It had 10<sup>6</sup> bees.", "It had 10^6 bees."),
    ("It had 3.2 × 10<sup>5</sup> bees.", "It had 3.2 × 10^5 bees."),
    ("It weighs 10<sup>−3</sup> g.", "It weighs 10^-3 g."),
    ("It has 5 km<sup>2</sup> of land.", "It has 5 km² of land."),
    ("It runs at 5 m s<sup>-2</sup> now.", "It runs at 5 m s⁻² now."),
    ("Let x<sup>2</sup> or x<sup>n</sup> be.", "Let x² or x^n be."),
    ("It has <sup>14</sup>C and Ca<sup>2+</sup> in it.", "It has ¹⁴C and Ca²⁺ in it."),
    ("It came 5<sup>th</sup> of CO<sub>2</sub> plants.", "It came 5th of CO2 plants."),
    ("The Mill<sup>TM</sup> burned.", "The MillTM burned."),
    (
        'It is <sup class="note">text that somebody raised as a whole</sup> here.',
        "It is text that somebody raised as a whole here.",
    ),
]


@pytest.mark.parametrize(("html", "text"), RAISED)
def test_raised_text(html: str, text: str) -> None:
    assert read(f"<p>{html}</p>") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("It cost <del>5</del> <ins>6</ins> pounds.", "It cost 6 pounds."),
        ("It cost <s>5</s> 6 and <strike>7</strike> 8.", "It cost 6 and 8."),
        ("The mill in Kent<br>burned down<br/>on Friday.", "The mill in Kent\nburned down\non Friday."),
        ("The mill burned.<br><br>It was old.", "The mill burned.\n\nIt was old."),
        ("It was <q>a <b>mill</b></q> that burned.", "It was “a mill” that burned."),
        ("A <b>bold</b><i>er</i> mill<!-- secret --> burned.", "A bolder mill burned."),
    ],
)  # fmt: skip
def test_markup_inside_a_paragraph(html: str, text: str) -> None:
    assert read(f"<p>{html}</p>") == text


def test_a_line_break_divides_no_sentence() -> None:
    article = Article.from_html(page("<p>The mill in Kent<br>burned down. It<br>was old.</p>"))
    assert [s.text for s in article.sentences[-2:]] == ["The mill in Kent\nburned down.", "It\nwas old."]  # fmt: skip


HIDDEN = [
    "hidden", 'hidden=""', 'style="display:none"', 'style="color: red; DISPLAY : none !important;"', 'style="visibility: hidden"', 'style="font-size:0"',
    'style="font-size: 0px"', 'style="position:absolute; left:-9999px"', 'style="text-indent: -9999px"', 'style="clip: rect(0, 0, 0, 0)"',
    'style="display:/* x */none"', 'class="a sr-only"', 'class="screen-reader-text"', 'class="gone"', 'id="away"', 'class="tall"', 'style="font-size:00.00em"',
]  # fmt: skip
SHEET = "<style>/* x */ .shown{color:red} .Gone, #away { display: none } .wide, .tall { display: none } @media screen { .wide { display: block } } @media print { .shown { display: none } } body{visibility:hidden}</style>"


@pytest.mark.parametrize("attribute", HIDDEN)
def test_hidden_text_is_not_read(attribute: str) -> None:
    secret = "Nine hundred people died in the fire at the mill, officials said today."
    body = f"<p {attribute}>{secret}</p><div {attribute}><p>{secret}</p></div>"
    assert read(f"{body}<p>It was <span {attribute}>not </span>old.</p>", SHEET) == "It was old."


@pytest.mark.parametrize(
    "attribute",
    ['hidden="until-found"', 'style="font-size:0.9em"', 'style="left:-1px"', 'style="display:block"', 'class="shown"', 'class="wide"', 'class="tall md:block"', 'id="mill"', 'style="font-size:10px"'],
)  # fmt: skip
def test_shown_text_is_read(attribute: str) -> None:
    assert read(f"<p {attribute}>The mill was old.</p>", SHEET) == "The mill was old."


def test_many_attributes_do_not_show_what_is_hidden() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(600))
    secret = "Nine hundred people died in the fire at the mill, officials said today."
    assert read(f"<p {attributes} hidden>{secret}</p><p>It was old.</p>") == "It was old."


HOSTILE_STYLES = {
    "at": "@" * 200_000 + "{", "comments": "/*" * 100_000 + "{", "zeros": ".a{font-size:" + "0" * 200_000 + "x}", "blocks": "@a{x{y}" * 30_000,
    "braces": "{" * 200_000, "selectors": "." * 200_000 + "{display:none}",
}  # fmt: skip


@pytest.mark.parametrize("sheet", HOSTILE_STYLES.values(), ids=HOSTILE_STYLES)
def test_a_style_sheet_is_read_in_linear_time(sheet: str) -> None:
    assert read("<p>It was old.</p>", f"<style>{sheet}</style>") == "It was old."


@pytest.mark.parametrize("tag", ["template", "noscript", "dialog", "datalist", "noframes"])
def test_elements_that_are_never_shown(tag: str) -> None:
    secret = "Nine hundred people died in the fire at the mill, officials said today."
    assert read(f"<{tag}><p>{secret}</p></{tag}><p>It was old.</p>") == "It was old."


# What breaks.


def test_markup_that_breaks_the_parser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    with pytest.raises(InputError, match="^a.html cannot be read as a web page"):
        read_html(PAGE, "a.html")


MANY = {
    "tags": page("<b></b>" * 21_000),
    "attributes": page("<p " + " ".join(f"a{n}=1" for n in range(600)) + ">It was old.</p>"),
    "quoted": page("<p title='>' " + " ".join(f"a{n}" for n in range(600)) + ">It was old.</p>"),
    "bytes": page(f"<!-- {' ' * 2_000_000} -->"),
}


@pytest.mark.parametrize("html", MANY.values(), ids=MANY)
def test_a_page_with_very_much_markup_is_read_within_limits(html: str) -> None:
    with pytest.raises(InputError, match=r"^a.html was not read .* limit of 0.01 seconds"):
        read_html(html, "a.html", limits=Limits(max_seconds=0.01))


def test_a_page_with_very_much_markup_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_html(MANY["quoted"], "a.html", "https://example.org/mill")
    assert document.text.startswith("Fire crews")
    assert (document.origin.title, document.origin.url) == ("Mill", "https://example.org/mill")
    monkeypatch.setattr(bounded.sys, "executable", "")
    assert read_html(MANY["quoted"], "a.html", "https://example.org/mill") == document


def test_an_ordinary_page_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(bounded.subprocess, "run", fail)
    path = " ".join(f"L{n} {n}" for n in range(5000))  # one attribute, however long
    assert "was old" in read_html(page(f'<svg><path d="{path}"/></svg><p>It was old.</p>')).text


@pytest.mark.parametrize("depth", [300, 4000])
def test_deep_nesting_is_text_or_refused(depth: int) -> None:
    try:
        assert "Fire crews" in read_html(page("<div><b>" * (depth // 2) + "It was old."), "a").text
    except InputError as error:
        assert str(error).startswith("a")  # noqa: PT017


PIECES = [
    b"<table>", b"<tr><td>", b"</p>", b"<br>", b"<sup>", b"</sup>", b"<select>", b"<svg>", b"<math>", b"<head>", b"</body>", b"</html>", b"<!--", b"-->",
    b"<![CDATA[", b"<frameset>", b"<?xml ?>", b"&#x0;", b"&#55296;", b"<a href='", b"<q>", b"<li>", b"<div hidden>", b"<style>", b"<iframe>", b"<del>",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_mutated_pages_are_text_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    whole = [PAGE, page("".join(f"<p>{html}</p>" for html, _ in RAISED)), page("<p hidden>x</p>")]
    read = 0
    for _ in range(10):
        data = mutated(chance.choice(whole).encode(), chance, PIECES)
        try:
            read += bool(read_html(data, "a.html").text)
        except InputError as error:
            assert str(error).startswith("a.html")  # noqa: PT017
    assert read
