"""The article in a web page, without what stands around it (extra `web`)."""

from __future__ import annotations

import re

from ..article import Article, Origin
from ..errors import InputError

INSTALL = "pip install 'grounded-summarizer[web]'"
_BLOCK_END = re.compile(r"\n+")


def read_html(html: str | bytes, name: str = "the page", url: str | None = None) -> Article:
    """The main text of a page, with its title, author and date.

    Args:
        html: The page.
        name: What to call it in errors.
        url: Where it comes from.

    Raises:
        InputError: There is no article in it, or the extra `web` is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise InputError(f"{name} is HTML; reading it needs more: {INSTALL}") from error
    found = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=True
    )
    # Each line is a block of the page, a heading or a paragraph: no sentence goes on in the next.
    text = _BLOCK_END.sub("\n\n", getattr(found, "text", None) or "").strip()
    if not any(map(str.isalnum, text)):
        raise InputError(
            f"{name}: no article text in this page (it may be made by scripts, or ask for a login)."
        )
    assert found is not None
    origin = Origin(
        title=getattr(found, "title", None),
        author=getattr(found, "author", None),
        date=getattr(found, "date", None),
        url=url or getattr(found, "url", None),
    )
    return Article(text, origin)
