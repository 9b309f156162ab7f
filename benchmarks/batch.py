"""Many articles: how close to the ideal, what it costs in CPU and memory, beside plain asyncio.gather.

    python -m benchmarks.batch [--most 20000] [--refuse 0.14]

A server in a process of its own answers after a set time, so that the ideal is known: requests ×
latency / concurrency. The peer is instructor alone under asyncio.gather and a semaphore, with the
same requests: no checks, no summary, no resuming, nothing on disk.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarizer import summarize_many
from summarizer.batch.items import as_item
from summarizer.pipeline.call import Call, as_article
from summarizer.pipeline.session import make_session

from .articles import load
from .results import table, write_section

SHORT = (
    "Fire crews were called to the old mill in Kent on Friday. Chief Ann Lee said that 12 engines"
    " fought the blaze for six hours. Four people were hurt. The mill, built in 1890, employs 250"
    " workers. Owner Bob Hall said that it would be rebuilt within two years. Police are"
    " investigating the cause of the fire."
)


PACE_SECONDS = 5.0
"""Long enough that the time of our own work does not count."""
PACE_HEAD = [
    "refused with 429",
    "seen",
    "ideal, s",
    "wall, s",
    "wall / ideal",
    "in flight, mean",
    "failed",
]


@contextlib.contextmanager
def serving(latency: float, fail_every: int = 0, refuse: float = 0.0) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.support.obedient", "--latency", str(latency)]
    faults = ["--fail-every", str(fail_every), "--refuse", str(refuse)]
    process = subprocess.Popen([*command, *faults], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def stats(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url + "/stats", timeout=5) as answer:
        return json.load(answer)


def texts(base: str, count: int) -> Iterator[tuple[str, str]]:
    return ((f"a{n}", f"{base}\n\nIt was call {n + 10:,}.") for n in range(count))


def ours(base: str, count: int, concurrency: int, url: str) -> None:
    outcomes = summarize_many(
        texts(base, count), "m", base_url=url, api_key="k", concurrency=concurrency
    )
    assert all(o.error is None for o in outcomes)


def plain(base: str, count: int, concurrency: int, url: str) -> None:
    """The same requests through instructor alone."""
    session = make_session("m", base_url=url, api_key="k")
    requests = [Call(as_article(t), session).requests[0] for _, t in texts(base, count)]
    # The requests are made before the clock starts.
    started, cpu = time.perf_counter(), time.process_time()

    async def run() -> None:
        import instructor
        import openai

        client = instructor.from_openai(
            openai.AsyncOpenAI(base_url=url, api_key="k", max_retries=0),
            mode=instructor.Mode.JSON_SCHEMA,
        )
        places = asyncio.Semaphore(concurrency)

        async def ask(request: Any) -> None:
            async with places:
                await client.create(
                    model="m", messages=request.messages, response_model=request.schema,
                    temperature=0.0, seed=0, max_retries=0,
                )  # fmt: skip

        await asyncio.gather(*map(ask, requests))
        await client.client.close()

    asyncio.run(run())
    plain.took = (time.perf_counter() - started, time.process_time() - cpu)  # type: ignore[attr-defined]


def measured(base: str, count: int, concurrency: int, latency: float) -> list[list[object]]:
    ideal = count * latency / concurrency
    rows = []
    for name, run in (("instructor, asyncio.gather", plain), ("summarize_many", ours)):
        with serving(latency) as url:
            run(base, concurrency, concurrency, url)  # connections are open, classes made
            before = stats(url)
            started, cpu = time.perf_counter(), time.process_time()
            run(base, count, concurrency, url)
            took = (time.perf_counter() - started, time.process_time() - cpu)
            took = getattr(run, "took", took)
            assert stats(url)["answered"] - before["answered"] == count
        rows.append(
            [f"{concurrency} × {latency:g} s", name, f"{ideal:.2f}", f"{took[0]:.2f}",
             f"{took[0] / ideal:.2f}", f"{took[1] / count * 1000:.1f}"]
        )  # fmt: skip
        print(rows[-1], flush=True)
    return rows


def own_cpu(base: str, repeats: int = 100) -> float:
    """Milliseconds of CPU for one article without instructor and openai."""
    from summarizer.models import Answer
    from tests.support.obedient import obey

    session = make_session("m", base_url="http://127.0.0.1:9/v1", api_key="k")
    items = [as_item(t, 0) for t in texts(base, repeats)]
    spent = 0.0
    for item in items:
        started = time.process_time()
        call = Call(as_article(item.text), session)
        spent += time.process_time() - started
        answers = [
            Answer(
                r.schema.model_validate(
                    obey(
                        {
                            "messages": r.messages,
                            "response_format": {
                                "json_schema": {"schema": r.schema.model_json_schema()}
                            },
                        }
                    )
                ),
                1, 1, 1, 0.0,
            )
            for r in call.requests
        ]  # fmt: skip
        started = time.process_time()
        call.send(answers)
        call.result.model_dump_json()
        spent += time.process_time() - started
    return spent / repeats * 1000


def through_faults(count: int) -> list[list[object]]:
    """The command, killed half-way, against a server that fails on a plan."""
    folder = Path(tempfile.mkdtemp())
    (folder / "in.jsonl").write_text(
        "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts(SHORT, count))
    )
    out = folder / "out.jsonl"
    with serving(0.2, 11) as url:
        command = [
            sys.executable, "-c", "from summarizer.cli import main; main()", "batch",
            str(folder / "in.jsonl"), "-o", str(out), "--model", "m", "--base-url", url,
            "--concurrency", "16",
        ]  # fmt: skip
        env = {
            **os.environ,
            "SUMMARIZER_CACHE": str(folder / "cache.sqlite"),
            "OPENAI_API_KEY": "k",
        }
        first = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
        while not out.exists() or out.read_bytes().count(b"\n") < count // 2:
            time.sleep(0.02)
        first.kill()
        first.wait()
        half = stats(url)
        subprocess.run(command, env=env, check=True, stderr=subprocess.DEVNULL)
        whole = stats(url)
    ids = [json.loads(line)["id"] for line in out.read_text().splitlines()]
    return [
        ["results", len(ids)],
        ["different ids", len(set(ids))],
        ["answers given by the server", whole["answered"]],
        ["mean requests in flight until the kill, of 16", half["mean"]],
    ]


def paces(shares: list[float], count: int = 300) -> list[list[object]]:
    """How near to the ideal a batch is, where the server refuses a share of all requests with 429."""
    rows: list[list[object]] = []
    for share in shares:
        with serving(PACE_SECONDS, refuse=share) as url:
            outcomes = list(
                summarize_many(texts(SHORT, count), "m", base_url=url, api_key="k", concurrency=16)
            )
            seen = stats(url)
        # A refusal takes a quarter of the time of an answer.
        ideal = (seen["answered"] + seen["refused"] / 4) * PACE_SECONDS / 16
        failed = sum(o.error is not None for o in outcomes)
        rows.append(
            [f"{share:.0%}", f"{seen['refused'] / seen['requests']:.0%}", f"{ideal:.1f}",
             f"{seen['seconds']:.1f}", f"{seen['seconds'] / ideal:.2f}", seen["mean"], failed]
        )  # fmt: skip
        print(rows[-1], flush=True)
    return rows


def peak_memory(count: int) -> float:
    """Megabytes of a process that summarizes so many articles."""
    code = (
        "import resource, sys; from benchmarks.batch import ours, SHORT;"
        "ours(SHORT, int(sys.argv[1]), 64, sys.argv[2]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    with serving(0.01) as url:
        done = subprocess.run(
            [sys.executable, "-c", code, str(count), url],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return float(re.findall(r"[\d.]+", done.stdout)[-1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=20_000, help="for the memory")
    parser.add_argument(
        "--refuse", type=float, help="only the pace, where so large a share is refused with 429"
    )
    options = parser.parse_args()
    if options.refuse is not None:
        print(table(PACE_HEAD, paces([options.refuse])))
        return
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    seed = load(None)[0]
    rows: list[list[object]] = []
    for concurrency, latency, rounds in ((16, 0.2, 20), (16, 2.0, 6), (128, 2.0, 5), (128, 5.0, 3)):
        rows += measured(SHORT, rounds * concurrency, concurrency, latency)
    head = [
        "concurrency × latency",
        "",
        "ideal, s",
        "wall, s",
        "wall / ideal",
        "CPU an article, ms",
    ]
    parts = [table(head, rows)]
    parts.append(
        f"Our own CPU, without instructor and openai: {own_cpu(SHORT):.1f} ms for an article of"
        f" {len(SHORT)} characters, {own_cpu(seed):.1f} ms for the seed ({len(seed):,})."
    )
    print(parts[-1], flush=True)
    parts.append(
        table(["300 articles, a kill half-way, every 11th request fails", ""], through_faults(300))
    )
    print(parts[-1], flush=True)
    parts.append(
        f"300 articles, 16 at once, {PACE_SECONDS:g} s an answer, where the server refuses a share:"
    )
    parts.append(table(PACE_HEAD, paces([0.0, 0.09, 0.14, 0.2])))
    few, many = peak_memory(200), peak_memory(options.most)
    parts.append(
        f"Peak memory: {few:.0f} MB for 200 articles, {many:.0f} MB for {options.most:,}"
        f" ({many / few - 1:+.0%})."
    )
    print(parts[-1], flush=True)
    write_section("Many articles", "\n\n".join(parts))


if __name__ == "__main__":
    main()
