"""How often does chance alone allow a `derived` verdict? Random numbers in place of true ones.

    python -m benchmarks.derived --articles FILE.jsonl

FILE.jsonl has `source` and `summary`. One counted or measured number of each summary is replaced by a
random one of the same size (same number of digits) that the source does not contain.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from summarizer import Article, crosscheck

from .results import table, write_section


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    random.seed(5)
    verdicts: Counter[str] = Counter()
    articles: dict[str, Article] = {}
    for line in args.articles.open(encoding="utf-8"):
        row = json.loads(line)
        source = articles.setdefault(row["source"], Article(row["source"]))
        have = {n.value for n in source.numbers}
        summary = row["summary"]
        numbers = [
            n
            for n in Article(summary).numbers
            if n.text.isdecimal() and n.kind in ("cardinal", "percent", "measure") and n.value > 1
        ]
        for number in numbers:
            for _ in range(args.times):
                size = 10 ** (len(number.text) - 1)
                value = random.randint(max(2, size), size * 10 - 1)
                if value in have:
                    continue
                changed = summary[: number.start] + str(value) + summary[number.end :]
                found = [n for n in crosscheck(changed, source).numbers if n.start == number.start]
                verdicts.update(n.verdict.value for n in found)
    total = sum(verdicts.values())
    rows = [[name, count, f"{count / total:.4f}"] for name, count in verdicts.most_common()]
    body = table(["verdict on a random number", "times", "share"], rows)
    write_section("Chance and derived numbers", f"{total} random numbers.\n\n{body}")


if __name__ == "__main__":
    main()
