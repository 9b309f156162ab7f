"""The cost of an answer, by the price list of genai-prices."""

from __future__ import annotations

from functools import lru_cache


def cost(name: str, address: str | None, sent: int, received: int) -> float | None:
    """US dollars for a number of tokens; None where the price is not known.

    Args:
        name: "provider/model", or a model's bare name with `address`.
        address: The server's base URL; None for the provider's own.
        sent: Input tokens.
        received: Output tokens.

    >>> cost("openai/gpt-4.1-mini", None, 1_000_000, 0)
    0.4
    >>> cost("mine", "http://127.0.0.1:8080/v1", 1_000, 10) is None
    True
    """
    prices = _prices_per_token(name, address)
    if prices is None:
        return None
    return round(sent * prices[0] + received * prices[1], 8)


@lru_cache(maxsize=256)
def _prices_per_token(name: str, address: str | None) -> tuple[float, float] | None:
    """The price of a token in and of a token out: for short prompts, without discounts for cached ones."""
    if address is None and name.startswith("local/"):
        return 0.0, 0.0
    from genai_prices import Usage, calc_price

    provider, _, model = name.partition("/") if address is None else ("", "", name)
    if not model:
        return None
    sent, received = Usage(input_tokens=1000, output_tokens=0), Usage(output_tokens=1000)
    try:
        if address is not None:
            prices = [calc_price(u, model, provider_api_url=address) for u in (sent, received)]
        else:
            prices = [calc_price(u, model, provider_id=provider) for u in (sent, received)]
    except LookupError:
        return None
    return float(prices[0].total_price) / 1000, float(prices[1].total_price) / 1000
