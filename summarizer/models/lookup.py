"""From what the user names to a Model: provider strings, clients, addresses, the embedded model."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..errors import ModelError, NoModelError
from .base import Model
from .clients import Clients
from .custom_model import CustomModel
from .instructor_model import InstructorModel
from .openai import Server, openai_model, settings_for
from .retry import Limits

DEFAULT_OPENAI_MODEL = "gpt-4.1-mini"
OPENAI_CONTEXT_TOKENS = 128_000
TIMEOUT_SECONDS = 120.0

NO_MODEL = """No model to ask. Three ways:
  1. name one: summarize(text, model="openai/gpt-4.1-mini"), --model, or SUMMARIZER_MODEL in the environment;
  2. set OPENAI_API_KEY;
  3. install the embedded model, which needs no key: pip install 'grounded-summarizer[local]'."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What the user names, with the options of `resolve_model`."""

    model: Any
    base_url: str | None
    api_key: str | None
    timeout: float
    limits: Limits

    @property
    def text(self) -> str:
        """The name of the model; empty where an address alone says which it is."""
        return self.model or ""

    def is_local(self) -> bool:
        """The embedded model: "local", "local:/path/file.gguf"."""
        return self.is_text() and (self.text == "local" or self.text.startswith("local:"))

    def is_openai(self) -> bool:
        """A model of OpenAI's or of an OpenAI-compatible address: "openai/gpt-4.1-mini"."""
        return self.is_text() and (self.base_url is not None or self.text.startswith("openai/"))

    def is_text(self) -> bool:
        """A provider string: "anthropic/…", "ollama/…"."""
        return self.model is None or isinstance(self.model, str)

    def is_model(self) -> bool:
        """A Model of this library."""
        return isinstance(self.model, Model)

    def is_custom(self) -> bool:
        """An object of the caller's own that can be asked."""
        return hasattr(self.model, "ask") and hasattr(self.model, "aask")


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
        base_url: Address of an OpenAI-compatible server; `model` is then the server's name for it.
        api_key: Its key; by default OPENAI_API_KEY.
        timeout: Seconds for one request.
        limits: How often and how long to try.

    Returns:
        The model, which is not asked yet.

    Raises:
        NoModelError: No model was named and none was found.
        ModelError: What was named cannot be used.

    >>> resolve_model("qwen3", base_url="http://127.0.0.1:8080/v1", api_key="k").name
    'qwen3'
    """
    if model is None and base_url is None:
        model = _default()
    named = _Named(model, base_url, api_key, timeout, limits or Limits())
    return next(find(named) for means, find in _FINDERS if means(named))


def _default() -> str:
    if named := os.environ.get("SUMMARIZER_MODEL"):
        return named
    if os.environ.get("OPENAI_API_KEY"):
        return f"openai/{DEFAULT_OPENAI_MODEL}"
    if is_local_installed():
        return "local"
    raise NoModelError(NO_MODEL)


def is_local_installed() -> bool:
    """True if the `local` extra is installed."""
    return importlib.util.find_spec("xllamacpp") is not None


def _local(named: _Named) -> Model:
    from .local import EmbeddedModel

    return EmbeddedModel(named.text.partition(":")[2] or None, named.limits)


def _openai(named: _Named) -> Model:
    """A model of OpenAI's, or of an OpenAI-compatible address."""
    key = named.api_key or os.environ.get("OPENAI_API_KEY")
    if key is None and named.base_url is None and not os.environ.get("OPENAI_BASE_URL"):
        raise NoModelError(f"{named.text} needs OPENAI_API_KEY in the environment, or api_key=.")
    name = (named.text or "default").removeprefix("openai/")
    return openai_model(
        f"openai/{name}" if named.base_url is None else name,
        name,
        Server(named.base_url, key or "none", named.timeout),
        limits=named.limits,
        context_tokens=OPENAI_CONTEXT_TOKENS,
        settings=settings_for(name),
        address=named.base_url,
    )


def _provider(named: _Named) -> Model:
    """A model of any provider that instructor knows."""
    import instructor

    name = named.text
    if "/" not in name:
        raise ModelError(
            f"{name!r} names no provider: write provider/name (openai/gpt-4.1-mini, ollama/qwen3),"
            " local, or give base_url=."
        )
    options: dict[str, Any] = {"api_key": named.api_key} if named.api_key else {}
    try:
        sync = instructor.from_provider(name, async_client=False, **options)
        asynchronous = instructor.from_provider(name, async_client=True, **options)
    except Exception as error:
        raise ModelError(f"{name}: {' '.join(str(error).split())}") from error
    for client in (sync, asynchronous):
        _turn_off_retries(client, named.timeout)
    return InstructorModel(
        name,
        None,
        Clients.ready(sync, asynchronous),
        settings=settings_for(name),
        limits=named.limits,
        secret=named.api_key,
    )


def _turn_off_retries(client: Any, timeout: float) -> None:
    """Turn off the retries of the provider's own SDK, which would multiply ours."""
    inner = getattr(client, "client", None)
    if inner is not None and hasattr(inner, "max_retries"):
        inner.max_retries = 0
        if hasattr(inner, "timeout"):
            inner.timeout = timeout


def _client(named: _Named) -> Model:
    """A ready-made openai or instructor client."""
    import instructor
    import openai

    client = named.model
    if isinstance(client, openai.OpenAI | openai.AsyncOpenAI):
        return _openai_client(client, named.limits)
    if isinstance(client, instructor.Instructor):
        return _instructor_client(client, named.limits)
    raise ModelError(
        f"model= takes a provider string, an openai or an instructor client, not {type(client).__name__}."
    )


def _openai_client(client: Any, limits: Limits) -> Model:
    import instructor

    default = f"openai/{DEFAULT_OPENAI_MODEL}"
    name = os.environ.get("SUMMARIZER_MODEL", default).removeprefix("openai/")
    once = client.with_options(max_retries=0)
    wrapped = instructor.from_openai(once, mode=instructor.Mode.JSON_SCHEMA)
    return InstructorModel(
        name,
        name,
        _ready(wrapped),
        settings=settings_for(name),
        limits=limits,
        secret=client.api_key,
        address=str(client.base_url),
    )


def _instructor_client(client: Any, limits: Limits) -> Model:
    address = getattr(getattr(client, "client", None), "base_url", None)
    name = getattr(client, "default_model", None) or client.kwargs.get("model")
    return InstructorModel(
        str(name or "instructor client"),
        None,
        _ready(client),
        limits=limits,
        address=None if address is None else str(address),
    )


def _ready(client: Any) -> Clients:
    import instructor

    is_async = isinstance(client, instructor.AsyncInstructor)
    return Clients.ready(None, client) if is_async else Clients.ready(client, None)


_FINDERS: tuple[tuple[Callable[[_Named], bool], Callable[[_Named], Model]], ...] = (
    (_Named.is_local, _local),
    (_Named.is_openai, _openai),
    (_Named.is_text, _provider),
    (_Named.is_model, lambda named: named.model),
    (_Named.is_custom, lambda named: CustomModel(named.model)),
    (lambda named: True, _client),
)
"""The first whose predicate holds finds the model."""
