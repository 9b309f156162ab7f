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
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from summarizer.article import Article
from summarizer.checks.numbers.alignment import align
from summarizer.checks.numbers.weights import BY_HAND, FITTED

from .marked import cases


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    folder = parser.parse_args().data
    articles: dict[str, Article] = {}
    names = list(FITTED)
    rows, offsets, labels, groups, kinds = [], [], [], [], []
    absent: Counter[str] = Counter()
    for source, summary, marks in cases(folder):
        article = articles.setdefault(source, Article(source))
        text = Article(summary)
        for start, end, good, kind in marks:
            claimed = next(
                (c for c in text.contexts.numbers if c.number.start < end and start < c.number.end),
                None,
            )
            if claimed is None or claimed.number.kind == "identifier":
                continue
            found = align(claimed, text.contexts, article.contexts)
            if found.best is None:
                absent[kind] += 1
                continue
            rows.append([found.features[n] for n in names])
            offsets.append(sum(w * found.features[n] for n, w in BY_HAND.items()))
            labels.append(int(good))
            groups.append(source)
            kinds.append(kind)
    x, y, offset, kind = np.array(rows), np.array(labels), np.array(offsets), np.array(kinds)
    mean, spread = x.mean(0), x.std(0) + 1e-9
    group = np.unique(groups, return_inverse=True)[1]
    support = np.zeros(len(y))

    def fit(chosen):
        return LogisticRegression(C=0.3, max_iter=3000).fit((x[chosen] - mean) / spread, y[chosen])

    for train, test in GroupKFold(10).split(x, y, group):
        model = fit(train)
        logit = model.decision_function((x[test] - mean) / spread) + offset[test]
        support[test] = 1 / (1 + np.exp(-logit))
    model = fit(np.arange(len(y)))
    raw = model.coef_[0] / spread
    print(f"BIAS = {model.intercept_[0] - (raw * mean).sum():.2f}\nFITTED = {{")
    for name, weight in zip(names, raw, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")
    print(
        "| threshold | right numbers flagged | wrong numbers flagged | swapped numbers flagged |\n|---|---|---|---|"
    )
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        cells = []
        for label in ("good", "bad", "swap"):
            flagged = ((support < threshold) & (kind == label)).sum()
            cells.append(
                f"{flagged / (kind == label).sum():.3f} ({flagged}/{(kind == label).sum()})"
            )
        print(f"| {threshold} |", " | ".join(cells), "|")
    print("not counted above, the value is not in the source:", dict(absent))


if __name__ == "__main__":
    main()
