"""Digits and number words that name something and count nothing: COVID-19, F-16, Route 495."""

from __future__ import annotations

import re

from ...languages.english_numbers import (
    AMBIGUOUS_SCALES,
    APPROXIMATOR_ENDS,
    CURRENCY_CODES,
    CURRENCY_PREFIXES,
    CURRENCY_WORDS,
    DASHES,
    MEASURES,
    MONTHS,
    ORDINAL_SUFFIXES,
    ORDINALS,
    SCALES,
    SHORT_SCALES,
    SMALL,
)
from ...text.tokens import Tokens
from ..quantity import STOPS, is_plural
from .date import is_year

_DASHES = DASHES | {"/"}
_DESIGNATORS = frozenset(
    "route highway interstate motorway article section chapter clause paragraph exit"
    " channel flight room windows boeing airbus iphone ipad galaxy formula apollo psalm"
    " version page figure table phase level type model gate platform line junction catch"
    " area form rule resolution appendix annex schedule title part volume episode season"
    " stage category tier unit terminal step point item question bus radio euro mark soyuz"
    " falcon playstation xbox".split()
)
_BEFORE_HYPHEN = frozenset("mid pre post late early sub non nearly the a some about".split())
_GLUED_SUFFIXES = (
    set(MEASURES) | set(SCALES) | set(SHORT_SCALES) | set(AMBIGUOUS_SCALES) | ORDINAL_SUFFIXES
    | {"am", "pm", "s", "p", "e", "x", "bst", "gmt", "fold", "pc", "pt", "usd", "eur", "gbp", "yo"}
)  # fmt: skip
_URL = re.compile(r"https?://\S+|www\.\S+")
_NOT_NAMES = frozenset("monday tuesday wednesday thursday friday saturday sunday january".split())


def find_links(text: str) -> list[tuple[int, int]]:
    """Where URLs and mail addresses stand; digits in them are not numbers."""
    found = (
        [match.span() for match in _URL.finditer(text)] if "://" in text or "www." in text else []
    )
    at = text.find("@")
    while at >= 0:
        start = at
        while start and at - start < 64 and not text[start - 1].isspace():
            start -= 1
        end = at + 1
        while end < len(text) and end - at < 255 and not text[end].isspace():
            end += 1
        if "." in text[at:end] or start == at:
            found.append((start, end))
        at = text.find("@", end)
    return sorted(found)


