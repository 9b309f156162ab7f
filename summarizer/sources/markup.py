"""Prepare the tree of a page so that its text says what a reader sees.

Hidden text is taken out, and so is what the page has struck out. Footnote marks are taken out of the
words and numbers that they follow; exponents stay, written so that they are no further digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

LINE_BREAK = "⏎"
"""In the place of each line break, which trafilatura takes for the end of a paragraph."""

_NEVER_SHOWN = frozenset("template noscript noembed noframes datalist del s strike rp".split())
"""Elements that browsers do not show, or show as struck out."""
_HIDING_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only".split()
)
_FAR = r"-\d{4,}(?:\.\d+)?(?:px|pt)|-\d{3,}(?:\.\d+)?(?:em|rem|vw|vh|%)"
_HIDING_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|font-size:[+-]?+0*+\.?+0*+(?:[a-z%]+)?"
    r"|clip:rect\((?:[01](?:px)?[, ]?){4}\)|clip-path:inset\((?:50|100)%\)"
    rf"|text-indent:(?:{_FAR})|(?:left|top|right|bottom|margin-left|margin-top):(?:{_FAR}))"
    r"(?:!important)?(?:;|$)"
)
_BRACE = re.compile(r"([{}])")
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*+:\s*+(?!none)|visibility\s*:\s*visible)")
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|$)")
_MANY_ATTRIBUTES = 500
_READ_HERE = frozenset("hidden style class id open href role".split())
_LONGEST_STYLES = 500_000
"""Characters of style sheets that are read."""

_SUPERSCRIPTS = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_DIGITS = re.compile(r"[+\-−]?\d+[+\-−]?")
_SIGNED = re.compile(r"[+\-−]\d+|\d*[+\-−]")
_MARK = re.compile(
    r"[*†‡§¶#]+|\[[^\]]{0,30}\]|\([a-z0-9]{1,3}\)|[a-z]|\d+(?:[,;–-] ?\d+)*", re.IGNORECASE
)
"""The mark of a footnote."""
_MARK_NAMES = re.compile(r"foot|note|cite|(?:^|[-_ ])ref(?:$|[-_ ])|endn", re.IGNORECASE)
_POWER_BASE = re.compile(r"(?:^|[^\d.,])(?:10|2)\s*$")
_UNIT_BASE = re.compile(
    r"(?:^|[\s\d(/·⋅])(?:[kcdmµnh]?m|km|ft|in|yd|mi|s|sec|h|acre|mile|met(?:er|re)s?|feet|inch(?:es)?)\s*$"
)
_VARIABLE_BASE = re.compile(r"(?:^|[\s\d(=+*/−-])[a-zA-Z]\s*$|\)\s*$")
_ION_BASE = re.compile(r"(?:^|[\s\d(])(?:[A-Z][a-z]?\d*)+$")
_LETTER = re.compile(r"\s*[A-Za-z]")
_LONGEST_BASE = 30
_LONGEST_MARK = 30


def prepare(tree: Any) -> None:
    """Change a tree, as lxml parses it, so that its text says what a reader sees."""
    from lxml.etree import strip_tags

    for element in tree.iter():
        if len(element.attrib) > _MANY_ATTRIBUTES:  # later steps look at each again and again
            kept = {name: value for name, value in element.attrib.items() if name in _READ_HERE}
            element.attrib.clear()
            element.attrib.update(kept)
    _drop(tree, _hidden_selectors(tree))
    _replace({element: _superscript(element) for element in tree.iter("sup")})
    for element in tree.iter("q"):
        element.text = "“" + (element.text or "")
        _append(element, "”")
    strip_tags(tree, "q")
    _replace(dict.fromkeys(_single_breaks(tree), LINE_BREAK))


def _drop(tree: Any, hidden: frozenset[str]) -> None:
    """Take out what is not shown."""
    _replace({element: "" for element in tree.iter() if _is_unseen(element, hidden)})


def _is_unseen(element: Any, hidden: frozenset[str]) -> bool:
    """True if browsers do not show an element, or only to screen readers."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body"):
        return False
    if element.tag in _NEVER_SHOWN or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.get("hidden") not in (None, "until-found"):
        return True
    style = element.get("style")
    if style and _hides(style):
        return True
    names = {*(element.get("class") or "").lower().split()}
    if names & _HIDING_CLASSES:
        return True
    if not hidden or any(":" in name for name in names):  # "md:block": shown on some screens
        return False
    own = {f".{name}" for name in names} | {f"#{element.get('id', '').lower()}"}
    return not own.isdisjoint(hidden)


