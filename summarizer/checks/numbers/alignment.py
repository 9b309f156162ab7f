"""Does the source say this number of this thing? A number's context against the source's.

For each number of a summary, the mentions of the same value in the source compete with the mentions
of other values for the words around the number. The features of that competition go through a
logistic model, whose result is `Alignment.support`, between 0 and 1. The weights are in
`weights.py`, and how they were fitted in `benchmarks/fit_alignment.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp, log
from typing import NamedTuple

from ...languages.english_numbers import MONTHS
from ...numbers import KINDS
from ...numbers.comparison import Sameness, sameness, significant_digits
from ...numbers.context import Context, Contexts
from .weights import (
    BESIDE,
    BIAS,
    FIT_ADJACENT,
    FIT_HEAD,
    FIT_KIND,
    HEAD_MISSING,
    HEAD_NEARBY,
    MOST_DIGITS,
    NEAR_DECAY,
    NO_CONTEXT_OVERLAP,
    NO_NAMES,
    NOT_ROUNDED,
    NOTHING_SHARED,
    NOUN_OF_NO_HEAD,
    OTHER_HEAD,
    SAME_HEAD,
    THRESHOLD,
    UNKNOWN_WORD,
    WEIGHTS,
)

_LARGEST_LOGIT = 30.0


class Match(NamedTuple):
    """A mention in the source, and how well its surroundings fit a number of the summary.

    Attributes:
        context: The mention with the words around it.
        sameness: How its value agrees with the claimed one; None if it does not.
        near: Overlap of the neighbouring words.
        sentence: Share of the summary sentence's words that are in the mention's sentence.
        adjacent: The same share for the better one of the two sentences beside it.
        head: Whether both count the same thing, from -1 (something else) to 1 (the same noun).
        kind: 1 if both are numbers of one kind, else 0.
    """

    context: Context
    sameness: Sameness | None
    near: float
    sentence: float
    adjacent: float
    head: float
    kind: float

    @property
    def fit(self) -> float:
        """How likely this mention is the one that the summary means, by its surroundings alone."""
        beside = FIT_ADJACENT * self.adjacent
        return self.near + self.sentence + beside + FIT_HEAD * self.head + FIT_KIND * self.kind


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best mention of the value, the best mention of another value, and the judgement.

    Attributes:
        best: The mention of the claimed value that fits best; None if the source lacks the value.
        rival: The mention of another value that fits best.
        features: What the logistic model weighs, by name; empty without `best`.
        support: The model's probability that the source says this number of this thing.
        matches: Every number of the source that has the value or could take its place, in order.
    """

    best: Match | None = None
    rival: Match | None = None
    features: dict[str, float] = field(default_factory=dict)
    support: float = 0.0
    matches: list[Match] = field(default_factory=list)

    @property
    def is_supported(self) -> bool:
        """True if the source has the value, and of the same thing."""
        return self.best is not None and self.support >= THRESHOLD

    def near(self, other: Context) -> float:
        """Overlap of the words around the claimed number with those around a source's number."""
        return next((m.near for m in self.matches if m.context is other), 0.0)


def align(
    claimed: Context, summary: Contexts, source: Contexts, shares: list[float] | None = None
) -> Alignment:
    """Align one number of a summary with the numbers of its source.

    Args:
        claimed: The number, in its context.
        summary: All contexts of the summary.
        source: All contexts of the source.
        shares: The `sentence_overlaps` of its sentence, if they are known.

    Example:
        >>> from summarizer import Article
        >>> source = Article("They fired 85 missiles and 35 airstrikes.").contexts
        >>> summary = Article("35 missiles were fired.").contexts
        >>> found = align(summary.numbers[0], summary, source)
        >>> found.best.context.number.text, found.rival.context.number.text, found.is_supported
        ('35', '85', False)
    """
    if shares is None:
        shares = sentence_overlaps(claimed, summary, source)
    matches = list(_matches(claimed, source, shares))
    same = [m for m in matches if m.sameness]
    others = [m for m in matches if not m.sameness]
    best = max(same, key=_preference, default=None)
    rival = max(others, key=lambda m: m.fit, default=None)
    if best is None:
        return Alignment(rival=rival, matches=matches)
    features = _features(claimed, best, rival, len(same), summary, source)
    total = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
    support = 1 / (1 + exp(-max(-_LARGEST_LOGIT, min(_LARGEST_LOGIT, total))))
    return Alignment(best, rival, features, support, matches)


def _preference(match: Match) -> tuple[float, int]:
    bonus = 0 if match.sameness == "rounded" else NOT_ROUNDED
    return (match.fit + bonus, -match.context.number.start)


def _matches(claimed: Context, source: Contexts, shares: list[float]) -> Iterator[Match]:
    """The numbers of the source that matter, with their overlaps through the shared stems."""
    near = _near_overlaps(claimed, source)
    kind = KINDS[claimed.number.kind]
    possible = {kind.name} | kind.also | kind.rivals
    for context, overlap in zip(source.numbers, near, strict=True):
        if context.number.kind not in possible:
            continue
        same = None if _other_month(claimed, context) else sameness(claimed.number, context.number)
        if same is None and not kind.is_rival(context.number.kind):
            continue
        here = context.sentence
        yield Match(
            context,
            same,
            overlap,
            shares[here],
            max(shares[here - 1], shares[here + 1]),
            _head(claimed, context),
            1.0 if kind.name == context.number.kind else 0.0,
        )


