"""The providers that a model can be named of: a row each, with its wire and what it needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .clients import Clients
from .openai import COMPATIBLE, Server
from .wires.base import Mode, Wire
from .wires.chat import ChatCompletions


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider.

    Attributes:
        api_key: The key; None for a provider that needs none, or that finds its own credentials.
        timeout: Seconds for one request.
    """

    api_key: str | None
    timeout: float


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider.

    Attributes:
        wire: How it is asked.
        connect: Makes its clients; None for one with an OpenAI-compatible `address`.
        address: Its base URL, if that is OpenAI-compatible and not OpenAI's own.
        address_variable: An environment variable that names another address.
        keys: Environment variables that may hold the key, the first one preferred; none if it needs
            no key.
        module: The package of its SDK, as imported.
        package: The same, as installed.
        context_tokens: How many tokens its models read and write together; None if that differs.
    """

    wire: Wire
    connect: Callable[[Access], Clients] | None = None
    address: str | None = None
    address_variable: str | None = None
    keys: tuple[str, ...] = ()
    module: str = "openai"
    package: str = "openai"
    context_tokens: int | None = None

    def key(self) -> str | None:
        """The key in the environment."""
        return next((os.environ[name] for name in self.keys if os.environ.get(name)), None)

    def clients(self, access: Access) -> Clients:
        """Clients for it."""
        if self.connect is not None:
            return self.connect(access)
        return Server(self.base_url(), access.api_key or "none", access.timeout).clients()

    def base_url(self) -> str | None:
        """Where its OpenAI-compatible server is; None for OpenAI's own."""
        named = os.environ.get(self.address_variable) if self.address_variable else None
        return completed(named) if named else self.address


def completed(base_url: str) -> str:
    """The base URL of an OpenAI-compatible server, from what a user gives.

    >>> completed("http://127.0.0.1:8000"), completed("localhost:11434/v1/")
    ('http://127.0.0.1:8000/v1', 'http://localhost:11434/v1')
    >>> completed("https://gateway.example/openai/chat/completions")
    'https://gateway.example/openai'
    """
    url = base_url.strip()
    if "://" not in url:
        url = f"http://{url}"
    url = url.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    scheme, _, rest = url.partition("://")
    return url if "/" in rest or not rest else f"{scheme}://{rest}/v1"


def _compatible(address: str, *keys: str, **more: Any) -> Provider:
    """A provider with an OpenAI-compatible address, asked as OpenAI is."""
    return Provider(**{"wire": _STRICT, "address": address, "keys": keys, **more})


_STRICT = ChatCompletions()
_NO_SCHEMA = ChatCompletions((Mode.JSON, Mode.TOOL, Mode.TEXT))
_OPENAI = Provider(_STRICT, keys=("OPENAI_API_KEY",), context_tokens=128_000)

PROVIDERS: dict[str, Provider] = {
    "openai": _OPENAI,
    "groq": _compatible("https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    "openrouter": _compatible("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
    "deepseek": _compatible("https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", wire=_NO_SCHEMA),
    "together": _compatible("https://api.together.xyz/v1", "TOGETHER_API_KEY", wire=COMPATIBLE),
    "fireworks": _compatible(
        "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", wire=COMPATIBLE
    ),
    "cerebras": _compatible("https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
    "xai": _compatible("https://api.x.ai/v1", "XAI_API_KEY"),
    "perplexity": _compatible("https://api.perplexity.ai", "PERPLEXITY_API_KEY", wire=COMPATIBLE),
    "ollama": _compatible(
        "http://localhost:11434/v1", wire=COMPATIBLE, address_variable="OLLAMA_HOST"
    ),
    "vllm": _compatible("http://localhost:8000/v1", wire=COMPATIBLE),
    "lmstudio": _compatible("http://localhost:1234/v1", wire=COMPATIBLE),
}
"""By the name before the slash of a model's name."""

_SDKS: tuple[tuple[str, Wire], ...] = (("openai", _STRICT), ("groq", _STRICT))
"""The package that a ready-made client comes from, and the wire to ask it by."""


def wire_of(client: Any) -> Wire | None:
    """The wire for a ready-made client of a provider's SDK; None for any other object."""
    module = type(client).__module__
    return next(
        (wire for package, wire in _SDKS if module == package or module.startswith(f"{package}.")),
        None,
    )


def reasons(model: str) -> bool:
    """True if a model of OpenAI's is known to refuse a temperature.

    Others that refuse one are asked again without it: see `adaptation`.

    >>> reasons("gpt-5-mini"), reasons("openai/o3"), reasons("gpt-4.1-mini")
    (True, True, False)
    """
    return model.rpartition("/")[2].startswith(("o1", "o3", "o4", "gpt-5"))


def with_address(provider: Provider, base_url: str) -> Provider:
    """The provider at another OpenAI-compatible address, asked as a server of unknown make."""
    is_openai = base_url.startswith(("https://api.openai.com", "https://eu.api.openai.com"))
    wire = provider.wire if is_openai else COMPATIBLE
    return replace(provider, wire=wire, address=completed(base_url), address_variable=None)
