"""Number checks side by side: this library, plain value look-up, and four packages.

    pip install -e . quantulum3 corroborate grounded-check recognizers-text-suite 'emoji<2'
    python -m benchmarks.numbers [--articles FILE.jsonl] [-n 30]

Accuracy: each sentence of an article that has a figure stands for a summary of it, then one figure
is changed. `true` (unchanged), `respelled` and `rounded` must pass; `digit`, `swapped` (with the
article's own number of another thing) and `scale` must be flagged. Time: the seed article, a whole
cross-check of one summary or, for recognisers alone, finding its numbers; every system in the same
process, in turn. A package that is not installed is left out.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer import Article, crosscheck
from summarizer.languages.english_numbers import SMALL

from . import articles
from .results import table, write_section

MUST_FLAG = {"digit", "swapped", "scale"}
SUMMARY = (
    "Russia launched 85 missiles and 35 airstrikes in the past 24 hours, killing four civilians, amid its"
    " 10-month war. Of seven drones, two were shot down on the approach to Kyiv and five over the city. Putin"
    " and Xi pledged to deepen cooperation. There were 63 attacks from rocket launchers."
)
Flags = Callable[[str, str], list[tuple[int, int]]]


def ours() -> tuple[Flags, Callable[[str], Any]]:
    def flags(summary: str, source: str) -> list[tuple[int, int]]:
        return [(n.start, n.end) for n in crosscheck(summary, source).numbers if n.verdict.flagged]

    return flags, lambda text: crosscheck(SUMMARY, text)


def look_up() -> tuple[Flags, Callable[[str], Any]]:
    """What a user writes in ten minutes: the same value, anywhere."""
    words = "|".join(w for w, v in SMALL.items() if v <= 12)
    token = re.compile(rf"\d[\d,]*(?:\.\d+)?|\b(?:{words})\b", re.IGNORECASE)

    def find(text: str) -> list[tuple[int, int, Decimal]]:
        return [
            (
                *m.span(),
                Decimal(
                    SMALL.get(m.group().lower(), 0)
                    if m.group().isalpha()
                    else m.group().replace(",", "")
                ),
            )
            for m in token.finditer(text)
        ]

    def flags(summary: str, source: str) -> list[tuple[int, int]]:
        have = {v for _, _, v in find(source)}
        return [(a, b) for a, b, v in find(summary) if v not in have]

    return flags, lambda text: flags(SUMMARY, text)


def by_value(
    find: Callable[[str], list[tuple[int, int, Any]]],
) -> tuple[Flags, Callable[[str], Any]]:
    known: dict[str, set[Any]] = {}

    def flags(summary: str, source: str) -> list[tuple[int, int]]:
        if source not in known:
            known[source] = {v for _, _, v in find(source)}
        return [(a, b) for a, b, v in find(summary) if v not in known[source]]

    return flags, find


def quantulum3() -> tuple[Flags, Callable[[str], Any]]:
    from quantulum3 import parser

    def find(text: str) -> list[tuple[int, int, Any]]:
        try:
            return [(*q.span, round(q.value, 6)) for q in parser.parse(text)]
        except Exception:  # it raises on some texts: nothing found
            return []

    return by_value(find)


def recognizers() -> tuple[Flags, Callable[[str], Any]]:
    from recognizers_number import recognize_number

    def find(text: str) -> list[tuple[int, int, Any]]:
        return [
            (r.start, r.end + 1, str((r.resolution or {}).get("value")))
            for r in recognize_number(text, "en-us")
        ]

    return by_value(find)


def corroborate() -> tuple[Flags, Callable[[str], Any]]:
    import corroborate as package

    def check(summary: str, source: str) -> Any:
        return package.check_answer(query="", retrieved_chunks=[source], answer=summary)

    def flags(summary: str, source: str) -> list[tuple[int, int]]:
        texts = {
            t
            for f in check(summary, source).findings
            if f.code in ("FG001", "FG002")
            for t in f.spans
        }
        return [m.span() for t in texts for m in re.finditer(re.escape(t), summary)]

    return flags, lambda text: check(SUMMARY, text)


def grounded_check() -> tuple[Flags, Callable[[str], Any]]:
    import tempfile

    import grounded

    def check(summary: str, source: str) -> Any:
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(source)
            file.flush()
            return grounded.check(summary, [file.name], kinds={grounded.Kind.NUMBER})

    def flags(summary: str, source: str) -> list[tuple[int, int]]:
        bad = (grounded.Verdict.NOT_FOUND, grounded.Verdict.WEAK)
        texts = {x.claim.text for x in check(summary, source).findings if x.verdict in bad}
        return [m.span() for t in texts for m in re.finditer(re.escape(t), summary)]

    return flags, lambda text: check(SUMMARY, text)


SYSTEMS = {
    "summarizer": ours,
    "plain look-up": look_up,
    "quantulum3": quantulum3,
    "recognizers-text": recognizers,
    "corroborate": corroborate,
    "grounded-check": grounded_check,
}


def cases(texts: list[str]) -> list[tuple[str, str, str, int, int]]:
    """(kind, source, summary, start, end of the changed number)."""
    random.seed(7)
    words = {v: w for w, v in SMALL.items() if 1 < v <= 20}
    found = []
    for text in texts:
        article = Article(text)
        figures = [
            n
            for n in article.numbers
            if re.fullmatch(r"[£$€]?\d[\d,.]*|[a-z]+", n.text, re.IGNORECASE)
        ]
        figures = [
            n for n in figures if n.kind in ("cardinal", "money", "score", "year") and n.value > 1
        ]
        for number in figures:
            sentence = article.sentence_at(number.start)
            assert sentence is not None
            before, after = text[sentence.start : number.start], text[number.end : sentence.end]
            digits = re.search(r"\d[\d,.]*\d|\d", number.text)
            changes = {"true": number.text}
            if digits and len(digits.group()) > 1:
                at = digits.start() + random.choice(
                    [i for i, c in enumerate(digits.group()) if c.isdecimal()]
                )
                other = random.choice([d for d in "123456789" if d != number.text[at]])
                changes["digit"] = number.text[:at] + other + number.text[at + 1 :]
            if int(number.value) in words and number.kind == "cardinal":
                changes["respelled"] = (
                    str(number.value) if number.text.isalpha() else words[int(number.value)]
                )
            if number.value >= 1000 and number.kind == "cardinal" and "," in number.text:
                changes["rounded"] = f"about {round(int(number.value), -2):,}"
            if after.startswith((" million", " billion")):
                after_scale = (
                    after.replace(" million", " billion", 1)
                    if after.startswith(" million")
                    else after.replace(" billion", " million", 1)
                )
                found.append(
                    (
                        "scale",
                        text,
                        before + number.text + after_scale,
                        len(before),
                        len(before + number.text),
                    )
                )
            others = [
                n
                for n in figures
                if n.value != number.value and n.kind == number.kind and n.unit != number.unit
            ]
            if others:
                changes["swapped"] = random.choice(others).text
            for kind, changed in changes.items():
                found.append(
                    (kind, text, before + changed + after, len(before), len(before) + len(changed))
                )
    return found


def accuracy(systems: dict[str, Any], texts: list[str]) -> str:
    made = cases(texts)
    right: dict[str, dict[str, int]] = {name: defaultdict(int) for name in systems}
    total: dict[str, int] = defaultdict(int)
    for kind, source, summary, start, end in made:
        total[kind] += 1
        for name, (flags, _) in systems.items():
            flagged = any(a < end and start < b for a, b in flags(summary, source))
            right[name][kind] += flagged == (kind in MUST_FLAG)
    kinds = sorted(total, key=lambda k: (k in MUST_FLAG, k))
    rows = [[name, *(f"{right[name][k] / total[k]:.2f}" for k in kinds)] for name in systems]
    head = [
        "judged rightly",
        *(f"{k} ({total[k]}, {'flag' if k in MUST_FLAG else 'pass'})" for k in kinds),
    ]
    return table(head, rows)


def timing(systems: dict[str, Any]) -> str:
    seed = articles.load(None)[0]
    best: dict[str, float] = {}
    for _ in range(7):  # every system in turn, so that a slow moment hits all
        for name, (_, run) in systems.items():
            repeats = 20 if best.get(name, 1) < 0.02 else 1
            started = time.perf_counter()
            for _ in range(repeats):
                run(seed)
            best[name] = min(best.get(name, 9.9), (time.perf_counter() - started) / repeats)
    base = best["summarizer"]
    rows = [
        [name, f"{seconds * 1000:.2f} ms", f"{seconds / base:.1f}"]
        for name, seconds in best.items()
    ]
    prepared = Article(seed)
    crosscheck(SUMMARY, prepared)
    started = time.perf_counter()
    for _ in range(50):
        crosscheck(SUMMARY, prepared)
    again = (time.perf_counter() - started) / 50
    rows.append(["summarizer, article prepared", f"{again * 1000:.2f} ms", f"{again / base:.1f}"])
    growth = []
    for factor in (1, 5, 50):
        text = seed * factor
        spent = min(_seconds(text) for _ in range(3))
        growth.append(
            [f"{factor} ×", f"{len(text):,}", f"{spent * 1000:.1f} ms", f"{spent / base:.1f}"]
        )
    return (
        table(["on the seed article", "time", "in our time"], rows)
        + "\n\n"
        + table(["the seed", "characters", "cross-check", "in the time of 1 ×"], growth)
    )


def _seconds(text: str) -> float:
    started = time.perf_counter()
    crosscheck(SUMMARY, text)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path)
    parser.add_argument("-n", type=int, default=30)
    args = parser.parse_args()
    systems: dict[str, Any] = {}
    for name, make in SYSTEMS.items():
        try:
            systems[name] = make()
        except ImportError as error:
            print(f"left out: {name} ({error})")
    texts = articles.load(args.articles, args.n)
    write_section("Numbers", accuracy(systems, texts) + "\n\n" + timing(systems))


if __name__ == "__main__":
    main()
