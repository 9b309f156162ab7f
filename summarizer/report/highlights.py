"""Cut a source into paragraphs and pieces, so that a page can mark what each item rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ..text.spans import Span

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on which the same items rest.

    Attributes:
        text: The characters.
        start: Their offset in the source.
        items: The ids of the items, in the order in which their evidence begins.
        begins_evidence: True if the evidence of an item begins here.
    """

    text: str
    start: int
    items: tuple[str, ...] = ()
    begins_evidence: bool = False


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Offset -> the ids of the items whose evidence begins or ends there."""

    begin: dict[int, list[str]] = field(default_factory=dict)
    end: dict[int, list[str]] = field(default_factory=dict)


def cut_paragraphs(text: str, evidence: Iterable[tuple[str, Span]]) -> list[list[Piece]]:
    """The paragraphs of a text, cut wherever a piece of evidence begins or ends.

    Args:
        text: The source.
        evidence: The id of an item and a span on which it rests, for each of its spans.

    >>> rests_on = [("c0", Span(0, 10, "It burned.")), ("f0", Span(3, 9, "burned"))]
    >>> [(p.text, p.items) for p in cut_paragraphs("It burned. All left.", rests_on)[0]]
    [('It ', ('c0',)), ('burned', ('c0', 'f0')), ('.', ('c0',)), (' All left.', ())]
    """
    bounds = _Bounds()
    for item, span in evidence:
        bounds.begin.setdefault(span.start, []).append(item)
        bounds.end.setdefault(span.end, []).append(item)
    paragraphs: list[list[Piece]] = [[]]
    for piece in _pieces(text, bounds):
        _append(paragraphs, piece)
    return [p for p in paragraphs if any(piece.text.strip() for piece in p)]


def _pieces(text: str, bounds: _Bounds) -> Iterator[Piece]:
    """The text cut at every bound, with the items whose evidence covers each piece."""
    covering: dict[str, int] = {}  # id -> how many of its spans cover the piece
    cuts = sorted({0, len(text), *bounds.begin, *bounds.end})
    for start, stop in pairwise(cuts):
        for item in bounds.end.get(start, ()):
            covering[item] -= 1
            if not covering[item]:
                del covering[item]
        for item in bounds.begin.get(start, ()):
            covering[item] = covering.get(item, 0) + 1
        yield Piece(text[start:stop], start, tuple(covering), start in bounds.begin)


def _append(paragraphs: list[list[Piece]], piece: Piece) -> None:
    """Add a piece to the last paragraph, and begin another at each empty line in it."""
    at = 0
    for gap in (*_PARAGRAPH_BREAK.finditer(piece.text), None):
        stop = gap.start() if gap else len(piece.text)
        if stop > at:
            begins = piece.begins_evidence and at == 0
            part = Piece(piece.text[at:stop], piece.start + at, piece.items, begins)
            paragraphs[-1].append(part)
        if gap:
            paragraphs.append([])
            at = gap.end()
