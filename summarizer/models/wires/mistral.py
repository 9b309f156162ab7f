"""Mistral's chat completions, by its own SDK: OpenAI's in other words."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from ..clients import Access, Clients, environment
from .base import (
    Ask,
    Collector,
    Mode,
    Reply,
    SdkError,
    TextCollector,
    dialogue_of,
    system_of,
    with_schema,
)
from .chat import ChatCompletions, read_completion

_MILLISECONDS = 1000
ADDRESS_VARIABLE = "MISTRAL_BASE_URL"
"""The SDK reads none; this is the one that LangChain does."""


@dataclass(frozen=True)
class Mistral(ChatCompletions):
    """Mistral's chat completions."""

    modes: tuple[Mode, ...] = (Mode.STRICT, Mode.TOOL, Mode.JSON, Mode.TEXT)

    names: ClassVar[Mapping[str, str]] = {
        "seed": "random_seed",
        "headers": "http_headers",
        "timeout": "timeout_ms",
    }
    streamed_defaults: ClassVar[Mapping[str, Any]] = {}
    serves_both: ClassVar[bool] = True

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of `chat.complete`; without the SDK's own retries."""
        arguments = {**super().arguments(ask), "retries": None}
        arguments.pop("stream", None)
        if (timeout := arguments.get("timeout_ms")) is not None:
            arguments["timeout_ms"] = round(timeout * _MILLISECONDS)
        messages = with_schema(ask) if ask.mode in (Mode.JSON, Mode.TEXT) else ask.messages
        system = system_of(messages)
        first = [{"role": "system", "content": system}] if system else []
        arguments["messages"] = [*first, *dialogue_of(messages)]
        if unknown := arguments.keys() - _known():
            raise SdkError(f"mistralai takes no such setting: {', '.join(sorted(unknown))}")
        return arguments

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`chat.complete` or `chat.stream`, or their async counterparts."""
        name = "stream" if streamed else "complete"
        return getattr(client.chat, f"{name}_async" if is_async else name)  # type: ignore[no-any-return]

    def address(self, client: Any) -> str | None:
        """The base URL of a client."""
        return str(client.sdk_configuration.get_server_details()[0])

    def key(self, client: Any) -> str | None:
        """The key of a client; None if a function gives it."""
        return getattr(client.sdk_configuration.security, "api_key", None)

    def reply(self, response: Any) -> Reply:
        """Read a completion."""
        whole = TextCollector(lambda data: read_completion(data, "message"))
        whole.add(response.model_dump(warnings=False))
        return whole.reply()

    def collector(self) -> Collector:
        """Puts the chunks of a stream together."""
        return TextCollector(
            lambda event: read_completion(event.data.model_dump(warnings=False), "delta"),
            needs_end=True,
        )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The names of the arguments that the SDK takes."""
    from mistralai.client.chat import Chat

    return frozenset(inspect.signature(Chat.complete).parameters)


def mistral_clients(access: Access) -> Clients:
    """Mistral's clients, at MISTRAL_BASE_URL if that is set."""
    address = os.environ.get(ADDRESS_VARIABLE, "").rstrip("/").removesuffix("/v1") or None
    key, timeout = access.api_key or "none", access.timeout
    surroundings = environment("MISTRAL_", "SSL_")
    return Clients(
        lambda: _sync_client(key, address, timeout, surroundings),
        lambda: _client(key, address, timeout),
        lambda client: client.__aexit__(None, None, None),
    )


@lru_cache(maxsize=8)
def _sync_client(key: str, address: str | None, timeout: float, _environment: Any) -> Any:
    return _client(key, address, timeout)


def _client(key: str, address: str | None, timeout: float) -> Any:
    from mistralai.client import Mistral as Client

    return Client(api_key=key, server_url=address, timeout_ms=round(timeout * _MILLISECONDS))
