"""Which sentences of the source a claim is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ...article import Article
from ...text.terms import Terms, stem

# By hand, on summaries of the development data.
_MOST_SENTENCES = 3
_WORTH_ADDING = 0.12
"""Share of a claim's content that a further sentence must add."""
_HINT_BONUS = 1.15
"""The sentence that the model named is taken unless another covers clearly more."""


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences that cover a claim.

    Attributes:
        sentences: Their indexes from 1, best first.
        coverage: Share of the claim's content that they contain, weighted by rarity, 0 to 1.
        missing: Stems of the claim that none of them has, the rarest first.
    """

    sentences: list[int]
    coverage: float
    missing: list[str]


@dataclass(frozen=True)
class Case:
    """A claim with its evidence: everything that a rule may look at.

    Attributes:
        claim: The claim as a text.
        source: The article.
        support: The sentences of the source that cover the claim.
    """

    claim: Article
    source: Article
    support: Support

    @cached_property
    def words(self) -> list[str]:
        """The lower-cased tokens of the claim."""
        return self.claim.tokens.words[: self.claim.tokens.count]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset(map(stem, self.words))

    @cached_property
    def sentences(self) -> list[list[str]]:
        """The lower-cased tokens of each sentence that covers it, best first."""
        return [sentence_words(self.source, index) for index in self.support.sentences]


def sentence_words(source: Article, index: int) -> list[str]:
    """The lower-cased tokens of a sentence, given by its index from 1."""
    sentence = source.sentences[index - 1]
    first, stop = source.token_range(sentence.start, sentence.end)
    return source.tokens.words[first:stop]


def find_support(claim: Article, source: Article, hint: int | None = None) -> Support:
    """Find the one to three sentences of a source that cover a claim best.

    Args:
        claim: The claim as a text.
        source: The article.
        hint: Index from 1 of the sentence that the model named.

    Example:
        >>> source = Article("Four civilians were killed. Two drones were shot down over Kyiv.")
        >>> find_support(Article("Kyiv shot down drones"), source, 1).sentences
        [2]
    """
    terms = source.terms
    left = {word: terms.weight(word) for word in claim.terms.stems if word}
    total = sum(left.values())
    if not total or not source.sentences:
        return Support([hint] if hint else [], 1.0 if not total else 0.0, [])
    chosen, missing = _choose(left, terms, hint, _WORTH_ADDING * total)
    coverage = 1 - sum(missing.values()) / total
    return Support(chosen, coverage, sorted(missing, key=lambda word: -missing[word]))


def _choose(
    left: dict[str, float], terms: Terms, hint: int | None, worth_adding: float
) -> tuple[list[int], dict[str, float]]:
    """Take the best sentence for the stems that are left, until none adds enough."""
    chosen: list[int] = []
    while left and len(chosen) < _MOST_SENTENCES:
        best = _best_sentence(left, terms, None if chosen else hint)
        if best is None or (chosen and best[1] < worth_adding):
            break
        chosen.append(best[0])
        covered = terms.by_sentence[best[0] - 1]
        left = {word: weight for word, weight in left.items() if word not in covered}
    return chosen, left


def _best_sentence(
    left: dict[str, float], terms: Terms, hint: int | None
) -> tuple[int, float] | None:
    """The sentence, by its index from 1, that covers most of what is left, and how much."""
    gains: dict[int, float] = {}
    for word, weight in left.items():
        for index in terms.postings.get(word, ()):
            gains[index + 1] = gains.get(index + 1, 0.0) + weight
    if hint in gains:
        gains[hint] *= _HINT_BONUS
    return max(gains.items(), key=lambda item: (item[1], -item[0]), default=None)
