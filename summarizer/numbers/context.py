"""Contexts: the words around each number of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..languages.english_quantities import CLAUSE_BREAKS, NOT_HEADS, OTHERS
from ..text.terms import Terms, stem
from ..text.tokens import Tokens
from .kinds import KINDS
from .number import Number

NEAR = 7
"""Tokens on either side of a number that count as its neighbours."""
_BREAK_COSTS = 2
"""Tokens that a break counts for besides itself."""
_LOOK_AHEAD = NEAR + 3
"""Tokens on either side that are looked at."""
_NOUN_REACH = 5
"""Tokens after a number among which the noun that it counts is."""
_ALIKE = {"percentage-point": "percent"}
"""Units that are taken for one another, so that one can be in the other's place."""


class Context(NamedTuple):
    """The surroundings of one number.

    Attributes:
        number: The number itself.
        sentence: Index of its sentence, from 0.
        near: Stem -> distance in tokens, for the neighbours within `NEAR`.
        left: Stem of the nearest content word before the number in its sentence, or "".
        right: Stem of the nearest content word after it, or "".
        head: Stem of the noun or unit it counts, or "".
        before: The word right before the number, function words included.
        others: True if it counts others besides one: "six other runners".
    """

    number: Number
    sentence: int
    near: dict[str, int]
    left: str
    right: str
    head: str
    before: str
    others: bool


@dataclass(frozen=True)
class Contexts:
    """All numbers of a text in their surroundings, and the terms of the text."""

    numbers: list[Context]
    terms: Terms

    @cached_property
    def near_postings(self) -> dict[str, list[tuple[int, int]]]:
        """Stem -> (index of number, distance) of each number that has it as a neighbour."""
        postings: dict[str, list[tuple[int, int]]] = {}
        for position, context in enumerate(self.numbers):
            for term, distance in context.near.items():
                postings.setdefault(term, []).append((position, distance))
        return postings


class _Place(NamedTuple):
    """Where a number is in its text, in tokens; `stop` and `sentence_stop` are exclusive."""

    number: Number
    position: int
    start: int
    stop: int
    sentence: int
    sentence_start: int
    sentence_stop: int


class _Reader(NamedTuple):
    """A text as the contexts of its numbers are read from it."""

    words: list[str]
    stems: list[str]
    counted_by: dict[int, int]
    """Token of a counted noun -> position of the number that counts it: no other's neighbour."""


def build_contexts(tokens: Tokens, terms: Terms, numbers: list[Number]) -> Contexts:
    """Read the context of each number of a text; linear in its length."""
    places = list(_places(tokens, terms.bounds, numbers))
    reader = _Reader(tokens.words, terms.stems, _counted_nouns(tokens.words, places))
    return Contexts([_read_context(reader, place) for place in places], terms)


def _places(tokens: Tokens, bounds: list[int], numbers: list[Number]) -> Iterator[_Place]:
    starts, count, sentence = tokens.starts, tokens.count, 0
    for position, number in enumerate(numbers):
        start = bisect_left(starts, number.start, 0, count)
        stop = bisect_left(starts, number.end, start, count)
        while sentence + 2 < len(bounds) and bounds[sentence + 1] <= start:
            sentence += 1
        around = sentence, bounds[sentence], bounds[sentence + 1]
        yield _Place(number, position, start, stop, *around)


def _counted_nouns(words: list[str], places: list[_Place]) -> dict[int, int]:
    nouns: dict[int, int] = {}
    for number, position, _, stop, *_ in places:
        if number.unit and KINDS[number.kind].counts:
            for index in range(stop, stop + _NOUN_REACH):
                if words[index] == number.unit:
                    nouns[index] = position
                    break
    return nouns


def _read_context(reader: _Reader, place: _Place) -> Context:
    near: dict[str, int] = {}
    ahead = range(place.stop, min(place.sentence_stop, place.stop + _LOOK_AHEAD))
    first = max(place.sentence_start, place.start - _LOOK_AHEAD)
    back = range(place.start - 1, first - 1, -1)
    right = _collect(near, reader, ahead, place.position)
    left = _collect(near, reader, back, place.position)
    head = _head(reader.stems, place, left)
    others = reader.words[place.stop] in OTHERS
    before = reader.words[place.start - 1]
    return Context(place.number, place.sentence, near, left, right, head, before, others)


def _head(stems: list[str], place: _Place, left: str) -> str:
    """Missiles in "85 missiles", gold in "11 gold", Nations in "Six Nations", League in "League Two"."""
    number, stop = place.number, place.stop
    if number.kind == "identifier" and stop == place.start + 1 and stop < len(stems):
        return stems[stop] or left
    if number.unit is None and KINDS[number.kind].counts and stop < place.sentence_stop:
        return stems[stop]  # the very next word, where no plural was found
    unit = number.unit or ""
    return "" if unit in NOT_HEADS else stem(_ALIKE.get(unit, unit))


def _collect(near: dict[str, int], reader: _Reader, path: range, position: int) -> str:
    """Add the neighbours along one side, farther after each comma or "and"; return the nearest."""
    words, stems, counted_by = reader
    distance, nearest = 0, ""
    for index in path:
        distance += 1
        term = stems[index]
        if term:
            if counted_by.get(index, position) != position:
                continue
            nearest = nearest or term
            if distance < near.get(term, distance + 1):
                near[term] = distance
        elif words[index] in CLAUSE_BREAKS:
            distance += _BREAK_COSTS
        if distance >= NEAR:
            break
    return nearest
