"""Base URLs of OpenAI-compatible servers, from what users and environments give."""

from __future__ import annotations

from urllib.parse import urlsplit


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
    url = url.rstrip("/").removesuffix("/chat/completions").removesuffix("/responses").rstrip("/")
    scheme, _, rest = url.partition("://")
    return url if "/" in rest or not rest else f"{scheme}://{rest}/v1"


def ollama_address(host: str) -> str:
    """The base URL of Ollama, whose variable is a host, and mostly that which its server listens on.

    >>> ollama_address("0.0.0.0"), ollama_address("https://ollama.example")
    ('http://127.0.0.1:11434/v1', 'https://ollama.example/v1')
    """
    if "://" not in host:
        name, _, port = host.strip().rstrip("/").partition(":")
        host = f"{'127.0.0.1' if name == '0.0.0.0' else name}:{port or 11434}"  # noqa: S104
    return completed(host)


def groq_address(url: str) -> str:
    """The base URL of Groq, whose variable lacks the path.

    >>> groq_address("https://api.groq.com/"), groq_address("https://proxy.example/v1")
    ('https://api.groq.com/openai/v1', 'https://proxy.example/v1')
    """
    url = url.rstrip("/")
    return url if url.endswith("/v1") else f"{url}/openai/v1"


def is_openai(address: str) -> bool:
    """True for OpenAI's own address.

    >>> is_openai("https://eu.api.openai.com/v1"), is_openai("https://api.openai.com.example/v1")
    (True, False)
    """
    return f".{host_of(address)}".endswith(".api.openai.com")


def host_of(url: str) -> str:
    """The host of an address, with its port."""
    return urlsplit(url).netloc
