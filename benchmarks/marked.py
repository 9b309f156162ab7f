"""Human-marked and constructed cases: which numbers of a summary are right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

Mark = tuple[int, int, bool, str]
"""Start and end in the summary, whether the number is right, and the label or kind of case."""


def cases(folder: Path) -> Iterator[tuple[str, str, list[Mark]]]:
    """Source, summary and marks of each case in `natural.jsonl` and `perturbed.jsonl`."""
    for name in ("natural", "perturbed"):
        for line in (folder / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if name == "natural":
                marks = [
                    (t["start"], t["end"], t["label"] == "good", t["label"])
                    for t in row["numbers"]
                    if t["label"] != "skip"
                ]
            else:
                marks = [(row["start"], row["end"], row["supported"], row["kind"])]
            yield row["source"], row["summary"], marks
