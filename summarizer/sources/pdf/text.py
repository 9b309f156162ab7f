"""Join lines to a text: paragraphs apart, divided words together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from ...languages.english import HYPHENATED_BEGINNINGS
from .layout import Line

HYPHEN = "\u00ad"
"""What the parser leaves where a word is divided at the end of a line."""
_HYPHENS = ("-", HYPHEN, "\u2010")
_DIVIDED = re.compile(r"((?:\w+[-\u2010])*)(\w+)[-\u00ad\u2010]$")
_BEGINNING = re.compile(r"\w+")
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_MORE_SPACE = 0.4
"""Heights of a line by which the space before a paragraph is larger than that between its lines."""
_OTHER_SIZE = 1.15
"""Ratio of the heights of two lines that are set in different sizes, a heading and its text."""
_FEWEST_WORDS = 4
"""Words in the last line of a column, if its sentence goes on in the next one."""
_LINE, _PARAGRAPH = "\n", "\n\n"


def join_lines(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """The text of all pages, and the offset at which each page starts.

    A line feed is kept at the end of a line, an empty line is put between paragraphs and between the
    rows of a table.

    >>> join_lines([[Line("It was the investi-", 20, 30, 0), Line("gation.", 10, 20, 0)], []])
    ('It was the investigation.', (0, 25))
    """
    numbered = [(number, line) for number, lines in enumerate(pages) for line in lines]
    words = {word.lower() for _, line in numbered for word in _WORD.findall(line.text)}
    usual = _usual_space(numbered)
    parts: list[str] = []
    page_lengths = [0] * len(pages)
    for here, following in pairwise([*numbered, None]):
        assert here is not None
        number, line = here
        part = line.text.replace(HYPHEN, "-") + _LINE
        if following is not None:
            part = _ended(line, following[1], words) or line.text.replace(HYPHEN, "-") + (
                _separator(line, following[1], usual, same_page=number == following[0])
            )
        parts.append(part)
        page_lengths[number] += len(part)
    text = "".join(parts).rstrip()
    starts = accumulate(page_lengths[:-1], initial=0)
    return text, tuple(min(start, len(text)) for start in starts)


def _usual_space(numbered: Iterable[tuple[int, Line]]) -> float:
    """The space between two lines of a paragraph, in points: that of the closest quarter."""
    spaces = [
        one.y0 - other.y1
        for (page, one), (other_page, other) in pairwise(numbered)
        if page == other_page and one.column == other.column
    ]
    return sorted(spaces)[len(spaces) // 4] if spaces else 0.0


def _ended(line: Line, following: Line, words: set[str]) -> str | None:
    """A line that ends in a divided word, as it goes on without a space; None for other lines.

    The hyphen stays where the word is written with it elsewhere, where it usually is, and before a
    capital or a figure.

    >>> _ended(Line("a well-", 0, 1, 0), Line("known man", 0, 1, 0), set())
    'a well-'
    """
    if line.text[-1:] not in _HYPHENS:
        return None
    divided = _DIVIDED.search(line.text)
    rest = _BEGINNING.match(following.text)
    if divided is None or rest is None:
        return None
    beginning, end = divided[2].lower(), rest[0].lower()
    kept = (
        not rest[0][0].islower()
        or not beginning.isalpha()
        or len(beginning) == 1  # e-mail, X-ray
        or divided[1] != ""  # state-of-the-art
        or (f"{beginning}-{end}" in words and beginning + end not in words)
        or (beginning in HYPHENATED_BEGINNINGS and beginning + end not in words)
    )
    return line.text[: divided.end(2)] + ("-" if kept else "")


def _separator(line: Line, following: Line, usual: float, *, same_page: bool) -> str:
    """What goes between two lines: a line feed inside a paragraph, two after it."""
    height, other = line.y1 - line.y0, following.y1 - following.y0
    if max(height, other) > _OTHER_SIZE * min(height, other):
        return _PARAGRAPH
    if "\t" in line.text or "\t" in following.text:
        prose = following.text[:1].islower() and not _SENTENCE_END.search(line.text)
        return _LINE if prose else _PARAGRAPH
    if same_page and line.column == following.column:
        more = line.y0 - following.y1 > usual + _MORE_SPACE * height
        return _PARAGRAPH if more else _LINE
    goes_on = len(line.text.split()) >= _FEWEST_WORDS and not _SENTENCE_END.search(line.text)
    return _LINE if goes_on else _PARAGRAPH
