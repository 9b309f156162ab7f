"""The text of a PDF, page after page (extra `pdf`)."""

from __future__ import annotations

import io
import logging

from ..article import Article, Origin
from ..errors import InputError
from .text import LONE_SURROGATE

INSTALL = "pip install 'grounded-summarizer[pdf]'"
_BETWEEN_PAGES = "\n\n"


def read_pdf(data: bytes, name: str = "the PDF") -> Article:
    """The text of all pages; the article knows where each page starts.

    Args:
        data: The file.
        name: What to call it in errors.

    Raises:
        InputError: It is no PDF, is encrypted, has no text, or the extra `pdf` is not installed.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise InputError(f"{name} is a PDF; reading it needs more: {INSTALL}") from error
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every flaw that it can mend
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is encrypted: save it without its password first.")
        pages = [(page.extract_text() or "").strip() for page in reader.pages]
        about = reader.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except InputError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{name} cannot be read as a PDF: {error or type(error).__name__}."
        ) from error
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + len(_BETWEEN_PAGES)
    text = _BETWEEN_PAGES.join(pages)
    if not any(map(str.isalnum, text)):
        raise InputError(
            f"{name} has {len(pages)} page(s) and no text in them: if it was scanned, run it through"
            " a text recognition first."
        )
    text = LONE_SURROGATE.sub("\ufffd", text)  # broken fonts give them; the offsets stay
    return Article(text, Origin(title=title, author=author, page_starts=tuple(starts)))
