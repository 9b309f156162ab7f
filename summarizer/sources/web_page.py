"""The article in a web page, without menus, adverts and footers (extra `web`)."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from ..errors import InputError
from .bounded import Limits, can_start, run
from .document import Document, Origin, has_words
from .markup import LINE_BREAK, prepare
from .pdf.worker import set_limits

INSTALL = "pip install 'grounded-summarizer[web]'"
_LIMITS = Limits(max_memory=2 << 30)
_BLOCK_END = re.compile(r"\n+")
_SINGLE_BREAK = re.compile(rf"[^\S\n]*{LINE_BREAK}\s*")
_TAG = re.compile(rb"""<[a-z](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""", re.IGNORECASE)
_QUOTED = re.compile(rb"""("[^"]*+"|'[^']*+')""")
_MANY_TAGS = 10_000
_MANY_ATTRIBUTES = 500
_MANY_BYTES = 2_000_000
_IN_A_PROCESS = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from summarizer.sources.web_page import answer; answer()"
)


def read_html(
    html: str | bytes, name: str = "the page", url: str | None = None, *, limits: Limits = _LIMITS
) -> Document:
    """Read the main text of a page, with its title, author and date.

    What the page does not show is not read, nor what it has struck out; the marks of footnotes are
    left out, and exponents written as 10^6 or km². The time that a page takes grows faster than its
    tags: one with very many is read in a process of its own, within limits.

    Args:
        html: The page.
        name: What error messages call it.
        url: The address it comes from.
        limits: The time and memory that are allowed for a page with very many tags.

    Raises:
        InputError: It contains no article, cannot be parsed, exceeds a limit, or the extra `web` is
            not installed.
    """
    try:
        import trafilatura  # noqa: F401
    except ImportError as error:
        raise InputError(f"{name} is an HTML page; to read it, run: {INSTALL}") from error
    data = html.encode("utf-8", "replace") if isinstance(html, str) else html
    if _has_much(data) and can_start():
        command = ["-c", _IN_A_PROCESS, json.dumps(sys.path), url or "", *limits.as_arguments()]
        fields = json.loads(run(command, data, name, "a web page", limits))
    else:
        fields = _extract(html, url)
    if fields is None:
        raise InputError(f"{name} cannot be read as a web page: its markup breaks the parser.")
    text = fields.pop("text")
    if not has_words(text):
        raise InputError(
            f"{name}: no article text in this page (it may need scripts or a login to show it)."
        )
    return Document(text, Origin(**fields))


def answer() -> None:
    """Read the page on standard input, and answer as JSON: what the process with limits runs."""
    url, memory, seconds, _ = sys.argv[2:]
    set_limits(int(memory), int(seconds))
    json.dump(_extract(sys.stdin.buffer.read(), url or None), sys.stdout)


def _has_much(data: bytes) -> bool:
    """True if a page may take much more than a second."""
    if len(data) > _MANY_BYTES or data.count(b"<") > _MANY_TAGS:
        return True
    long_tags = (tag[0] for tag in _TAG.finditer(data) if len(tag[0]) > _MANY_ATTRIBUTES)
    return any(len(_QUOTED.sub(b"", tag).split()) > _MANY_ATTRIBUTES for tag in long_tags)


def _extract(html: str | bytes, url: str | None) -> dict[str, Any] | None:
    """The text and origin of a page; None if it breaks the parser."""
    import trafilatura

    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            return {"text": ""}
        prepare(tree)
        page = trafilatura.bare_extraction(
            tree, url=url, with_metadata=True, include_comments=False, include_tables=True
        )
    except Exception:  # its assertions, its recursion, lxml's errors: there is no list of them
        return None
    # Each line is a heading or a paragraph, and no sentence continues in the next one.
    text = _BLOCK_END.sub("\n\n", getattr(page, "text", None) or "").strip()
    return {
        "text": _SINGLE_BREAK.sub("\n", text).strip(),
        "title": _on_one_line(getattr(page, "title", None)),
        "author": _on_one_line(getattr(page, "author", None)),
        "date": getattr(page, "date", None),
        "url": url or getattr(page, "url", None),
    }


def _on_one_line(text: str | None) -> str | None:
    return _SINGLE_BREAK.sub(" ", text) if text else text
