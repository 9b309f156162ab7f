"""Where quotation marks open and close: straight, curly, low-high, guillemets, corner brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {
    '"': '"”', "“": "”\"", "„": "“”\"", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
    "‘": "’", "'": "'’",
}  # fmt: skip
MARKS = frozenset(_CLOSERS)
"""Every sign that can open a quotation."""
_SINGLE = frozenset("'‘")
_MARK = re.compile(r"""["“”„«»‹›「」『』‘’']|''|``""")
_LONGEST = 4000
"""Characters; an opening mark without a closing one nearer than this was no quotation."""
_LONGEST_SINGLE = 1200
_OPENS_BEHIND = frozenset(' \t\n\r\u00a0([{—–-:,;/“"‘«')
_ELISIONS = re.compile(
    r"['’‘](?:\d0s|em\b|tis\b|twas\b|til\b|cause\b|n\b|s\b|\d\d\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between two marks; `continued` if the quotation was reopened, not closed."""

    start: int
    end: int
    continued: bool = False


def find_marked(text: str) -> list[Marked]:
    """The stretches between quotation marks, outermost only, in order.

    A mark that opens while another is open begins the next paragraph of the same quotation.

    >>> text = 'The 6\\'2" man said: "I won. "I \\'knew\\' it," and left the players\\' room.'
    >>> [text[m.start:m.end] for m in find_marked(text)]
    ['I won.', "I 'knew' it,"]
    """
    found: list[Marked] = []
    opened = -1
    opener = ""
    continued = False
    for match in _MARK.finditer(text):
        at, sign = match.start(), match.group()
        if opened >= 0 and at - opened > (_LONGEST_SINGLE if opener in _SINGLE else _LONGEST):
            opened, continued = -1, False
        if opened < 0:
            if _opens(text, at, sign):
                opened, opener = match.end(), sign
            continue
        if opener in _SINGLE and sign in '"“' and _opens(text, at, sign):
            opened, opener, continued = match.end(), sign, False  # the single mark was none
        elif _reopens(text, at, sign, opener):
            _add(found, text, opened, at, continued)
            opened, continued = match.end(), True
        elif sign in _CLOSERS[opener] and _closes(text, at, sign, opener):
            _add(found, text, opened, at, continued)
            opened, continued = -1, False
    return found


def _add(found: list[Marked], text: str, start: int, end: int, continued: bool) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Marked(start, end, continued))


def _opens(text: str, at: int, sign: str) -> bool:
    if sign not in _CLOSERS:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 2]
    if sign in "“„«‹「『":
        return True
    if sign == "»":
        return before in _OPENS_BEHIND and after.isalnum()
    if sign in _SINGLE:
        return (
            before in _OPENS_BEHIND
            and bool(after)
            and not after.isspace()
            and not _ELISIONS.match(text, at)
        )
    if before.isdecimal() and not after.isalpha():
        return False  # inches
    return (
        before in _OPENS_BEHIND
        or (after.isalpha() and not before.isalnum())
        or (not before.isalnum() and before not in ".,!?")
    )


def _reopens(text: str, at: int, sign: str, opener: str) -> bool:
    """True for a mark of the same sort that opens again before anything was closed."""
    if sign != opener or opener in _SINGLE or opener in "»":
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    spaced = before.isspace() and bool(after) and not after.isspace()
    if not spaced:
        return False
    if opener in "“„«":
        return "\n" in text[max(0, at - 2) : at]
    return text[at - 2] in ".!?…,”\n\r" or "\n" in text[max(0, at - 2) : at]


def _closes(text: str, at: int, sign: str, opener: str) -> bool:
    if opener not in _SINGLE:
        return True
    before, after = text[at - 1], text[at + 1 : at + 2]
    if after.isalnum() or before.isspace():
        return False
    if before in ".,!?…":
        return True
    if before in "sS":  # players' — a plural possessive, if a later mark closes better
        ahead = text.find(sign, at + 1, at + 160)
        return not (ahead > 0 and text[ahead - 1] in ".,!?" and "\n" not in text[at:ahead])
    return True
