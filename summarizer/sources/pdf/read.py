"""Read a PDF: ask a process of its own for the words, and put them into reading order."""

from __future__ import annotations

from ...errors import InputError
from ..bounded import Limits
from ..document import Document, Origin, has_words
from ..encoding import LONE_SURROGATE
from .layout import page_lines
from .process import ask_worker
from .running import without_running_lines
from .text import join_lines

_LIMITS = Limits()
INSTALL = "pip install 'grounded-summarizer[pdf]'"


def read_pdf(data: bytes, name: str = "the PDF", *, limits: Limits = _LIMITS) -> Document:
    """Read the text of all pages; the origin records where each page starts.

    Columns are read one after the other, a table row by row with tabs between its cells. Words that
    are divided at the end of a line are joined. Headers, footers and page numbers that run through
    the pages are left out.

    Args:
        data: The file.
        name: What error messages call it.
        limits: The time, memory and length that are allowed.

    Raises:
        InputError: It is not a PDF, is encrypted, contains no text, exceeds a limit, or the extra
            `pdf` is not installed.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise InputError(f"{name} is a PDF; to read it, run: {INSTALL}") from error
    answer = ask_worker(data, name, limits, pypdfium2)
    pages = without_running_lines(answer.pages)
    text, starts = join_lines([page_lines(page) for page in pages])
    if not has_words(text):
        raise InputError(
            f"{name} has {len(pages)} page(s) and no text in them: if it was scanned, run it"
            " through text recognition (OCR) first."
        )
    # Broken fonts produce lone surrogates. Each is replaced by one character: offsets are kept.
    text = LONE_SURROGATE.sub("\ufffd", text)
    return Document(text, Origin(title=answer.title, author=answer.author, page_starts=starts))