def _hides(style: str) -> bool:
    """True if a style hides its element.

    >>> _hides("color: red; DISPLAY : none !important"), _hides("font-size: 10px; left: -1px")
    (True, False)
    """
    return bool(_HIDING_STYLE.search(re.sub(r"\s+", "", _COMMENT.sub("", style)).lower()))


def _hidden_selectors(tree: Any) -> frozenset[str]:
    """The classes and ids that the style sheets in a page hide, in lower case.

    Only rules for a single class or id count, and none that another rule shows, on a wide screen for
    instance: what holds then takes a browser to say.
    """
    styles = " ".join(element.text or "" for element in tree.iter("style"))[:_LONGEST_STYLES]
    if "{" not in styles:
        return frozenset()
    rules = list(_rules(_COMMENT.sub("", styles.lower())))
    hidden = {selector for depth, selector, style in rules if not depth and _hides(style)}
    return frozenset(hidden.difference(name for _, name, style in rules if _SHOWN.search(style)))


def _rules(styles: str) -> Iterator[tuple[int, str, str]]:
    """For each rule the blocks that it is in, a class or id, and its style.

    >>> list(_rules("@media print { .a, p { color: red } }"))
    [(1, '.a', ' color: red ')]
    """
    pieces = _BRACE.split(styles)
    depth = 0
    for at in range(0, len(pieces) - 3, 2):
        names, brace, style, end = pieces[at : at + 4]
        if (brace, end) == ("{", "}"):
            for name in names.rpartition(";")[2].split(","):
                if _SIMPLE_SELECTOR.fullmatch(name.strip()):
                    yield depth, name.strip(), style
        depth += 1 if brace == "{" else -1


def _replace(texts: dict[Any, str]) -> None:
    """Put texts in the places of elements; all those in one parent at once, in linear time."""
    parents = {element.getparent(): None for element in texts}
    for parent in parents:
        if parent is None:
            continue
        kept, pieces = None, [parent.text or ""]
        for child in list(parent):
            if child in texts:
                pieces += [texts[child], child.tail or ""]
                parent.remove(child)
            else:
                _set_text(parent, kept, pieces)
                kept, pieces = child, [child.tail or ""]
        _set_text(parent, kept, pieces)


def _set_text(parent: Any, before: Any, pieces: list[str]) -> None:
    """Set the text after a child of an element, or at its start."""
    if before is None:
        parent.text = "".join(pieces)
    else:
        before.tail = "".join(pieces)


def _superscript(element: Any) -> str:
    """What is written for raised text: nothing for the mark of a footnote."""
    text = "".join(element.itertext()).strip()
    base = _before(element)[-_LONGEST_BASE:]
    if len(text) <= _LONGEST_MARK and _is_linked(element):
        return ""
    if _DIGITS.fullmatch(text) or _SIGNED.fullmatch(text):
        return _exponent(text, base, element.tail or "")
    if len(text) == 1 and text.isalpha() and _VARIABLE_BASE.search(base):
        return f"^{text}"
    return "" if _MARK.fullmatch(text) else text


def _exponent(text: str, base: str, after: str) -> str:
    """
    >>> _exponent("6", "10", " bees"), _exponent("1", "84,000", " people"), _exponent("2", "5 km", "")
    ('^6', '', '²')
    """
    if _POWER_BASE.search(base):
        return f"^{text.replace('−', '-')}"
    raised = text.translate(_SUPERSCRIPTS)
    isotope = (not base or base[-1].isspace() or base[-1] in "(–—") and _LETTER.match(after)
    if isotope or _UNIT_BASE.search(base) or _VARIABLE_BASE.search(base):
        return raised
    if _SIGNED.fullmatch(text) and (_ION_BASE.search(base) or base[-1:].isdigit()):
        return raised
    return ""


def _is_linked(element: Any) -> bool:
    """True if raised text leads to a note, or is called one."""
    around = [element, *element.iterdescendants()]
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        around.append(parent)
    for each in around:
        if not isinstance(each.tag, str):
            continue
        if each.tag == "a" and (each.get("href") or "").startswith("#"):
            return True
        if any(_MARK_NAMES.search(each.get(name) or "") for name in ("class", "id", "role")):
            return True
    return False


def _before(element: Any) -> str:
    """The text directly before an element, in its paragraph."""
    before = element.getprevious()
    if before is not None:
        inside = "".join(before.itertext()) if isinstance(before.tag, str) else ""
        return inside + (before.tail or "")
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _append(element: Any, text: str) -> None:
    """Put a text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _single_breaks(tree: Any) -> list[Any]:
    """Line breaks that stand alone; two or more of them divide paragraphs."""
    breaks = list(tree.iter("br"))
    several = {
        element
        for one, other in pairwise(breaks)
        if one.getnext() is other and not (one.tail or "").strip()
        for element in (one, other)
    }
    return [element for element in breaks if element not in several]
