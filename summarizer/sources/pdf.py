"""The text of a PDF, page after page (extra `pdf`)."""

from __future__ import annotations

import io
import logging
from itertools import accumulate
from typing import TYPE_CHECKING

from ..errors import InputError
from .document import Document, Origin, has_words
from .encoding import LONE_SURROGATE

if TYPE_CHECKING:
    from pypdf import PdfReader

INSTALL = "pip install 'grounded-summarizer[pdf]'"
_BETWEEN_PAGES = "\n\n"
_FAULTS_OF_BROKEN_FILES = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What pypdf raises, besides its own errors, on files that break the format."""


def read_pdf(data: bytes, name: str = "the PDF") -> Document:
    """Read the text of all pages; the origin records where each page starts.

    Args:
        data: The file.
        name: What error messages call it.

    Raises:
        InputError: It is not a PDF, is encrypted, contains no text, or the extra `pdf` is not
            installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise InputError(f"{name} is a PDF; to read it, run: {INSTALL}") from error
    try:
        reader = _open(data, name)
        pages = [(page.extract_text() or "").strip() for page in reader.pages]
        title, author = _metadata(reader)
    except InputError:
        raise
    except (pypdf.errors.PyPdfError, *_FAULTS_OF_BROKEN_FILES) as error:
        reason = str(error) or type(error).__name__
        raise InputError(f"{name} cannot be read as a PDF: {reason}.") from error
    text = _BETWEEN_PAGES.join(pages)
    if not has_words(text):
        raise InputError(
            f"{name} has {len(pages)} page(s) and no text in them: if it was scanned, run it"
            " through text recognition (OCR) first."
        )
    # Broken fonts produce lone surrogates. Each is replaced by one character: offsets are kept.
    text = LONE_SURROGATE.sub("\ufffd", text)
    return Document(text, Origin(title=title, author=author, page_starts=_page_starts(pages)))


def _open(data: bytes, name: str) -> PdfReader:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every flaw it can repair
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{name} is encrypted: save it without its password first.")
    return reader


def _metadata(reader: PdfReader) -> tuple[str | None, str | None]:
    """Title and author."""
    metadata = reader.metadata
    return (metadata.title, metadata.author) if metadata else (None, None)


def _page_starts(pages: list[str]) -> tuple[int, ...]:
    """The offset of each page in the joined text.

    >>> _page_starts(["ab", "", "c"])
    (0, 4, 6)
    """
    lengths = (len(page) + len(_BETWEEN_PAGES) for page in pages[:-1])
    return tuple(accumulate(lengths, initial=0))
