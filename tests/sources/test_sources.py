"""Articles from HTML, addresses, PDF and files in any encoding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer import Article, InputError
from summarizer.sources.encoding import decode
from tests.support.pages import PAGE, pdf


def test_what_a_file_is_is_seen_by_its_first_bytes(tmp_path: Path) -> None:
    for name, data, part in (
        ("a.txt", PAGE.encode(), "12 engines"),
        ("b.html", pdf("Four people were hurt."), "Four people"),
        ("c.pdf", b"It burned < html.", "It burned < html."),
    ):
        (tmp_path / name).write_bytes(data)
        assert part in Article.from_file(tmp_path / name).text
    with pytest.raises(InputError, match="No such file"):
        Article.from_file(tmp_path / "none")


ENCODED = (
    "Der Bürgermeister von Köln sagte, die Brücke koste 12 Millionen Euro; „größer“ geht es nicht. "
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "iso-8859-1", "mac-roman"]
)
def test_encodings_are_made_out(encoding: str) -> None:
    text = (
        ENCODED * 5 if encoding != "iso-8859-1" else ENCODED.replace("„", '"').replace("“", '"') * 5
    )
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert "Köln sagte, die Brücke" in decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x00", b"\xff\xfea", bytes(range(128, 256)) * 3 + b"\x00"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data, "a.txt")


def test_line_endings_stay() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "a") == "one\r\ntwo\rthree\n"


def test_missing_extras_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real: Any = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name in ("trafilatura", "pypdfium2"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"grounded-summarizer\[web\]"):
        Article.from_html(PAGE)
    with pytest.raises(InputError, match=r"grounded-summarizer\[pdf\]"):
        Article.from_pdf(b"%PDF-")
