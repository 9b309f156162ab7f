"""Multiples: "doubled", "tenfold", "three-fold"."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import DASHES, FOLD, MULTIPLES
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match


def read(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """Three-fold, 3 fold."""
    words, at = tokens.words, reading.stop
    if words[at] in DASHES:
        at += 1
    return Match(None, "multiple", start, at + 1, reading.value) if words[at] in FOLD else None


def read_fold(tokens: Tokens, start: int, reading: Reading) -> list[Match] | None:
    """Three-fold, as a whole: in words, nothing before it is its currency or its sign."""
    match = read(tokens, start, reading)
    return [match] if match else None


def read_word(tokens: Tokens, index: int) -> Match | None:
    """Doubled, twice, tenfold, halved."""
    word = tokens.words[index]
    if word not in MULTIPLES:
        return None
    value = Decimal("0.5") if word == "halved" else Decimal(MULTIPLES[word])
    return Match(None, "multiple", index, index + 1, value)
