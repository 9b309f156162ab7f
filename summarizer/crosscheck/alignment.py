"""Does the source say this number of this thing? A number's context against the source's.

For each number of a summary: the mentions in the source with the same value compete with the
mentions of other values for the words around the number. The features of that competition go
through a logistic model; what comes out is `Alignment.support`, between 0 and 1.

The weights were fitted by logistic regression on numbers that people marked right or wrong and on
swapped numbers (`benchmarks/fit_alignment.py`); the curve of false alarms against recall is in
`docs/numbers.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from ..contexts import Context, Contexts
from ..numbers import Number
from .values import Sameness, sameness, significant_digits

NEAR_DECAY = 4
_BESIDE = 3
_NO_CONTEXT = 0.3
"""Overlap where a number has no content words around it: neither for nor against."""


@dataclass(frozen=True, slots=True)
class Match:
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


def align(claimed: Context, summary: Contexts, source: Contexts) -> Alignment:
    """Align one number of a summary with the numbers of its source."""
    matches = _matches(claimed, summary, source)
    same = [m for m in matches if m.sameness]
    others = [
        m for m in matches if not m.sameness and _could_rival(claimed.number, m.context.number)
    ]
    best = max(same, key=_preference, default=None)
    rival = max(others, key=lambda m: m.fit, default=None)
    if best is None:
        return Alignment(None, rival, {}, 0.0)
    features = _features(claimed, best, rival, len(same), summary, source)
    total = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
    return Alignment(best, rival, features, 1 / (1 + exp(-max(-30.0, min(30.0, total)))))


def _preference(match: Match) -> tuple[float, int]:
    return (match.fit + (0 if match.sameness == "rounded" else 0.3), -match.context.number.start)


def _could_rival(claimed: Number, given: Number) -> bool:
    """Numbers of a kind that could fill the same place."""
    kinds = {claimed.kind, given.kind}
    return len(kinds) == 1 or kinds <= {"cardinal", "score", "money", "measure", "multiple"} or kinds <= {
        "age", "duration"
    }  # fmt: skip


def _matches(claimed: Context, summary: Contexts, source: Contexts) -> list[Match]:
    """Every number of the source with its overlaps, through the postings of the shared stems."""
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
    for word in words:
        worth = weight(word)
        where = source.sentence_postings.get(word)
        if where is None:
            whole += 0.7 * worth
            continue
        whole += worth
        for index in where:
            shared[index] += worth
    found = []
    for context, overlap in zip(source.numbers, near, strict=True):
        here = context.sentence
        number = context.number
        found.append(
            Match(
                context,
                sameness(claimed.number, number),
                overlap / total if total else _NO_CONTEXT,
                shared[here] / whole if whole else _NO_CONTEXT,
                max(shared[here - 1], shared[here + 1]) / whole if whole else 0.0,
                _head(claimed, context),
                1.0 if claimed.number.kind == number.kind else 0.0,
            )
        )
    return found


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
        "head": best.head,
        "names": sum(n in there for n in names) / len(names) if names else 0.5,
        "rounded": float(best.sameness == "rounded"),
        "equivalent": float(best.sameness == "equivalent"),
        "digits": float(min(6, significant_digits(value))),
        "mentions": log(mentions),
        "no_rival": float(rival is None),
        "rival_fit": rival.fit - best.fit if rival else 0.0,
        "rival_near": rival.near - best.near if rival else 0.0,
        "rival_head": rival.head - best.head if rival else 0.0,
        "noun_swapped": float(rival is not None and rival.head >= 1 and best.head <= -1),
        "ordinal": float(number.kind == "ordinal"),
        "score": float(number.kind == "score"),
        "age": float(number.kind == "age"),
        "date": float(number.kind == "date"),
    }


BIAS = -0.01
WEIGHTS: dict[str, float] = {
    "near": 2.11,
    "sentence": 1.15,
    "adjacent": 1.37,
    "head": -0.16,
    "names": 0.33,
    "rounded": 3.23,
    "digits": 0.14,
    "mentions": 1.03,
    "no_rival": 0.64,
    "rival_fit": -2.04,
    "rival_near": -0.80,
    "rival_head": 0.57,
    "ordinal": -0.51,
    "score": 0.34,
    "age": 0.69,
    "date": 1.46,
    "noun_swapped": -3.00,
    "equivalent": 1.50,
}
