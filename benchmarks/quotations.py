"""Quotation checks side by side: this library, plain look-up, and four packages.

    pip install -e . corroborate grounded-check
    python -m benchmarks.quotations [--articles FILE.jsonl] [-n 40]

Every quotation of an article that is in marks and has a speaker is put into a one-line summary as it
is (`verbatim`), cut (`part`), with an ellipsis (`abridged`), in other marks (`typographic`); then with
a word changed (`word`), with a "not" more or less (`negated`), joined to another without an ellipsis
(`stitched`), given to somebody else of the article (`speaker`), or taken from another article
(`invented`). The first four must pass, the others be flagged. The seed has no quotation in marks, so
without --articles two short articles of this file are used.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from summarizer import Article, crosscheck

from . import articles
from .results import table, write_section

MUST_FLAG = ("word", "negated", "stitched", "speaker", "invented")
OWN = [
    'Mayor Ann Lee told the council: "We do not plan to close the old bridge this year, but we will have to'
    ' repair it before the winter comes." Engineer Bob Hall disagreed. "The bridge is not safe and everybody'
    ' in this town who drives a lorry knows it," he said. Traders in the High Street are worried about the noise.'
    ' "Nobody has asked the people who live and work here what they want," said Carol Finch, who runs a bakery.',
    'Coach Dan Ford said: "I am very proud of how the players kept going after such a difficult first half."'
    ' Captain Eve Stone added: "We have worked on this for months and it was never going to be easy for us."'
    ' The visitors were less happy. "The referee did not see what the whole stadium saw," said Finn Moss.',
]
Flags = Callable[[str, str], bool]


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.replace("’", "'").lower()).strip()


def quoted(summary: str) -> str:
    match = re.search(r'["“](.*)["”]', summary, re.DOTALL)
    return match.group(1) if match else ""


def ours(summary: str, source: str) -> bool:
    return any(q.verdict.flagged for q in crosscheck(summary, source).quotes)


def look_up(summary: str, source: str) -> bool:
    return plain(quoted(summary)) not in plain(source)


def partial_ratio(summary: str, source: str) -> bool:
    return fuzz.partial_ratio(plain(quoted(summary)), plain(source)) < 90


def citation_mixin(summary: str, source: str) -> bool:
    """instructor's CitationMixin keeps what its regular expression finds and drops the rest."""
    from instructor import CitationMixin
    from pydantic import BaseModel

    class Fact(CitationMixin, BaseModel):
        pass

    fact = Fact.model_validate({"substring_quotes": [quoted(summary)]}, context={"context": source})
    return not fact.substring_quotes


def corroborate(summary: str, source: str) -> bool:
    import corroborate as package

    found = package.check_answer(query="", retrieved_chunks=[source], answer=summary).findings
    return any(f.code not in ("FG001", "FG002") for f in found)


def grounded_check(summary: str, source: str) -> bool:
    import grounded

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        found = grounded.check(summary, [file.name], kinds={grounded.Kind.QUOTE}).findings
    return any(x.verdict in (grounded.Verdict.NOT_FOUND, grounded.Verdict.WEAK) for x in found)


SYSTEMS: dict[str, Flags] = {
    "summarizer": ours,
    "plain look-up": look_up,
    "rapidfuzz partial_ratio ≥ 90": partial_ratio,
    "instructor CitationMixin": citation_mixin,
    "corroborate": corroborate,
    "grounded-check": grounded_check,
}


def cases(texts: list[str]) -> list[tuple[str, str, str]]:
    """(kind, source, summary)."""
    random.seed(3)
    found = []
    quotations = {
        text: [
            q
            for q in Article(text).quotations
            if q.direct and q.speaker and len(q.text.split()) >= 8
        ]
        for text in texts
    }
    everything = [(text, q) for text, qs in quotations.items() for q in qs]
    for text, quotation in everything:
        words = quotation.text.split()
        speaker = quotation.speaker or ""
        middle = len(words) // 2
        line = f"{speaker} said: “{{}}”."
        found.append(("verbatim", text, line.format(quotation.text)))
        found.append(
            ("typographic", text, f'{speaker} said: "{quotation.text.replace(chr(39), "’")}".')
        )
        found.append(("part", text, line.format(" ".join(words[:-2]))))
        if len(words) >= 12 and not {"not", "no", "never", "nobody"} & {
            w.lower().strip(",.") for w in words[4:-4]
        }:
            found.append(("abridged", text, line.format(" ".join([*words[:4], "…", *words[-4:]]))))
        changed = [*words[:middle], "table", *words[middle + 1 :]]
        found.append(("word", text, line.format(" ".join(changed))))
        negations = [i for i, w in enumerate(words) if w == "not"]
        verbs = [
            i
            for i, w in enumerate(words)
            if w in ("is", "was", "are", "were", "will", "can", "have", "do")
        ]
        if negations:
            cut = words[: negations[0]] + words[negations[0] + 1 :]
            found.append(("negated", text, line.format(" ".join(cut))))
        elif verbs:
            added = [*words[: verbs[0] + 1], "not", *words[verbs[0] + 1 :]]
            found.append(("negated", text, line.format(" ".join(added))))
        others = [q for q in quotations[text] if q.text != quotation.text]
        if others:
            tail = random.choice(others).text.split()
            found.append(
                ("stitched", text, line.format(" ".join(words[:middle] + tail[len(tail) // 2 :])))
            )
        strangers = sorted(
            {
                q.speaker
                for q in quotations[text]
                if q.speaker and q.speaker not in speaker and speaker not in q.speaker
            }
        )
        if strangers:
            found.append(("speaker", text, f"{random.choice(strangers)} said: “{quotation.text}”."))
        elsewhere = [q for other, q in everything if other != text]
        if elsewhere:
            found.append(("invented", text, line.format(random.choice(elsewhere).text)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path)
    parser.add_argument("-n", type=int, default=40)
    args = parser.parse_args()
    texts = OWN + (articles.load(args.articles, args.n)[1:] if args.articles else [])
    made = cases(texts)
    total: dict[str, int] = defaultdict(int)
    for kind, _, _ in made:
        total[kind] += 1
    kinds = sorted(total, key=lambda k: (k in MUST_FLAG, k))
    rows: list[list[Any]] = []
    for name, flags in SYSTEMS.items():
        right: dict[str, int] = defaultdict(int)
        started = time.perf_counter()
        try:
            for kind, source, summary in made:
                right[kind] += flags(summary, source) == (kind in MUST_FLAG)
        except ImportError as error:
            print(f"left out: {name} ({error})")
            continue
        spent = (time.perf_counter() - started) / len(made) * 1000
        rows.append([name, *(f"{right[k] / total[k]:.2f}" for k in kinds), f"{spent:.2f}"])
    head = [
        "judged rightly",
        *(f"{k} ({total[k]}, {'flag' if k in MUST_FLAG else 'pass'})" for k in kinds),
        "ms a case",
    ]
    note = (
        "The speakers of the cases are those that this library found: `speaker` and `verbatim` together say that"
        " it holds on to them, not that every one is right."
    )
    write_section("Quotations", f"{table(head, rows)}\n\n{note}")


if __name__ == "__main__":
    main()
