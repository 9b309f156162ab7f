"""Does the source say this number of this thing? A number's context against the source's.

For each number of a summary: the mentions in the source with the same value compete with the
mentions of other values for the words around the number. The features of that competition go
through a logistic model; what comes out is `Alignment.support`, between 0 and 1.

The weights were fitted by logistic regression on numbers that people marked right or wrong and on
swapped numbers (`benchmarks/fit_alignment.py`); the curve of false alarms against recall is in
`docs/accuracy.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from ...languages.english_numbers import MONTHS
from ...numbers import KINDS
from ...numbers.comparison import Sameness, sameness, significant_digits
from ...numbers.context import Context, Contexts

NEAR_DECAY = 4
_BESIDE = 3
_NOTHING = 0.08
_NO_CONTEXT = 0.3
"""Overlap where a number has no content words around it: neither for nor against."""


class Match(NamedTuple):
    """A mention in the source, and how well its surroundings fit a number of the summary."""

    context: Context
    sameness: Sameness | None
    near: float
    sentence: float
    adjacent: float
    head: float
    kind: float

    @property
    def fit(self) -> float:
        """How much this mention looks like the one that is spoken of."""
        return self.near + self.sentence + 0.3 * self.adjacent + 0.6 * self.head + 0.3 * self.kind


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best mention of the value, the best mention of another value, and the judgement."""

    best: Match | None
    rival: Match | None
    features: dict[str, float]
    support: float
    matches: list[Match]
    """Every number of the source that has the value or could take its place, in order."""

    def near(self, other: Context) -> float:
        """How much the words around the claimed number are those around a number of the source."""
        return next((m.near for m in self.matches if m.context is other), 0.0)


def align(claimed: Context, summary: Contexts, source: Contexts) -> Alignment:
    """Align one number of a summary with the numbers of its source."""
    matches = _matches(claimed, summary, source)
    same = [m for m in matches if m.sameness]
    others = [m for m in matches if not m.sameness]
    best = max(same, key=_preference, default=None)
    rival = max(others, key=lambda m: m.fit, default=None)
    if best is None:
        return Alignment(None, rival, {}, 0.0, matches)
    features = _features(claimed, best, rival, len(same), summary, source)
    total = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
    support = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
    return Alignment(best, rival, features, support, matches)


EXCHANGE_MARGIN = 0.3


def exchanged(one: Alignment, other: Alignment) -> bool:
    """True if two numbers fit their surroundings better with each other's mentions.

    "Two over the city and five on the approach", where the source has it the other way round:
    each value is there, in the very sentence, and only the pair of them shows the exchange.
    """
    if one.best is None or other.best is None:
        return False
    mine, yours = one.best.context, other.best.context
    if mine.sentence != yours.sentence or mine.number.value == yours.number.value:
        return False
    if mine.number.kind != yours.number.kind:
        return False
    as_said = one.best.near + other.best.near
    return one.near(yours) + other.near(mine) > as_said + EXCHANGE_MARGIN


def _preference(match: Match) -> tuple[float, int]:
    return (match.fit + (0 if match.sameness == "rounded" else 0.3), -match.context.number.start)


def _matches(claimed: Context, summary: Contexts, source: Contexts) -> list[Match]:
    """The numbers of the source that matter, with their overlaps through the shared stems."""
    weight, count = source.weight, len(source.numbers)
    near, total = [0.0] * count, 0.0
    for word, distance in claimed.near.items():
        worth = weight(word) / (1 + distance / NEAR_DECAY)
        total += worth
        for position, away in source.near_postings.get(word, ()):
            near[position] += worth / (1 + away / (2 * NEAR_DECAY))
    words = summary.sentences[claimed.sentence] if summary.sentences else frozenset[str]()
    shared = [0.0] * (len(source.sentences) + 2)
    whole = 0.0
    for word in sorted(words):  # sums come out the same in every process
        worth = weight(word)
        where = source.sentence_postings.get(word)
        if where is None:
            whole += 0.7 * worth
            continue
        whole += worth
        for index in where:
            shared[index] += worth
    found = []
    total, whole = total or 1.0, whole or 1.0
    bare = _NO_CONTEXT if not claimed.near else 0.0
    kind = KINDS[claimed.number.kind]
    possible = {kind.name} | kind.also | kind.rivals
    for context, overlap in zip(source.numbers, near, strict=True):
        if context.number.kind not in possible:
            continue
        same = None if _other_month(claimed, context) else sameness(claimed.number, context.number)
        if same is None and not kind.is_rival(context.number.kind):
            continue
        here = context.sentence
        found.append(
            Match(
                context,
                same,
                overlap / total + bare,
                shared[here] / whole,
                max(shared[here - 1], shared[here + 1]) / whole,
                _head(claimed, context),
                1.0 if claimed.number.kind == context.number.kind else 0.0,
            )
        )
    return found


