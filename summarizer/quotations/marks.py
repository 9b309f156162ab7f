"""Where quotation marks open and close: straight, curly, low-high, guillemets, corner brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..text.spans import strip_span

_CLOSERS = {
    '"': '"”', "“": "”\"", "„": "“”\"", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
    "‘": "’", "'": "'’",
}  # fmt: skip
MARKS = frozenset(_CLOSERS)
"""Every sign that can open a quotation."""
_SINGLE = frozenset("'‘")
_PAIRED = frozenset("“„«")
"""Opening marks that never close a quotation of their own kind."""
_MARK = re.compile(r"""["“”„«»‹›「」『』‘’']|''|``""")
_LONGEST = 4000
"""Characters; an opening mark that is not closed within this distance did not open a quotation."""
_LONGEST_SINGLE = 1200
_BEFORE_OPENING = frozenset(' \t\n\r\u00a0([{—–-:,;/“"‘«')
_ELISIONS = re.compile(
    r"['’‘](?:\d0s|em\b|tis\b|twas\b|til\b|cause\b|n\b|s\b|\d\d\b)", re.IGNORECASE
)
_PLURAL_POSSESSIVE_REACH = 160
"""Characters after "players'" in which a better closing mark is looked for."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What lies between two marks; `continued` if the mark before it reopened the quotation."""

    start: int
    end: int
    continued: bool = False

    def of(self, text: str) -> str:
        """The characters between the marks."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Opening:
    """An opening mark and the offset after it."""

    sign: str
    end: int
    continued: bool = False

    def expired(self, at: int) -> bool:
        """True if a quotation from here to `at` would be too long."""
        return at - self.end > (_LONGEST_SINGLE if self.sign in _SINGLE else _LONGEST)


def find_marked(text: str) -> list[Marked]:
    """Find the stretches between quotation marks, outermost only, in order.

    A mark that opens while another is open begins the next paragraph of the same quotation.

    >>> text = 'The 6\\'2" man said: "I won. "I \\'knew\\' it," and left the players\\' room.'
    >>> [text[m.start:m.end] for m in find_marked(text)]
    ['I won.', "I 'knew' it,"]
    """
    found: list[Marked] = []
    opening: _Opening | None = None
    for match in _MARK.finditer(text):
        at, sign = match.start(), match.group()
        if opening is not None and opening.expired(at):
            opening = None
        if opening is None or _replaces(text, at, sign, opening.sign):
            opening = _Opening(sign, match.end()) if _opens(text, at, sign) else None
        elif _reopens(text, at, sign, opening.sign):
            found += _between(text, opening, at)
            opening = _Opening(sign, match.end(), continued=True)
        elif sign in _CLOSERS[opening.sign] and _closes(text, at, sign, opening.sign):
            found += _between(text, opening, at)
            opening = None
    return found


def _between(text: str, opening: _Opening, end: int) -> list[Marked]:
    """What lies between an opening and a closing mark, if anything does."""
    start, end = strip_span(text, opening.end, end)
    return [Marked(start, end, opening.continued)] if start < end else []


def _opens(text: str, at: int, sign: str) -> bool:
    """True for a mark that can open a quotation.

    >>> _opens('said "we', 5, '"'), _opens('is 6" tall', 4, '"'), _opens("rock 'n' roll", 5, "'")
    (True, False, False)
    """
    opens = _OPENS.get(sign)
    return opens is not None and opens(text, at, text[at - 1] if at else " ", text[at + 1 : at + 2])


def _always_opens(text: str, at: int, before: str, after: str) -> bool:
    """“We will: signs that are only ever written before a quotation."""
    return True


def _reversed_guillemet_opens(text: str, at: int, before: str, after: str) -> bool:
    """»We will«, as German writes it; in «nous» the same sign closes."""
    return before in _BEFORE_OPENING and after.isalnum()


def _single_opens(text: str, at: int, before: str, after: str) -> bool:
    """‘We will, but not the apostrophe of "isn't" or "'90s"."""
    if before not in _BEFORE_OPENING or not after or after.isspace():
        return False
    return not _ELISIONS.match(text, at)


def _straight_opens(text: str, at: int, before: str, after: str) -> bool:
    """A straight mark before "We will", but not the inches of 6'2"."""
    if before.isdecimal() and not after.isalpha():
        return False
    if before in _BEFORE_OPENING:
        return True
    return not before.isalnum() and (after.isalpha() or before not in ".,!?")


_OPENS: dict[str, Callable[[str, int, str, str], bool]] = {
    **dict.fromkeys("“„«‹「『", _always_opens),
    **dict.fromkeys("'‘", _single_opens),
    "»": _reversed_guillemet_opens,
    '"': _straight_opens,
}
"""How each mark opens a quotation: text, offset of the mark, character before, character after."""


def _replaces(text: str, at: int, sign: str, opener: str) -> bool:
    """True for a double mark that shows that the single mark before it was an apostrophe."""
    return opener in _SINGLE and sign in ('"', "“") and _opens(text, at, sign)


def _reopens(text: str, at: int, sign: str, opener: str) -> bool:
    """True for a mark of the same kind that opens again before the first one was closed."""
    if sign != opener or opener in _SINGLE or opener == "»":
        return False
    after = text[at + 1 : at + 2]
    if not text[at - 1].isspace() or not after or after.isspace():
        return False
    opens_line = "\n" in text[max(0, at - 2) : at]
    return opens_line or (opener not in _PAIRED and text[at - 2] in ".!?…,”\n\r")


def _closes(text: str, at: int, sign: str, opener: str) -> bool:
    """True for a closing mark; single ones only if they are not apostrophes."""
    if opener not in _SINGLE:
        return True
    before, after = text[at - 1], text[at + 1 : at + 2]
    if after.isalnum() or before.isspace():
        return False
    if before in "sS":
        return not _closes_later(text, at, sign)
    return True


def _closes_later(text: str, at: int, sign: str) -> bool:
    """True if a mark after the apostrophe of a plural possessive ("players'") closes better."""
    ahead = text.find(sign, at + 1, at + _PLURAL_POSSESSIVE_REACH)
    return ahead > 0 and text[ahead - 1] in ".,!?" and "\n" not in text[at:ahead]
