"""Fit the weights of `summarizer.checks.numbers.weights`, and print the curve of its threshold.

    pip install scikit-learn
    python -m benchmarks.fit_alignment DATA

DATA is a folder with `natural.jsonl` (source, summary, numbers marked good or bad by people) and
`perturbed.jsonl` (source, summary, one number changed; kind, supported). The figures are from
ten-fold cross-validation over sources: no number is judged by weights that saw its article.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from summarizer.article import Article
from summarizer.checks.numbers.alignment import Alignment, align
from summarizer.checks.numbers.weights import BY_HAND, FITTED, THRESHOLD

from .marked import cases

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


class Marked(NamedTuple):
    """A number of a summary, aligned with its source, and whether it is right."""

    source: str
    alignment: Alignment
    is_right: bool
    kind: str


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    numbers = list(marked_numbers(parser.parse_args().data))
    aligned = [number for number in numbers if number.alignment.best]
    features = np.array([[n.alignment.features[name] for name in FITTED] for n in aligned])
    offsets = np.array([by_hand(n.alignment.features) for n in aligned])
    right = np.array([int(n.is_right) for n in aligned])
    print_weights(features, right)
    print_curve(cross_validated(features, offsets, right, [n.source for n in aligned]), aligned)
    absent = Counter(number.kind for number in numbers if not number.alignment.best)
    print("not counted above, the value is not in the source:", dict(absent))


def marked_numbers(folder: Path) -> Iterator[Marked]:
    """The numbers that people marked or a rule changed, identifiers left out."""
    articles: dict[str, Article] = {}
    for source, summary, marks in cases(folder):
        given = articles.setdefault(source, Article(source)).contexts
        contexts = Article(summary).contexts
        for start, end, is_right, kind in marks:
            inside = (c for c in contexts.numbers if c.number.start < end and start < c.number.end)
            claimed = next(inside, None)
            if claimed and claimed.number.kind != "identifier":
                yield Marked(source, align(claimed, contexts, given), is_right, kind)


def by_hand(features: dict[str, float]) -> float:
    """What the weights that are not fitted add to the support of a number."""
    return sum(weight * features[name] for name, weight in BY_HAND.items())


def print_weights(features, right) -> None:
    """Print the lines to put into `weights.py`."""
    mean, spread = scale_of(features)
    model = regression((features - mean) / spread, right)
    raw = model.coef_[0] / spread
    print(f"BIAS = {model.intercept_[0] - (raw * mean).sum():.2f}\nFITTED = {{")
    for name, weight in zip(FITTED, raw, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")


def scale_of(features):
    return features.mean(0), features.std(0) + 1e-9


def regression(features, right) -> LogisticRegression:
    return LogisticRegression(C=0.3, max_iter=3000).fit(features, right)


def cross_validated(features, offsets, right, sources: list[str]):
    """The support of each number, by weights that were fitted to other articles."""
    mean, spread = scale_of(features)
    scaled, support = (features - mean) / spread, np.zeros(len(right))
    groups = np.unique(sources, return_inverse=True)[1]
    for train, test in GroupKFold(10).split(scaled, right, groups):
        model = regression(scaled[train], right[train])
        support[test] = 1 / (1 + np.exp(-model.decision_function(scaled[test]) - offsets[test]))
    return support


def print_curve(support, numbers: list[Marked]) -> None:
    """Print what each threshold flags, as a table; `THRESHOLD` is the one in use."""
    kinds = np.array([number.kind for number in numbers])
    print("| threshold | right numbers flagged | wrong numbers flagged | swapped numbers flagged |")
    print("|---|---|---|---|")
    for threshold in THRESHOLDS:
        cells = []
        for kind in ("good", "bad", "swap"):
            flagged, total = (support[kinds == kind] < threshold).sum(), (kinds == kind).sum()
            cells.append(f"{flagged / total:.3f} ({flagged}/{total})")
        shown = f"**{threshold}**" if threshold == THRESHOLD else threshold
        print(f"| {shown} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
