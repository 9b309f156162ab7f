"""Any OpenAI-compatible address as a model, asked in JSON-schema mode.

The retries of this library are the only ones: those of the clients are turned off.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .clients import Clients
from .instructor_model import InstructorModel
from .retry import Limits

_NO_TEMPERATURE = ("o1", "o3", "o4", "gpt-5")


def settings_for(model: str) -> dict[str, Any]:
    """Request arguments that make answers repeatable, where the model allows them.

    >>> settings_for("openai/gpt-4.1-mini"), settings_for("gpt-5-mini")
    ({'temperature': 0.0, 'seed': 0}, {})
    """
    name = model.rpartition("/")[2]
    return {} if name.startswith(_NO_TEMPERATURE) else {"temperature": 0.0, "seed": 0}


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
        """Its clients, in JSON-schema mode."""
        return Clients(lambda: _sync_client(self, _environment()), lambda: _async_client(self))


def openai_model(
    name: str,
    model: str,
    server: Server,
    *,
    limits: Limits,
    context_tokens: int | None,
    settings: dict[str, Any],
    address: str | None = None,
) -> InstructorModel:
    """A model of an OpenAI-compatible server, asked in JSON-schema mode.

    Args:
        name: What is reported as `summary.model`.
        model: The server's name for it.
        server: Where it is.
        limits: How often and how long to try.
        context_tokens: How many tokens it can read and write together; None if unknown.
        settings: Further arguments of each request.
        address: The base URL if it belongs to the model's identity; None for OpenAI itself and
            for a server of our own, whose port changes.
    """
    return InstructorModel(
        name,
        model,
        server.clients(),
        context_tokens,
        settings,
        limits,
        secret=server.api_key,
        address=address,
    )


@lru_cache(maxsize=8)
def _sync_client(server: Server, environment: tuple[object, ...]) -> Any:
    """One client for all calls to a server, so that its connections are used again.

    The client reads the environment when it is made, so that another environment needs another
    client; `environment` is here for that alone.
    """
    import instructor
    import openai

    client = openai.OpenAI(
        base_url=server.base_url, api_key=server.api_key, timeout=server.timeout, max_retries=0
    )
    return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)


def _async_client(server: Server) -> Any:
    """A client for one call alone: its connections belong to that call's event loop."""
    import httpx2
    import instructor
    import openai

    http_client = None
    if not server.keep_alive:
        limits = httpx2.Limits(max_keepalive_connections=0)
        http_client = openai.DefaultAsyncHttpxClient(limits=limits)
    client = openai.AsyncOpenAI(
        base_url=server.base_url,
        api_key=server.api_key,
        timeout=server.timeout,
        max_retries=0,
        http_client=http_client,
    )
    return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)


def _environment() -> tuple[object, ...]:
    """What a client depends on besides its arguments.

    The variables that openai and httpx2 read, and the process: after a fork, two processes must
    not write to the same sockets.
    """
    names = (n for n in os.environ if n.startswith("OPENAI_") or n.lower().endswith("_proxy"))
    return os.getpid(), *((name, os.environ[name]) for name in sorted(names))
