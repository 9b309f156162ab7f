"""Instructor's `create` for any wire: write the request, send it, adapt to what is refused."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Protocol

from pydantic import ValidationError

from ..redaction import SHORTEST_IN_ANSWERS, cleaned, clipped
from .adaptation import adaptation_for
from .answer_text import is_object, is_prose, json_of
from .bounds import STREAM_FACTOR, asend_within, send_within
from .clients import Clients
from .identity import INDIFFERENT
from .json_schema import UnfitSchemaError
from .meter import Meter
from .wires.base import (
    Ask,
    ErrorInAnswerError,
    NoAnswerError,
    OnText,
    Reply,
    SdkError,
    Tokens,
    Wire,
    problems_of,
)
from .wires.chat import ChatCompletions

OnAdapted = Callable[[str, Exception], object]
"""Told what of the requests to a model has changed, and after which error."""
Create = Callable[..., Any]
"""Instructor's `create`: messages and a response model in, an instance of it out."""
TIMEOUT_SECONDS = 120.0
_LONGEST_REFUSAL = 200


class Sender(Protocol):
    """Makes instructor's `create` for one question."""

    @property
    def model(self) -> str | None:
        """The provider's name for the model."""
        ...

    @property
    def batch_client(self) -> Any:
        """An OpenAI client with the Batch API; None if there is none."""
        ...

    @property
    def has_sync(self) -> bool:
        """True if there is a sync client."""
        ...

    @property
    def has_async(self) -> bool:
        """True if there is an async client."""
        ...

    def create(self, meter: Meter, on_adapted: OnAdapted) -> Create:
        """Instructor's `create` over the sync client."""
        ...

    def acreate(self, meter: Meter, on_adapted: OnAdapted) -> Create:
        """Instructor's `create` over the async client."""
        ...

    async def aclose(self) -> None:
        """Close the connections of async requests."""
        ...


@dataclass(frozen=True)
class WireSender:
    """Sends by a wire and its SDK's clients; instructor validates, and asks again.

    Attributes:
        wire: How the provider is asked.
        clients: The SDK's sync and async client, of which one may be missing.
        model: The provider's name for the model.
        address: Where the server is, to remember what it has refused.
        asked_for: Names of the settings that the user chose: they are never left out.
        timeout: Seconds for one request until its answer is whole; STREAM_FACTOR times that if it
            is streamed, with no silence longer than it.
        places: The environment's variables by which its SDK finds the server.
    """

    wire: Wire
    clients: Clients = field(repr=False, metadata=INDIFFERENT)
    model: str
    address: str
    asked_for: frozenset[str] = frozenset()
    timeout: float = field(default=TIMEOUT_SECONDS, metadata=INDIFFERENT)
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_sync(self) -> bool:
        """True if there is a sync client."""
        return self.clients.sync is not None

    @property
    def has_async(self) -> bool:
        """True if there is an async client, and the SDK has async requests."""
        return not self.wire.is_sync and self.clients.asynchronous is not None

    def create(self, meter: Meter, on_adapted: OnAdapted) -> Create:
        """Instructor's `create` over the sync client."""
        return _patched(self._send, meter, on_adapted)

    def acreate(self, meter: Meter, on_adapted: OnAdapted) -> Create:
        """Instructor's `create` over the async client."""
        return _patched(self._asend, meter, on_adapted)

    async def aclose(self) -> None:
        """Close the async client."""
        await self.clients.aclose()

    @property
    def batch_client(self) -> Any:
        """The client if it has OpenAI's Batch API for this wire, else None."""
        client = self.clients.sync if isinstance(self.wire, ChatCompletions) else None
        return client if hasattr(client, "batches") else None

    def _send(self, meter: Meter, on_adapted: OnAdapted, **request: Any) -> Any:
        exchange = _Exchange(self, meter, on_adapted, request)
        while exchange.arguments is not None:
            try:
                send = functools.partial(self.wire.send, self.clients.sync, exchange.arguments)
                reply = send_within(exchange.seconds, send, exchange.on_text)
            except Exception as error:
                exchange.failed(error)
            else:
                exchange.answered(reply)
        return exchange.completion

    async def _asend(self, meter: Meter, on_adapted: OnAdapted, **request: Any) -> Any:
        exchange = _Exchange(self, meter, on_adapted, request)
        while exchange.arguments is not None:
            client = self.clients.asynchronous
            try:
                sending = self.wire.asend(client, exchange.arguments, exchange.on_text)
                reply = await asend_within(exchange.seconds, sending)
            except Exception as error:
                exchange.failed(error)
            else:
                exchange.answered(reply)
        return exchange.completion


