"""Numerals in digits, with their separators, decimals and exponents, to a value."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from ..languages.english_numbers import SCALES
from ..text.tokens import Tokens

LONGEST_NUMERAL = 30
"""Digits; a longer run is a serial number, whatever it looks like."""

_THIN_SPACES = frozenset({"\u00a0", "\u2009", "\u202f", "\u2007"})

Form = Literal["digits", "words", "fraction", "ratio"]


class Reading(NamedTuple):
    """A value and the index of the token behind it."""

    value: Decimal
    stop: int
    form: Form
    scale: int = 1
    """The last scale word read ("million"), for "and a half" and for money behind it."""


def read_numeral(tokens: Tokens, index: int) -> Reading | None:
    """Digits with their separators: 1,234.5; 1 234 567; 1.234,5; 12,34,567; .25; 12e-1."""
    words, j = tokens.words, index
    if words[j] == ".":  # .25
        digits = words[j + 1]
        if not (digits.isdecimal() and tokens.glued(j + 1)) or len(digits) > LONGEST_NUMERAL:
            return None
        return Reading(Decimal("0." + digits), j + 2, "digits")
    if not words[j].isdecimal() or len(words[j]) > LONGEST_NUMERAL:
        return None
    whole, j = _read_groups(tokens, j)
    decimals = ""
    if words[j] in (".", ",") and words[j + 1].isdecimal() and _is_decimal(tokens, index, j):
        decimals, j = words[j + 1][:LONGEST_NUMERAL], j + 2
    value = Decimal(whole + "." + decimals) if decimals else Decimal(whole)
    return _read_power(tokens, j, value) or Reading(value, j, "digits")


def _read_groups(tokens: Tokens, index: int) -> tuple[str, int]:
    """The whole part, over thousands separators: digits and the index behind."""
    words = tokens.words
    digits, j = words[index], index + 1
    if len(digits) > 3:
        return digits, j
    separator = words[j] if words[j] in (",", ".", "'", "’") else " "
    groups: list[str] = []
    while len(groups) < 8:
        k = j if separator == " " else j + 1
        if not words[k].isdecimal():
            break
        if separator == " ":
            gap = tokens.gap(k)
            if len(gap) != 1 or (gap != " " and gap not in _THIN_SPACES):
                break
        elif words[j] != separator or not (tokens.glued(j) and tokens.glued(k)):
            break
        groups.append(words[k])
        j = k + 1
    while groups and not _are_thousands(tokens, index, digits, groups, separator):
        groups.pop()
    step = 1 if separator == " " else 2
    return digits + "".join(groups), index + 1 + step * len(groups)


def _are_thousands(
    tokens: Tokens, index: int, first: str, groups: list[str], separator: str
) -> bool:
    if separator == "," and len(groups) > 1 and len(first) <= 2 and len(groups[-1]) == 3:
        if all(len(group) == 2 for group in groups[:-1]):  # 12,34,567
            return True
    if any(len(group) != 3 for group in groups) or first == "0":
        return False
    if separator == ",":
        return True
    if separator == " ":
        thin = tokens.gap(index + 1) in _THIN_SPACES
        return len(groups) > 1 or thin or groups == ["000"]
    behind = index + 1 + 2 * len(groups)
    comma_decimals = tokens.words[behind] == "," and tokens.glued(behind)
    unmistakable = comma_decimals and tokens.words[behind + 1].isdecimal()
    return len(groups) > 1 or (separator == "." and unmistakable) or separator in "'’"


def _is_decimal(tokens: Tokens, first: int, point: int) -> bool:
    """True if the sign at `point` and the digits behind it are decimals of the number before."""
    words, digits = tokens.words, tokens.words[point + 1]
    if tokens.glued(point) and tokens.glued(point + 1):
        if words[point] == ".":
            return not (words[point + 2] == "." and _digits_glued(tokens, point + 3))
        european = point - first > 1 and words[first + 1] == "."  # 1.234,5
        return european or (len(digits) <= 2 and words[point + 2] in ("%", "€"))
    # "4 . 8 %", "£ 1. 5m": text that a tokenizer took apart
    behind = words[point + 2]
    return words[point] == "." and (
        behind in ("%", "percent")
        or behind in SCALES
        or (behind == "m" and words[first - 1] == "£")
    )


def _digits_glued(tokens: Tokens, index: int) -> bool:
    return tokens.words[index].isdecimal() and tokens.glued(index)


def _read_power(tokens: Tokens, index: int, value: Decimal) -> Reading | None:
    """Exponents: 12.32e+14, 1.1^+23."""
    words, j = tokens.words, index
    mark = words[j]
    if (mark == "e" and tokens.glued(j)) or mark == "^":
        j += 1
        sign = ""
        if words[j] in ("+", "-", "−"):
            sign, j = ("" if words[j] == "+" else "-"), j + 1
        if _digits_glued(tokens, j) and len(words[j]) <= 3:
            exponent = int(sign + words[j])
            if mark == "^":
                if abs(exponent) > 300 or value == 0 or value >= 10**6:
                    return None
                return Reading(value**exponent, j + 1, "digits")
            return Reading(value.scaleb(exponent), j + 1, "digits")
    return None
