"""Digits that identify something by their form: "COVID-19", "F-16", "192.168.1.2", "2) Then"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ...languages.english_numbers import (
    AMBIGUOUS_SCALES,
    CURRENCY_CODES,
    DASHES,
    MONTHS,
    ORDINAL_SUFFIXES,
    SCALES,
    SHORT_SCALES,
    SMALL,
)
from ...languages.english_quantities import CODE_WORDS, NOT_IN_CODES, SUFFIXES
from ...text.tokens import Tokens
from ..match import MAX_DIGITS, Match
from ..units import MEASURES
from .designation import read_designated

Range = tuple[int, int]
"""The first token, and the token after the last."""

_JOINTS = DASHES | {"/"}
_BEFORE_DIGITS = DASHES - {"–"} | {"#"}
_SLOGANS = frozenset({("9", "11"), ("24", "7"), ("7", "7"), ("50", "50")})
_NOT_A_WORD_OF_A_CODE = NOT_IN_CODES.union(SMALL, MONTHS)
_SUFFIXES = SUFFIXES.union(MEASURES, SCALES, SHORT_SCALES, AMBIGUOUS_SCALES, ORDINAL_SUFFIXES)
"""Letters that can follow digits without making a code of them: "5km", "3rd", "7pm"."""
_SUFFIXES_BEFORE_DIGITS = frozenset("eh")
"""Those that digits can follow in turn: "12e14", "17h30"."""
_FIRST_UNSPACED_SCRIPT = 0x0590
"""From here on scripts (Hebrew, Arabic, CJK) put no space between a number and what it counts."""
_LONGEST_CODE = 12
"""Tokens."""
_THOUSANDS = 3
"""Digits of a group of thousands."""
_PARTS_OF_A_NUMBER = 3
_PARTS_OF_A_VERSION = 2
"""Fewest parts with points between them: "1.2.3", but "v1.2"."""


def read(tokens: Tokens, index: int) -> list[Match] | None:
    """The identifier around a token of digits, or None."""
    for read_range in _READERS:
        if found := read_range(tokens, index):
            return [identify(tokens, index, found)]
    return None


def identify(tokens: Tokens, index: int, around: Range) -> Match:
    """An identifier that has a token of digits in a range of tokens."""
    value = Decimal(tokens.words[index][:MAX_DIGITS])
    return Match(None, "identifier", *around, value)


def _read_slogan(tokens: Tokens, index: int) -> Range | None:
    """9/11, 24/7, 7/7, 50/50; not 3/4, and not "9 /11"."""
    first, slash, second = tokens.words[index : index + 3]
    if slash != "/" or (first, second) not in _SLOGANS or not tokens.glued(index + 1):
        return None
    return index, index + 3


def _read_dotted(tokens: Tokens, index: int) -> Range | None:
    """1.2.3, 192.168.1.2, v1.2; not 1.2, and not 1.234.567."""
    words, stop = tokens.words, index + 1
    while _continues(tokens, stop):
        stop += 2
    parts = words[index:stop:2]
    is_version = tokens.glued(index) and words[index - 1] in ("v", "version")
    if len(parts) < (_PARTS_OF_A_VERSION if is_version else _PARTS_OF_A_NUMBER) or _is_grouped(
        parts
    ):
        return None
    return index - is_version, stop


def _continues(tokens: Tokens, index: int) -> bool:
    """A point and more digits, without a space: the ".2" of "1.2"."""
    words = tokens.words
    if words[index] != "." or not words[index + 1].isdecimal():
        return False
    return tokens.glued(index) and tokens.glued(index + 1)


def _is_grouped(parts: list[str]) -> bool:
    """True for the thousands of 1.234.567."""
    first, *others = parts
    return len(first) <= _THOUSANDS and all(len(part) == _THOUSANDS for part in others)


def _read_code(tokens: Tokens, index: int) -> Range | None:
    """A9, F-16, COVID-19, Shahed-131/136, 13F, 747-400: letters and digits in one piece."""
    start, stop = _start_of_code(tokens, index), _after_letters(tokens, index)
    if (start, stop) == (index, index + 1):
        return None
    while stop < tokens.count and stop - start < _LONGEST_CODE:
        after = _after_part(tokens, stop)
        if after == stop:
            break
        stop = after
    return start, stop


def _start_of_code(tokens: Tokens, index: int) -> int:
    """The token of the A in A9, of COVID in COVID-19; `index` where nothing is attached."""
    before = tokens.words[index - 1]
    if not tokens.glued(index):
        return index
    if _is_letters(before):
        return index if before in CURRENCY_CODES else index - 1
    hyphenated = before in _BEFORE_DIGITS and tokens.glued(index - 1)
    return index - 2 if hyphenated and _is_code_word(tokens, index - 2) else index


def _is_code_word(tokens: Tokens, index: int) -> bool:
    """F in F-16, COVID in COVID-19, under-21; not mid-2015, twenty-5, May-4 or magnitude-4."""
    word = tokens.words[index]
    if not word[:1].isalpha() or word in _NOT_A_WORD_OF_A_CODE:
        return False
    return tokens.capitalised(index) or len(word) == 1 or word in CODE_WORDS


def _after_letters(tokens: Tokens, index: int) -> int:
    """The token after the F of 13F, or after the digits: 5km and 3rd are not codes, 5km2 is."""
    stop = index + 1
    letters = tokens.words[stop]
    if not tokens.glued(stop) or not _is_letters(letters):
        return stop
    if letters not in _SUFFIXES:
        return stop + 1
    digits_follow = tokens.words[stop + 1].isdecimal() and tokens.glued(stop + 1)
    return stop + 1 if digits_follow and letters not in _SUFFIXES_BEFORE_DIGITS else stop


def _after_part(tokens: Tokens, index: int) -> int:
    """The token after one more part of a code: the /136 of Shahed-131/136; `index` if there is none."""
    word, following = tokens.words[index], tokens.words[index + 1]
    if not tokens.glued(index):
        return index
    if word.isdecimal() or (_is_letters(word) and word != "s"):
        return index + 1
    joined = word in _JOINTS and tokens.glued(index + 1) and following.isdecimal()
    return index + 2 if joined else index


def _is_letters(word: str) -> bool:
    return word[:1].isalpha() and ord(word[0]) < _FIRST_UNSPACED_SCRIPT


_PHONE_JOINTS = frozenset("-–.")
_MAX_GROUPS = 7
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_AMERICAN_GROUPS, _AMERICAN_DIGITS = 3, 10


def _read_phone(tokens: Tokens, index: int) -> Range | None:
    """+44 20 7946 0958, 020 7946 0958, 555-123-4567; not 7946 0958."""
    words = tokens.words
    groups, stop = _digit_groups(tokens, index)
    count = sum(map(len, groups))
    if not _FEWEST_DIGITS <= count <= _MOST_DIGITS:
        return None
    if words[index - 1] == "+" and tokens.glued(index):
        return index - 1, stop
    american = len(groups) == _AMERICAN_GROUPS and count == _AMERICAN_DIGITS
    local = words[index][0] == "0" and len(groups) > 1
    return (index, stop) if local or (american and words[index + 1] == "-") else None


def _digit_groups(tokens: Tokens, index: int) -> tuple[list[str], int]:
    """Groups of digits with spaces, hyphens or points between them, and the token after them."""
    words, groups, at = tokens.words, list[str](), index
    while words[at].isdecimal() and len(groups) < _MAX_GROUPS:
        groups.append(words[at])
        at += 1
        if words[at] in _PHONE_JOINTS and tokens.glued(at) and words[at + 1].isdecimal():
            at += 1
        elif not tokens.near(at):
            break
    return groups, at


_LONGEST_MARKER = 2


def _read_list_marker(tokens: Tokens, index: int) -> Range | None:
    """1. or 2) or (3) at the start of a line; 2) after a semicolon; not "2) " after a word."""
    words = tokens.words
    if len(words[index]) > _LONGEST_MARKER:
        return None
    before, after = words[index - 1], words[index + 1]
    start = index - 1 if before in ("(", "[") else index
    starts_line = start == 0 or "\n" in tokens.gap(start)
    if starts_line and _closes_marker(tokens, index + 1) and index + 2 < tokens.count:
        return start, index + 2
    inline = after == ")" and before in (";", ",", ":") and len(words[index]) == 1
    return (index, index + 2) if inline else None


def _closes_marker(tokens: Tokens, index: int) -> bool:
    """The sign after "2)", "2]", "2. Then"; not the point of "2.5"."""
    word = tokens.words[index]
    return word in (")", "]") or (word in (".", ":") and not tokens.glued(index + 1))


_READERS: tuple[Callable[[Tokens, int], Range | None], ...] = (
    _read_slogan,
    _read_dotted,
    _read_code,
    _read_phone,
    _read_list_marker,
    read_designated,
)
"""In the order in which they are tried; the first that finds something decides."""
