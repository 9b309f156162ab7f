"""From what the user names to a Model: provider strings, clients, addresses, the embedded model."""

from __future__ import annotations

import importlib.util
import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import InputError, ModelError, NoModelError
from ..redaction import remember_environment, remember_from
from .addresses import completed, is_openai
from .base import Model
from .clients import Access, Clients
from .custom_model import CustomModel
from .identity import identity_of, places
from .instructor_model import InstructorModel
from .keys import require_usable_environment, require_usable_headers, usable_key
from .providers import (
    NOT_FOR_REASONING,
    PROVIDERS,
    RESPONSES,
    Provider,
    at_address,
    moved,
    reasons,
    wire_of,
)
from .retry import Limits
from .sender import TIMEOUT_SECONDS, ClientSender, Sender, WireSender
from .wires.base import Wire

DEFAULT_OPENAI_MODEL = "gpt-4.1-mini"
_LONGEST_OF_A_CLIENT = 600.0
"""Seconds for one request of a ready-made client, unless its own time-out is longer."""
_PAIR = 2

NO_MODEL = """No model to ask. Three ways:
  1. name one: summarize(text, model="openai/gpt-4.1-mini"), --model, or SUMMARIZER_MODEL in the environment;
  2. set OPENAI_API_KEY;
  3. install the embedded model, which needs no key: pip install 'grounded-summarizer[local]'."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What the user names, with the options of `resolve_model`."""

    model: Any
    base_url: str | None
    api_key: str | None = field(repr=False)
    timeout: float
    limits: Limits
    options: Mapping[str, Any] = field(repr=False)

    @property
    def text(self) -> str:
        """The name of the model; empty where an address alone says which it is."""
        return self.model or ""

    @property
    def provider(self) -> Provider | None:
        """The provider before the slash."""
        return PROVIDERS.get(self.text.partition("/")[0]) if "/" in self.text else None

    def is_local(self) -> bool:
        """The embedded model: "local", "local:/path/file.gguf"."""
        return self.is_text() and (self.text == "local" or self.text.startswith("local:"))

    def has_address(self) -> bool:
        """A model of an OpenAI-compatible address."""
        return self.is_text() and self.base_url is not None

    def is_known(self) -> bool:
        """A model of a provider that has a row: "openai/gpt-4.1-mini"."""
        return self.is_text() and self.provider is not None

    def is_text(self) -> bool:
        """Any other provider string."""
        return self.model is None or isinstance(self.model, str)

    def is_model(self) -> bool:
        """A Model of this library."""
        return isinstance(self.model, Model)

    def is_custom(self) -> bool:
        """An object of the caller's own that can be asked."""
        return hasattr(self.model, "ask") and hasattr(self.model, "aask")

    def is_refusing_options(self) -> bool:
        """A Model or an object that can be asked, which has settings of its own already."""
        return bool(self.options) and (self.is_model() or self.is_custom())

    def is_pair(self) -> bool:
        """A client with the name of a model: (anthropic.Anthropic(), "claude-…")."""
        return isinstance(self.model, tuple)

    def settings(self, model: str, wire: Wire) -> dict[str, Any]:
        """The arguments of each request: what makes answers repeatable, and the user's options.

        Raises:
            ModelError: The provider has no such setting.
        """
        if missing := wire.lacks & self.options.keys():
            raise ModelError(
                f"{model}: its provider has no setting {' or '.join(sorted(missing))}."
            )
        defaults = dict(wire.defaults_of(model))
        if reasons(model):
            defaults = {name: defaults[name] for name in defaults if name not in NOT_FOR_REASONING}
        return {**defaults, **self.options}

    def found(
        self, name: str, sender: Sender, settings: dict[str, Any] | None = None, **more: Any
    ) -> Model:
        """The model, with the limits and options of this call."""
        chosen = dict(self.options) if settings is None else settings
        return InstructorModel(name, sender, settings=chosen, limits=self.limits, **more)


