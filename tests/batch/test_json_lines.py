"""JSON lines as they come from Windows and Unix, with lines that are not."""

from __future__ import annotations

import codecs
import io

import pytest

from summarizer.batch import json_lines
from summarizer.batch.json_lines import count_lines, read_lines

ROWS = '{"id": "a", "text": "It burned, ਊĊ."}\n{"id": "b", "text": "Café"}\n\n{"text": "üÿ 😀"}'
READ = [("a", "It burned, ਊĊ."), ("b", "Café"), ("in:4", "üÿ 😀")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_any_encoding_is_read(mark: bytes, encoding: str, end: str, last: str) -> None:
    data = mark + (ROWS + last).replace("\n", end).encode(encoding)
    items = list(read_lines(io.BytesIO(data), "in"))
    assert [(i.id, i.text) for i in items] == READ
    assert not any(i.error for i in items)
    assert count_lines(io.BytesIO(data)) == 3


def test_marks_between_files_that_were_put_together() -> None:
    one = codecs.BOM_UTF8 + b'{"text": "It burned."}\n'
    assert [i.error for i in read_lines(io.BytesIO(one + one), "in")] == [None, None]


GOOD = '{"text": "It burned."}'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no JSON", "in:2: not JSON"),
        ("[]", 'in:2: this line has no "text"'),
        ('{"text": 5}', 'in:2: this line has no "text"'),
        ('{"id": "x"}', 'in:2: this line has no "text"'),
        ('{"text": "It b', "in:2: not JSON"),
        ("[" * 200_000, "in:2: not JSON"),
        ('{"n": ' + "9" * 5_000 + "}", "in:2: not JSON"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_line_that_is_no_article_is_an_error_of_its_own(
    line: str, said: str, encoding: str
) -> None:
    data = "\ufeff".encode(encoding) + f"{GOOD}\n{line}\n{GOOD}\n".encode(encoding)
    one, bad, two = read_lines(io.BytesIO(data), "in")
    assert (one.error, two.error, bad.text) == (None, None, "")
    assert str(bad.error).startswith(said)


def test_half_a_character_at_the_end_is_an_error_of_its_line() -> None:
    data = "\ufeff".encode("utf-16-le") + f"{GOOD}\n{GOOD}".encode("utf-16-le")
    one, two = read_lines(io.BytesIO(data[:-1]), "in")
    assert (one.error, str(two.error)[:26]) == (None, "in:2 is not text in UTF-16")


def test_a_line_that_is_too_long_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 64)
    long = '{"text": "' + "It burned. " * 20 + '"}'
    for encoding in ("utf-8", "utf-16-le"):
        data = f'\ufeff{GOOD[:10]}1"}}\n{long}\n{GOOD[:10]}2"}}'.encode(encoding)
        one, bad, two = read_lines(io.BytesIO(data), "in")
        assert (one.text, two.text, two.id) == ("1", "2", "in:3")
        assert "longer than" in str(bad.error)
