"""The articles of the benchmarks: the seed, and on request others from a JSONL file."""

from __future__ import annotations

import json
from pathlib import Path

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def load(path: Path | None, most: int = 10, shortest: int = 1500, longest: int = 6000) -> list[str]:
    """The seed, then the first different `source` (or `text`) values of fitting length."""
    texts = [SEED.read_bytes().decode("utf-8")]
    if path:
        rows = (json.loads(line) for line in path.open(encoding="utf-8"))
        sources = dict.fromkeys(row.get("source") or row["text"] for row in rows)
        texts += [s for s in sources if shortest < len(s) < longest][:most]
    return texts