def resolve_model(
    model: Any = None,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = TIMEOUT_SECONDS,
    limits: Limits | None = None,
    options: Mapping[str, Any] | None = None,
) -> Model:
    """Find the model that a user means.

    Args:
        model: A provider string, a ready-made client of a provider's SDK or of instructor (sync or
            async), a pair of such a client and a model's name, a Model, or None for
            SUMMARIZER_MODEL, else OpenAI if OPENAI_API_KEY is set, else the embedded model if it is
            installed.
        base_url: Address of an OpenAI-compatible server; `model` is then the server's name for it.
        api_key: The key; by default that of the provider in the environment.
        timeout: Seconds for one request.
        limits: How often and how long to try.
        options: Further arguments of each request (max_tokens, reasoning_effort, headers, …), passed
            on to the provider; those in `wires.base.COMMON` are the same for all providers.

    Returns:
        The model, which is not asked yet.

    Raises:
        InputError: A key or a header cannot be sent as it is.
        NoModelError: No model was named and none was found; or its key is missing.
        ModelError: What was named cannot be used.

    >>> resolve_model("qwen3", base_url="http://127.0.0.1:8080/v1", api_key="k").name
    'qwen3'
    """
    if model is None and base_url is None:
        model = _default()
    options = options or {}
    remember_environment()
    remember_from({"api_key": api_key, "base_url": base_url}, options)
    require_usable_headers(options)
    if isinstance(api_key, str):
        api_key = usable_key(api_key, "api_key=")
    named = _Named(model, base_url, api_key, timeout, limits or Limits(), options)
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
    return _is_installed("xllamacpp")


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it is in
        return False


def _local(named: _Named) -> Model:
    from .local import EmbeddedModel

    path = named.text.partition(":")[2] or None
    return EmbeddedModel(path, named.limits, options=named.options)


def _at_address(named: _Named) -> Model:
    """A model of an OpenAI-compatible address."""
    assert named.base_url is not None
    provider, model = at_address(named.text or "default", named.base_url)
    key = named.api_key or provider.key() or "none"
    return _of_provider(named, provider, key, model, model, address=provider.address)


def _known(named: _Named) -> Model:
    """A model of a provider that has a row."""
    provider = named.provider
    assert provider is not None
    elsewhere = provider.named_address()
    if provider.connect is not None:  # it finds its address itself
        elsewhere = None
    key = named.api_key or provider.key()
    if provider.keys and key is None and elsewhere is None:
        raise NoModelError(
            f"{named.text} needs {' or '.join(provider.keys)} in the environment, or api_key=."
        )
    if not _is_installed(provider.module):
        raise ModelError(
            f"{named.text} needs the package {provider.package}: pip install {provider.package}"
        )
    if elsewhere is not None:
        provider = moved(provider, elsewhere)
    address = None if elsewhere is None or is_openai(elsewhere) else elsewhere
    model = named.text.partition("/")[2]
    return _of_provider(named, provider, key, named.text, model, address=address)


def _of_provider(
    named: _Named, provider: Provider, key: str | None, name: str, model: str, **more: Any
) -> Model:
    """A model of a provider, under a name of ours and under the provider's."""
    settings = named.settings(model, provider.wire)
    sender = WireSender(
        provider.wire,
        provider.clients(Access(key, named.timeout)),
        model,
        provider.base_url() or "",
        frozenset(named.options),
        named.timeout,
        places([*provider.keys, provider.address_variable or ""]),
    )
    context = provider.context_tokens
    return named.found(name, sender, settings, context_tokens=context, **more)


def _unknown(named: _Named) -> Model:
    """A model of any other provider that instructor knows."""
    import instructor

    name = named.text
    if "/" not in name:
        raise ModelError(
            f"{name!r} names no provider: write provider/name (openai/gpt-4.1-mini, ollama/qwen3),"
            " local, or give base_url=."
        )
    require_usable_environment(name.partition("/")[0])
    options: dict[str, Any] = {"api_key": named.api_key} if named.api_key else {}
    try:
        sync = instructor.from_provider(name, async_client=False, **options)
        asynchronous = instructor.from_provider(name, async_client=True, **options)
    except Exception as error:
        raise ModelError(f"{name}: {' '.join(str(error).split())}") from error
    for client in (sync, asynchronous):
        _turn_off_retries(client, named.timeout)
    sender = ClientSender(Clients.ready(sync, asynchronous), way=_way(sync))
    return named.found(name, sender, address=_address(getattr(sync, "client", None)))


def _turn_off_retries(client: Any, timeout: float) -> None:
    """Turn off the retries of the provider's own SDK, which would multiply ours."""
    inner = getattr(client, "client", None)
    if inner is not None and hasattr(inner, "max_retries"):
        inner.max_retries = 0
        if hasattr(inner, "timeout"):
            inner.timeout = timeout


