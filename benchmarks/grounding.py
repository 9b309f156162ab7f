"""What is presented as true, and is it? Naive instructor, langextract and this library, one model.

    pip install -e . langextract
    python -m benchmarks.grounding --base-url http://127.0.0.1:PORT/v1 [--articles FILE.jsonl] [-n 10]

Every request goes through a counting proxy of this file, so that tokens and requests are counted in
one way. The judge is plain and strict, and knows none of the library's code: a figure or a number in
a claim is false if its digits (or its number word) are nowhere in the article; a quotation is false if
its words are not there in that order. Every false item is printed, to be read.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

from tests.support.server import Loopback, Reply

from . import articles
from .results import table, write_section

MOST_TOKENS = 1200
"""Of one answer, for every system: a small model that loops would otherwise fill its context."""
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
NUMBER = re.compile(rf"\d[\d,.]*\d|\d|\b(?:{'|'.join(WORDS[2:])})\b", re.IGNORECASE)


class Proxy(Loopback):
    """Forwards to a model server and adds up what its answers say they cost."""

    def __init__(self, target: str, key: str) -> None:
        super().__init__()
        self.target = target
        self.key = key
        self.spent: dict[str, float] = defaultdict(float)

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        asked = json.loads(data)
        asked["max_tokens"] = min(asked.get("max_tokens") or MOST_TOKENS, MOST_TOKENS)
        passed_on = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        address = self.target.rstrip("/") + path.removeprefix("/v1")
        request = urllib.request.Request(address, json.dumps(asked).encode(), passed_on)
        answer = urllib.request.urlopen(request, timeout=900).read()
        usage = json.loads(answer).get("usage") or {}
        self.spent["output tokens"] += usage.get("completion_tokens", 0)
        self.spent["input tokens"] += usage.get("prompt_tokens", 0)
        self.spent["requests"] += 1
        return Reply(200, answer, {"Content-Type": "application/json"})


Found = dict[str, list[str]]
"""What a system presents as true: texts under "figures", "quotes", "claims"."""


def naive(text: str, url: str) -> Found:
    """instructor with the schema that anybody would write."""
    import instructor
    import openai
    from pydantic import BaseModel, Field

    class Figure(BaseModel):
        value: str
        what: str

    class Quotation(BaseModel):
        speaker: str
        text: str

    class Summary(BaseModel):
        headline: str
        claims: list[str] = Field(max_length=6)
        quotes: list[Quotation] = Field(max_length=8, description="word for word")
        figures: list[Figure] = Field(max_length=12)

    client = instructor.from_openai(
        openai.OpenAI(base_url=url, api_key="none", max_retries=0, timeout=900),
        mode=instructor.Mode.JSON_SCHEMA,
    )
    found = client.create(
        model="local", response_model=Summary, temperature=0, max_tokens=2000, max_retries=1,
        messages=[{"role": "user", "content": "Summarize this article, with its key figures and its quotations word for word.\n\n" + text}],
    )  # fmt: skip
    return {
        "figures": [f.value for f in found.figures],
        "quotes": [q.text for q in found.quotes],
        "claims": [found.headline, *found.claims],
    }


def langextract(text: str, url: str) -> Found:
    """langextract with one example of each kind."""
    import langextract as lx
    from langextract.providers.openai import OpenAILanguageModel

    example = lx.data.ExampleData(
        text="Police in Leeds said 12 people were hurt. “It was over in two minutes,” said Tom Brand, who lost £300.",
        extractions=[
            lx.data.Extraction("figure", "12 people", attributes={"what": "hurt"}),
            lx.data.Extraction(
                "quotation", "It was over in two minutes,", attributes={"speaker": "Tom Brand"}
            ),
            lx.data.Extraction("figure", "£300", attributes={"what": "lost by Tom Brand"}),
        ],
    )
    result = lx.extract(
        text_or_documents=text,
        prompt_description="Extract the key figures and the quotations of the article, word for word, in order.",
        examples=[example],
        model=OpenAILanguageModel(
            model_id="local", api_key="none", base_url=url, temperature=0, max_workers=1
        ),
        use_schema_constraints=False,
        max_char_buffer=2000,
        show_progress=False,
    )
    found: Found = {"figures": [], "quotes": [], "claims": []}
    for extraction in result.extractions or []:
        kind = {"figure": "figures", "quotation": "quotes"}.get(extraction.extraction_class)
        if kind:
            found[kind].append(str(extraction.extraction_text))
    return found


def ours(text: str, url: str) -> Found:
    from summarizer import summarize

    summary = summarize(text, "local-model", base_url=url, api_key="none")
    return {
        "figures": [f.text for f in summary.figures],
        "quotes": [q.text for q in summary.quotes],
        "claims": [summary.headline, *(c.text for c in summary.claims)],
    }


SYSTEMS = {"naive instructor": naive, "langextract": langextract, "summarizer": ours}


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.replace("’", "'").lower()).strip()


def numbers(text: str) -> set[str]:
    """The numbers of a text as digits without separators."""
    return {
        str(WORDS.index(n)) if (n := match.lower()) in WORDS else n.replace(",", "").rstrip(".")
        for match in NUMBER.findall(text)
    }


def judge(name: str, text: str, found: Found) -> dict[str, float]:
    have, flat = numbers(text), plain(text)
    false_numbers = [
        (kind, item)
        for kind in ("figures", "claims")
        for item in found[kind]
        if numbers(item) - have
    ]
    baseless = [
        ("figures", item)
        for item in found["figures"]
        if not numbers(item) and plain(item) not in flat
    ]
    false_quotes = [("quotes", item) for item in found["quotes"] if plain(item) not in flat]
    for kind, item in [*false_numbers, *baseless, *false_quotes]:
        print(f"  false, {name}, {kind}: {item[:150]!r}", flush=True)
    true_figures = {n for item in found["figures"] for n in numbers(item)} & have
    return {
        "figures": len(found["figures"]),
        "different numbers of the article among them": len(true_figures),
        "figures and claims with a number that the article lacks": len(false_numbers)
        + len(baseless),
        "quotations": len(found["quotes"]),
        "quotations that the article lacks": len(false_quotes),
    }


def compared(texts: list[str], proxy: Proxy) -> dict[str, dict[str, float]]:
    """What each system makes of all texts: what is judged, and what it took."""
    totals: dict[str, dict[str, float]] = {name: defaultdict(float) for name in SYSTEMS}
    for number, text in enumerate(texts, 1):
        for name, run in SYSTEMS.items():
            proxy.spent.clear()
            started = time.perf_counter()
            try:
                found = run(text, proxy.base_url)
            except Exception as error:
                said = f"{type(error).__name__}: {str(error)[:100]!r}"
                print(f"  no answer, {name}, article {number}: {said}", flush=True)
                found = {"figures": [], "quotes": [], "claims": []}
                totals[name]["articles without any answer"] += 1
            spent = {**proxy.spent, "seconds": time.perf_counter() - started}
            for key, value in {**judge(name, text, found), **spent}.items():
                totals[name][key] += value
        print(f"{number} of {len(texts)}", flush=True)
    return totals


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--api-key", default="none")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("-n", type=int, default=10)
    args = parser.parse_args()
    texts = articles.load(args.articles, args.n)
    with Proxy(args.base_url, args.api_key) as proxy:
        totals = compared(texts, proxy)
    keys = list(dict.fromkeys(k for name in SYSTEMS for k in totals[name]))
    rows: list[list[object]] = [
        [key, *(f"{totals[name][key]:,.0f}" for name in SYSTEMS)] for key in keys
    ]
    write_section(
        "Grounding", f"Sums over {len(texts)} articles.\n\n" + table(["", *SYSTEMS], rows)
    )


if __name__ == "__main__":
    main()
