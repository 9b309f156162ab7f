"""Anthropic's Messages, by its SDK: directly, and by its clients for Bedrock and Vertex."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

from ..bounds import http_options
from ..clients import Access, Clients, environment
from ..json_schema import ANTHROPIC
from .base import (
    Ask,
    Collector,
    Messages,
    Mode,
    NoAnswerError,
    Reply,
    TextCollector,
    Tokens,
    Wire,
    tokens,
    with_schema,
)
from .unknown_arguments import taking_more

ADDRESS_VARIABLE = "ANTHROPIC_BASE_URL"
KEY_VARIABLES = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
"""The SDK sends either as a bearer token."""

_MAX_TOKENS = 16_000
"""A summary takes a few thousand; the rest is for models that think first, which counts too. Without
streaming, the SDK sends no request for more than 21,333."""
_LEAST_MAX_TOKENS = 4096
"""What every model takes, for one that refuses the number above: the API requires some number."""
_SAMPLING = frozenset({"temperature", "top_p", "top_k"})
_LAST_WITH_SAMPLING = {"anthropic-version": "2023-06-01"}
"""Later versions of the API take no sampling parameters, whatever the model."""
_CUT_OFF = frozenset({"max_tokens", "model_context_window_exceeded"})


@dataclass(frozen=True)
class AnthropicMessages(Wire):
    """Anthropic's Messages.

    A setting `cache_control` is put on the article, the end of what requests have in common.
    """

    modes: tuple[Mode, ...] = (Mode.STRICT, Mode.TOOL, Mode.TEXT)

    names: ClassVar[Mapping[str, str]] = {"headers": "extra_headers", "stop": "stop_sequences"}
    defaults: ClassVar[Mapping[str, Any]] = {"max_tokens": _MAX_TOKENS}
    lacks: ClassVar[frozenset[str]] = frozenset({"seed"})

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of `messages.create`."""
        settings = dict(ask.settings)
        cache_control = settings.pop("cache_control", None)
        wanted_output = settings.pop("output_config", None) or {}
        if ask.mode is Mode.TEXT:
            ask = replace(ask, messages=with_schema(ask))
        arguments = {
            "model": ask.model,
            "max_tokens": _LEAST_MAX_TOKENS,
            "messages": _messages(ask.dialogue, cache_control),
            **_format(ask, wanted_output),
            **self.named(settings),
        }
        if ask.system:
            arguments["system"] = ask.system
        if isinstance(stop := arguments.get("stop_sequences"), str):
            arguments["stop_sequences"] = [stop]
        if _SAMPLING & settings.keys():
            headers = arguments.get("extra_headers") or {}
            arguments["extra_headers"] = {**_LAST_WITH_SAMPLING, **headers}
        if ask.streamed:
            arguments["stream"] = True
        return arguments

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`messages.create`, sync or async as the client is."""
        return taking_more(client.messages.create)

    def reply(self, response: Any) -> Reply:
        """Read a message."""
        data = response.model_dump(warnings=False) if hasattr(response, "model_dump") else {}
        if not isinstance(data.get("content"), list):
            raise NoAnswerError("the server's answer is not a message: check the base URL")
        text = "".join(map(_text_of, data["content"]))
        called = "".join(map(_call_of, data["content"]))
        if data.get("stop_reason") in _CUT_OFF:  # what is there of a call looks like a whole one
            called = ""
        return Reply(called or text, _tokens(data.get("usage") or {}), **_stopped(data, text))

    def collector(self) -> Collector:
        """Puts the events of a streamed message together."""
        usage: dict[str, Any] = {}

        def read(event: Any) -> dict[str, Any]:
            data = event.model_dump(warnings=False)
            news = data.get("usage") or (data.get("message") or {}).get("usage") or {}
            usage.update({name: value for name, value in news.items() if value is not None})
            delta = data.get("delta") or {}
            return {
                "text": delta.get("text") or delta.get("partial_json"),
                "tokens": _tokens(usage),
                "is_finished": data.get("type") == "message_stop",
                **_stopped(delta, ""),
            }

        return TextCollector(read, needs_end=True)


def _messages(dialogue: Messages, cache_control: Any) -> Messages:
    """The messages, of which the first has the article."""
    messages = list(dialogue)
    if cache_control is not None:
        article = {"type": "text", "text": messages[0]["content"], "cache_control": cache_control}
        messages[0] = {**messages[0], "content": [article]}
    return messages


def _format(ask: Ask, output_config: Mapping[str, Any]) -> dict[str, Any]:
    """What makes the answer fit the schema, with the user's own configuration of the output."""
    formats: dict[str, Any] = {}
    if ask.mode is Mode.STRICT:
        enforced = {"type": "json_schema", "schema": ANTHROPIC.fit(ask.schema)}
        output_config = {**output_config, "format": enforced}
    if ask.mode is Mode.TOOL:
        tool = {"name": ask.name, "description": "Give the answer.", "input_schema": ask.schema}
        formats = {"tools": [tool], "tool_choice": {"type": "tool", "name": ask.name}}
    return formats | ({"output_config": output_config} if output_config else {})


def _text_of(block: Mapping[str, Any]) -> str:
    """The text of a block of the answer; that of a thought is none of it."""
    return str(block.get("text") or "") if block.get("type") == "text" else ""


def _call_of(block: Mapping[str, Any]) -> str:
    """The arguments of a block that is a tool call."""
    return json.dumps(block["input"]) if block.get("type") == "tool_use" else ""


def _stopped(data: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Why the answer ends, as attributes of a Reply."""
    reason = data.get("stop_reason")
    if reason != "refusal":
        return {"is_cut_off": reason in _CUT_OFF or None} if reason else {}
    details = data.get("stop_details") or {}
    words = details.get("explanation") or details.get("category") or text.strip()
    return {"refusal": words or "it gives no reason"}


def _tokens(usage: Mapping[str, Any]) -> Tokens | None:
    """The usage; what was read from the cache, and put into it, is not in its input tokens."""
    cached = usage.get("cache_read_input_tokens") or 0
    written = usage.get("cache_creation_input_tokens") or 0
    fresh = usage.get("input_tokens")
    sent = None if fresh is None else fresh + cached + written
    return tokens(sent, usage.get("output_tokens"), cached, written)


def anthropic_clients(access: Access) -> Clients:
    """Anthropic's clients; the SDK reads ANTHROPIC_BASE_URL, and finds other credentials than keys."""
    surroundings = environment("ANTHROPIC_", "SSL_")
    return Clients(
        lambda: _sync_client(access, surroundings), lambda: _client("AsyncAnthropic", access)
    )


@lru_cache(maxsize=8)
def _sync_client(access: Access, _environment: Any) -> Any:
    """One client for all calls, so that its connections are used again."""
    return _client("Anthropic", access)


def _client(kind: str, access: Access) -> Any:
    import anthropic

    is_async = kind.startswith("Async")
    make_http = anthropic.DefaultAsyncHttpxClient if is_async else anthropic.DefaultHttpxClient
    return getattr(anthropic, kind)(
        api_key=access.api_key,
        timeout=access.timeout,
        max_retries=0,
        http_client=make_http(**http_options(is_async=is_async)),
    )
