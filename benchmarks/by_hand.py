"""How much depends on each weight and threshold that was set by hand? Halve and double them.

    python -m benchmarks.by_hand DATA

DATA is a folder with `natural.jsonl` and `perturbed.jsonl`, as in `benchmarks.fit_alignment`; the
fitted weights stay as they are. Thresholds that only choose between two flagged verdicts
(`RIVAL_…`) cannot be seen here.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from summarizer import Article
from summarizer.checks.numbers import weights
from summarizer.checks.numbers.rules import check_numbers

from .marked import cases
from .results import table

FACTORS = (0.5, 2)
NOT_BY_HAND = frozenset({"BIAS", "THRESHOLD", "SAME_HEAD", "OTHER_HEAD"})
article = cache(Article)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    folder = parser.parse_args().data
    usual = list(flags(folder))
    rows: list[list[object]] = []
    for name in [*constants(), *weights.BY_HAND]:
        row: list[object] = [name]
        for factor in FACTORS:
            with scaled(name, factor):
                pairs = list(zip(usual, flags(folder), strict=True))
            changed = [is_right for (before, is_right), (now, _) in pairs if before != now]
            row.append(f"{len(changed)} ({sum(changed)} of them right)")
        rows.append(row)
    print(f"Verdicts that change, of {len(usual)}:\n")
    print(table(["by hand", *(f"times {factor}" for factor in FACTORS)], rows))


def constants() -> list[str]:
    """The numbers of `weights.py` that were set by hand and are not the end of a scale."""
    found = [n for n, value in vars(weights).items() if isinstance(value, int | float)]
    return [name for name in found if name not in NOT_BY_HAND]


@contextmanager
def scaled(name: str, factor: float) -> Iterator[None]:
    """One weight or constant, multiplied wherever it is used."""
    modules = [m for n, m in sys.modules.items() if n.startswith("summarizer.checks.numbers.")]
    places = [vars(module) for module in modules if name in vars(module)] or [weights.WEIGHTS]
    usual = places[0][name]
    try:
        for place in places:
            place[name] = type(usual)(usual * factor)
        yield
    finally:
        for place in places:
            place[name] = usual


def flags(folder: Path) -> Iterator[tuple[bool, bool]]:
    """Whether each marked number is flagged, and whether it is right."""
    for source, summary, marks in cases(folder):
        checks = check_numbers(article(summary), article(source))
        for start, end, is_right, _ in marks:
            inside = (check for check in checks if check.start < end and start < check.end)
            check = next(inside, None)
            yield check is not None and check.verdict.flagged, is_right


if __name__ == "__main__":
    main()
