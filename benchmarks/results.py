"""Where benchmarks write: one section a benchmark in RESULTS.md, with the command that made it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def write_section(title: str, body: str) -> None:
    """Replace or append the section of this title."""
    old = (
        RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results of the benchmarks\n"
    )
    options = [_masked(arg) for arg in sys.argv[1:]]
    command = " ".join(["python -m", f"benchmarks.{Path(sys.argv[0]).stem}", *options])
    section = f"## {title}\n\n`{command}`\n\n{body.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    new = (
        pattern.sub(lambda _: section + "\n", old)
        if pattern.search(old)
        else f"{old.rstrip()}\n\n{section}"
    )
    RESULTS.write_text(new.rstrip() + "\n", encoding="utf-8")
    print(section)


def _masked(argument: str) -> str:
    """Without the paths and addresses of this machine."""
    if argument.endswith(".jsonl"):
        return "FILE.jsonl"
    if Path(argument).is_dir():
        return "DATA"
    return re.sub(r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:PORT", argument)


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
