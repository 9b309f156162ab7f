"""Contexts: the words around each number of a text, weighed by how rare they are in it."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

from ..text.terms import NOT_CONTEXT, stem
from ..text.tokens import Tokens
from . import Number
from .kinds import KINDS

NEAR = 7
"""Tokens on either side of a number that count as its neighbours."""


class Context(NamedTuple):
    """The surroundings of one number.

    Attributes:
        number: The number itself.
        sentence: Index of its sentence, from 0.
        near: Stem -> distance in tokens, for the neighbours within `NEAR`.
        left: Stem of the nearest content word before the number in its sentence, or "".
        right: Stem of the nearest content word behind it, or "".
        head: Stem of the noun or unit it counts, or "".
        before: The word right before the number, whatever it is.
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
    """All numbers of a text in their surroundings, and the words of its sentences.

    The indexes that only a source needs are built when they are first looked into: a claim, of
    which there are many, goes without.
    """

    numbers: list[Context]
    stems: list[str]
    """The stem of each token; "" for function words, numbers and signs."""
    sentences: list[frozenset[str]]
    """The content stems of each sentence."""
    bounds: list[int]
    """The first token of each sentence, and the token behind the last one."""
    capitals: list[int]
    """The tokens that begin with an upper-case letter."""

    @cached_property
    def names(self) -> list[frozenset[str]]:
        """The stems of each sentence that have a capital, but for its first word."""
        found: list[set[str]] = [set() for _ in self.sentences]
        sentence = 0
        for index in self.capitals:
            while index >= self.bounds[sentence + 1]:
                sentence += 1
            if self.stems[index] and index > self.bounds[sentence]:
                found[sentence].add(self.stems[index])
        return [frozenset(names) for names in found]

    @cached_property
    def sentence_postings(self) -> dict[str, list[int]]:
        """Stem -> the sentences that contain it."""
        postings: dict[str, list[int]] = {}
        for index, present in enumerate(self.sentences):
            for word in present:
                postings.setdefault(word, []).append(index)
        return postings

    @cached_property
    def weights(self) -> dict[str, float]:
        """Stem -> how rare it is among the sentences."""
        count = len(self.sentences) + 1
        return {w: log(count / len(where)) + 0.3 for w, where in self.sentence_postings.items()}

    @cached_property
    def near_postings(self) -> dict[str, list[tuple[int, int]]]:
        """Stem -> (index of number, distance) of each number that has it as a neighbour."""
        postings: dict[str, list[tuple[int, int]]] = {}
        for position, context in enumerate(self.numbers):
            for word, distance in context.near.items():
                postings.setdefault(word, []).append((position, distance))
        return postings

    def weight(self, word: str) -> float:
        """How much a shared stem proves; an unknown one is as rare as can be."""
        return self.weights.get(word, self._rarest)

    @cached_property
    def _rarest(self) -> float:
        return log(1 + len(self.sentences)) + 0.3


def build_contexts(
    tokens: Tokens, sentences: list[tuple[int, int]], numbers: list[Number]
) -> Contexts:
    """Index a text; linear in its length."""
    starts, words = tokens.starts, tokens.words
    content = {
        w: "" if w in NOT_CONTEXT or not w[0].isalpha() else stem(w)
        for w in set(words[: tokens.count])
    }
    stems = [content[w] for w in words[: tokens.count]]
    bounds = [bisect_left(starts, start, 0, tokens.count) for start, _ in sentences]
    bounds.append(tokens.count)
    by_sentence = [frozenset(stems[a:b]) - {""} for a, b in itertools.pairwise(bounds)]
    found: list[Context] = []
    ranges = _token_ranges(tokens, numbers)
    nouns = _nouns(words, numbers, ranges)
    at = 0
    for position, number in enumerate(numbers):
        while at + 1 < len(sentences) and sentences[at + 1][0] <= number.start:
            at += 1
        around = (*ranges[position], bounds[at], bounds[at + 1])
        found.append(_context(position, number, at, stems, words, around, nouns))
    return Contexts(found, stems, by_sentence, bounds, tokens.capitals)


def _token_ranges(tokens: Tokens, numbers: list[Number]) -> list[tuple[int, int]]:
    """First token of each number and the token behind it."""
    starts, count = tokens.starts, tokens.count
    firsts = [bisect_left(starts, n.start, 0, count) for n in numbers]
    return [
        (first, bisect_left(starts, n.end, first, count))
        for first, n in zip(firsts, numbers, strict=True)
    ]


def _nouns(
    words: list[str], numbers: list[Number], ranges: list[tuple[int, int]]
) -> dict[int, int]:
    """Token of the noun that each number counts -> the number: it is nobody else's neighbour."""
    nouns: dict[int, int] = {}
    for position, (number, (_, stop)) in enumerate(zip(numbers, ranges, strict=True)):
        if number.unit and KINDS[number.kind].counts:
            for index in range(stop, stop + 5):
                if words[index] == number.unit:
                    nouns[index] = position
                    break
    return nouns


_NOT_COUNTED = frozenset({"times", "odd"})
_BREAKS = frozenset({",", ";", ":", "(", ")", "and", "but", "while", "or"})
_BREAK_COSTS = 2


def _context(
    position: int,
    number: Number,
    sentence: int,
    stems: list[str],
    words: list[str],
    around: tuple[int, int, int, int],
    nouns: dict[int, int],
) -> Context:
    first, stop, begin, end = around
    near: dict[str, int] = {}
    ahead = range(stop, min(end, stop + NEAR + 3))
    back = range(first - 1, max(begin, first - NEAR - 3) - 1, -1)
    right = _walk(near, stems, words, ahead, position, nouns)
    left = _walk(near, stems, words, back, position, nouns)
    head = stem(number.unit) if number.unit and number.unit not in _NOT_COUNTED else ""
    if number.unit is None and KINDS[number.kind].counts and stop < end:
        head = stems[stop]  # "11 gold": the very next word, where no plural was found
    if number.kind == "identifier" and stop == first + 1 and stop < len(stems):
        head = stems[stop] or left  # Six Nations, League Two
    others = words[stop] in ("other", "others", "more", "further")
    return Context(number, sentence, near, left, right, head, words[first - 1], others)


def _walk(
    near: dict[str, int],
    stems: list[str],
    words: list[str],
    path: range,
    position: int,
    nouns: dict[int, int],
) -> str:
    """Collect neighbours along one side, dearer behind each comma or "and"; the nearest stem."""
    distance, nearest = 0, ""
    for k in path:
        distance += 1
        word = stems[k]
        if word:
            if nouns.get(k, position) != position:
                continue
            nearest = nearest or word
            if near.get(word, 99) > distance:
                near[word] = distance
        elif words[k] in _BREAKS:
            distance += _BREAK_COSTS
        if distance >= NEAR:
            break
    return nearest
