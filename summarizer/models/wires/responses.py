"""OpenAI's Responses API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from ..json_schema import ANY, OPENAI_STRICT
from .base import (
    Ask,
    Collector,
    ErrorInAnswerError,
    Messages,
    Mode,
    NoAnswerError,
    Reply,
    TextCollector,
    Tokens,
    Wire,
    fields_of,
    tokens,
    with_schema,
)
from .chat import error_in_answer
from .unknown_arguments import taking_more

_OVER = ("response.completed", "response.incomplete", "response.failed")
"""Events that end a stream, each with the whole response."""


@dataclass(frozen=True)
class Responses(Wire):
    """OpenAI's Responses API, by its SDK."""

    modes: tuple[Mode, ...] = (Mode.STRICT, Mode.SCHEMA, Mode.JSON, Mode.TEXT)

    names: ClassVar[Mapping[str, str]] = {
        "headers": "extra_headers",
        "max_tokens": "max_output_tokens",
    }
    defaults: ClassVar[Mapping[str, Any]] = {"temperature": 0.0, "store": False}
    """Unlike chat completions, it would keep each article and answer for 30 days."""
    lacks: ClassVar[frozenset[str]] = frozenset({"seed", "stop"})

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of `responses.create`."""
        arguments: dict[str, Any] = {
            "model": ask.model,
            **_asked(ask),
            **self.named(ask.settings),
        }
        if ask.streamed:
            arguments["stream"] = True
        return arguments

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`responses.create`, sync or async as the client is."""
        return taking_more(client.responses.create)

    def reply(self, response: Any) -> Reply:
        """Read a response."""
        if not hasattr(response, "model_dump"):
            raise NoAnswerError("the server's answer is not a JSON response: check base_url")
        whole = TextCollector(_read)
        whole.add(response.model_dump(warnings=False))
        return whole.reply()

    def collector(self) -> Collector:
        """Puts the events of a stream together."""
        return TextCollector(lambda event: _piece(event.model_dump(warnings=False)), needs_end=True)


def _piece(event: dict[str, Any]) -> dict[str, Any]:
    """What an event of a stream says, as changes of a TextCollector."""
    kind = event.get("type")
    if kind in _OVER:
        read = _read(fields_of(event.get("response")))
        return {**read, "text": "", "whole": read["text"], "is_finished": True}
    if kind == "error" or event.get("error"):
        raise error_in_answer(event.get("error") or event)
    if kind == "response.output_text.delta":
        return {"text": event.get("delta")}
    if kind == "response.refusal.done":
        return {"refusal": event.get("refusal")}
    return {}


def _asked(ask: Ask) -> dict[str, Any]:
    """The messages, and what makes the answer fit the schema."""
    if ask.mode in (Mode.STRICT, Mode.SCHEMA):
        is_strict = ask.mode is Mode.STRICT
        form = {
            "type": "json_schema",
            "name": ask.name,
            "schema": (OPENAI_STRICT if is_strict else ANY).fit(ask.schema),
            "strict": is_strict,
        }
        system = {"instructions": ask.system} if ask.system else {}
        return {"input": ask.dialogue, "text": {"format": form}, **system}
    # The word JSON must be in the input: instructions do not count.
    told: Messages = with_schema(ask)
    format_ = {"text": {"format": {"type": "json_object"}}} if ask.mode is Mode.JSON else {}
    return {"input": told, **format_}


def _read(response: dict[str, Any]) -> dict[str, Any]:
    """What a whole response says, as changes of a TextCollector."""
    if error := response.get("error"):
        raise error_in_answer(error)
    if response.get("status") == "failed":
        raise ErrorInAnswerError(HTTPStatus.INTERNAL_SERVER_ERROR, "the response failed")
    parts = list(_parts(response.get("output")))
    refusals = [part.get("refusal") for part in parts if part.get("type") == "refusal"]
    texts = [part.get("text") for part in parts if part.get("type") == "output_text"]
    reason = fields_of(response.get("incomplete_details")).get("reason")
    return {
        "text": "".join(text for text in texts if isinstance(text, str)),
        "tokens": _tokens(fields_of(response.get("usage"))),
        "refusal": next(filter(None, refusals), None),
        "is_cut_off": True if reason == "max_output_tokens" else None,
        "is_filtered": True if reason == "content_filter" else None,
    }


def _parts(output: Any) -> Iterator[dict[str, Any]]:
    """The parts of the messages among the items of an output; reasoning is left aside."""
    for item in map(fields_of, output if isinstance(output, list) else ()):
        content = item.get("content")
        if item.get("type") == "message" and isinstance(content, list):
            yield from map(fields_of, content)


def _tokens(usage: dict[str, Any]) -> Tokens | None:
    details = fields_of(usage.get("input_tokens_details"))
    return tokens(
        usage.get("input_tokens"),
        usage.get("output_tokens"),
        details.get("cached_tokens"),
        details.get("cache_write_tokens"),
    )