def _other_month(claimed: Context, given: Context) -> bool:
    """True for May 1966 against August 1966."""
    if claimed.number.kind != "year" or given.number.kind != "year":
        return False
    one, other = MONTHS.get(claimed.before), MONTHS.get(given.before)
    return one is not None and other is not None and one != other


def _head(claimed: Context, given: Context) -> float:
    """What is counted: 1 the same, 0.5 named nearby, 0 unknown, -1 something else."""
    if not claimed.head:
        return 0.3 if given.head and given.head in claimed.near else 0.0
    if claimed.head == given.head:
        return 1.0
    if claimed.head in given.near or claimed.near.get(given.head, NEAR_DECAY) < _BESIDE:
        return 0.5  # "four golds" for "four gold medals"
    return -1.0 if given.head else -0.3


def _features(
    claimed: Context,
    best: Match,
    rival: Match | None,
    mentions: int,
    summary: Contexts,
    source: Contexts,
) -> dict[str, float]:
    number = claimed.number
    value = abs(number.value)
    names = [
        n for n in (summary.names[claimed.sentence] if summary.names else ()) if n in source.weights
    ]
    there = source.sentences[best.context.sentence]
    return {
        "near": best.near,
        "sentence": best.sentence,
        "adjacent": best.adjacent,
        "nothing_shared": float(best.near + best.sentence + best.adjacent < _NOTHING),
        "names": sum(n in there for n in names) / len(names) if names else 0.5,
        "rounded": float(best.sameness == "rounded"),
        "equivalent": float(best.sameness == "equivalent"),
        "digits": float(min(6, significant_digits(value))),
        "mentions": log(mentions),
        "no_rival": float(rival is None),
        "rival_fit": rival.fit - best.fit if rival else 0.0,
        "rival_near": rival.near - best.near if rival else 0.0,
        "rival_head": rival.head - best.head if rival else 0.0,
        "left_swapped": float(
            rival is not None and _takes_place(claimed.left, rival.context.left, best.context)
        ),
        "right_swapped": float(
            rival is not None and _takes_place(claimed.right, rival.context.right, best.context)
        ),
        "noun_swapped": float(rival is not None and _counts_it(claimed, rival, best)),
        "ordinal": float(number.kind == "ordinal"),
        "score": float(number.kind == "score"),
        "age": float(number.kind == "age"),
        "date": float(number.kind == "date"),
    }


def _counts_it(claimed: Context, rival: Match, best: Match) -> bool:
    """True if the rival counts what is claimed, and the best mention something else beside it.

    "Three silvers", where the source has "eight silver and three bronze medals".
    """
    if rival.head < 1 or best.head <= -1:
        return rival.head >= 1
    there = best.context
    beside = there.sentence == rival.context.sentence and there.head and there.right
    return bool(beside) and claimed.head not in (there.head, there.right)


def _takes_place(word: str, at_rival: str, best: Context) -> bool:
    """True if the word right beside the number stands beside the rival, and not near the best."""
    return bool(word) and word == at_rival and word not in best.near


BIAS = 0.14
WEIGHTS: dict[str, float] = {
    "nothing_shared": -0.36,
    "near": 1.88,
    "sentence": 1.06,
    "adjacent": 1.30,
    "names": 0.45,
    "digits": 0.07,
    "mentions": 0.96,
    "no_rival": 0.64,
    "rival_fit": -1.94,
    "rival_near": -0.97,
    "rival_head": 0.58,
    "ordinal": -0.52,
    "score": 0.31,
    "age": 0.60,
    "date": 2.25,
    "noun_swapped": -3.00,
    "equivalent": 1.50,
    "rounded": 0.30,
    "left_swapped": -0.25,
    "right_swapped": -1.50,
}
