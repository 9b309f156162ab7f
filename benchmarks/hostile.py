"""Text that is far too long, and how the time grows with texts that tempt a pattern to backtrack.

python -m benchmarks.hostile
"""

from __future__ import annotations

import subprocess
import sys
import time

from summarizer import crosscheck, find_quotations

from .results import table, write_section

CASES = {
    "10 MB in one line": "'word and more ' * 750_000",
    "a million numbers (6.9 MB)": "' '.join(map(str, range(1_000_000)))",
    "1 MB of the same sentence": "'Four people were hurt in Kent on Friday. ' * 25_000",
    "1 MB of quotation marks": "'“no” ' * 200_000",
}
CODE = """
import resource, time
from summarizer import crosscheck
text = {text}
started = time.perf_counter()
check = crosscheck("Bob Hall said 999,999 people and 12 dogs were hurt in Kent.", text)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


GROWING = {
    "dots": ".", "marks": '"', "single marks": "'", "curly marks": "“", "digits": "7", "commas": "1,",
    "numbers and spaces": "1 ", "points": "1.", "ands": "one hundred and ", "hyphens": "twenty-",
    "brackets": "[", "at signs": "a@", "lines": "\n", "names": "Ann ", "said": "he said ",
    "counts": "5 men, ", "words": "a ", "slashes": "1/2/", "one word": "word", "colons": "1:2:",
    "ellipses": "… ", "capitals": "A", "scores": "4-2-", "money": "$5 ", "spaces": " ", "tabs": "\t",
}  # fmt: skip


def growth(unit: str) -> float:
    """How many times longer eight times the text takes: the CPU time of the best of three."""

    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        started = time.thread_time()
        crosscheck("Four men, 12% and “no words” of Ann Lee. Bob Hall said that it rained.", text)
        find_quotations(text)
        return time.thread_time() - started

    short, long = (min(seconds(length) for _ in range(3)) for length in (10_000, 80_000))
    return long / short


def main() -> None:
    slowest = sorted(((growth(unit), name) for name, unit in GROWING.items()), reverse=True)
    grown = [[name, f"{times:.1f}"] for times, name in slowest[:5]]
    text = (
        f"Of {len(GROWING)} texts that repeat one thing, the five whose time grows most"
        " from 10,000 to 80,000 characters; a step that is quadratic would take 64 times as long.\n\n"
    )
    write_section("Hostile text eight times as long", text + table(["text", "times"], grown))
    rows: list[list[object]] = []
    for name, text in CASES.items():
        done = subprocess.run(
            [sys.executable, "-c", CODE.format(text=text)],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, megabytes = map(float, done.stdout.split())
        rows.append([name, f"{seconds:.1f} s", f"{megabytes:,.0f} MB"])
        print(rows[-1], flush=True)
    write_section("Text that is far too long", table(["source", "time", "peak memory"], rows))


if __name__ == "__main__":
    main()
