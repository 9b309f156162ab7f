"""Amounts of money: a sign or code before the number, or a currency after it."""

from __future__ import annotations

from decimal import Decimal

from ...languages.english_numbers import (
    APPROXIMATOR_ENDS,
    CURRENCY_CODES,
    CURRENCY_NATIONS,
    CURRENCY_PREFIXES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DASHES,
)
from ...languages.english_quantities import CURRENCY_VERBS
from ...text.tokens import Tokens
from ..cardinals import read_cardinal
from ..digits import Reading
from ..match import Match
from ..units import SUBUNITS

_SIGNS_AFTER = frozenset("€£$¢")
"""Signs that can follow an amount: "5€"."""
_SUBUNITS = 100
"""Cents of a dollar."""
_LONGEST_SUBUNITS = 4
"""Tokens of the cents in "thirteen dollars and forty-five"."""


def read_sign_before(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """$5, £1.45, US$5m, £ about 160, EUR 250,000, Rs 12,34,567."""
    if not tokens.near(start):
        return None
    words, at = tokens.words, start - 1
    if words[at] in APPROXIMATOR_ENDS and words[at - 1] in CURRENCY_SIGNS:
        at -= 1
    if _is_dollar_with_prefix(tokens, at):
        return Match(CURRENCY_PREFIXES[words[at - 1]], "money", at - 1, reading.stop, reading.value)
    unit = CURRENCY_SIGNS.get(words[at]) or _code_at(tokens, at)
    return Match(unit, "money", at, reading.stop, reading.value) if unit else None


def _is_dollar_with_prefix(tokens: Tokens, sign: int) -> bool:
    """US$5, C$16.4 million, us $5; not "a $5 note", and not "Washington D.C. $5"."""
    words, prefix = tokens.words, tokens.words[sign - 1]
    if words[sign] != "$" or prefix not in CURRENCY_PREFIXES or not tokens.near(sign):
        return False
    return tokens.glued(sign) or prefix == "us" or (prefix == "c" and words[sign - 2] != ".")


def _code_at(tokens: Tokens, index: int) -> str | None:
    """EUR, USD, Rs; not "try", which is a word in small letters."""
    code = CURRENCY_CODES.get(tokens.words[index])
    is_code = code and (tokens.original(index).isupper() or tokens.words[index] == "rs")
    return code if is_code else None


def read_currency_after(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """Five million yen, 3 dollars 50 cents, 10 US dollars, a one-yen bid, 250 EUR, 5€, 68p."""
    words, at = tokens.words, reading.stop
    if words[at] in DASHES and words[at + 1] in CURRENCY_WORDS:
        at += 1
    if not tokens.near(at):
        return None
    nation = CURRENCY_NATIONS.get(words[at])
    if nation is not None:
        at = _after_nation(words, at)
    unit = _currency_at(tokens, at)
    if unit is None or (words[at] in CURRENCY_VERBS and words[start] in ("one", "1")):
        return None
    if nation is not None:
        unit = nation or words[at]  # "Finnish markka"
    value, stop = _add_subunits(tokens, at + 1, reading.value, unit)
    return Match(unit, "money", start, stop, value)


def _after_nation(words: list[str], nation: int) -> int:
    """The token of "dollars" in "Hong Kong dollars"; that of the nation where no currency follows."""
    if words[nation + 1] == "kong":
        return nation + 2
    return nation + 1 if words[nation + 1] in CURRENCY_WORDS else nation


def _currency_at(tokens: Tokens, index: int) -> str | None:
    word = tokens.words[index]
    if word in CURRENCY_WORDS:
        return CURRENCY_WORDS[word]
    if word in CURRENCY_CODES and tokens.original(index).isupper():
        return CURRENCY_CODES[word]
    if word in _SIGNS_AFTER and not tokens.words[index + 1].isdecimal():
        return CURRENCY_SIGNS[word]
    return "penny" if word == "p" and tokens.glued(index) else None


def _add_subunits(tokens: Tokens, index: int, value: Decimal, unit: str) -> tuple[Decimal, int]:
    """3 dollars 50 cents, thirteen dollars and forty-five: the value and the token after it."""
    words = tokens.words
    first = index + 1 if words[index] == "and" else index
    if unit in SUBUNITS or not tokens.near(first):
        return value, index
    more = read_cardinal(tokens, first, first + _LONGEST_SUBUNITS)
    if more is None or not _is_below_one(more):
        return value, index
    subunit = CURRENCY_WORDS.get(words[more.stop], "")
    if subunit in SUBUNITS:
        value += more.value * SUBUNITS[subunit][1]
        return (
            _add_cents(tokens, more.stop + 1, value) if subunit == "mao" else (value, more.stop + 1)
        )
    if more.form == "words" and _ends_amount(words[more.stop]):
        return value + more.value / _SUBUNITS, more.stop
    return value, index


def _is_below_one(more: Reading) -> bool:
    """50, forty-five; not 150, and not 4.5."""
    return 0 < more.value < _SUBUNITS and more.value == int(more.value)


def _add_cents(tokens: Tokens, index: int, value: Decimal) -> tuple[Decimal, int]:
    """3 yuan 4 mao 5: a mao has ten cents, whose name is left out."""
    cents = read_cardinal(tokens, index, index + 1)
    return (value + cents.value / _SUBUNITS, cents.stop) if cents else (value, index)


def _ends_amount(word: str) -> bool:
    """True after "thirteen dollars and forty-five", if nothing is counted by the forty-five."""
    return word == "and" or (not word[:1].isalnum() and word not in DASHES)
