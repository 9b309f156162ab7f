"""The noun that a number counts."""

from __future__ import annotations

from decimal import Decimal

from ..languages.english_numbers import DASHES
from ..languages.english_quantities import (
    DETERMINERS_AFTER_OF,
    IRREGULAR_PLURALS,
    NOT_NOUNS,
    NOT_PLURALS,
)
from ..text.tokens import Tokens

_REACH = 4
"""Words after a number among which its noun is looked for."""
_SHORTEST_PLURAL = 4


def find_noun(tokens: Tokens, index: int, value: Decimal) -> int | None:
    """The token of the noun that a number before `index` counts, or None.

    The first plural within four words, stopping at a function word or punctuation; after a hyphen
    the word that is tied to the number.

    >>> from ..text.tokens import tokenize
    >>> find_noun(tokenize("seven suicide drones"), 1, Decimal(7))
    2
    >>> find_noun(tokenize("10-man squad"), 1, Decimal(10))
    2
    >>> find_noun(tokenize("two of the six players"), 1, Decimal(2))
    4
    >>> find_noun(tokenize("seven were lost in drones"), 1, Decimal(7)) is None
    True
    """
    words = tokens.words
    if words[index] in DASHES:
        return _tied_noun(tokens, index)
    if words[index] == "of":
        index += 2 if words[index + 1] in DETERMINERS_AFTER_OF else 1
    last = None
    for at in range(index, index + _REACH):
        if not is_noun(words[at]) or not tokens.near(at):
            break
        if is_plural(words[at]):
            return at
        last = at
    return last if value == 1 else None  # "one new drone"


def _tied_noun(tokens: Tokens, hyphen: int) -> int | None:
    """10-man squad; not "10 - man", and not "10-and"."""
    following = hyphen + 1
    tied = tokens.glued(hyphen) and tokens.near(following)
    return following if tied and is_noun(tokens.words[following]) else None


def is_noun(word: str) -> bool:
    """True for a word that can be counted, or describe what is.

    >>> is_noun("drones"), is_noun("were"), is_noun("%")
    (True, False, False)
    """
    return word[:1].isalpha() and word not in NOT_NOUNS


def is_plural(word: str) -> bool:
    """True for a word that looks like a plural noun.

    >>> is_plural("drones"), is_plural("people"), is_plural("analysis"), is_plural("glass")
    (True, True, False, False)
    """
    if word in IRREGULAR_PLURALS:
        return True
    ends_in_s = len(word) >= _SHORTEST_PLURAL and word[-1] == "s" and word[-2] not in "su'"
    return ends_in_s and not word.endswith("sis") and word not in NOT_PLURALS
