"""What does a judge add? Doubtful numbers, decided by the code alone and by a model.

    python -m benchmarks.judge DATA [--model local] [--most 120]

DATA is a folder with `natural.jsonl` and `perturbed.jsonl`, as in `benchmarks.fit_alignment`. Of their
marked numbers only those are used about which the code is in doubt.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from summarizer import Article
from summarizer.checking import judge_numbers
from summarizer.checks.numbers.rules import check_numbers
from summarizer.judge import is_doubtful
from summarizer.models import resolve_model

from .marked import cases
from .results import table, write_section


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="local")
    parser.add_argument("--most", type=int, default=120)
    args = parser.parse_args()
    model = resolve_model(args.model)
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    started = time.perf_counter()
    for source_text, summary, marks in cases(args.data):
        if sum(total.values()) >= args.most:
            break
        source, text = Article(source_text), Article(summary)
        checks = [
            (check, good)
            for check in check_numbers(text, source)
            for start, end, good, _ in marks
            if check.start < end and start < check.end and is_doubtful(check)
        ]
        if not checks:
            continue
        judged = judge_numbers([check for check, _ in checks], text, source, model)
        for (before, good), after in zip(checks, judged, strict=True):
            kind = "right" if good else "wrong"
            total[kind] += 1
            right["code", kind] += before.verdict.flagged != good
            right["judge", kind] += after.verdict.flagged != good
    seconds = (time.perf_counter() - started) / max(1, sum(total.values()))
    rows: list[list[object]] = [
        [
            f"numbers that are {kind} ({count})",
            f"{right['code', kind] / count:.2f}",
            f"{right['judge', kind] / count:.2f}",
        ]
        for kind, count in total.items()
    ]
    head = ["doubtful numbers, judged rightly", "by the code alone", f"by {model.name}"]
    write_section("Judge", f"{table(head, rows)}\n\n{seconds:.1f} s a number.")


if __name__ == "__main__":
    main()
