"""Tokens: words, digit runs and signs, shared by all that reads a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from .given import require_text

VULGAR_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

# No two alternatives can match the same character: the scan is linear in any text.
_TOKEN = re.compile(rf"([^\W\d_{VULGAR_FRACTIONS}]+|\d+|[{VULGAR_FRACTIONS}]|[^\w\s]|_)")

_PADDING = 12
"""Empty words after the last token; no reader looks further than this without a check."""
_PADDING_START, _PADDING_END = -9, -4
"""Offsets of padding: no token starts or ends there, and none is near, so that `glued` and `near`
are false at both ends of a text."""


_NEAR = 3
"""Characters between two tokens, at most, for the second to be near."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, digit runs and single signs of a text, in order.

    `starts`, `ends` and `words` end with padding: empty words with negative offsets. A reader can
    therefore look at `words[index + 2]` or `words[index - 1]` without a bounds check; past the end
    it finds the padding, and so it does before the start, because -1 is the last index of a list.
    Only `count` tokens are real.

    Attributes:
        text: The text as given.
        starts: Offset of the first character of each token.
        ends: End offset (exclusive) of each token.
        words: The tokens in lower case.
        count: Number of tokens without the padding.
        capitals: Indices of the tokens that begin with an upper-case letter.
        vocabulary: The distinct words, to see at once whether a reader has anything to look for.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    count: int
    capitals: list[int]
    vocabulary: frozenset[str]

    def places(self, wanted: Iterable[str]) -> list[int]:
        """The tokens that are one of some words, in order.

        >>> tokenize("On Friday, not on Monday.").places({"friday", "monday", "sunday"})
        [1, 5]
        """
        present = self.vocabulary.intersection(wanted)
        return [k for k, word in enumerate(self.words) if word in present] if present else []

    def glued(self, index: int) -> bool:
        """True if no character separates the token from the one before it."""
        return self.starts[index] == self.ends[index - 1]

    def gap(self, index: int) -> str:
        """The characters between the token and the one before it."""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def near(self, index: int) -> bool:
        """True if a few characters at most, and no empty line, separate it from the token before."""
        start, end = self.starts[index], self.ends[index - 1]
        return 0 <= start - end <= _NEAR and "\n\n" not in self.text[end:start]

    def original(self, index: int) -> str:
        """The token as it is written in the text."""
        return self.text[self.starts[index] : self.ends[index]]

    def capitalised(self, index: int) -> bool:
        """True if the token is a word that begins with an upper-case letter."""
        start = self.starts[index]
        return start >= 0 and self.text[start].isupper()


def tokenize(text: str) -> Tokens:
    """Split a text into tokens with their offsets, in time linear in its length.

    Raises:
        InputError: It is not a `str`.

    >>> tokenize("£1.5m in 10-month war").words[:9]
    ['£', '1', '.', '5', 'm', 'in', '10', '-', 'month']
    """
    require_text(text)
    pieces = _TOKEN.split(text)  # gap, token, gap, …, token, gap
    bounds = list(accumulate(map(len, pieces)))
    starts, ends = bounds[:-1:2], bounds[1::2]
    words = list(map(str.lower, pieces[1::2]))
    count, vocabulary = len(words), frozenset(words)
    capitals = [index for index, start in enumerate(starts) if text[start].isupper()]
    starts += [_PADDING_START] * _PADDING
    ends += [_PADDING_END] * _PADDING
    words += [""] * _PADDING
    return Tokens(text, starts, ends, words, count, capitals, vocabulary)


@dataclass(frozen=True, slots=True)
class WordText:
    """The words of a text without punctuation, for finding a phrase across it.

    Attributes:
        text: The words in lower case, each with a space before it and the last with one after it.
        offsets: Offset of each word in `text`.
        tokens: Index of the token of each word.
    """

    text: str
    offsets: list[int]
    tokens: list[int]

    def find(self, phrase: str, start: int = 0) -> tuple[int, int] | None:
        """Find a phrase as whole words.

        Args:
            phrase: Words in lower case, separated by single spaces.
            start: Index of the word at which the search begins.

        Returns:
            Its first word and the word after its last one, as indices; None if it is not found.

        >>> words_alone(tokenize("The old, old mill burned.")).find("old mill")
        (2, 4)
        """
        if not phrase or start >= len(self.offsets):
            return None
        at = self.text.find(f" {phrase} ", max(0, self.offsets[start] - 1))
        if at < 0:
            return None
        first = bisect_left(self.offsets, at + 1)
        return first, first + phrase.count(" ") + 1


def words_alone(tokens: Tokens) -> WordText:
    """Collect the words of a text without its punctuation.

    >>> words_alone(tokenize("The “old” mill.")).text
    ' the old mill '
    """
    kept = [i for i, w in enumerate(tokens.words[: tokens.count]) if w[0].isalnum()]
    words = [tokens.words[i] for i in kept]
    offsets, at = [], 1
    for word in words:
        offsets.append(at)
        at += len(word) + 1
    return WordText(f" {' '.join(words)} ", offsets, kept)
