"""Any OpenAI-compatible address as a model, asked in JSON-schema mode.

The retries of this library are the only ones: those of the clients are turned off.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from .instructor_model import InstructorModel
from .late import Late
from .retry import Limits

_NO_TEMPERATURE = ("o1", "o3", "o4", "gpt-5")


def settings_for(model: str) -> dict[str, Any]:
    """Request arguments that make answers repeatable, where the model allows them."""
    name = model.rpartition("/")[2]
    return {} if name.startswith(_NO_TEMPERATURE) else {"temperature": 0.0, "seed": 0}


def openai_model(
    name: str,
    model: str,
    *,
    base_url: str | None,
    api_key: str | None,
    timeout: float,
    limits: Limits,
    context_tokens: int | None,
    settings: dict[str, Any],
    address: str | None = None,
    keep_alive: bool = True,
) -> InstructorModel:
    """A model behind an OpenAI-compatible address, asked in JSON-schema mode.

    Args:
        name: What is reported as `summary.model`.
        model: What the server calls it.
        base_url: Where it is; None for OpenAI.
        api_key: The key.
        timeout: Seconds for one request.
        limits: How often and how long to try.
        context_tokens: How much it can read and write together; None if unknown.
        settings: Further arguments of each request.
        address: The base URL if it belongs to the model's identity; None for OpenAI itself and
            for a server of our own, whose port changes.
        keep_alive: False to open a connection for each async request: an open one belongs to the
            event loop that opened it.
    """
    where = base_url, api_key, timeout
    return InstructorModel(
        name,
        model,
        Late(lambda: _sync_client(*where, _surroundings())),
        Late(lambda: _async_client(*where, keep_alive=keep_alive)),
        context_tokens,
        settings,
        limits,
        api_key,
        address,
    )


@lru_cache(maxsize=8)
def _sync_client(
    base_url: str | None, api_key: str | None, timeout: float, _: tuple[object, ...]
) -> Any:
    """One client for all calls to an address, so that its connections are used again."""
    import instructor
    import openai

    client = openai.OpenAI(base_url=base_url, api_key=api_key, timeout=timeout, max_retries=0)
    return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)


def _async_client(
    base_url: str | None, api_key: str | None, timeout: float, *, keep_alive: bool
) -> Any:
    """A client of one call's own: its connections belong to that call's event loop."""
    import instructor
    import openai

    unkept = None if keep_alive else openai.DefaultAsyncHttpxClient(limits=_no_kept_connections())
    client = openai.AsyncOpenAI(
        base_url=base_url, api_key=api_key, timeout=timeout, max_retries=0, http_client=unkept
    )
    return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)


def _surroundings() -> tuple[object, ...]:
    """What else a client depends on: variables, and the process, whose sockets no fork may share."""
    names = (n for n in os.environ if n.startswith("OPENAI_") or n.lower().endswith("_proxy"))
    return os.getpid(), *((name, os.environ[name]) for name in sorted(names))


def _no_kept_connections() -> Any:
    import httpx2

    return httpx2.Limits(max_keepalive_connections=0)