def _near_overlaps(claimed: Context, source: Contexts) -> list[float]:
    """For each number of the source, the share of a number's neighbours that it has as well."""
    if not claimed.near:
        return [NO_CONTEXT_OVERLAP] * len(source.numbers)
    overlaps, total = [0.0] * len(source.numbers), 0.0
    for word, distance in claimed.near.items():
        worth = source.terms.weight(word) / (1 + distance / NEAR_DECAY)
        total += worth
        for position, away in source.near_postings.get(word, ()):
            overlaps[position] += worth / (1 + away / (2 * NEAR_DECAY))
    return [overlap / total for overlap in overlaps]


def sentence_overlaps(claimed: Context, summary: Contexts, source: Contexts) -> list[float]:
    """For each sentence of the source, the share of a number's sentence that it contains.

    Two empty ones follow, so that the sentences before the first and after the last have no share.
    """
    here, there = summary.terms.by_sentence, source.terms
    words = here[claimed.sentence] if here else frozenset[str]()
    shared, total = [0.0] * (len(there.by_sentence) + 2), 0.0
    for word in sorted(words):  # in one order, so that sums come out the same in every process
        worth = there.weight(word)
        where = there.postings.get(word)
        if where is None:
            total += UNKNOWN_WORD * worth
            continue
        total += worth
        for index in where:
            shared[index] += worth
    return [share / total for share in shared] if total else shared


def _other_month(claimed: Context, given: Context) -> bool:
    """May 1966 against August 1966: the same year, but not the same date."""
    if claimed.number.kind != "year" or given.number.kind != "year":
        return False
    one, other = MONTHS.get(claimed.before), MONTHS.get(given.before)
    return one is not None and other is not None and one != other


def _head(claimed: Context, given: Context) -> float:
    """How far two numbers count the same thing: the feature `Match.head`."""
    if not claimed.head:
        return NOUN_OF_NO_HEAD if given.head and given.head in claimed.near else 0.0
    if claimed.head == given.head:
        return SAME_HEAD
    if claimed.head in given.near or claimed.near.get(given.head, BESIDE) < BESIDE:
        return HEAD_NEARBY
    return OTHER_HEAD if given.head else HEAD_MISSING


def _features(
    claimed: Context,
    best: Match,
    rival: Match | None,
    mentions: int,
    summary: Contexts,
    source: Contexts,
) -> dict[str, float]:
    """What the model weighs, by the names in `WEIGHTS`; sums depend on this order."""
    kind = claimed.number.kind
    overlap = best.near + best.sentence + best.adjacent
    return {
        "near": best.near,
        "sentence": best.sentence,
        "adjacent": best.adjacent,
        "nothing_shared": float(overlap < NOTHING_SHARED),
        "names": _shared_names(claimed, best, summary, source),
        "rounded": float(best.sameness == "rounded"),
        "equivalent": float(best.sameness == "equivalent"),
        "digits": float(min(MOST_DIGITS, significant_digits(abs(claimed.number.value)))),
        "mentions": log(mentions),
        "no_rival": float(rival is None),
        **(_rival_features(claimed, best, rival) if rival else _NO_RIVAL),
        "ordinal": float(kind == "ordinal"),
        "score": float(kind == "score"),
        "age": float(kind == "age"),
        "date": float(kind == "date"),
    }


def _rival_features(claimed: Context, best: Match, rival: Match) -> dict[str, float]:
    """How much better the best mention of another value fits, and whose words it takes."""
    left = _takes_place(claimed.left, rival.context.left, best.context)
    right = _takes_place(claimed.right, rival.context.right, best.context)
    return {
        "rival_fit": rival.fit - best.fit,
        "rival_near": rival.near - best.near,
        "rival_head": rival.head - best.head,
        "left_swapped": float(left),
        "right_swapped": float(right),
        "noun_swapped": float(_counts_it(claimed, rival, best)),
    }


_NO_RIVAL = dict.fromkeys(
    ("rival_fit", "rival_near", "rival_head", "left_swapped", "right_swapped", "noun_swapped"), 0.0
)


def _shared_names(claimed: Context, best: Match, summary: Contexts, source: Contexts) -> float:
    """Share of the names in a number's sentence that the sentence of its best mention has."""
    names = summary.terms.names_by_sentence
    known = [n for n in names[claimed.sentence] if n in source.terms.postings] if names else []
    there = source.terms.by_sentence[best.context.sentence]
    return sum(name in there for name in known) / len(known) if known else NO_NAMES


def _counts_it(claimed: Context, rival: Match, best: Match) -> bool:
    """Three silvers, where the source has "eight silver and three bronze medals".

    True if the rival counts what is claimed, and the best mention counts something else beside it.
    """
    if rival.head < SAME_HEAD or best.head <= OTHER_HEAD:
        return rival.head >= SAME_HEAD
    there = best.context
    beside = there.sentence == rival.context.sentence and there.head and there.right
    return bool(beside) and claimed.head not in (there.head, there.right)


def _takes_place(word: str, at_rival: str, best: Context) -> bool:
    """True if the word right beside the number is beside the rival, and not near the best."""
    return bool(word) and word == at_rival and word not in best.near
