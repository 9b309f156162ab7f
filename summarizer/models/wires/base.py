"""What every provider's wire does: write a request for its SDK, send it, read the answer."""

from __future__ import annotations

import inspect
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any, ClassVar, Protocol

from pydantic import ValidationError

from ..answer_text import is_object, json_of
from ..json_schema import Schema

Messages = list[dict[str, Any]]
OnText = Callable[[str], object]
"""Told of each piece of an answer's text while it arrives."""


class Mode(StrEnum):
    """How an answer is held to its schema, from the strictest on."""

    STRICT = "a strict JSON schema"
    SCHEMA = "a JSON schema"
    TOOL = "a tool call"
    JSON = "JSON, with the schema in the prompt"
    TEXT = "text, with the schema in the prompt"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, in terms of no provider.

    Attributes:
        model: The provider's name for the model.
        messages: With the roles system, user and assistant, and text as content.
        name: Name of the schema.
        schema: What the answer must fit.
        settings: Further arguments; `COMMON` says which names mean the same everywhere, others go
            to the provider as they are.
        mode: How the answer is held to the schema.
        streamed: True if the answer is to come in pieces.
    """

    model: str
    messages: Messages
    name: str
    schema: Schema
    settings: Mapping[str, Any]
    mode: Mode
    streamed: bool = False

    @property
    def system(self) -> str:
        """The text of the system messages."""
        return system_of(self.messages)

    @property
    def conversation(self) -> Messages:
        """The messages of the system, then those of the `dialogue`."""
        return [*(m for m in self.messages if m["role"] == "system"), *self.dialogue]

    @property
    def dialogue(self) -> Messages:
        """The messages of the user and the assistant; see `dialogue_of`."""
        return dialogue_of(self.messages)


def system_of(messages: Messages) -> str:
    """The text of the system messages."""
    return "\n\n".join(m["content"] for m in messages if m["role"] == "system")


def dialogue_of(messages: Messages) -> Messages:
    """The messages of the user and the assistant, in turn and none of them empty.

    An answer without any text is asked for again, which leaves an empty message of the assistant's;
    providers refuse one.
    """
    turns: Messages = []
    for message in messages:
        if message["role"] == "system" or not message["content"].strip():
            continue
        if turns and turns[-1]["role"] == message["role"]:
            content = f"{turns[-1]['content']}\n\n{message['content']}"
            turns[-1] = {**turns[-1], "content": content}
        else:
            turns.append(message)
    return turns


COMMON = "temperature seed top_p max_tokens stop headers timeout"
"""Settings that mean the same for every provider, whatever its own name for them."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one request took.

    Attributes:
        sent: Tokens of the request, those from the provider's cache included.
        received: Tokens of the answer, its reasoning included.
        cached: Those of `sent` that came from the provider's cache.
        written: Those of `sent` that were put into it.
    """

    sent: int
    received: int
    cached: int = 0
    written: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(
            self.sent + other.sent,
            self.received + other.received,
            self.cached + other.cached,
            self.written + other.written,
        )


def tokens(sent: Any, received: Any, cached: Any = None, written: Any = None) -> Tokens | None:
    """The usage that a provider reports; None unless both counts are whole and not negative.

    >>> tokens(100, 20.0, cached=-1)
    Tokens(sent=100, received=20, cached=0, written=0)
    >>> tokens(100, float("nan")) is None
    True
    """
    counts = [_count(value) for value in (sent, received)]
    if None in counts:
        return None
    return Tokens(*(_count(value) or 0 for value in (sent, received, cached, written)))


def _count(value: Any) -> int | None:
    """A count of tokens, which some servers write as 20.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and value >= 0 else None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        text: The answer, which should be JSON.
        tokens: What it took; None if the provider does not say.
        refusal: The model's words if it refuses to answer; the filter's, if `is_filtered`.
        is_cut_off: True if it ends because it reached the limit of its tokens.
        is_filtered: True if the provider's content filter withheld it, or part of it.
    """

    text: str
    tokens: Tokens | None = None
    refusal: str | None = None
    is_cut_off: bool = False
    is_filtered: bool = False


class Collector(Protocol):
    """Puts the events of a stream together."""

    def add(self, event: Any) -> str:
        """Take the next event; the text that it brings."""
        ...

    def reply(self) -> Reply:
        """The whole answer."""
        ...


class NoAnswerError(Exception):
    """A response arrived that has no answer in it; asking again would bring the same."""


class SdkError(Exception):
    """The provider's SDK does not take the request, or cannot read the response."""


def problems_of(error: Exception) -> str:
    """What an SDK finds wrong with its arguments, in one line, without links and inputs.

    >>> problems_of(TypeError("no argument 'tea'"))
    "no argument 'tea'"
    """
    if isinstance(error, ValidationError):
        found = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return "; ".join(found)
    return " ".join(str(error).split())


class ErrorInAnswerError(Exception):
    """A response with status 200 whose body is an error.

    Attributes:
        status_code: The HTTP status that it should have had.
        body: The error as it was sent, if there was one.
    """

    def __init__(self, status_code: int, message: str, body: Any = None) -> None:
        super().__init__(message)
        self.status_code = int(status_code)
        self.body = body


