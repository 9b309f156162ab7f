"""Terms: the stems of content words, by which two sentences are compared."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log

from Stemmer import Stemmer

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

_MOST_REMEMBERED = 1 << 16
"""Distinct words: an English text has a few thousand."""
_stem_english = Stemmer("english", 0).stemWord  # without a cache of its own: `stem` has one


@lru_cache(maxsize=_MOST_REMEMBERED)
def stem(word: str) -> str:
    """The stem of an English word, by the Snowball algorithm ("Porter2").

    Args:
        word: A word in lower case.

    Returns:
        What the word shares with its inflections and close derivations.

    Example:
        >>> stem("killed") == stem("killing"), stem("missiles") == stem("missile")
        (True, True)
        >>> stem("internet") == stem("international")
        False
    """
    stemmed: str = _stem_english(word)
    return stemmed


@lru_cache(maxsize=_MOST_REMEMBERED)
def content_stem(word: str) -> str:
    """The stem of a word that says something about a topic, "" for all others.

    >>> content_stem("missiles"), content_stem("the"), content_stem("seven"), content_stem(",")
    ('missil', '', '', '')
    """
    return stem(word) if word[0].isalpha() and word not in NOT_CONTEXT else ""


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
    stems = list(map(content_stem, tokens.words[: tokens.count]))
    bounds = [bisect_left(tokens.starts, start, 0, tokens.count) for start, _ in sentences]
    bounds.append(tokens.count)
    by_sentence = [frozenset(filter(None, stems[a:b])) for a, b in itertools.pairwise(bounds)]
    return Terms(stems, by_sentence, bounds, tokens.capitals)
