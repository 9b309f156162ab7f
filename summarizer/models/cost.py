"""The cost of an answer, by the price list of genai-prices."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .wires.base import Tokens

_IDS = {
    "openai-responses": "openai",
    "gemini": "google",
    "vertex": "google",
    "vertexai": "google",
    "bedrock": "aws",
    "azure_openai": "azure",
    "xai": "x-ai",
}
"""Names of providers in the price list, where they are other than ours."""


def cost(name: str, address: str | None, spent: Tokens) -> float | None:
    """US dollars for tokens; None where the price is not known.

    Args:
        name: "provider/model", or a model's bare name with `address`.
        address: The server's base URL; None for the provider's own.
        spent: What the requests took; tokens of the provider's cache have prices of their own.

    >>> cost("openai/gpt-4.1-mini", None, Tokens(1_000_000, 0))
    0.4
    >>> cost("openai/gpt-4.1-mini", None, Tokens(1_000_000, 0, cached=1_000_000))
    0.1
    >>> cost("mine", "http://127.0.0.1:8080/v1", Tokens(1_000, 10)) is None
    True
    """
    prices = _prices_per_token(name, address)
    if prices is None:
        return None
    counts = (
        spent.sent - spent.cached - spent.written,
        spent.cached,
        spent.written,
        spent.received,
    )
    return round(sum(n * price for n, price in zip(counts, prices, strict=True)), 8)


@lru_cache(maxsize=256)
def _prices_per_token(name: str, address: str | None) -> tuple[float, ...] | None:
    """The prices of a token read, read from the cache, put into it, and written: for short prompts."""
    if address is None and name.startswith("local/"):
        return 0.0, 0.0, 0.0, 0.0
    from genai_prices import Usage, calc_price

    provider, _, model = name.partition("/") if address is None else ("", "", name)
    if not model:
        return None
    place: dict[str, Any] = {"provider_api_url": address}
    if address is None:
        place = {"provider_id": _IDS.get(provider, provider)}
    thousand = (
        Usage(input_tokens=1000),
        Usage(input_tokens=1000, cache_read_tokens=1000),
        Usage(input_tokens=1000, cache_write_tokens=1000),
        Usage(output_tokens=1000),
    )
    try:
        return tuple(float(calc_price(u, model, **place).total_price) / 1000 for u in thousand)
    except LookupError:
        return None
