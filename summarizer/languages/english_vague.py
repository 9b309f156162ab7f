"""English words that count without a number: hundreds, dozens, tens of thousands, several million."""

from __future__ import annotations

MANY: dict[str, tuple[int, int]] = {
    "dozens": (20, 200),
    "hundreds": (100, 5_000),
    "thousands": (1_000, 200_000),
    "millions": (10**6, 5 * 10**8),
    "billions": (10**9, 5 * 10**11),
    "trillions": (10**12, 10**15),
}
"""What such a word can mean, from the first number to below the second."""
MULTIPLES: dict[str, int] = {"tens": 10, "hundreds": 100}
"""Words that multiply one of `MANY`: "tens of thousands"."""
SCALES: dict[str, int] = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
FEW: dict[str, tuple[int, int]] = {"few": (2, 10), "several": (2, 10), "many": (2, 100)}
"""Words that multiply one of `SCALES`, and by how much: "several million"."""
CURRENCIES = frozenset("dollars pounds euros yen yuan rupees francs roubles rubles".split())
"""Nouns of money that such words count: "millions of dollars"."""
