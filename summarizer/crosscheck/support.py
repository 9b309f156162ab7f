"""Which sentences of the source carry a claim, and how much of it they cover."""

from __future__ import annotations

from dataclasses import dataclass

from ..article import Article

_MOST_SENTENCES = 3
_WORTH_ADDING = 0.12
_HINT_BONUS = 1.15
"""The sentence that the model named is taken unless another covers clearly more."""


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences that carry a claim.

    Attributes:
        sentences: Their indexes from 1, best first.
        coverage: Share of the claim's content that they contain, weighed by rarity, 0 to 1.
        missing: Stems of the claim that none of them has, the rarest first.
    """

    sentences: list[int]
    coverage: float
    missing: list[str]


def find_support(claim: Article, source: Article, hint: int | None = None) -> Support:
    """The one to three sentences of a source that cover a claim best.

    Args:
        claim: The claim as a text.
        source: The article.
        hint: Index from 1 of the sentence that the model named.

    Example:
        >>> source = Article("Four civilians were killed. Two drones were shot down over Kyiv.")
        >>> find_support(Article("Kyiv shot down drones"), source, 1).sentences
        [2]
    """
    contexts = source.contexts
    wanted = {word: contexts.weight(word) for part in claim.contexts.sentences for word in part}
    total = sum(wanted.values())
    if not total or not source.sentences:
        return Support([hint] if hint else [], 1.0 if not total else 0.0, [])
    chosen: list[int] = []
    left = dict(wanted)
    while left and len(chosen) < _MOST_SENTENCES:
        gains: dict[int, float] = {}
        for word, weight in left.items():
            for index in contexts.sentence_postings.get(word, ()):
                gains[index + 1] = gains.get(index + 1, 0.0) + weight
        if not chosen and hint in gains:
            gains[hint] *= _HINT_BONUS
        best = max(gains, key=lambda i: (gains[i], -i), default=None)
        if best is None or (chosen and gains[best] < _WORTH_ADDING * total):
            break
        chosen.append(best)
        covered = contexts.sentences[best - 1]
        left = {w: v for w, v in left.items() if w not in covered}
    missing = sorted(left, key=lambda w: -left[w])
    return Support(chosen, 1 - sum(left.values()) / total, missing)
