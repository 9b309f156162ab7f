"""Tokens: the one pass over a text that numbers, names, sentences and contexts all share."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

VULGAR_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

# Four alternatives that cannot match the same character: the scan is linear in any text.
_TOKEN = re.compile(rf"([^\W\d_{VULGAR_FRACTIONS}]+|\d+|[{VULGAR_FRACTIONS}]|[^\w\s]|_)")

_PADDING = 12
_NOWHERE = -9


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, digit runs and single signs of a text, in order.

    The lists carry a padding of empty words that touch nothing, so that looking a few tokens
    ahead or behind (index -1 is padding, too) never needs a bounds check.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    """Lower-cased; `text[start:end]` has the original."""
    count: int
    """Number of real tokens; the lists are longer by their padding."""
    capitals: list[int]
    """The tokens that begin with an upper-case letter."""

    def glued(self, index: int) -> bool:
        """True if nothing lies between the token and the one before it."""
        return self.starts[index] == self.ends[index - 1]

    def gap(self, index: int) -> str:
        """The characters between the token and the one before it."""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def near(self, index: int) -> bool:
        """True if at most three characters and no new paragraph lie before the token."""
        start, end = self.starts[index], self.ends[index - 1]
        return 0 <= start - end <= 3 and "\n\n" not in self.text[end:start]

    def original(self, index: int) -> str:
        """The token as it is written in the text."""
        return self.text[self.starts[index] : self.ends[index]]

    def capitalised(self, index: int) -> bool:
        """True if the token is a word that begins with an upper-case letter."""
        start = self.starts[index]
        return start >= 0 and self.text[start].isupper()


def tokenize(text: str) -> Tokens:
    """Split a text into tokens, with their offsets.

    >>> tokenize("£1.5m in 10-month war").words[:9]
    ['£', '1', '.', '5', 'm', 'in', '10', '-', 'month']
    """
    pieces = _TOKEN.split(text)  # gap, token, gap, …, token, gap
    bounds = list(accumulate(map(len, pieces)))
    starts, ends = bounds[:-1:2], bounds[1::2]
    words = list(map(str.lower, pieces[1::2]))
    count = len(words)
    capitals = [index for index, start in enumerate(starts) if text[start].isupper()]
    starts += [_NOWHERE] * _PADDING
    ends += [_NOWHERE + 5] * _PADDING
    words += [""] * _PADDING
    return Tokens(text, starts, ends, words, count, capitals)


@dataclass(frozen=True, slots=True)
class WordText:
    """The words of a text alone, in lower case with single spaces, and where each one stands."""

    text: str
    offsets: list[int]
    """Where each word begins in `text`."""
    tokens: list[int]
    """The token of each word."""

    def find(self, phrase: str, start: int = 0) -> tuple[int, int] | None:
        """First word and word behind the last of a phrase, from a word on; None if not there."""
        if not phrase or start >= len(self.offsets):
            return None
        at = self.text.find(f" {phrase} ", max(0, self.offsets[start] - 1))
        if at < 0:
            return None
        first = bisect_left(self.offsets, at + 1)
        return first, first + phrase.count(" ") + 1


def words_alone(tokens: Tokens) -> WordText:
    """The words of a text without any punctuation."""
    kept = [i for i, w in enumerate(tokens.words[: tokens.count]) if w[0].isalnum()]
    words = [tokens.words[i] for i in kept]
    offsets, at = [], 1
    for word in words:
        offsets.append(at)
        at += len(word) + 1
    return WordText(f" {' '.join(words)} ", offsets, kept)
