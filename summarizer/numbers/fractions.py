"""Fractions: signs ("5½"), digits ("1 4/5"), halves ("half a million"), and words ("two thirds")."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from ..languages.english_numbers import (
    DENOMINATORS,
    DOZENS,
    SCALES,
    SHORT_SCALES,
    SMALL,
    VULGAR,
)
from ..text.tokens import Tokens
from .digits import TIES, Reader, Reading
from .units import MEASURES

COUNTABLE = frozenset({"hundred", "dozen", *SCALES})
"""Words that an article makes a number: "a hundred", "half a million"."""


def times_scale(tokens: Tokens, value: Decimal, index: int) -> Reading:
    """A fraction that ends before a token, times the scale that it is a fraction of, if any.

    >>> from ..text.tokens import tokenize
    >>> texts = "½ of a million", "½ million", "½m", "½ of them"
    >>> [str(times_scale(tokenize(text), Decimal("0.5"), 1).value) for text in texts]
    ['500000.0', '500000.0', '0.5', '0.5']
    """
    words = tokens.words
    at = index + 2 if words[index] == "of" and words[index + 1] == "a" else index
    if words[at] in SCALES and tokens.near(at):
        return Reading(value * SCALES[words[at]], at + 1, "words", SCALES[words[at]])
    if words[index] in SHORT_SCALES and tokens.glued(index):
        scale = SHORT_SCALES[words[index]]
        return Reading(value * scale, index + 1, "digits", scale)
    return Reading(value, index, "fraction")


# --- Signs and digits -----------------------------------------------------------------------

_LONGEST_BEFORE_SIGN = 3
_LONGEST_BEFORE_SLASH = 5
_LONGEST_PART = 3
_SLASHES = frozenset({"/", "⁄"})
_SLASHED_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100})


def half_sign(tokens: Tokens, index: int) -> Reading | None:
    """½, ½ million."""
    sign = tokens.words[index]
    return times_scale(tokens, _sign_value(sign), index + 1) if sign in VULGAR else None


def five_and_half_sign(tokens: Tokens, index: int) -> Reading | None:
    """5½; not: 2015 ½."""
    whole, sign = tokens.words[index : index + 2]
    if sign not in VULGAR or not whole.isdecimal() or not tokens.near(index + 1):
        return None
    if len(whole) > _LONGEST_BEFORE_SIGN:
        return None
    return times_scale(tokens, int(whole) + _sign_value(sign), index + 2)


def _sign_value(sign: str) -> Decimal:
    numerator, denominator = VULGAR[sign]
    return Decimal(numerator) / denominator


def three_slash_four(tokens: Tokens, index: int) -> Reading | None:
    """3/4; not: 4/3, 9/11, 24/7, 1/2/2020."""
    slashed = _read_slashed(tokens, index)
    return times_scale(tokens, slashed.value, slashed.stop) if slashed else None


def one_and_four_slash_five(tokens: Tokens, index: int) -> Reading | None:
    """1 4/5; not: 123456 4/5."""
    whole = tokens.words[index]
    if not whole.isdecimal() or len(whole) > _LONGEST_BEFORE_SLASH:
        return None
    slashed = _read_slashed(tokens, index + 1)
    if slashed is None or len(tokens.gap(index + 1)) != 1:
        return None
    return times_scale(tokens, int(whole) + slashed.value, slashed.stop)


def _read_slashed(tokens: Tokens, index: int) -> Reading | None:
    over, slash, under, after = tokens.words[index : index + 4]
    if slash not in _SLASHES or not (over.isdecimal() and under.isdecimal()) or after == "/":
        return None
    if max(len(over), len(under)) > _LONGEST_PART or tokens.gap(index + 1) != tokens.gap(index + 2):
        return None
    if not 0 < int(over) < int(under) or int(under) not in _SLASHED_DENOMINATORS:
        return None
    return Reading(Decimal(over) / int(under), index + 3, "fraction")


# --- Halves ---------------------------------------------------------------------------------

_HALVES: dict[str, Decimal] = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_HUNDRED = 100


def half_a_million(tokens: Tokens, index: int) -> Reading | None:
    """Half a million, half a dozen, a quarter million; not: half a mile."""
    words = tokens.words
    part = _HALVES.get(words[index])
    if part is None:
        return None
    at = index + 1
    if words[at] in ("a", "an") and words[at + 1] in COUNTABLE:
        at += 1
    if words[at] in DOZENS:
        return Reading(part * DOZENS[words[at]], at + 1, "words")
    scale = _HUNDRED if words[at] == "hundred" else SCALES.get(words[at])
    return Reading(part * scale, at + 1, "words", scale) if scale else None


def half(tokens: Tokens, index: int) -> Reading | None:
    """Half of them, a half; not: see `NO_HALVES`."""
    if tokens.words[index] != "half" or any(names(tokens, index) for names in NO_HALVES):
        return None
    return Reading(_HALVES["half"], index + 1, "fraction")


_BEFORE_HALVES = frozenset({*DENOMINATORS, "first", "second", "other", "better"})
_HALVES_OF_A_FIELD = frozenset("first second scrum fly wing centre center mid".split())
_AFTER_HALF = frozenset(
    ("time", "century", "centuries", "back", "term", "board", "sister", "brother")
)


def first_half(tokens: Tokens, index: int) -> bool:
    """The first half, their other half."""
    return tokens.words[index - 1] in _BEFORE_HALVES


def this_half(tokens: Tokens, index: int) -> bool:
    """Scored twice this half; not: the half of it."""
    determined = tokens.words[index - 1] in ("the", "this", "that", "each")
    return determined and tokens.words[index + 1] != "of"


def half_brother(tokens: Tokens, index: int) -> bool:
    """A half-brother, at half-time; not: a half-hour."""
    return tokens.words[index + 1] in TIES and tokens.words[index + 2] not in MEASURES


def scrum_half(tokens: Tokens, index: int) -> bool:
    """The scrum-half, a first-half goal; not: one-half."""
    return tokens.words[index - 1] in TIES and tokens.words[index - 2] in _HALVES_OF_A_FIELD


def half_time(tokens: Tokens, index: int) -> bool:
    """By half time, his half brother, a half century."""
    return tokens.words[index + 1] in _AFTER_HALF


NO_HALVES: tuple[Callable[[Tokens, int], bool], ...] = (
    first_half,
    this_half,
    half_brother,
    scrum_half,
    half_time,
)
"""Where the word "half" at a token names a part of a match, a position or a relation: any of these."""


FRACTIONS: tuple[Reader, ...] = (
    half_sign,
    five_and_half_sign,
    three_slash_four,
    one_and_four_slash_five,
    half_a_million,
    half,
)
"""The fractions whose numerator is not a numeral in words, in the order in which they are tried."""


# --- Words ----------------------------------------------------------------------------------

_TWENTY = 20
_DENOMINATOR_TAILS: dict[str, int] = {
    **{word: value for word, value in DENOMINATORS.items() if word not in ("half", "halves")},
    "first": 1,
    "firsts": 1,
    "second": 2,
    "seconds": 2,
}
"""What follows the tens in a denominator: the fifth of "one twenty-fifth"."""
DENOMINATOR_WORDS = frozenset({*DENOMINATORS, *_DENOMINATOR_TAILS})
"""Words that can end a fraction in words."""

_NEVER_RANKS = frozenset({DENOMINATORS["half"], DENOMINATORS["quarter"]})
_NO_RANKS_FROM = 10**6
"""A half, a quarter and a millionth are fractions, a third may be a rank."""
_AFTER_FRACTION = frozenset(
    "of more less higher lower fewer bigger smaller larger in since to from on by between"
    " than as off and or the its his her their per".split()
)


class _Fraction(NamedTuple):
    """A numerator and the denominator after it."""

    tokens: Tokens
    numerator: Decimal
    denominator: int
    last: int
    """The last token of the denominator."""

    @property
    def is_plural(self) -> bool:
        """Two thirds; not: a third."""
        return self.tokens.words[self.last].endswith("s")


def divide(tokens: Tokens, numerator: Reading) -> Reading | None:
    """A numerator over the denominator in words that follows it, or None.

    >>> from ..text.tokens import tokenize
    >>> texts = "one third of it", "one twenty-fifth of it", "one half hour", "one third man"
    >>> one = Reading(Decimal(1), 1, "words")
    >>> readings = [divide(tokenize(text), one) for text in texts]
    >>> [reading and str(round(reading.value, 2)) for reading in readings]
    ['0.33', '0.04', '0.50', None]
    """
    words, at = tokens.words, numerator.stop
    if words[at] in TIES:
        at += 1
    denominator, last = _read_denominator(words, at)
    fraction = _Fraction(tokens, numerator.value, denominator, last)
    if not denominator or any(refuses(fraction) for refuses in NO_FRACTIONS):
        return None
    if words[last] == "half" and words[last + 1] in ("dozen", "hour", "hours"):
        return half_a_million(tokens, last) or half(tokens, last)
    return times_scale(tokens, numerator.value / denominator, last + 1)


def _read_denominator(words: list[str], index: int) -> tuple[int, int]:
    """The value of a denominator, 0 if there is none, and its last token."""
    tens = SMALL.get(words[index], 0)
    if tens >= _TWENTY and words[index + 1] in TIES and words[index + 2] in _DENOMINATOR_TAILS:
        return tens + _DENOMINATOR_TAILS[words[index + 2]], index + 2  # one twenty-fifth
    return DENOMINATORS.get(words[index], 0), index


def apart(fraction: _Fraction) -> bool:
    """In a table: "one", five spaces, "third of"."""
    return not fraction.tokens.near(fraction.last)


def disagrees(fraction: _Fraction) -> bool:
    """One thirds, three third; not: one third, three thirds."""
    return fraction.is_plural == (fraction.numerator == 1)


def ranks(fraction: _Fraction) -> bool:
    """A third term, one tenth man; not: a third of it, a quarter mile, two thirds majority."""
    if fraction.denominator in _NEVER_RANKS or fraction.denominator >= _NO_RANKS_FROM:
        return False
    tokens, after = fraction.tokens, fraction.last + 1
    word = tokens.words[after]
    ranked = word[:1].isalpha() and word not in _AFTER_FRACTION and tokens.near(after)
    return ranked and not fraction.is_plural


def quarter_final(fraction: _Fraction) -> bool:
    """A quarter-final; not: a quarter-mile."""
    names, tie, final = fraction.tokens.words[fraction.last : fraction.last + 3]
    return names == "quarter" and tie in TIES and final.startswith("final")


def half_century(fraction: _Fraction) -> bool:
    """A half century, a half time; not: a half hour."""
    halves, after = fraction.tokens.words[fraction.last : fraction.last + 2]
    return halves == "half" and after in ("century", "time")


NO_FRACTIONS: tuple[Callable[[_Fraction], bool], ...] = (
    apart,
    disagrees,
    ranks,
    quarter_final,
    half_century,
)
"""Where a number before a denominator is not its numerator, or the denominator a rank: any of these."""
