"""The lines of a page in reading order: columns one after the other, tables row by row.

Coordinates are in points, from the lower left corner of the page. A segment is a run of words on one
line without a wide gap: a line of a column, or a cell of a table.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

_WIDE_GAP = 0.9
"""Heights of a word between two words of different segments; the spaces of set text are narrower."""
_BACK = -1.0
"""Heights that a word may begin left of the end of the one before it, in one segment."""
_SAME_LINE = 0.5
"""Share of the lower of two segments that overlaps with the other, where they are in one line."""
_MOST_SEGMENTS = 20_000
"""A page with more of them is a drawing or an attack: it is left in the order of the file."""
_DEEPEST = 12
"""Columns within columns."""
_PROSE_WORDS = 4
"""Words in the median line of a column; the cells of a table have fewer."""
_PROSE_DIGITS = 0.4
"""Largest share of words with a digit in a column of prose."""
_MIN_LINES = 2
_MIN_LINES_OF_LONGER = 3
_SIDEWAYS = 2.5
"""Times that a word of several letters is higher than wide, if it is set upright along the margin."""
_SIDEWAYS_LETTERS = 3


class Word(NamedTuple):
    """A word and its box; `first` where the file begins a line with it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    first: bool = False


@dataclass(slots=True)
class Segment:
    """Words on one line without a wide gap."""

    words: list[Word]
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        self.x0 = min(word.x0 for word in self.words)
        self.y0 = min(word.y0 for word in self.words)
        self.x1 = max(word.x1 for word in self.words)
        self.y1 = max(word.y1 for word in self.words)

    @property
    def text(self) -> str:
        """Its words, with spaces."""
        return " ".join(word.text for word in self.words)


class Page(NamedTuple):
    """The height of a page and its segments, in the order of the file."""

    height: float
    segments: Sequence[Segment]


class Line(NamedTuple):
    """A line of text; `column` counts the columns and the stretches between them on a page."""

    text: str
    y0: float
    y1: float
    column: int


def page_lines(page: Page) -> list[Line]:
    """The lines of a page in reading order.

    >>> words = [Word("Kent", 10, 0, 30, 10), Word("is", 33, 0, 40, 10), Word("5%", 90, 0, 99, 10)]
    >>> [line.text for line in page_lines(Page(100, split_segments(words)))]
    ['Kent is\\t5%']
    """
    segments = page.segments
    upright = [segment for segment in segments if not _is_sideways(segment)]
    sideways = [segment for segment in segments if _is_sideways(segment)]
    if len(segments) > _MOST_SEGMENTS:
        return [Line(segment.text, segment.y0, segment.y1, 0) for segment in segments]
    blocks = [*_blocks(upright), *([segment] for segment in sideways)]
    return [
        Line(_row_text(row), min(s.y0 for s in row), max(s.y1 for s in row), column)
        for column, block in enumerate(blocks)
        for row in _rows(block)
    ]


def split_segments(words: Iterable[Word]) -> list[Segment]:
    """Runs of words without a wide gap, in the order of the file."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in words:
        if last is None or word.first or not _is_near(last, word):
            runs.append([])
        runs[-1].append(word)
        last = word
    return [Segment(run) for run in runs]


def _is_near(left: Word, right: Word) -> bool:
    height = (right.y1 - right.y0) or 1.0
    return _BACK * height < right.x0 - left.x1 < _WIDE_GAP * height


def _is_sideways(segment: Segment) -> bool:
    word = max(segment.words, key=lambda word: len(word.text))
    return len(word.text) >= _SIDEWAYS_LETTERS and word.y1 - word.y0 > _SIDEWAYS * (
        word.x1 - word.x0
    )


def _rows(segments: list[Segment]) -> list[list[Segment]]:
    """Segments side by side are one row; rows from the top to the bottom, each from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-(s.y0 + s.y1), s.x0)):
        if rows and _side_by_side(rows[-1][0], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _side_by_side(one: Segment, other: Segment) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > _SAME_LINE * min(one.y1 - one.y0, other.y1 - other.y0)


def _row_text(row: list[Segment]) -> str:
    """The text of a row, with a tab at each wide gap."""
    text = row[0].text
    for left, right in pairwise(row):
        text += (" " if _is_near(left.words[-1], right.words[0]) else "\t") + right.text
    return text


def _blocks(segments: list[Segment], depth: int = 0) -> list[list[Segment]]:
    """Segments in blocks that are read one after the other, the left column before the right one.

    The gap between two columns is the one that most pairs of neighbours share. What reaches across
    it, a headline for instance, divides the page into bands, each with columns of its own.
    """
    gutter = _gutter(segments) if depth < _DEEPEST else None
    if gutter is None:
        return [segments] if segments else []
    blocks: list[list[Segment]] = []
    rest: list[Segment] = []
    for band in _bands(segments, gutter):
        left = [segment for segment in band if segment.x1 <= gutter]
        right = [segment for segment in band if segment.x0 >= gutter]
        if len(left) + len(right) == len(band) and _are_columns(left, right):
            blocks += [rest] if rest else []
            blocks += [*_blocks(left, depth + 1), *_blocks(right, depth + 1)]
            rest = []
        else:
            rest = rest + band
    return [*blocks, rest] if rest else blocks


def _gutter(segments: list[Segment]) -> float | None:
    """Where most gaps between neighbours on a line lie; None if no line has a gap."""
    ends: list[tuple[float, int]] = []
    for row in _rows(segments):
        for left, right in pairwise(row):
            if left.x1 < right.x0:
                ends += [(left.x1, 1), (right.x0, -1)]
    best, depth, place = 0, 0, None
    ends.sort()
    for (x, step), (following, _) in pairwise([*ends, (0.0, 0)]):
        depth += step
        if step > 0 and depth > best:
            best, place = depth, (x + following) / 2
    return place


def _bands(segments: list[Segment], gutter: float) -> list[list[Segment]]:
    """Segments from the top to the bottom, divided where one reaches across the gutter."""
    bands: list[list[Segment]] = []
    crossed = True
    for segment in sorted(segments, key=lambda s: (-(s.y0 + s.y1), s.x0)):
        crosses = segment.x0 < gutter < segment.x1
        if crosses != crossed or not bands:
            bands.append([])
        bands[-1].append(segment)
        crossed = crosses
    return bands


def _are_columns(left: list[Segment], right: list[Segment]) -> bool:
    """True if both sides of a gap are prose; in a table they are labels and figures."""
    shorter, longer = sorted((len(left), len(right)))
    if shorter < _MIN_LINES or longer < _MIN_LINES_OF_LONGER:
        return False
    return _is_prose(left) and _is_prose(right)


def _is_prose(segments: list[Segment]) -> bool:
    words = [word.text for segment in segments for word in segment.words]
    digits = sum(any(map(str.isdigit, word)) for word in words)
    median = statistics.median(len(segment.words) for segment in segments)
    return median >= _PROSE_WORDS and digits <= _PROSE_DIGITS * len(words)
