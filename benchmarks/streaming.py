"""How early a claim comes out of a growing answer.

    python -m benchmarks.streaming [--delay 0.003] [--local]

A server on loopback sends a truthful answer to the seed article a character at a time, with a pause
after each, in the order of the schema that it was sent. Reported is the share of the answer that had
been sent when the first item and the first claim came out, and how many claims were half or came twice;
beside instructor's `create_partial`, with the same schema and client. With --local, the embedded model
writes instead, and the shares are of its time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarizer import Claim, Summary, stream_summary
from summarizer.pipeline.call import Call, as_article
from summarizer.pipeline.draft import PARTS
from summarizer.pipeline.session import make_session
from tests.support.obedient import obey
from tests.support.server import Reply, ScriptedServer, deltas, ending, flowing

from .results import table, write_section

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))


class Slow:
    """Sends an obedient answer a character at a time, and knows how far it is."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.sent = self.length = 0

    def __call__(self, body: dict[str, Any]) -> Reply:
        text = json.dumps(obey(body), indent=1)
        self.sent, self.length = 0, len(text)
        return flowing(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        for piece in deltas(text, 1):
            self.sent += 1
            yield piece
            time.sleep(self.delay)
        yield from ending()

    @property
    def share(self) -> float:
        return self.sent / self.length


def ours(server: ScriptedServer, slow: Slow, text: str) -> list[object]:
    shares: dict[type, float] = {}
    claims: list[str] = []
    for item in stream_summary(text, "m", base_url=server.base_url, api_key="k"):
        if isinstance(item, Summary):
            whole = [claim.text for claim in item.claims]
            break
        shares.setdefault(type(item), slow.share)
        if isinstance(item, Claim):
            claims.append(item.text)
    return _row("summarizer", min(shares.values()), shares[Claim], claims, whole)


def partial(server: ScriptedServer, slow: Slow, text: str) -> list[object]:
    import instructor
    import openai

    session = make_session("m", base_url=server.base_url, api_key="k")
    [request] = Call(as_article(text), session).requests
    client = instructor.from_openai(
        openai.OpenAI(base_url=server.base_url, api_key="k"), mode=instructor.Mode.JSON_SCHEMA
    )
    first: float | None = None
    claims: list[str] = []
    for draft in client.create_partial(
        model="m", messages=request.messages, response_model=request.schema
    ):
        first = slow.share if first is None else first
        parts = [getattr(draft, part, None) or [] for part in PARTS]
        seen = [claim.text for part in parts for claim in part if getattr(claim, "text", None)]
        claims += [text for text in seen if text not in claims]
        whole = seen
    return _row("instructor create_partial", first or 1.0, first or 1.0, claims, whole)


def _row(name: str, item: float, claim: float, claims: list[str], whole: list[str]) -> list[object]:
    half = [text for text in claims if text not in whole]
    twice = len(claims) - len(set(claims))
    return [name, f"{item:.0%}", f"{claim:.0%}", str(len(whole)), str(len(half)), str(twice)]


def local(text: str) -> list[object]:
    started = time.perf_counter()
    seconds: dict[type, float] = {}
    claims: list[str] = []
    for item in stream_summary(text, "local"):
        passed = time.perf_counter() - started
        seconds.setdefault(type(item), passed)
        if isinstance(item, Claim):
            claims.append(item.text)
        if isinstance(item, Summary):
            whole = [claim.text for claim in item.claims]
    return _row(
        "embedded model, share of the time",
        min(seconds.values()) / passed,
        seconds[Claim] / passed,
        claims,
        whole,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.003, help="Seconds after each character.")
    parser.add_argument("--local", action="store_true", help="Ask the embedded model too.")
    options = parser.parse_args()
    text = SEED.read_text(encoding="utf-8")
    slow = Slow(options.delay)
    with ScriptedServer() as server:
        server.will(slow)
        rows = [ours(server, slow, text), partial(server, slow, text)]
    if options.local:
        rows.append(local(text))
    header = ["", "first item after", "first claim after", "claims", "half", "twice"]
    write_section("Streaming", table(header, rows))


if __name__ == "__main__":
    main()