class _Exchange:
    """One answer on its way: the request to send, again if it was refused and can be put otherwise.

    Args:
        sender: Whose wire and model it is.
        meter: Counts what is sent and received.
        on_adapted: Told of what is put otherwise.
        request: Instructor's arguments.

    Attributes:
        arguments: The arguments of the SDK's method; None once there is an answer.
        completion: The completion that instructor reads, at the end.
    """

    def __init__(
        self, sender: WireSender, meter: Meter, on_adapted: OnAdapted, request: dict[str, Any]
    ) -> None:
        self.arguments: dict[str, Any] | None = None
        self.completion: Any = None
        self._sender = sender
        self._meter = meter
        self._on_adapted = on_adapted
        self._request = request
        self._adaptation = adaptation_for(sender.wire, sender.address, sender.model)
        self._prepare()

    def answered(self, reply: Reply) -> None:
        """Take the reply; one without any answer to a streamed request is asked for unstreamed."""
        if self._ask.streamed and reply == Reply(""):
            self._adaptation.streams = False
            self._on_adapted("it is not asked to stream", NoAnswerError("it sent no event"))
            self._prepare()
            return
        reply = replace(reply, text=cleaned(reply.text, SHORTEST_IN_ANSWERS))
        self._meter.count_reply(reply)
        self._note_prose(reply)
        self.completion = _completion(reply, self._sender.model)
        self.arguments = None

    def _note_prose(self, reply: Reply) -> None:
        """Tell the schema in the prompt from now on, if the server does not enforce it."""
        if reply.is_cut_off or reply.is_filtered or reply.refusal or not is_prose(reply.text):
            return
        change = self._adaptation.learn_from_prose(self._ask.mode)
        if change is not None:
            self._on_adapted(change, NoAnswerError("it answered without any JSON"))

    @property
    def seconds(self) -> float:
        """How long the request may take."""
        wanted = self._ask.settings.get("timeout")
        seconds = float(wanted) if isinstance(wanted, int | float) else self._sender.timeout
        return seconds * STREAM_FACTOR if self._ask.streamed else seconds

    @property
    def on_text(self) -> OnText | None:
        """Told of the text of a streamed answer."""
        return self._meter.on_text if self._ask.streamed else None

    def failed(self, error: Exception) -> None:
        """Put the request otherwise if the error says that something of it is refused.

        Raises:
            Exception: The error, if it is of another kind.
        """
        if (reply := self._sender.wire.answer_in(error)) is not None:
            self.answered(reply)
            return
        if isinstance(error, json.JSONDecodeError):
            # Of the response, or an event of it: instructor would take it for the answer's.
            raise ErrorInAnswerError(
                HTTPStatus.BAD_GATEWAY, f"the server's response is not JSON: {error}"
            ) from None
        if isinstance(error, TypeError | ValidationError):
            # Instructor would take it for an answer that does not fit, and ask again.
            words = problems_of(error)
            raise SdkError(f"the SDK takes no such request, or response: {words}") from None
        self._learn(error)
        self._prepare()

    def _prepare(self) -> None:
        while True:
            self._ask = self._next_ask()
            try:
                self.arguments = self._sender.wire.arguments(self._ask)
            except UnfitSchemaError as error:
                self._learn(error)
            else:
                self._meter.count_request()
                return

    def _next_ask(self) -> Ask:
        settings = dict(self._request)
        described = settings.pop("response_format")["json_schema"]
        messages = settings.pop("messages")
        streamed = self._meter.is_streamed and self._adaptation.streams
        if streamed:
            settings = {**self._sender.wire.streamed_defaults, **settings}
        return Ask(
            self._sender.model,
            messages,
            described["name"],
            described["schema"],
            self._adaptation.settings(settings),
            self._adaptation.modes[0],
            streamed,
        )

    def _learn(self, error: Exception) -> None:
        wire = self._sender.wire
        ours = {*wire.defaults, *wire.streamed_defaults} - self._sender.asked_for
        again, change = self._adaptation.learn(error, self._ask, wire, ours)
        if change is not None:
            self._on_adapted(change, error)
        if not again:
            raise error


