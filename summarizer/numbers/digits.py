"""Numerals in digits, with their thousands separators, decimals and exponents."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from ..languages.english_numbers import DASHES, SCALES
from ..text.tokens import Tokens

LONGEST_NUMERAL = 30
"""Digits; a longer run of them is a serial number."""

TIES = DASHES | {"−"}
"""Signs inside a numeral in words: "twenty-one"; a minus sign is sometimes typed for the hyphen."""

Form = Literal["digits", "words", "fraction", "ratio"]


class Reading(NamedTuple):
    """A numeral that was read: its value, and where it ends."""

    value: Decimal
    stop: int
    """Index of the first token after it."""
    form: Form
    scale: int = 1
    """The last scale read (10**6 for "million"): "and a half" and money after it refer to it."""


Reader = Callable[[Tokens, int], Reading | None]
"""A rule: the numeral that starts at a token, or None if the rule has nothing to say."""


def read_numeral(tokens: Tokens, index: int) -> Reading | None:
    """The number in digits that starts at a token, or None.

    >>> from ..text.tokens import tokenize
    >>> texts = "1,234.5", "1 234 567", "1.234,5", "12,34,567", ".25", "12e-1"
    >>> [str(read_numeral(tokenize(text), 0).value) for text in texts]
    ['1234.5', '1234567', '1234.5', '1234567', '0.25', '1.2']
    """
    words = tokens.words
    if words[index] == ".":
        return _read_bare_decimals(tokens, index)
    if not words[index].isdecimal() or len(words[index]) > LONGEST_NUMERAL:
        return None
    digits, stop = _read_whole(tokens, index)
    if words[stop] in _DECIMAL_SIGNS and words[stop + 1].isdecimal():
        if any(is_mark(tokens, index, stop) for is_mark in DECIMAL_MARKS):
            digits += "." + words[stop + 1][:LONGEST_NUMERAL]
            stop += 2
    value = Decimal(digits)
    return _read_power(tokens, stop, value) or Reading(value, stop, "digits")


def _read_bare_decimals(tokens: Tokens, index: int) -> Reading | None:
    """.25; not: ". 25"."""
    digits = tokens.words[index + 1]
    if not _is_glued_numeral(tokens, index + 1) or len(digits) > LONGEST_NUMERAL:
        return None
    return Reading(Decimal("0." + digits), index + 2, "digits")


def _is_glued_numeral(tokens: Tokens, index: int) -> bool:
    return tokens.words[index].isdecimal() and tokens.glued(index)


# --- Thousands ------------------------------------------------------------------------------

_SEPARATORS = frozenset({",", ".", "'", "’"})
_THIN_SPACES = frozenset({"\u00a0", "\u2009", "\u202f", "\u2007"})
_SPACES = _THIN_SPACES | {" "}
_LONGEST_GROUP = 3
_LAKH_GROUP = 2
_MOST_GROUPS = 8


class _Grouped(NamedTuple):
    """Digits that separators may have divided into groups: "1", then ["234", "567"]."""

    tokens: Tokens
    first: int
    """Index of the first token."""
    groups: list[str]
    """The groups after the first."""
    separator: str
    """The sign between them; "" for a space."""

    @property
    def stop(self) -> int:
        """Index of the first token after the groups."""
        return self.first + 1 + len(self.groups) * (2 if self.separator else 1)

    @property
    def in_threes(self) -> bool:
        """1,234; not: 12,34 nor 0,123."""
        lengths = {len(group) for group in self.groups}
        return lengths == {_LONGEST_GROUP} and self.tokens.words[self.first] != "0"


def _read_whole(tokens: Tokens, index: int) -> tuple[str, int]:
    """The digits before the decimals without their separators, and the index after them."""
    words = tokens.words
    first, separator = words[index], words[index + 1]
    if len(first) > _LONGEST_GROUP:
        return first, index + 1
    separator = separator if separator in _SEPARATORS else ""
    groups = _groups_after(tokens, index + 1, separator)
    grouped = _Grouped(tokens, index, groups, separator)
    while groups and not any(is_grouped(grouped) for is_grouped in GROUPINGS):
        groups.pop()
    return first + "".join(groups), grouped.stop


def _groups_after(tokens: Tokens, index: int, separator: str) -> list[str]:
    words, groups = tokens.words, []
    step = 2 if separator else 1
    at = index + step - 1
    while words[at].isdecimal() and _is_separated(tokens, at, separator):
        groups.append(words[at])
        at += step
        if len(groups) == _MOST_GROUPS:
            break
    return groups


def _is_separated(tokens: Tokens, index: int, separator: str) -> bool:
    if not separator:
        return tokens.gap(index) in _SPACES
    return tokens.words[index - 1] == separator and tokens.glued(index - 1) and tokens.glued(index)


def in_lakhs(grouped: _Grouped) -> bool:
    """12,34,567; not: 12,34."""
    *pairs, last = grouped.groups
    return (
        grouped.separator == ","
        and len(grouped.tokens.words[grouped.first]) <= _LAKH_GROUP
        and len(last) == _LONGEST_GROUP
        and {len(pair) for pair in pairs} == {_LAKH_GROUP}
    )


def by_commas(grouped: _Grouped) -> bool:
    """1,234; not: 12,34."""
    return grouped.separator == "," and grouped.in_threes


def by_apostrophes(grouped: _Grouped) -> bool:
    """1'234; not: the '90s."""
    return grouped.separator in ("'", "’") and grouped.in_threes


def by_spaces(grouped: _Grouped) -> bool:
    """1 234 567, 40 000 and, with a thin space, 1 234; not: won 3 100 metre races."""
    if grouped.separator or not grouped.in_threes:
        return False
    groups = grouped.groups
    thin = grouped.tokens.gap(grouped.first + 1) in _THIN_SPACES
    return thin or len(groups) > 1 or groups == ["000"]


def by_points(grouped: _Grouped) -> bool:
    """1.234.567 and, before decimals, 1.234,5; not: 1.234."""
    if grouped.separator != "." or not grouped.in_threes:
        return False
    tokens, stop = grouped.tokens, grouped.stop
    decimals = tokens.words[stop] == "," and tokens.glued(stop)
    return len(grouped.groups) > 1 or (decimals and tokens.words[stop + 1].isdecimal())


GROUPINGS: tuple[Callable[[_Grouped], bool], ...] = (
    in_lakhs,
    by_commas,
    by_apostrophes,
    by_spaces,
    by_points,
)
"""How digits are grouped: one of these must hold, or the last group belongs to another number."""


# --- Decimals -------------------------------------------------------------------------------

_DECIMAL_SIGNS = frozenset({".", ","})
_LONGEST_CENTS = 2


def _is_glued(tokens: Tokens, sign: int) -> bool:
    return tokens.glued(sign) and tokens.glued(sign + 1)


def point(tokens: Tokens, first: int, sign: int) -> bool:
    """1.5; not: 1.5.2, a version."""
    words = tokens.words
    if words[sign] != "." or not _is_glued(tokens, sign):
        return False
    return not (words[sign + 2] == "." and _is_glued_numeral(tokens, sign + 3))


def comma_after_points(tokens: Tokens, first: int, sign: int) -> bool:
    """1.234,5; not: 1234,5."""
    if tokens.words[sign] != "," or not _is_glued(tokens, sign):
        return False
    return sign > first + 1 and tokens.words[first + 1] == "."


def comma_before_sign(tokens: Tokens, first: int, sign: int) -> bool:
    """12,5% and 3,50€; not: rows 12,5 nor 12,555%."""
    words = tokens.words
    if words[sign] != "," or not _is_glued(tokens, sign):
        return False
    return len(words[sign + 1]) <= _LONGEST_CENTS and words[sign + 2] in ("%", "€")


def spaced_point(tokens: Tokens, first: int, sign: int) -> bool:
    """4 . 8 % and £ 1. 5m, from texts that were split into words; not: page 4. 8 men."""
    words, after = tokens.words, tokens.words[sign + 2]
    if words[sign] != "." or _is_glued(tokens, sign):
        return False
    pounds = after == "m" and words[first - 1] == "£"
    return pounds or after in ("%", "percent") or after in SCALES


DECIMAL_MARKS: tuple[Callable[[Tokens, int, int], bool], ...] = (
    point,
    comma_after_points,
    comma_before_sign,
    spaced_point,
)
"""When the point or comma after a number, followed by digits, begins its decimals.

Each rule gets the tokens, the first token of the number, and the point or comma.
"""


# --- Exponents ------------------------------------------------------------------------------

_LONGEST_EXPONENT = 3
_LARGEST_POWER = 300
_LARGEST_BASE = 10**6


def _read_power(tokens: Tokens, index: int, value: Decimal) -> Reading | None:
    """12.32e+14, 1.1^+23; not: 12 e 14, 2000000^2."""
    mark = tokens.words[index]
    if mark not in ("e", "^") or (mark == "e" and not tokens.glued(index)):
        return None
    exponent = _read_exponent(tokens, index + 1)
    if exponent is None:
        return None
    power, stop = exponent
    if mark == "e":
        return Reading(value.scaleb(power), stop, "digits")
    if abs(power) > _LARGEST_POWER or not 0 < value < _LARGEST_BASE:
        return None
    return Reading(value**power, stop, "digits")


def _read_exponent(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The exponent with its sign, and the index after it."""
    sign, at = tokens.words[index], index
    if sign in ("+", "-", "−"):
        at += 1
    digits = tokens.words[at]
    if not _is_glued_numeral(tokens, at) or len(digits) > _LONGEST_EXPONENT:
        return None
    return (-int(digits) if sign in ("-", "−") else int(digits)), at + 1
