"""The text of PDFs: what is read, in which order, and what a broken or hostile file does."""

from __future__ import annotations

import contextlib
import os
import random
import zlib
from pathlib import Path

import pytest

from summarizer import Article, InputError
from summarizer.sources import bounded
from summarizer.sources.bounded import Limits
from summarizer.sources.pdf import process, read_pdf
from summarizer.sources.pdf.layout import Line, Page, Word, page_lines, split_segments
from summarizer.sources.pdf.text import join_lines
from tests.support.encrypted import AES_256, AES_256_WITH_PASSWORD
from tests.support.pages import mutated, pdf, pdf_of, placed_pdf

STORY = "Fire crews were called to the mill and the chief said that four people were hurt on Friday".split()


def test_a_pdf_knows_its_pages() -> None:
    article = Article.from_pdf(pdf("Four people were hurt.", "The mill employs 250 workers."))
    at = article.text.index("250")
    assert article.place(0) == "page 1, sentence 1"
    assert article.place(at) == "page 2, sentence 2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4 broken", "cannot be read"),
        (b"", "cannot be read"),
        (pdf(""), "no text in them"),
        (pdf_of([b"BT (Hurt) Tj ET"], stream="/Filter /Foreign"), "no text in them"),
        (AES_256_WITH_PASSWORD, "is encrypted: save it without its password"),
    ],
)
def test_a_pdf_without_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=f"^a.pdf .*{said}"):
        read_pdf(data, "a.pdf")


def test_encryption_that_needs_no_password_is_read() -> None:
    assert read_pdf(AES_256).text == "Four people were hurt."


# What is read.


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["It was an investi-", "gation."], "It was an investigation."),
        (["It was a well-", "known man."], "It was a well-known man."),
        (["It cost twenty-", "five pounds."], "It cost twenty-five pounds."),
        (["It is state-of-the-", "art work."], "It is state-of-the-art work."),
        (["It came by e-", "mail."], "It came by e-mail."),
        (["The post-", "Brexit deal for 2018-", "19."], "The post-Brexit deal for 2018-19."),
        (["He went – or ran -", "home."], "He went – or ran -\nhome."),
        (["The co-", "op and the co-op."], "The co-op and the co-op."),
        (["The offi\u00ad", "cer."], "The officer."),
        (["The end-", ""], "The end-"),
    ],
)
def test_divided_words(lines: list[str], text: str) -> None:
    placed = [Line(line, 100 - 12 * n, 110 - 12 * n, 0) for n, line in enumerate(lines)]
    assert join_lines([placed])[0] == text


def test_divided_words_of_a_pdf() -> None:
    text = read_pdf(pdf("The investi-\ngation found that it is a well-\nknown fact.")).text
    assert text == "The investigation found that it is a well-known fact."


def test_ligatures_are_letters() -> None:
    ligatures = (
        b"/Encoding << /Type /Encoding /Differences [1 /fi /fl] >>"  # as typesetters embed them
    )
    data = pdf_of([b"BT /F1 12 Tf 50 700 Td (The \001nal con\002ict.) Tj ET"])
    data = data.replace(b"/BaseFont /Helvetica", b"/BaseFont /Helvetica " + ligatures)
    assert read_pdf(data).text == "The final conflict."


def column(x: float, top: float, text: list[str], words: int = 5) -> list[tuple[float, float, str]]:
    lines = [" ".join(text[at : at + words]) for at in range(0, len(text), words)]
    return [(x, top - 12 * n, line) for n, line in enumerate(lines)]


LEFT = STORY + "and later the mill employs many workers again".split()
RIGHT = "Owner Bob Hall said it would be rebuilt in two years while police look for a cause".split()


@pytest.mark.parametrize("by_row", [False, True])
@pytest.mark.parametrize("lower", [0, 5])
@pytest.mark.parametrize("title", ["", "The old mill that burned in Kent and all of its people, by Ann Writer of The Kent Paper today"])  # fmt: skip
def test_columns_are_read_one_after_the_other(by_row: bool, lower: int, title: str) -> None:
    left, right = column(50, 700, LEFT), column(320, 700 - lower, RIGHT)
    placed = [item for both in zip(left, right, strict=False) for item in both]
    placed = [*placed, *left[len(right) :]] if by_row else left + right
    text = read_pdf(placed_pdf([(50, 720, title), *placed])).text
    assert text.split() == [*title.split(), *LEFT, *RIGHT]


def test_three_columns() -> None:
    placed = column(40, 700, LEFT, 4) + column(240, 700, RIGHT, 4) + column(430, 700, STORY, 4)
    placed.sort(key=lambda item: -item[1])
    assert read_pdf(placed_pdf(placed)).text.split() == [*LEFT, *RIGHT, *STORY]


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Borough", "2023", "2024"), ("Kent", "1,204", "1,310"), ("Essex and Suffolk", "980", "1,002"), ("Surrey", "77", "64")]  # fmt: skip
    by_column = [(60 + 150 * c, 700 - 14 * r, rows[r][c]) for c in range(3) for r in range(4)]
    for placed in (by_column, sorted(by_column, key=lambda item: -item[1])):
        text = read_pdf(placed_pdf(placed)).text
        assert text == "\n\n".join("\t".join(row) for row in rows)


RUNNING = [(50.0, 760.0, "The Kent Quarterly Review"), (500.0, 760.0, "March 2024")]


def test_running_headers_and_footers_are_left_out() -> None:
    pages = [
        [*RUNNING, *column(50, 600, STORY), (300.0, 30.0, f"Page {n} of 3"), (50.0, 30.0, str(n))]
        for n in (1, 2, 3)
    ]
    assert read_pdf(placed_pdf(*pages)).text.split() == STORY * 3