def read_identifier(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The tokens of an identifier around a token of digits: (first, behind the last), or None."""
    return (
        _slogan(tokens, index)
        or _dotted(tokens, index)
        or _attached(tokens, index)
        or _phone(tokens, index)
        or _list_marker(tokens, index)
        or _designated(tokens, index)
    )


def _slogan(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """9/11, 24/7, 7/7: dates and phrases that look like fractions."""
    words = tokens.words
    pair = (words[index], words[index + 1], words[index + 2])
    return (index, index + 3) if pair in _SLOGANS and tokens.glued(index + 1) else None


_SLOGANS = frozenset({("9", "/", "11"), ("24", "/", "7"), ("7", "/", "7"), ("50", "/", "50")})


def _attached(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A9, F-16, COVID-19, Shahed-131/136, 13F, 747-400: letters and digits in one piece."""
    words = tokens.words
    start, stop = index, index + 1
    before = words[index - 1]
    if tokens.glued(index):
        if _is_letter(before) and before not in CURRENCY_CODES:
            start = index - 1
        elif before in _DASHES | {"#"} and tokens.glued(index - 1) and before != "/":
            word = words[index - 2]
            letter = word[:1].isalpha() and word not in _BEFORE_HYPHEN and word not in SMALL
            upper = tokens.capitalised(index - 2) or len(word) == 1 or word in ("under", "over")
            if letter and upper and word not in MONTHS and before != "–":
                start = index - 2
    suffix = words[stop]
    if tokens.glued(stop) and _is_letter(suffix):
        both = tokens.words[stop + 1].isdecimal() and tokens.glued(stop + 1)
        if suffix not in _GLUED_SUFFIXES or (both and suffix not in ("e", "h")):
            stop += 1
    if (start, stop) == (index, index + 1):
        return None
    while stop < tokens.count and tokens.glued(stop) and stop - start < 12:
        if (_is_letter(words[stop]) or words[stop].isdecimal()) and words[stop] != "s":
            stop += 1
        elif words[stop] in _DASHES and tokens.glued(stop + 1) and words[stop + 1].isdecimal():
            stop += 2
        else:
            break
    return start, stop


_FIRST_UNSPACED_SCRIPT = 0x0590
"""From here on scripts (Hebrew, Arabic, CJK) put no space between a number and what it counts."""


def _is_letter(word: str) -> bool:
    return word[:1].isalpha() and ord(word[0]) < _FIRST_UNSPACED_SCRIPT


def _dotted(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """1.2.3 and 192.168.1.2."""
    words, j = tokens.words, index + 1
    parts = 1
    start = index
    if tokens.glued(index) and words[index - 1] in ("v", "version"):
        start, parts = index - 1, 2
    while words[j] == "." and words[j + 1].isdecimal() and tokens.glued(j) and tokens.glued(j + 1):
        parts, j = parts + 1, j + 2
    thousands = all(len(words[k]) == 3 for k in range(index + 2, j, 2))
    return (start, j) if parts > 2 and not (thousands and len(words[index]) <= 3) else None


def _phone(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """+44 20 7946 0958, 020 7946 0958, 555-123-4567."""
    words, j = tokens.words, index
    start = index - 1 if words[index - 1] == "+" and tokens.glued(index) else index
    international, zero = start < index, words[index][0] == "0"
    digits, groups = 0, 0
    while words[j].isdecimal() and groups < 7:
        digits, groups, j = digits + len(words[j]), groups + 1, j + 1
        if words[j] in ("-", "–", ".") and tokens.glued(j) and words[j + 1].isdecimal():
            j += 1
        elif not (words[j].isdecimal() and tokens.near(j)):
            break
    american = groups == 3 and digits == 10 and words[index + 1] == "-"
    if 7 <= digits <= 15 and (international or american or (zero and groups > 1)):
        return start, j
    return None


def _list_marker(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """1. or 2) or (3) at the start of a line; 2) behind a semicolon."""
    words = tokens.words
    if len(words[index]) > 2:
        return None
    before, behind = words[index - 1], words[index + 1]
    start = index - 1 if before in ("(", "[") else index
    closed = behind in (")", "]") or (behind in (".", ":") and not tokens.glued(index + 2))
    line_start = start == 0 or "\n" in tokens.gap(start)
    if line_start and closed and index + 2 < tokens.count:
        return start, index + 2
    inline = behind == ")" and before in (";", ",", ":") and len(words[index]) == 1
    return (index, index + 2) if inline else None


def _designated(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Route 495, Boeing 737, iPhone 15: a word in front makes it a name."""
    words = tokens.words
    before, behind = words[index - 1], words[index + 1]
    if (tokens.glued(index + 1) and behind[:1].isalnum()) or is_year(words[index]):
        return None
    model = behind == "-" and words[index + 2].isdecimal() and tokens.glued(index + 2)
    if model and before in _DESIGNATORS:  # Boeing 737-800
        return index - 1, index + 3
    if not tokens.near(index) or behind in _NO_NAME_BEHIND:
        return None
    if before in _DESIGNATORS and behind not in MEASURES and not is_plural(behind):
        capital = tokens.capitalised(index - 1)
        told = capital or words[index - 2] not in ("the", "a")  # "the point 3 times"
        return (index - 1, index + 1) if told or before not in _COMMON_NOUNS else None
    if before == "." or not before[:1].isalpha() or not tokens.capitalised(index - 1):
        return None
    return _named(tokens, index)


_NO_NAME_BEHIND = frozenset({"%", "-", "–", ":", "st", "nd", "rd", "th"})
_COMMON_NOUNS = frozenset("point line form part area unit mark type euro bus step table".split())
"""Designators that are everyday words as well."""


def _named(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A capitalised word before bare digits ("Furious 7"), unless something is counted behind."""
    words = tokens.words
    before, after = words[index - 1], words[index + 1]
    if before in STOPS or before in MONTHS or before in APPROXIMATOR_ENDS or before in _NOT_NAMES:
        return None
    if before in CURRENCY_PREFIXES or before in CURRENCY_CODES or before in CURRENCY_WORDS:
        return None
    if before in SMALL or before in ORDINALS or is_year(words[index]) or len(words[index]) > 4:
        return None
    if is_title_case(tokens, index):
        return None
    counted_before = any(words[k].isdecimal() for k in range(max(0, index - 7), index - 1))
    if counted_before:
        return None  # "Sheffield 27 and Belfast 25": a table, not a list of names
    sentence_start = index < 2 or words[index - 2] in _SENTENCE_OPENERS
    counts = is_plural(after) or after in MEASURES or after in SCALES or after in SHORT_SCALES
    separated = after in (",", ".") and words[index + 2].isdecimal()
    if sentence_start or counts or separated or after in ("per", "of", "people", "to"):
        return None
    return index - 1, index + 1


def is_named_word(tokens: Tokens, index: int, stop: int) -> bool:
    """True for a number word inside a name: Six Nations, World War Two, Big Ten, Formula One."""
    words = tokens.words
    if not tokens.capitalised(index) or is_title_case(tokens, index):
        return False
    after = tokens.capitalised(stop) and tokens.near(stop) and words[stop] not in MONTHS
    before = tokens.capitalised(index - 1) and tokens.near(index) and words[index - 1] not in STOPS
    if index == 0 or words[index - 1] in _SENTENCE_OPENERS:
        return after and words[stop] in _NUMBERED_NAMES
    return after or before


_SENTENCE_OPENERS = frozenset(".!?:\"“'‘*-•")
_NUMBERED_NAMES = frozenset("nations mile seasons guys network".split())
"""What a number at the start of a sentence can name and not count."""
_WINDOW = 6


def is_title_case(tokens: Tokens, index: int) -> bool:
    """True in A Headline That Is Written Like This, where a capital makes no name."""
    around = [
        k
        for k in range(max(0, index - _WINDOW), min(tokens.count, index + _WINDOW + 1))
        if k != index and tokens.words[k].isalpha() and len(tokens.words[k]) > 3
    ]
    return len(around) >= 3 and all(map(tokens.capitalised, around))
