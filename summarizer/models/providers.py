"""The providers that a model can be named of: a row each, with its wire and what it needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .addresses import completed, groq_address, host_of, is_openai, ollama_address
from .azure import ENDPOINT, KEYS, azure_address, azure_clients
from .clients import Access, Clients
from .keys import key_in_environment
from .openai import COMPATIBLE, Server
from .wires import bedrock, mistral
from .wires.anthropic import ADDRESS_VARIABLE, KEY_VARIABLES, AnthropicMessages, anthropic_clients
from .wires.base import Mode, Wire
from .wires.chat import ChatCompletions
from .wires.gemini import Gemini, google_clients, vertex_clients
from .wires.responses import Responses


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider.

    Attributes:
        wire: How it is asked.
        connect: Makes its clients; None for one with an OpenAI-compatible `address`.
        address: Its base URL, if that is OpenAI-compatible and not OpenAI's own.
        address_variable: An environment variable that names another address.
        complete: Makes a base URL of what a user gives as an address.
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
    complete: Callable[[str], str] = completed
    keys: tuple[str, ...] = ()
    module: str = "openai"
    package: str = "openai"
    context_tokens: int | None = None

    def key(self) -> str | None:
        """The key in the environment; InputError if it cannot be a key."""
        return key_in_environment(self.keys)

    def clients(self, access: Access) -> Clients:
        """Clients for it."""
        if self.connect is not None:
            return self.connect(access)
        return Server(self.base_url(), access.api_key or "none", access.timeout).clients()

    def base_url(self) -> str | None:
        """Where its server is; None for the address that its SDK knows."""
        return self.named_address() or self.address

    def named_address(self) -> str | None:
        """The address in the environment."""
        named = os.environ.get(self.address_variable) if self.address_variable else None
        return self.complete(named) if named else None


def _compatible(address: str, *keys: str, **more: Any) -> Provider:
    """A provider with an OpenAI-compatible address, asked as OpenAI is."""
    return Provider(**{"wire": _STRICT, "address": address, "keys": keys, **more})


_STRICT = ChatCompletions()
_ANTHROPIC = AnthropicMessages()
_BEDROCK = bedrock.Bedrock()
_NO_SCHEMA = ChatCompletions((Mode.JSON, Mode.TOOL, Mode.TEXT))
_OPENAI = Provider(
    _STRICT,
    address_variable="OPENAI_BASE_URL",
    keys=("OPENAI_API_KEY",),
    context_tokens=128_000,
)
_AZURE = Provider(
    _STRICT,
    azure_clients,
    address_variable=ENDPOINT,
    complete=azure_address,
    keys=KEYS,
    context_tokens=128_000,
)
_GEMINI = Gemini()
_MISTRAL = mistral.Mistral()
_GOOGLE = Provider(
    _GEMINI,
    google_clients,
    address_variable="GOOGLE_GEMINI_BASE_URL",
    keys=("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    module="google.genai",
    package="google-genai",
    context_tokens=1_000_000,
)
_VERTEX = replace(
    _GOOGLE, connect=vertex_clients, address_variable="GOOGLE_VERTEX_BASE_URL", keys=()
)

PROVIDERS: dict[str, Provider] = {
    "openai": _OPENAI,
    "openai-responses": replace(_OPENAI, wire=Responses()),
    "anthropic": Provider(
        _ANTHROPIC,
        anthropic_clients,
        address_variable=ADDRESS_VARIABLE,
        keys=KEY_VARIABLES,
        module="anthropic",
        package="anthropic",
        context_tokens=200_000,
    ),
    "azure": _AZURE,
    "azure_openai": _AZURE,
    "bedrock": Provider(
        _BEDROCK,
        bedrock.bedrock_clients,
        address_variable=bedrock.ADDRESS_VARIABLE,
        module="boto3",
        package="boto3",
        context_tokens=128_000,
    ),
    "google": _GOOGLE,
    "gemini": _GOOGLE,
    "vertex": _VERTEX,
    "vertexai": _VERTEX,
    "mistral": Provider(
        _MISTRAL,
        mistral.mistral_clients,
        address_variable=mistral.ADDRESS_VARIABLE,
        keys=("MISTRAL_API_KEY",),
        module="mistralai",
        package="mistralai",
        context_tokens=128_000,
    ),
    "groq": _compatible(
        "https://api.groq.com/openai/v1",
        "GROQ_API_KEY",
        address_variable="GROQ_BASE_URL",
        complete=groq_address,
    ),
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
        "http://localhost:11434/v1",
        wire=COMPATIBLE,
        address_variable="OLLAMA_HOST",
        complete=ollama_address,
    ),
    "vllm": _compatible("http://localhost:8000/v1", wire=COMPATIBLE),
    "lmstudio": _compatible("http://localhost:1234/v1", wire=COMPATIBLE),
    "llamacpp": _compatible("http://localhost:8080/v1", wire=COMPATIBLE),
}
"""By the name before the slash of a model's name."""

