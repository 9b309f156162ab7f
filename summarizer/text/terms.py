"""Terms: the stems of content words, by which two sentences are compared."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from math import log

from ..languages.english import (
    FUNCTION_WORDS,
    MINOR_WORDS,
    NOUN_PHRASE_WORDS,
    SUMMARY_WORDS,
    TOKEN_ENDS,
)
from ..languages.english_numbers import ORDINALS, SCALES, SMALL
from .tokens import Tokens

NOT_CONTEXT = FUNCTION_WORDS.union(
    NOUN_PHRASE_WORDS, MINOR_WORDS, TOKEN_ENDS, SUMMARY_WORDS, SMALL, SCALES, ORDINALS
)
"""Words that say nothing about a topic: function words and number words."""

_STEM_LENGTH = 5
"""By hand: shorter stems join unrelated words, longer ones part "launch" from "launching"."""
_LONGEST_SINGULAR = 3
"""Letters; in a word as short as "bus" or "gas" an "s" is not an ending."""


def stem(word: str) -> str:
    """A crude stem, enough to equate "launched" and "launching", "missile" and "missiles".

    Args:
        word: A word in lower case.

    Returns:
        Its first five letters, without a plural "s".

    Example:
        >>> stem("missiles") == stem("missile"), stem("launched") == stem("launching")
        (True, True)
        >>> stem("glass"), stem("bus")
        ('glass', 'bus')
    """
    if len(word) > _LONGEST_SINGULAR and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    return word[:_STEM_LENGTH]


_WEIGHT_OF_COMMON = 0.3
"""By hand: what a stem weighs that every sentence has."""
_ONE_SENTENCE = (0,)


@dataclass(frozen=True)
class Terms:
    """The content stems of a text, by token and by sentence.

    What only a source needs is built on first use: claims, of which there are many, never need it.

    >>> from .tokens import tokenize
    >>> terms = find_terms(tokenize("Kyiv fell. Lee saw Kyiv."), [(0, 10), (11, 24)])
    >>> [sorted(stems) for stems in terms.by_sentence]
    [['fell', 'kyiv'], ['kyiv', 'lee', 'saw']]
    >>> terms.postings["kyiv"], terms.weight("kyiv") < terms.weight("fell")
    ([0, 1], True)
    """

    stems: list[str]
    """The stem of each token; "" for function words, numbers and signs."""
    by_sentence: list[frozenset[str]]
    """The stems of each sentence."""
    bounds: list[int]
    """The first token of each sentence, and the number of tokens."""
    capitals: list[int]
    """The tokens that begin with an upper-case letter."""

    @cached_property
    def names_by_sentence(self) -> list[frozenset[str]]:
        """The stems of each sentence that have a capital, its first word left out."""
        names: list[set[str]] = [set() for _ in self.by_sentence]
        sentence = 0
        for index in self.capitals:
            while index >= self.bounds[sentence + 1]:
                sentence += 1
            if self.stems[index] and index > self.bounds[sentence]:
                names[sentence].add(self.stems[index])
        return list(map(frozenset, names))

    @cached_property
    def postings(self) -> dict[str, list[int]]:
        """Stem -> the sentences that contain it."""
        postings: dict[str, list[int]] = {}
        for index, stems in enumerate(self.by_sentence):
            for term in stems:
                postings.setdefault(term, []).append(index)
        return postings

    def weight(self, term: str) -> float:
        """How much a shared stem proves, its inverse sentence frequency.

        A stem that the text does not have weighs as much as one that a single sentence has.
        """
        sentences = len(self.postings.get(term, _ONE_SENTENCE))
        return log((len(self.by_sentence) + 1) / sentences) + _WEIGHT_OF_COMMON


def find_terms(tokens: Tokens, sentences: list[tuple[int, int]]) -> Terms:
    """Index the words of a text; linear in its length.

    Args:
        tokens: The text.
        sentences: The start and end of each sentence, as offsets into the text.
    """
    words = tokens.words[: tokens.count]
    stem_of = {
        word: "" if word in NOT_CONTEXT or not word[0].isalpha() else stem(word)
        for word in set(words)
    }
    stems = [stem_of[word] for word in words]
    bounds = [bisect_left(tokens.starts, start, 0, tokens.count) for start, _ in sentences]
    bounds.append(tokens.count)
    by_sentence = [frozenset(filter(None, stems[a:b])) for a, b in itertools.pairwise(bounds)]
    return Terms(stems, by_sentence, bounds, tokens.capitals)
