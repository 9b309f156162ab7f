"""Truthful answers to any request, as of a model that copies what it is shown.

Also a server: `python -m tests.support.obedient --latency 0.2 --fail-every 9 --refuse 0.14` answers
OpenAI's chat completions on loopback from one process, prints its address, and has statistics at
/stats.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import re
import time
from typing import Any

FAULTS = (429, 500, "drop", 503, 529)
"""The faults of every n-th request, in turn."""


def obey(body: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer that fits the schema of a request and copies its prompt."""
    schema = body["response_format"]["json_schema"]["schema"]
    definitions = schema.get("$defs", {})
    prompt = next(m["content"] for m in body["messages"] if m["role"] == "user")
    lines = {int(n): text for n, text in re.findall(r"^\[(\d+)\] (.*)$", prompt, re.MULTILINE)}
    fields: dict[str, Any] = {}
    for name, kind in schema["properties"].items():
        if name == "headline":
            fields[name] = _cut(lines[min(lines)], 190) if lines else "Nothing"
        elif name == "items":
            fields[name] = ["It burned."] * kind["minItems"]
        elif name in ("figures", "quotes"):
            fields[name] = _ids(kind["items"])[:4]
        else:
            fields[name] = _chosen(kind, definitions, lines)
    return fields


def _chosen(
    kind: dict[str, Any], definitions: dict[str, Any], lines: dict[int, str]
) -> list[dict[str, Any]] | list[int]:
    items = kind["items"]
    if "$ref" in items:
        items = definitions[items["$ref"].rpartition("/")[2]]
    if "properties" not in items:
        return _ids(items)[: kind["minItems"]]
    ids = _ids(items["properties"]["sentence"])
    longest = sorted(ids, key=lambda n: -len(lines.get(n, "")))[: kind["minItems"]]
    return [{"sentence": n, "text": _cut(lines[n], 390)} for n in longest]


def _cut(text: str, most: int) -> str:
    """A text within the schema's bounds, cut between words."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]


def _ids(kind: dict[str, Any]) -> list[int]:
    if "minimum" in kind:
        return list(range(kind["minimum"], kind["maximum"] + 1))
    return list(kind.get("enum") or ([kind["const"]] if "const" in kind else []))


def completion(body: dict[str, Any]) -> bytes:
    """The obedient answer as a chat completion."""
    message = {"role": "assistant", "content": json.dumps(obey(body))}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
        }
    ).encode()


class Planned:
    """Answers with a delay, the same at every start.

    Every n-th request meets a fault; a share of the others, drawn by lot, is refused with 429.
    """

    def __init__(self, latency: float, fail_every: int, refuse: float = 0.0) -> None:
        self.latency = latency
        self.fail_every = fail_every
        self.refuse = refuse
        self.lot = random.Random(0)
        self.requests = self.answered = self.refused = self.in_flight = self.most = 0
        self.busy = self.first = self.last = 0.0
        self._changed = 0.0

    def stats(self) -> dict[str, float]:
        span = self.last - self.first
        mean = self.busy / span if span else 0.0
        return {
            "requests": self.requests,
            "answered": self.answered,
            "refused": self.refused,
            "most": self.most,
            "mean": round(mean, 2),
            "seconds": round(span, 3),
        }

    def _count(self, change: int) -> None:
        now = time.perf_counter()
        if not self.first:
            self.first = self._changed = now
        self.busy += self.in_flight * (now - self._changed)
        self.in_flight += change
        self.most = max(self.most, self.in_flight)
        self._changed = self.last = now

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while await self._one(reader, writer):
                pass
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        data = await reader.readexactly(int(length[1])) if length else b""
        if head.startswith("GET"):
            _write(writer, 200, json.dumps(self.stats()).encode())
            return True
        self.requests += 1
        number = self.requests
        fault: Any = None
        if self.fail_every and number % self.fail_every == 0:
            fault = FAULTS[(number // self.fail_every - 1) % len(FAULTS)]
        elif self.lot.random() < self.refuse:
            fault = 429
        self.refused += fault == 429
        self._count(+1)
        try:
            answer = completion(json.loads(data)) if fault is None else b'{"error": {}}'
            await asyncio.sleep(self.latency if fault is None else self.latency / 4)
        finally:
            self._count(-1)
        if fault == "drop":
            return False
        self.answered += fault is None
        _write(writer, fault or 200, answer, "retry-after: 0.2\r\n" if fault == 429 else "")
        await writer.drain()
        return True


def _write(writer: asyncio.StreamWriter, status: int, data: bytes, more: str = "") -> None:
    head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{more}"
    writer.write(f"{head}content-length: {len(data)}\r\n\r\n".encode() + data)


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--fail-every", type=int, default=0)
    parser.add_argument("--refuse", type=float, default=0.0)
    options = parser.parse_args()
    planned = Planned(options.latency, options.fail_every, options.refuse)
    server = await asyncio.start_server(planned.serve, "127.0.0.1", 0, limit=1 << 24, backlog=512)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
