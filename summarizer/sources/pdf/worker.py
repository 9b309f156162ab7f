"""A process of its own that reads the words of a PDF, so that no file can harm who asks for it.

It is started by path, with the PDF on standard input, and imports nothing of this package. The parser
is native code: what makes it crash, run without end or fill the memory ends this process alone.
Arguments: the folder of pypdfium2, and the limits in bytes of memory, seconds, and characters.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

Box = tuple[float, float, float, float]

_HYPHEN_CODE = 0x02  # what the parser reports for a hyphen at the end of a line
_HYPHEN = "\u00ad"
_UNKNOWN = "\x00"
_WORD = re.compile(r"(\s*)([^\s\u00ad]+\u00ad?|\u00ad)")
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_LOW_SURROGATES = range(0xDC00, 0xE000)


class TooLongError(Exception):
    """The text has more characters than the limit."""


def set_limits(memory: int, seconds: int) -> None:
    """Limit this process, where the system can: also if whoever started it is gone."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):
            continue


def read(data: bytes, most: int) -> dict[str, Any]:
    """The words of all pages, with their boxes; or what is wrong with the file.

    Each word is [text, left, bottom, right, top, whether a line begins with it].
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        return {"error": "encrypted" if encrypted else str(error)}
    metadata = document.get_metadata_dict()
    pages: list[dict[str, Any]] = []
    try:
        for page in document:
            words = _words(page, most)
            most -= sum(len(word[0]) for word in words)
            pages.append({"height": page.get_height(), "words": words})
            page.close()
    except pypdfium2.PdfiumError as error:
        return {"error": f"page {len(pages) + 1}: {error}"}
    except TooLongError:
        return {"error": "long"}
    return {"pages": pages, "title": metadata.get("Title"), "author": metadata.get("Author")}


def _words(page: Any, most: int) -> list[list[Any]]:
    """The words of a page that lie inside it, placed as the page is shown."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    if text_page.count_chars() > most:
        raise TooLongError
    text = _text(text_page)
    frame, rotation = page.get_cropbox(), page.get_rotation()
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    words: list[list[Any]] = []
    begins = True
    for match in _WORD.finditer(text):
        space, word = match.groups()
        pdfium.FPDFText_GetLooseCharBox(text_page, match.start(2), first)
        pdfium.FPDFText_GetLooseCharBox(text_page, match.end() - 1, last)
        place = _place(frame, rotation, first, last)
        begins = begins or "\n" in space or "\r" in space
        if place is not None:
            words.append([word.replace(_UNKNOWN, ""), *place, begins])
            begins = word[-1] == _HYPHEN
    text_page.close()
    return words


def _text(text_page: Any) -> str:
    """The text of a page, one character for each that has a place."""
    import pypdfium2.raw as pdfium

    count = text_page.count_chars()
    text: str = text_page.get_text_range()
    if len(text) != count:  # some have no meaning, or are outside the basic plane
        codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
        text = "".join(map(_character, codes, [*codes[1:], 0]))
    return text.replace("\ufffe", _HYPHEN)


def _character(code: int, following: int) -> str:
    """One character for a code of the parser; the second half of a pair is unknown."""
    if code in _HIGH_SURROGATES and following in _LOW_SURROGATES:
        return chr(0x10000 + ((code & 0x3FF) << 10 | following & 0x3FF))
    if code == _HYPHEN_CODE:
        return _HYPHEN
    if code == 0 or code in _LOW_SURROGATES or code > sys.maxunicode:
        return _UNKNOWN
    return "\ufffd" if code in _HIGH_SURROGATES else chr(code)


def _place(frame: Box, rotation: int, first: Any, last: Any) -> Box | None:
    """Left, bottom, right and top of a word on the page as it is shown; None if it is outside."""
    x0, y0, x1, y1 = frame
    left, right = min(first.left, last.left) - x0, max(first.right, last.right) - x0
    bottom, top = min(first.bottom, last.bottom) - y0, max(first.top, last.top) - y0
    width, height = x1 - x0, y1 - y0
    if right < 0 or top < 0 or left > width or bottom > height:
        return None
    match rotation:
        case 90:
            place = bottom, width - right, top, width - left
        case 180:
            place = width - right, height - top, width - left, height - bottom
        case 270:
            place = height - top, left, height - bottom, right
        case _:
            place = left, bottom, right, top
    a, b, c, d = place
    return round(a, 1), round(b, 1), round(c, 1), round(d, 1)


def main() -> None:
    """Answer on standard output, as JSON."""
    folder, memory, seconds, most = sys.argv[1:]
    sys.path.append(folder)
    set_limits(int(memory), int(seconds))
    try:
        answer = read(sys.stdin.buffer.read(), int(most))
    except MemoryError:
        answer = {"error": "memory"}
    json.dump(answer, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