def _pair(named: _Named) -> Model:
    """A client, and the name of the model to ask it for."""
    if len(named.model) != _PAIR or not isinstance(named.model[1], str):
        raise ModelError("model= takes a pair of a client and a model's name: (client, 'name').")
    client, name = named.model
    if _is_instructor(client):
        return _instructor_client(named, client, name)
    wire = wire_of(client, name)
    if wire is None:
        raise _not_a_model(client)
    return _sdk_client(named, client, wire, name.removeprefix(RESPONSES))


def _client(named: _Named) -> Model:
    """A ready-made client that knows its model, or for the default one of OpenAI's."""
    client = named.model
    if _is_instructor(client):
        return _instructor_client(named, client, None)
    wire = wire_of(client)
    if wire is None:
        raise _not_a_model(client)
    if type(client).__name__ not in ("OpenAI", "AsyncOpenAI"):
        raise ModelError(
            f"A client of {type(client).__name__} serves many models: give the pair"
            " model=(client, 'name of the model')."
        )
    default = f"openai/{DEFAULT_OPENAI_MODEL}"
    name = os.environ.get("SUMMARIZER_MODEL", default).removeprefix("openai/")
    return _sdk_client(named, client, wire, name)


def _refused_options(named: _Named) -> Model:
    raise InputError(
        f"model_options= is for a model that is named, or a client: a {type(named.model).__name__}"
        " has settings of its own."
    )


def _not_a_model(given: Any) -> ModelError:
    kind = type(given).__name__
    return ModelError(
        f"model= takes a provider string, a client of openai, anthropic, google-genai, mistralai,"
        f" boto3, groq or instructor, or a pair of a client and a name, not {kind}."
    )


def _sdk_client(named: _Named, client: Any, wire: Wire, model: str) -> Model:
    if key := wire.key(client):
        usable_key(key, f"the {type(client).__name__} client")
    once = client.with_options(max_retries=0) if hasattr(client, "with_options") else client
    is_async = _is_async(client)
    clients = Clients.ready(
        None if is_async else once,
        wire.asynchronous(once) if wire.serves_both or is_async else None,
    )
    address = wire.address(client)
    address = None if address is None else completed(address)
    asked_for = frozenset(named.options)
    timeout = max(_timeout(client), _LONGEST_OF_A_CLIENT)
    sender = WireSender(wire, clients, model, address or "", asked_for, timeout)
    return named.found(
        model,
        sender,
        named.settings(model, wire),
        address=address,
    )


def _timeout(client: Any) -> float:
    """Seconds that a client waits for each piece of an answer; 0 if it does not say."""
    timeout = getattr(client, "timeout", None)
    seconds = getattr(timeout, "read", timeout)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _is_async(client: Any) -> bool:
    return type(client).__name__.startswith("Async")


def _is_instructor(client: Any) -> bool:
    return type(client).__module__.partition(".")[0] == "instructor"


def _address(client: Any) -> str | None:
    address = getattr(client, "base_url", None)
    return None if address is None else completed(str(address))


def _instructor_client(named: _Named, client: Any, model: str | None) -> Model:
    name = model or getattr(client, "default_model", None) or client.kwargs.get("model")
    is_async = inspect.iscoroutinefunction(client.create)
    clients = Clients.ready(None, client) if is_async else Clients.ready(client, None)
    return named.found(
        str(name or "instructor client"),
        ClientSender(clients, model, _way(client)),
        address=_address(getattr(client, "client", None)),
    )


def _way(client: Any) -> str:
    """How a client of instructor asks, by its mode and arguments of its own."""
    return identity_of({"mode": str(client.mode), **client.kwargs})


_FINDERS: tuple[tuple[Callable[[_Named], bool], Callable[[_Named], Model]], ...] = (
    (_Named.is_local, _local),
    (_Named.has_address, _at_address),
    (_Named.is_known, _known),
    (_Named.is_text, _unknown),
    (_Named.is_pair, _pair),
    (_Named.is_refusing_options, _refused_options),
    (_Named.is_model, lambda named: named.model),
    (_Named.is_custom, lambda named: CustomModel(named.model)),
    (lambda named: True, _client),
)
"""The first whose predicate holds finds the model."""