class Wire(ABC):
    """How one provider is asked. Stateless: the client is passed in.

    Attributes:
        modes: The modes that it may take, the best one first; a server that refuses one is asked in
            the next.
        names: The provider's names of `COMMON` settings, where they differ.
        defaults: Settings that make its answers repeatable.
        streamed_defaults: Further settings of a streamed request.
        lacks: Names of `COMMON` settings that it has under no name.
        is_sync: True if its SDK has no async client: it is then asked in a thread.
        serves_both: True if one client of its SDK has both sync and async methods.
    """

    modes: tuple[Mode, ...]
    names: ClassVar[Mapping[str, str]] = {}
    defaults: ClassVar[Mapping[str, Any]] = {}
    streamed_defaults: ClassVar[Mapping[str, Any]] = {}
    lacks: ClassVar[frozenset[str]] = frozenset()
    is_sync: ClassVar[bool] = False
    serves_both: ClassVar[bool] = False

    def defaults_of(self, model: str) -> Mapping[str, Any]:
        """Those of `defaults` that suit a model."""
        return self.defaults

    @abstractmethod
    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of the SDK's method for a request.

        Raises:
            UnfitSchemaError: The schema cannot be said in the provider's dialect in this mode.
            SdkError: There is no such setting, or not with such a value.
        """

    @abstractmethod
    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """The client's method that sends a request; its result is awaited if `is_async`."""

    @abstractmethod
    def reply(self, response: Any) -> Reply:
        """Read a whole response.

        Raises:
            NoAnswerError: It is of a kind that cannot have an answer.
            ErrorInAnswerError: It is an error.
        """

    @abstractmethod
    def collector(self) -> Collector:
        """A collector for the events of one stream."""

    def answer_in(self, error: Exception) -> Reply | None:
        """The answer that a server sends as an error because it does not fit; None in any other."""
        return None

    def events(self, stream: Any) -> Any:
        """The events of what the streaming method returned."""
        return stream

    def send(self, client: Any, arguments: dict[str, Any], on_text: OnText | None) -> Reply:
        """Send a request, and wait for the whole answer.

        Args:
            client: The SDK's sync client.
            arguments: As from `arguments`.
            on_text: Told of each piece of text, for a streamed request.
        """
        method = self.method(client, streamed=on_text is not None, is_async=False)
        response = method(**arguments)
        if on_text is None:
            return self.reply(response)
        collector = self.collector()
        try:
            events: Iterable[Any] = self.events(response)
            for event in events:
                if text := collector.add(event):
                    on_text(text)
        finally:
            close(response)
        return collector.reply()

    async def asend(self, client: Any, arguments: dict[str, Any], on_text: OnText | None) -> Reply:
        """Send a request by the SDK's async client; as `send`."""
        method = self.method(client, streamed=on_text is not None, is_async=True)
        response = await method(**arguments)
        if on_text is None:
            return self.reply(response)
        collector = self.collector()
        try:
            events: AsyncIterable[Any] = self.events(response)
            async for event in events:
                if text := collector.add(event):
                    on_text(text)
        finally:
            if inspect.isawaitable(closing := close(response)):
                await closing
        return collector.reply()

    def address(self, client: Any) -> str | None:
        """The base URL of a ready-made client."""
        address = getattr(client, "base_url", None)
        return None if address is None else str(address)

    def key(self, client: Any) -> str | None:
        """The key of a ready-made client, to keep it out of error messages."""
        key = getattr(client, "api_key", None)
        return key if isinstance(key, str) else None

    def asynchronous(self, client: Any) -> Any:
        """The async part of a ready-made client that serves both."""
        return client

    def named(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Settings under the provider's names."""
        return {self.names.get(name, name): value for name, value in settings.items()}


def close(stream: Any) -> Any:
    """Close a stream, so that an abandoned one does not go on; an awaitable if it is async."""
    for name in ("close", "aclose"):
        if callable(method := getattr(stream, name, None)):
            return method()
    return None


def with_schema(ask: Ask) -> Messages:
    """The messages with the schema in words, for a mode in which the server does not enforce it."""
    told = (
        "Answer with one JSON object and nothing else: no prose, no code fence. It must be valid"
        f" against this JSON schema:\n{json.dumps(ask.schema)}"
    )
    if not ask.system:
        return [{"role": "system", "content": told}, *ask.conversation]
    system, *rest = ask.conversation
    return [{**system, "content": f"{system['content']}\n\n{told}"}, *rest]


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a JSON object; none of anything else."""
    return value if isinstance(value, dict) else {}


@dataclass
class TextCollector:
    """Collects the text of a stream whose events `read` understands.

    Attributes:
        read: The changes that an event makes to the reply, of the same names as its attributes;
            `text` and `refusal` are added, the others replace. `whole` is the text of an event that repeats all of
            it, and `is_finished` is true of one that ends the answer.
        needs_end: True if the provider's streams have such an event: one without it was broken off.
    """

    read: Callable[[Any], Mapping[str, Any]]
    needs_end: bool = False
    _texts: list[str] = field(default_factory=list)
    _refusals: list[str] = field(default_factory=list)
    _rest: dict[str, Any] = field(default_factory=dict)
    _is_finished: bool = False

    def add(self, event: Any) -> str:
        """Take the next event; the text that it brings."""
        changes = dict(self.read(event))
        text = str(changes.pop("text", None) or "")
        whole = str(changes.pop("whole", None) or "")
        if not any(self._texts):
            text = text or whole
        self._refusals.append(str(changes.pop("refusal", None) or ""))
        self._is_finished |= bool(changes.pop("is_finished", False))
        self._texts.append(text)
        self._rest |= {name: value for name, value in changes.items() if value is not None}
        return text

    def reply(self) -> Reply:
        """The whole answer.

        Raises:
            ErrorInAnswerError: The stream ended before the answer did.
        """
        text = "".join(self._texts)
        is_broken = self.needs_end and not self._is_finished
        if is_broken and text and not is_object(json_of(text)):
            raise ErrorInAnswerError(
                HTTPStatus.BAD_GATEWAY, "the stream ended before the answer was complete"
            )
        return Reply(text, refusal="".join(self._refusals) or None, **self._rest)
