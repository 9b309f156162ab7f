"""Counts: a number and the noun after it, fractions and ratios; "one", "no one" and "none"."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import DASHES
from ...languages.english_quantities import (
    AFTER_COUNTING_ONE,
    AFTER_PRONOUN_ONE,
    BEFORE_PRONOUN_ONE,
    MORE_THAN_TIMES,
    NOT_COUNTED_BY_ONE,
)
from ...text.tokens import Tokens
from ..digits import Form, Reading
from ..match import Match
from ..nouns import find_noun
from ..units import MEASURES
from . import KindName

_KINDS: dict[Form, KindName] = {
    "digits": "cardinal", "words": "cardinal", "fraction": "fraction", "ratio": "ratio",
}  # fmt: skip
_SHORTEST_TIED_NOUN = 4


def read(tokens: Tokens, start: int, reading: Reading) -> Match:
    """85 missiles, seven suicide drones, a 10-man squad, half of the voters, three times as many."""
    stop, kind = reading.stop, _KINDS[reading.form]
    noun = find_noun(tokens, stop, reading.value)
    if noun is None:
        return Match(None, kind, start, stop, reading.value)
    unit = tokens.words[noun]
    if unit == "times" and tokens.words[noun + 1] in MORE_THAN_TIMES:
        kind = "multiple"
    return Match(unit, kind, start, stop, reading.value)


def read_tied_before(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """A magnitude-4.8 quake; not "Shahed-131"."""
    hyphen, noun = start - 1, tokens.words[start - 2]
    if tokens.words[hyphen] not in DASHES:
        return None
    if not (tokens.glued(start) and tokens.glued(hyphen)) or tokens.capitalised(start - 2):
        return None
    if not noun.isalpha() or len(noun) < _SHORTEST_TIED_NOUN:
        return None
    return Match(noun, _KINDS[reading.form], start, reading.stop, reading.value)


def read_one(tokens: Tokens, start: int, reading: Reading) -> list[Match] | None:
    """The one who left: no number; no one: 0. None if "one" counts, or the numeral is another."""
    words, stop = tokens.words, reading.stop
    if words[start] != "one" or stop != start + 1 or not _is_pronoun(tokens, start):
        return None
    if words[start - 1] == "no" and words[stop] != "of":
        return [Match(None, "cardinal", start - 1, stop, Decimal(0))]
    return []


def _is_pronoun(tokens: Tokens, one: int) -> bool:
    """The one who, one another, one's, one is; not one man, one of them, one mile."""
    before, after = tokens.words[one - 1], tokens.words[one + 1]
    if after in MEASURES:
        return False
    if before in BEFORE_PRONOUN_ONE or after in AFTER_PRONOUN_ONE:
        return True
    if after in AFTER_COUNTING_ONE or after not in NOT_COUNTED_BY_ONE:
        return False
    return find_noun(tokens, one + 1, Decimal(1)) is None


def read_none(tokens: Tokens, index: int) -> Match | None:
    """None were hurt: 0."""
    is_none = tokens.words[index] == "none"
    return Match(None, "cardinal", index, index + 1, Decimal(0)) if is_none else None
