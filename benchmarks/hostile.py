"""Text that is far too long: how long a cross-check of one claim takes, and how much memory.

python -m benchmarks.hostile
"""

from __future__ import annotations

import subprocess
import sys

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


def main() -> None:
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