RESPONSES = "openai-responses/"
"""How the name of a model begins that OpenAI's Responses API is asked for."""
_SDKS: tuple[tuple[str, Wire], ...] = (
    ("openai", _STRICT),
    ("groq", _STRICT),
    ("anthropic", _ANTHROPIC),
    ("google.genai", _GEMINI),
    ("mistralai", _MISTRAL),
    ("botocore.client.BedrockRuntime", _BEDROCK),
)
"""The package or the class that a ready-made client comes from, and the wire to ask it by."""


def wire_of(client: Any, name: str = "") -> Wire | None:
    """The wire for a ready-made client of a provider's SDK; None for any other object.

    Args:
        client: The client.
        name: The name of a model, which may say how to ask: "openai-responses/gpt-4.1-mini".
    """
    kind = f"{type(client).__module__}.{type(client).__name__}."
    if kind.startswith("openai.") and name.startswith(RESPONSES):
        return PROVIDERS[RESPONSES.rstrip("/")].wire
    return next((wire for start, wire in _SDKS if kind.startswith(f"{start}.")), None)


NOT_FOR_REASONING = ("temperature", "seed")
"""Settings that OpenAI's reasoning models refuse."""


def reasons(model: str) -> bool:
    """True if a model of OpenAI's is known to refuse a temperature.

    Others that refuse one are asked again without it: see `adaptation`.

    >>> reasons("gpt-5-mini"), reasons("openai/o3"), reasons("gpt-4.1-mini")
    (True, True, False)
    """
    return model.rpartition("/")[2].startswith(("o1", "o3", "o4", "gpt-5"))


def at_address(model: str, base_url: str) -> tuple[Provider, str]:
    """The provider at an OpenAI-compatible address, and the server's name for a model.

    The address of a provider that has a row is asked as that row says. A name is taken as it is, but
    for a first part that says how to ask: "openai/", "azure/", "ollama/".

    >>> at_address("openai/gpt-oss-120b", "https://api.groq.com/openai/v1")[1]
    'openai/gpt-oss-120b'
    >>> at_address("vllm/openai/gpt-oss-20b", "http://127.0.0.1:8000")[1]
    'openai/gpt-oss-20b'
    """
    address = completed(base_url)
    for name, provider in PROVIDERS.items():
        if provider.keys and provider.address and host_of(provider.address) == host_of(address):
            return moved(provider, address), model.removeprefix(f"{name}/")
    first, _, rest = model.partition("/")
    if not rest or first not in _WAYS:
        return moved(_OPENAI, address), model
    provider = PROVIDERS[first]
    return moved(provider, provider.complete(base_url)), rest


_WAYS = frozenset(
    "openai openai-responses azure azure_openai ollama vllm lmstudio llamacpp".split()
)
"""Providers that may be at any address. The names of others are parts of a model's name there."""


def moved(provider: Provider, address: str) -> Provider:
    """A provider at another address; OpenAI's is there asked as a server of unknown make."""
    is_unknown = provider is _OPENAI and not is_openai(address)
    wire = COMPATIBLE if is_unknown else provider.wire
    return replace(provider, wire=wire, connect=None, address=address, address_variable=None)
