"""Any OpenAI-compatible address as a model, asked in JSON-schema mode."""

from __future__ import annotations

from typing import Any

from .asking import InstructorModel
from .retries import Limits

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
    import instructor
    import openai

    options: dict[str, Any] = {
        "base_url": base_url,
        "api_key": api_key,
        "timeout": timeout,
        "max_retries": 0,  # the retries of this library are the only ones
    }
    mode = instructor.Mode.JSON_SCHEMA
    unkept = None if keep_alive else openai.DefaultAsyncHttpxClient(limits=_no_kept_connections())
    return InstructorModel(
        name,
        model,
        instructor.from_openai(openai.OpenAI(**options), mode=mode),
        instructor.from_openai(openai.AsyncOpenAI(**options, http_client=unkept), mode=mode),
        context_tokens,
        settings,
        limits,
        api_key,
        address,
    )


def _no_kept_connections() -> Any:
    import httpx2

    return httpx2.Limits(max_keepalive_connections=0)
