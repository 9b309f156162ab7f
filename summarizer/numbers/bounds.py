"""Approximators and bounds beside a number: "nearly 90", "up to 50", "40 or so"."""

from __future__ import annotations

from ..languages import Bound
from ..languages.english_numbers import (
    APPROXIMATOR_ENDS,
    APPROXIMATORS,
    DASHES,
    LONGEST_APPROXIMATOR,
)
from ..languages.english_quantities import BOUNDS_AFTER_HYPHEN, BOUNDS_AFTER_OR
from ..text.tokens import Tokens

_ARTICLES = frozenset({"a", "an", "the"})


def read_bound(tokens: Tokens, start: int, stop: int) -> Bound:
    """The approximator or bound beside a number, as in `Number.bound`.

    >>> from ..text.tokens import tokenize
    >>> read_bound(tokenize("as many as 90"), 3, 4), read_bound(tokenize("many 90"), 1, 2)
    ('<=', '')
    >>> read_bound(tokenize("40 or so"), 0, 1)
    '~'
    """
    return _bound_before(tokens, start) or _bound_after(tokens, stop)


def _bound_before(tokens: Tokens, start: int) -> Bound:
    words = tokens.words
    if words[start - 1] in _ARTICLES:  # "more than a dozen": the article may belong to the number
        start -= 1
    if words[start - 1] not in APPROXIMATOR_ENDS:
        return ""
    for size in range(min(LONGEST_APPROXIMATOR, start), 0, -1):
        if bound := APPROXIMATORS.get(tuple(words[start - size : start])):
            return bound
    return ""


def _bound_after(tokens: Tokens, stop: int) -> Bound:
    """30+ years, 30 plus, 50-odd, 40 or so, 40 or more; not "2 + 2"."""
    after, then = tokens.words[stop], tokens.words[stop + 1]
    if (after == "+" and tokens.glued(stop)) or after == "plus":
        return ">="
    if after in DASHES:
        return BOUNDS_AFTER_HYPHEN.get(then, "")
    return BOUNDS_AFTER_OR.get(then, "") if after == "or" else ""
