"""The article in a web page, without menus, adverts and footers (extra `web`)."""

from __future__ import annotations

import re

from ..errors import InputError
from .document import Document, Origin, has_words

INSTALL = "pip install 'grounded-summarizer[web]'"
_BLOCK_END = re.compile(r"\n+")


def read_html(html: str | bytes, name: str = "the page", url: str | None = None) -> Document:
    """Read the main text of a page, with its title, author and date.

    Args:
        html: The page.
        name: What error messages call it.
        url: The address it comes from.

    Raises:
        InputError: It contains no article, or the extra `web` is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise InputError(f"{name} is an HTML page; to read it, run: {INSTALL}") from error
    page = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=True
    )
    # Each line is a heading or a paragraph, and no sentence continues in the next one.
    text = _BLOCK_END.sub("\n\n", getattr(page, "text", None) or "").strip()
    if not has_words(text):
        raise InputError(
            f"{name}: no article text in this page (it may need scripts or a login to show it)."
        )
    assert page is not None
    origin = Origin(
        title=getattr(page, "title", None),
        author=getattr(page, "author", None),
        date=getattr(page, "date", None),
        url=url or getattr(page, "url", None),
    )
    return Document(text, origin)