def test_what_only_looks_like_a_running_line_stays() -> None:
    pages = [
        [(50.0, 760.0, f"Results of {year}"), *column(50, 600, STORY), (50.0, 30.0 + n, note)]
        for n, (year, note) in enumerate([(2019, "It rose."), (2024, "It fell.")])
    ]
    text = read_pdf(placed_pdf(*pages)).text
    for part in ("Results of 2019", "Results of 2024", "It rose.", "It fell."):
        assert part in text
    alike = [[(50.0, 760.0, "It burned.")], [(50.0, 760.0, "It burned.")]]
    assert read_pdf(placed_pdf(*alike)).text == "It burned.\n\nIt burned."


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    pages = [[*RUNNING, *column(50, 600, STORY[:9])], [*RUNNING, *column(50, 600, STORY[9:])]]
    article = Article.from_pdf(placed_pdf(*pages))
    assert [s.text.split() for s in article.sentences] == [STORY]
    assert article.place(article.text.index("that four")).startswith("page 2")


def test_paragraphs_and_headings_are_apart() -> None:
    placed = [(50.0, 700.0, "The mill"), (50.0, 670.0, "It burned on Friday. Four"), (50.0, 658.0, "people were hurt."), (50.0, 630.0, "It was old.")]  # fmt: skip
    text = read_pdf(placed_pdf(placed)).text
    assert text == "The mill\n\nIt burned on Friday. Four\npeople were hurt.\n\nIt was old."


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [
        (0, "1 0 0 1 100 {}"),
        (90, "0 1 -1 0 {} 100"),
        (180, "-1 0 0 -1 500 {}"),
        (270, "0 -1 1 0 {} 700"),
    ],
)
def test_a_turned_page_is_read_as_it_is_shown(rotate: int, matrix: str) -> None:
    down = {0: (500, 480), 90: (100, 120), 180: (300, 320), 270: (400, 380)}[rotate]
    lines = " ".join(
        f"{matrix.format(at)} Tm ({text}) Tj"
        for at, text in zip(down, ("It burned on", "a Friday."), strict=True)
    )
    data = pdf_of([f"BT /F1 12 Tf {lines} ET".encode()], more=f"/Rotate {rotate}")
    assert read_pdf(data).text == "It burned on\na Friday."


def test_what_lies_outside_the_page_is_not_read() -> None:
    data = placed_pdf([(50, 700, "It burned."), (50, 900, "HIDDEN"), (-300, 700, "HIDDEN")])
    assert read_pdf(data).text == "It burned."


def test_a_page_that_is_a_drawing_keeps_its_order() -> None:
    words = [Word(str(n), 5.0 * (n % 100), 3.0 * (n % 7), 1.0, 2.0, True) for n in range(20_001)]
    assert [line.text for line in page_lines(Page(800, split_segments(words)))] == [
        w.text for w in words
    ]


# What breaks.


def test_a_pdf_that_unfolds_without_end_is_stopped_in_time() -> None:
    """Forms in forms, ten at each of nine levels."""
    limits = Limits(max_seconds=0.5)
    with pytest.raises(InputError, match=r"^bomb.pdf .* limit of 0.5 seconds"):
        read_pdf(forms_in_forms(9), "bomb.pdf", limits=limits)


def forms_in_forms(levels: int) -> bytes:
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {1} /Resources << /XObject << /X {0} 0 R >> >> >>"
    content = b"/X Do " * 10
    objects = [
        b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n"
        % (number, form.format(number + 1, len(content)).encode(), content)
        for number in range(50, 50 + levels)
    ]
    data = pdf_of([content], more="/Resources << /XObject << /X 50 0 R >> >>")
    data = data.replace(b"/Resources << /Font << /F1 3 0 R >> >>", b"")
    return data.replace(b"xref\n", b"".join(objects) + b"xref\n", 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of memory for a process")
def test_a_pdf_that_swells_is_stopped() -> None:
    """A stream of 64 kilobytes that unpacks to 64 megabytes."""
    data = pdf_of([zlib.compress(bytes(64 << 20), 9)], stream="/Filter /FlateDecode")
    limits = Limits(max_memory=120 << 20)
    with pytest.raises(InputError, match=r"^bomb.pdf .*memory"):
        read_pdf(data, "bomb.pdf", limits=limits)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a.pdf has more than the limit of 1,000 characters"):
        read_pdf(pdf("It burned. " * 200), "a.pdf", limits=Limits(max_characters=1000))


def test_a_parser_that_crashes_harms_only_its_own_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crash = tmp_path / "crash.py"
    crash.write_text("import os; os.abort()")
    monkeypatch.setattr(process.worker, "__file__", str(crash))
    with pytest.raises(InputError, match=r"^a.pdf cannot be read as a PDF: the parser failed"):
        read_pdf(pdf("It burned."), "a.pdf")


def test_without_an_interpreter_to_start_a_pdf_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded.sys, "executable", "")
    assert read_pdf(pdf("It burned.")).text == "It burned."
    with pytest.raises(InputError, match="cannot be read as a PDF"):
        read_pdf(b"%PDF-")


@pytest.mark.parametrize("seed", range(4))
def test_mutated_pdfs_are_text_or_refused(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded.sys, "executable", "")  # without a process each: a hundred a second
    chance = random.Random(seed)
    whole = [
        pdf("Four people were hurt.", "It burned."),
        AES_256,
        placed_pdf(column(50, 700, LEFT)),
    ]
    read = 0
    for _ in range(100):
        with contextlib.suppress(InputError):
            read += bool(read_pdf(mutated(chance.choice(whole), chance), "a.pdf").text)
    assert 0 < read < 100
