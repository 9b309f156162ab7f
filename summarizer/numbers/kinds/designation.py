"""Numbers inside names: "Route 495", "Boeing 737-800", "Furious 7", "World War Two"."""

from __future__ import annotations

from collections.abc import Callable

from ...languages.english_numbers import (
    APPROXIMATOR_ENDS,
    CURRENCY_CODES,
    CURRENCY_PREFIXES,
    CURRENCY_WORDS,
    MONTHS,
    ORDINAL_SUFFIXES,
    ORDINALS,
    SCALES,
    SHORT_SCALES,
    SMALL,
)
from ...languages.english_quantities import (
    COMMON_DESIGNATORS,
    DESIGNATORS,
    NOT_NAMES,
    NOT_NOUNS,
    NUMBERED_NAMES,
)
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match
from ..nouns import is_plural
from ..units import MEASURES
from .year import is_year

_NOT_AFTER_A_NAME = ORDINAL_SUFFIXES | {"%", "-", "–", ":"}
_SENTENCE_OPENERS = frozenset(".!?:\"“'‘*-•") | {""}
"""Tokens before the first word of a sentence; "" before the first of a text."""
_NO_NAMES = NOT_NOUNS.union(
    MONTHS, APPROXIMATOR_ENDS, NOT_NAMES, CURRENCY_PREFIXES, CURRENCY_CODES, CURRENCY_WORDS, SMALL,
    ORDINALS,
)  # fmt: skip
"""Capitalised words that make no name with the number after them."""
_COUNTING = frozenset({"per", "of", "people", "to"}).union(MEASURES, SCALES, SHORT_SCALES)
"""Words after a number that it counts or belongs to."""
_LONGEST = 4
"""Digits after a name."""
_ROW = 7
"""Tokens within which another number makes a row of a table: "Sheffield 27 and Belfast 25"."""


def read_designated(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Route 495, Boeing 737-800, Furious 7: the name around a token of digits, or None."""
    before, after = tokens.words[index - 1], tokens.words[index + 1]
    if is_year(tokens.words[index]) or (tokens.glued(index + 1) and after[:1].isalnum()):
        return None
    if before in DESIGNATORS and _has_variant(tokens, index):
        return index - 1, index + 3
    if not tokens.near(index) or after in _NOT_AFTER_A_NAME:
        return None
    is_name = _is_designated(tokens, index) or _is_title(tokens, index)
    return (index - 1, index + 1) if is_name else None


def _has_variant(tokens: Tokens, index: int) -> bool:
    """Boeing 737-800."""
    words = tokens.words
    return words[index + 1] == "-" and words[index + 2].isdecimal() and tokens.glued(index + 2)


def _is_designated(tokens: Tokens, index: int) -> bool:
    """Route 495, step 3; not "flight 3 hours", and not "the point 3 times"."""
    words, before, after = tokens.words, tokens.words[index - 1], tokens.words[index + 1]
    if before not in DESIGNATORS or after in MEASURES or is_plural(after):
        return False
    if before not in COMMON_DESIGNATORS or tokens.capitalised(index - 1):
        return True
    return words[index - 2] not in ("the", "a")


def _is_title(tokens: Tokens, index: int) -> bool:
    """Furious 7: a capitalised word and bare digits that nothing says to be a count."""
    if not tokens.words[index - 1][:1].isalpha() or not tokens.capitalised(index - 1):
        return False
    return not any(refuses(tokens, index) for refuses in _REFUSALS)


def _follows_no_name(tokens: Tokens, index: int) -> bool:
    """The 7, May 7, About 7, Monday 7."""
    return tokens.words[index - 1] in _NO_NAMES


def _is_long(tokens: Tokens, index: int) -> bool:
    """Kent 12345."""
    return len(tokens.words[index]) > _LONGEST


def _is_in_a_row(tokens: Tokens, index: int) -> bool:
    """Sheffield 27 and Belfast 25: a table, not a list of names."""
    return any(word.isdecimal() for word in tokens.words[max(0, index - _ROW) : index - 1])


def _starts_sentence(tokens: Tokens, index: int) -> bool:
    """Nearby 7 men waited."""
    return tokens.words[index - 2] in _SENTENCE_OPENERS


def _counts(tokens: Tokens, index: int) -> bool:
    """Kent 7 goals, Kent 7 km, Kent 7 million, Kent 7 of them."""
    after = tokens.words[index + 1]
    return after in _COUNTING or is_plural(after)


def _has_separator(tokens: Tokens, index: int) -> bool:
    """Kent 7,000; Kent 7.5."""
    return tokens.words[index + 1] in (",", ".") and tokens.words[index + 2].isdecimal()


_SHORTEST_TITLE_WORD = 4
_FEWEST_TITLE_WORDS = 3
_WINDOW = 6


def is_title_case(tokens: Tokens, index: int) -> bool:
    """True in A Headline That Is Written Like This, where a capital makes no name."""
    first, stop = max(0, index - _WINDOW), min(tokens.count, index + _WINDOW + 1)
    around = [
        at
        for at in range(first, stop)
        if at != index
        and tokens.words[at].isalpha()
        and len(tokens.words[at]) >= _SHORTEST_TITLE_WORD
    ]
    return len(around) >= _FEWEST_TITLE_WORDS and all(map(tokens.capitalised, around))


_REFUSALS: tuple[Callable[[Tokens, int], bool], ...] = (
    _follows_no_name,
    _is_long,
    _starts_sentence,
    _counts,
    _has_separator,
    _is_in_a_row,
    is_title_case,
)
"""Why a capitalised word and the digits after it are not a title."""


def read_named_word(tokens: Tokens, start: int, reading: Reading) -> list[Match] | None:
    """Six Nations, World War Two, Big Ten, Formula One: a number word inside a name."""
    stop = start + 1
    if reading.form != "words" or reading.stop != stop or not _is_in_a_name(tokens, start):
        return None
    return [Match(None, "identifier", start, stop, reading.value)]


def _is_in_a_name(tokens: Tokens, index: int) -> bool:
    """World War Two; Six Nations at the start of a sentence; not "Six Russian drones" there."""
    words = tokens.words
    if not tokens.capitalised(index) or is_title_case(tokens, index):
        return False
    if words[index - 1] in _SENTENCE_OPENERS:
        return words[index + 1] in NUMBERED_NAMES and _continues_name(tokens, index + 1)
    if _continues_name(tokens, index + 1):
        return True
    return words[index - 1] not in NOT_NOUNS and _is_attached_capital(tokens, index)


def _continues_name(tokens: Tokens, index: int) -> bool:
    """The Nations of Six Nations; not "Six May"."""
    is_capital = tokens.capitalised(index) and tokens.near(index)
    return is_capital and tokens.words[index] not in MONTHS


def _is_attached_capital(tokens: Tokens, index: int) -> bool:
    """The War before Two in World War Two."""
    return tokens.capitalised(index - 1) and tokens.near(index)
