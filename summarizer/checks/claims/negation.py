"""Does a claim deny what its source asserts, or assert what it denies?"""

from __future__ import annotations

from itertools import pairwise

from ...languages.english import DENIALS, FALLING, NEGATIONS, RISING
from ...text.terms import stem
from .evidence import Case

_NOT_A_DENIAL = frozenset("until unless unthinkable impossible inconceivable doubt".split())
"""Near one of these "not" denies nothing: "will not be final until Friday"."""
_TOKENS_BEFORE, _TOKENS_AFTER = 8, 14
"""How near, in tokens; by hand, about a clause on either side."""
_DIRECTIONS = (frozenset(map(stem, RISING)), frozenset(map(stem, FALLING)))
_SHORT_WORD = 2
"""Letters; after "not" a shorter word is passed over: "not to rise" denies "rise"."""


def denies(case: Case) -> str | None:
    """Profit did not rise, where the source has: profit rose. Not: it failed to rise."""
    if not _is_negated(case.words):
        return None
    stated = [word for words in case.sentences for word in words]
    if _is_negated(stated) or not DENIALS.isdisjoint(stated):
        return None
    return "the claim denies what the source does not deny"


def leaves_denial_out(case: Case) -> str | None:
    """Profit rose, where the source has: profit did not rise. Not: it did not rise until May."""
    if _is_negated(case.words) or not case.sentences:
        return None
    denied = _denied(case.sentences[0], case.stems)
    return f"the source says “{denied}”, the claim leaves the denial out" if denied else None


def _is_negated(words: list[str]) -> bool:
    return any(word in NEGATIONS for word in words) or any(
        word == "t" and sign in ("'", "’") for sign, word in pairwise(words)
    )


def _denied(words: list[str], stems: frozenset[str]) -> str | None:
    """The denial in a sentence whose denied word the claim repeats: "did not rise"."""
    for index in range(len(words) - 1):
        if not _is_denial(words, index):
            continue
        denied = [word for word in words[index + 1 : index + 3] if len(word) > _SHORT_WORD]
        if denied and _asserts(stems, denied[0]):
            return " ".join(words[max(0, index - 1) : index + 3])
    return None


def _is_denial(words: list[str], index: int) -> bool:
    """True for "not", "never" and the "t" of "didn't", unless a word near it takes it back."""
    contracted = words[index] == "t" and index > 0 and words[index - 1] in ("'", "’")
    if words[index] not in ("not", "never") and not contracted:
        return False
    near = words[max(0, index - _TOKENS_BEFORE) : index + _TOKENS_AFTER]
    return _NOT_A_DENIAL.isdisjoint(near)


def _asserts(stems: frozenset[str], word: str) -> bool:
    """True if a claim has a word in this form or another: "rose" for "rise"."""
    denied = stem(word)
    return denied in stems or any(denied in way and stems & way for way in _DIRECTIONS)
