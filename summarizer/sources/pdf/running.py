"""Leave out what runs through the pages: headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from .layout import Page, Segment

_MARGIN = 0.1
"""Share of the height of a page, at its top and at its bottom, in which running lines lie."""
_SAME_PLACE = 4.0
"""Points by which the place of a running line differs from page to page."""
_NUMBER = re.compile(r"\d+")
_LONGEST_NUMBER = 9


class _Mark(NamedTuple):
    """A segment in the margin of a page, by their numbers, and the numbers in its text."""

    page: int
    number: int
    middle: float
    numbers: tuple[int, ...]


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages without the segments in their margins that come back on another page.

    They come back where the text is the same, or differs only in numbers that go up as the pages do.
    A page that has nothing else is left as it is.
    """
    by_text: dict[str, list[_Mark]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, segment in enumerate(page.segments):
            if _in_margin(segment, page):
                text = segment.text
                numbers = tuple(int(n[:_LONGEST_NUMBER]) for n in _NUMBER.findall(text))
                middle = (segment.y0 + segment.y1) / 2
                by_text[_NUMBER.sub("#", text)].append(_Mark(number, index, middle, numbers))
    running = {
        mark[:2]
        for marks in by_text.values()
        for one, other in pairwise(marks)
        if _is_running(one, other)
        for mark in (one, other)
    }
    return [_without(number, page, running) for number, page in enumerate(pages)]


def _in_margin(segment: Segment, page: Page) -> bool:
    return segment.y1 < _MARGIN * page.height or segment.y0 > (1 - _MARGIN) * page.height


def _is_running(one: _Mark, other: _Mark) -> bool:
    pages = other.page - one.page
    if not pages or abs(one.middle - other.middle) > _SAME_PLACE:
        return False
    return all(b - a in (0, pages) for a, b in zip(one.numbers, other.numbers, strict=True))


def _without(number: int, page: Page, running: Set[tuple[int, int]]) -> Page:
    kept = [s for index, s in enumerate(page.segments) if (number, index) not in running]
    return page._replace(segments=kept) if kept else page