@dataclass(frozen=True)
class ClientSender:
    """Sends by a caller's own instructor client, which knows its provider and mode itself.

    Attributes:
        clients: The `instructor.Instructor` and the `instructor.AsyncInstructor`, of which one may
            be missing.
        model: The provider's name for the model; None if the client knows already.
        way: How the client asks: its mode, and arguments of its own.
    """

    clients: Clients = field(repr=False, metadata=INDIFFERENT)
    model: str | None = None
    way: str = ""

    @property
    def has_sync(self) -> bool:
        """True if there is a sync client."""
        return self.clients.sync is not None

    @property
    def has_async(self) -> bool:
        """True if there is an async client."""
        return self.clients.asynchronous is not None

    def create(self, meter: Meter, on_adapted: OnAdapted) -> Create:
        """The sync client's `create`."""
        return self._of(self.clients.sync, meter)

    def acreate(self, meter: Meter, on_adapted: OnAdapted) -> Create:
        """The async client's `create`."""
        return self._of(self.clients.asynchronous, meter)

    async def aclose(self) -> None:
        """Close the async client."""
        await self.clients.aclose()

    @property
    def batch_client(self) -> Any:
        """The client that instructor wraps, if it has OpenAI's Batch API, else None."""
        client = getattr(self.clients.sync, "client", None)
        return client if hasattr(client, "batches") else None

    def _of(self, client: Any, meter: Meter) -> Create:
        named = {} if self.model is None else {"model": self.model}
        hooks = meter.hooks(counts_requests=True)
        return functools.partial(client.create, hooks=hooks, **named)


def _patched(send: Callable[..., Any], meter: Meter, on_adapted: OnAdapted) -> Create:
    """Instructor's `create` over a function that sends one request."""
    import instructor

    bound = functools.partial(send, meter, on_adapted)
    patched = instructor.patch(create=bound, mode=instructor.Mode.JSON_SCHEMA)
    return functools.partial(patched, hooks=meter.hooks())


def _completion(reply: Reply, model: str) -> Any:
    """A reply as the chat completion that instructor parses.

    Raises:
        NoAnswerError: The model refused, or the provider's filter withheld the answer.
    """
    from openai.types.chat import ChatCompletion

    words = clipped(reply.refusal or "", _LONGEST_REFUSAL)
    if reply.is_filtered:
        reason = f": {words}" if words else ""
        raise NoAnswerError(f"the provider's content filter withheld the answer{reason}")
    if words:
        raise NoAnswerError(f"the model refused: {words}")
    text = json_of(reply.text)
    is_cut_off = reply.is_cut_off and not is_object(text)
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "length" if is_cut_off else "stop"}
    return ChatCompletion.model_validate(
        {
            "id": "reply",
            "object": "chat.completion",
            "created": 0,
            "model": model,
            "choices": [choice],
            "usage": _usage(reply.tokens),
        }
    )


def _usage(spent: Tokens | None) -> dict[str, int] | None:
    if spent is None:
        return None
    return {
        "prompt_tokens": spent.sent,
        "completion_tokens": spent.received,
        "total_tokens": spent.sent + spent.received,
    }
