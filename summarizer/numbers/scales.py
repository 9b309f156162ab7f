"""Scales after a numeral: words ("million"), abbreviations ("bn"), and letters that may be units."""

from __future__ import annotations

from collections.abc import Callable

from ..languages.english_numbers import AMBIGUOUS_SCALES, SCALES, SHORT_SCALES
from ..text.tokens import Tokens
from .digits import Form
from .units import MEASURES

SCALE_WORDS = frozenset({*SCALES, *SHORT_SCALES, *AMBIGUOUS_SCALES})
"""All that `scale_at` may take for a scale."""

_MONEY = frozenset({"$", "£", "€", "¥", "₹", "usd", "eur", "gbp"})
_COUNTED = frozenset({"people", "dollars", "euros"})


def scale_at(tokens: Tokens, index: int, first: int, form: Form) -> int:
    """The scale at a token that follows a numeral, or 0.

    Args:
        tokens: The text.
        index: The token after the numeral.
        first: The first token of the numeral.
        form: How the numeral is written; only digits have abbreviated scales.

    >>> from ..text.tokens import tokenize
    >>> texts = "3 million", "3bn", "3 b", "£3m", "3m wide"
    >>> all_tokens = [tokenize(text) for text in texts]
    >>> [scale_at(t, t.words.index("3") + 1, t.words.index("3"), "digits") for t in all_tokens]
    [1000000, 1000000000, 0, 1000000, 0]
    """
    word = tokens.words[index]
    if word in SCALES:
        return SCALES[word]
    if form != "digits":
        return 0
    if word in SHORT_SCALES:
        return SHORT_SCALES[word] if _follows_digits(tokens, index) else 0
    if word in AMBIGUOUS_SCALES and any(rule(tokens, index, first) for rule in LETTER_SCALES):
        return AMBIGUOUS_SCALES[word]
    return 0


def _follows_digits(tokens: Tokens, index: int) -> bool:
    """10 k, 3bn and 3b; not: 3 b."""
    spaced_b = tokens.words[index] == "b" and not tokens.glued(index)
    return tokens.words[index - 1].isdecimal() and not spaced_b


def beside_money(tokens: Tokens, index: int, first: int) -> bool:
    """£2.1m, USD 5 mm, €3t; not: $5g."""
    return tokens.words[index] != "g" and tokens.words[first - 1] in _MONEY


def as_capital(tokens: Tokens, index: int, first: int) -> bool:
    """10M followers, 5 G; not: 5T, 10MM, $5G."""
    letter = tokens.original(index)
    return letter in ("M", "G") and tokens.words[first - 1] not in _MONEY


def before_plural(tokens: Tokens, index: int, first: int) -> bool:
    """2.1m people, 3m homes; not: a 100m race, 3 m wide, 100m metres.

    Every word in -s counts as a plural, verbs included: "The 100m was won" has 100,000,000.
    """
    counted = tokens.words[index + 1]
    plural = counted.endswith("s") or counted in _COUNTED
    glued_m = tokens.words[index] == "m" and tokens.glued(index)
    return glued_m and plural and counted not in MEASURES


LETTER_SCALES: tuple[Callable[[Tokens, int, int], bool], ...] = (
    beside_money,
    as_capital,
    before_plural,
)
"""What makes a letter (m, mm, g, t) after digits a scale and not a unit: one of these.

Each rule gets the tokens, the letter, and the first token of the number.
"""
