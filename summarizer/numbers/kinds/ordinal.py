"""Ordinals: "21st", "third", "twenty-first", "world No. 1"."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import DASHES, ORDINAL_SUFFIXES, ORDINALS, SMALL
from ...languages.english_quantities import BEFORE_LASTING_SECOND, BEFORE_RANK, NUMBERED_BODIES
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match
from ..nouns import is_noun

_JOINTS = DASHES | {"and"}
_TENS = 10
_LONGEST = 5
"""Digits of an ordinal."""
_LEAST_TENS = 20
"""The least cardinal that an ordinal can follow: "twenty-first"."""


def read_digits(tokens: Tokens, index: int) -> list[Match] | None:
    """The 21st time; not 123456th."""
    words = tokens.words
    if words[index + 1] not in ORDINAL_SUFFIXES or not tokens.near(index + 1):
        return None
    if len(words[index]) > _LONGEST:
        return None
    return [_ordinal(tokens, index, index + 2, Decimal(words[index]))]


def read_word(tokens: Tokens, index: int) -> list[Match] | None:
    """The third man."""
    value = ORDINALS.get(tokens.words[index])
    return None if value is None else [_ordinal(tokens, index, index + 1, Decimal(value))]


def read_after_cardinal(tokens: Tokens, start: int, reading: Reading) -> list[Match] | None:
    """Twenty-first, a hundred and fifth: a cardinal whose last word is an ordinal."""
    words, joint = tokens.words, reading.stop
    if reading.form != "words" or reading.value < _LEAST_TENS or reading.value % _TENS:
        return None
    if words[joint] not in _JOINTS or _lasts_seconds(tokens, start, joint):
        return None
    value = ORDINALS.get(words[joint + 1], _TENS)
    if value >= _TENS:
        return None
    return [_ordinal(tokens, start, joint + 2, reading.value + value)]


def _lasts_seconds(tokens: Tokens, start: int, joint: int) -> bool:
    """A ninety-second clip, five thirty-second ones; not "the ninety-second", which is an ordinal."""
    words = tokens.words
    if words[joint + 1] != "second" or words[joint] not in DASHES:
        return False
    return words[start - 1] in BEFORE_LASTING_SECOND or words[start - 1] in SMALL


def _ordinal(tokens: Tokens, start: int, stop: int, value: Decimal) -> Match:
    """The 19th century, the third goal; a name in "21st Century Fox"."""
    words = tokens.words
    if _is_named(tokens, start, stop):
        return Match(None, "identifier", start, stop, value)
    following = words[stop + 1] if words[stop] in DASHES else words[stop]
    return Match(following if is_noun(following) else None, "ordinal", start, stop, value)


def _is_named(tokens: Tokens, start: int, stop: int) -> bool:
    """21st Century Fox, 101st Airborne Division; not "101st airborne division"."""
    words = tokens.words
    if not words[start].isdecimal() or not tokens.capitalised(stop) or not tokens.near(stop):
        return False
    return words[stop] in NUMBERED_BODIES or words[stop + 1] in NUMBERED_BODIES


def rank(tokens: Tokens, match: Match) -> Match:
    """World number two, No. 1, no. 1: a cardinal that ranks is an ordinal; "no 1" stays as it is."""
    at = match.start - 1
    if match.kind != "cardinal" or not tokens.near(match.start) or not _is_rank(tokens, at):
        return match
    return match._replace(kind="ordinal")


def _is_rank(tokens: Tokens, before: int) -> bool:
    word = tokens.words[before]
    if word == ".":
        return tokens.words[before - 1] in BEFORE_RANK
    return word == "number" or (word in BEFORE_RANK and tokens.capitalised(before))
