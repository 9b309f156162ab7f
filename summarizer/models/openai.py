"""Any OpenAI-compatible address as a model.

The retries of this library are the only ones: those of the clients are turned off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .bounds import http_options
from .clients import Clients, environment
from .instructor_model import InstructorModel
from .retry import Limits
from .sender import WireSender
from .wires.base import Mode
from .wires.chat import ChatCompletions

COMPATIBLE = ChatCompletions((Mode.SCHEMA, Mode.TOOL, Mode.JSON, Mode.TEXT))
"""A server other than OpenAI's: its grammar takes a schema with all bounds, so it need not be strict."""


@dataclass(frozen=True)
class Server:
    """An OpenAI-compatible server.

    Attributes:
        base_url: Its address; None for OpenAI's own.
        api_key: The key.
        timeout: Seconds for one request.
        keep_alive: False to open a connection for each async request: an open one belongs to the
            event loop that opened it.
    """

    base_url: str | None
    api_key: str | None = field(repr=False)
    timeout: float
    keep_alive: bool = True

    def clients(self) -> Clients:
        """Its clients."""
        return Clients(
            lambda: _sync_client(self, environment("OPENAI_", "AZURE_OPENAI_")),
            lambda: _async_client(self),
        )

    def sdk_client(self, *, is_async: bool, **more: Any) -> Any:
        """A new client of its SDK.

        Args:
            is_async: True for an async one.
            more: Further arguments of its class.
        """
        import openai

        make = openai.AsyncOpenAI if is_async else openai.OpenAI
        return make(
            base_url=self.base_url,
            api_key=self.api_key,
            timeout=self.timeout,
            max_retries=0,
            **more,
        )


def openai_model(
    name: str,
    model: str,
    server: Server,
    *,
    limits: Limits,
    context_tokens: int | None,
    settings: dict[str, Any],
) -> InstructorModel:
    """A model of an OpenAI-compatible server.

    Args:
        name: What is reported as `summary.model`.
        model: The server's name for it.
        server: Where it is.
        limits: How often and how long to try.
        context_tokens: How many tokens it can read and write together; None if unknown.
        settings: Further arguments of each request.
    """
    address = server.base_url or ""
    sender = WireSender(COMPATIBLE, server.clients(), model, address, timeout=server.timeout)
    return InstructorModel(name, sender, context_tokens, settings, limits)


@lru_cache(maxsize=8)
def _sync_client(server: Server, environment: tuple[object, ...]) -> Any:
    """One client for all calls to a server, so that its connections are used again.

    The client reads the environment when it is made, so that another environment needs another
    client; `environment` is here for that alone.
    """
    import openai

    http_client = openai.DefaultHttpxClient(**http_options(is_async=False))
    return server.sdk_client(is_async=False, http_client=http_client)


def _async_client(server: Server) -> Any:
    """A client for one call alone: its connections belong to that call's event loop."""
    import httpx2
    import openai

    options = http_options(is_async=True)
    if not server.keep_alive:
        options["limits"] = httpx2.Limits(max_keepalive_connections=0)
    return server.sdk_client(is_async=True, http_client=openai.DefaultAsyncHttpxClient(**options))
