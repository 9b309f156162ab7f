"""What the test servers of all providers share: each refuses what the real one refuses, and copies."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from tests.support.obedient import obey
from tests.support.server import Loopback, Reply

KEY = "sk-a-key-of-the-tests"
SENT, RECEIVED = 1000, 100
"""The tokens of each request and answer, in so far as a test says nothing else."""
_PATIENCE = 60.0


@dataclass
class Say:
    """What the model answers.

    Attributes:
        text: The answer; None for a truthful one of the schema that was sent.
        stop: "end", "refusal", "cut" (at the limit of its tokens) or "filter".
        breaks: True to drop the connection in the middle of a streamed answer.
        held: What the second half of a streamed answer waits for.
        gave_up: True once it has waited in vain.
    """

    text: str | None = None
    stop: str = "end"
    breaks: bool = False
    held: threading.Event | None = None
    gave_up: bool = False

    def halves(self, text: str) -> Iterator[str]:
        """The answer in two parts, of which the second may have to wait, or never comes."""
        middle = len(text) // 2
        yield text[:middle]
        if self.held is not None:
            self.gave_up = not self.held.wait(_PATIENCE)
        if not self.breaks:
            yield text[middle:]


@dataclass
class Asked:
    """What a request asks for, in terms of no provider.

    Attributes:
        schema: The schema that it was sent; None if that is only told in the prompt.
        system: The system prompt.
        dialogue: The texts of the user and the assistant, in turn.
        streamed: True if the answer is to come in pieces.
    """

    schema: dict[str, Any] | None
    system: str
    dialogue: list[str]
    streamed: bool = False


class Refused(Exception):
    """The server refuses a request with this reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.body)
        self.reply = reply


class ProviderServer(Loopback):
    """Speaks a provider's protocol: answers by a script, and truthfully when it is at its end.

    Attributes:
        script: Answers, and replies of HTTP that are none.
        requests: The bodies of all requests.
        headers: Their headers, by names in lower case.
        paths: Their paths.
        lacks: What the model refuses besides, in the provider's own terms.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget all requests and answers, for the next test: its address stays, and so do clients."""
        self.script: list[Say | Reply] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.lacks: set[str] = set()

    def will(self, *steps: Say | Reply) -> Self:
        self.script = list(steps)
        return self

    @property
    def address(self) -> str:
        """Its base URL without a path."""
        return self.base_url.removesuffix("/v1")

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        body = json.loads(data or b"{}")
        lower = {name.lower(): value for name, value in headers.items()}
        with self._lock:
            self.requests.append(body)
            self.headers.append(lower)
            self.paths.append(path)
        try:
            asked = self.read(path, lower, body)
        except Refused as refused:
            return refused.reply
        with self._lock:
            step = self.script.pop(0) if self.script else Say()
        if isinstance(step, Reply):
            return step
        text = truthful(asked) if step.text is None else step.text
        if asked.streamed:
            return Reply(
                headers={"Content-Type": self.stream_type},
                pieces=self.stream(body, step.halves(text), step),
                cut_off=step.breaks,
            )
        whole = json.dumps(self.whole(body, text, step))
        return Reply(body=whole, headers={"Content-Type": "application/json"})

    stream_type = "text/event-stream"

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        """What a request asks for.

        Raises:
            Refused: The real server would refuse it.
        """
        raise NotImplementedError

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        """An answer as the body of a response."""
        raise NotImplementedError

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterable[Any]:
        """An answer as the pieces of a stream; if it breaks, without its end."""
        raise NotImplementedError


def truthful(asked: Asked) -> str:
    """An answer that fits the schema, as a model gives that follows its descriptions too."""
    schema = asked.schema if asked.schema is not None else _told(asked.system)
    messages = [{"role": "user", "content": asked.dialogue[0]}]
    body = {
        "response_format": {"json_schema": {"schema": described(schema)}},
        "messages": messages,
    }
    return json.dumps(obey(body))


def _told(prompt: str) -> dict[str, Any]:
    """The schema in a prompt."""
    schema, _ = json.JSONDecoder().raw_decode(prompt, prompt.index("\n{") + 1)
    return dict(schema)


def described(schema: Any) -> Any:
    """A schema with the bounds that its descriptions tell in words.

    >>> described({"type": "array", "minItems": 1, "description": "(minItems: 3, maxItems: 4)"})
    {'type': 'array', 'minItems': 3, 'description': '(minItems: 3, maxItems: 4)', 'maxItems': 4}
    """
    if isinstance(schema, list):
        return [described(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    children = {name: described(value) for name, value in schema.items()}
    words = schema.get("description")
    bounds = re.findall(r"\b(m(?:in|ax)\w+): (\d+)", words) if isinstance(words, str) else []
    return {**children, **{name: int(value) for name, value in bounds}}


def schemas_in(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and all schemas in it."""
    yield schema
    named = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    listed = [each for name in ("anyOf", "oneOf", "allOf") for each in schema.get(name, [])]
    single = [schema.get("items"), schema.get("additionalProperties")]
    for child in (*named, *listed, *single):
        if isinstance(child, dict):
            yield from schemas_in(child)


def require(condition: object, reply: Callable[[], Reply]) -> None:
    """Refuse a request unless a condition holds."""
    if not condition:
        raise Refused(reply())
