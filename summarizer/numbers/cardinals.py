"""Cardinals: "21", "twenty-one", "4 thousand 3 hundred and 21", "two and a half million", "1.2bn".

A cardinal is read word by word: `GRAMMAR` says which words it consists of and what each does to
what was read so far, `AND_JOINS` what an "and" may add. Reading stops after a fixed number of
tokens, so that it is linear in any text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ..languages.english_numbers import DENOMINATORS, DOZENS, SCALES, SMALL
from ..text.tokens import Tokens
from .digits import LONGEST_NUMERAL, TIES, Form, Reading, read_numeral
from .fractions import COUNTABLE, DENOMINATOR_WORDS, FRACTIONS, divide
from .scales import SCALE_WORDS, scale_at

REACH = 40
"""The tokens that a numeral may take."""

_TEN, _TWENTY, _HUNDRED, _THOUSAND, _MILLION = 10, 20, 100, 10**3, 10**6
_ARTICLES = frozenset({"a", "an"})


@dataclass(slots=True)
class _Cardinal:
    """What has been read of a cardinal, and what may still follow.

    In "two million five hundred and", the total is 2,000,000, the group 500, the scale 1,000,000,
    and the group has room for what is below 100.
    """

    tokens: Tokens
    first: int
    limit: int
    """The token to stop at, unless the cardinal has ended before."""
    stop: int
    """The next token."""
    form: Form = "words"
    total: Decimal = Decimal(0)
    """The sum of the groups whose scale was read."""
    group: Decimal | None = None
    """The group that is being read; None after a scale and at the beginning."""
    room: int = 0
    """What is added to the group must be below: 10 after "twenty", 100 after "hundred", else 0."""
    scale: int = 0
    """The last scale; 0 before the first one."""

    @property
    def word(self) -> str:
        return self.tokens.words[self.stop]

    @property
    def before(self) -> str:
        return self.tokens.words[self.stop - 1]

    @property
    def after(self) -> str:
        return self.tokens.words[self.stop + 1]

    def add(self, value: Decimal) -> bool:
        """Add to the group what it has room for: 5 after "twenty" or "two hundred", not after "two"."""
        if self.group is None:
            if self.scale and value >= self.scale:
                return False
            self.group = value
            return True
        if not 0 < value < self.room:
            return False
        self.group += value
        return True

    def end(self, value: Decimal, scale: int, stop: int) -> bool:
        """Make this the whole cardinal: nothing can follow."""
        self.total, self.group, self.scale = value, None, scale
        self.stop = self.limit = stop
        return True

    def reading(self) -> Reading | None:
        """The cardinal without an "and" or hyphen at its end; None if nothing was read."""
        if self.group is None and not self.scale:
            return None
        words, stop = self.tokens.words, self.stop
        while stop > self.first and (words[stop - 1] in TIES or words[stop - 1] == "and"):
            stop -= 1
        return Reading(self.total + (self.group or 0), stop, self.form, self.scale or 1)


def read_cardinal(tokens: Tokens, index: int, limit: int) -> Reading | None:
    """The cardinal that starts at a token, or None.

    Args:
        tokens: The text.
        index: The first token.
        limit: The token to stop at.

    >>> from ..text.tokens import tokenize
    >>> texts = "4 thousand 3 hundred and 21", "two and a half million", "a dozen", "12.5bn", "cats"
    >>> readings = [read_cardinal(tokenize(text), 0, 9) for text in texts]
    >>> [reading and int(reading.value) for reading in readings]
    [4321, 2500000, 12, 12500000000, None]
    """
    words = tokens.words
    cardinal = _Cardinal(tokens, index, limit, index)
    if words[index] in _ARTICLES and words[index + 1] in COUNTABLE:
        cardinal.group, cardinal.stop = Decimal(1), index + 1
    while cardinal.stop < cardinal.limit:
        if cardinal.stop > index and not tokens.near(cardinal.stop):
            break
        word = words[cardinal.stop]
        step = _numeral if word.isdecimal() else _STEPS.get(word)
        if step is None or not step(cardinal):
            break
    return cardinal.reading()


# --- Steps: each takes one token, or returns False if the cardinal has ended before it -------


def _numeral(cardinal: _Cardinal) -> bool:
    """The 21 of "21 men" and "3 hundred 21"; not: of "twenty 21"."""
    digits = read_numeral(cardinal.tokens, cardinal.stop)
    if digits is None or (cardinal.group is not None and cardinal.before != "hundred"):
        return False
    if not cardinal.add(digits.value):
        return False
    if cardinal.stop == cardinal.first:
        cardinal.form = "digits"
    cardinal.room, cardinal.stop = 0, digits.stop
    return True


def _five(cardinal: _Cardinal) -> bool:
    """The five of "five", "twenty-five" and "two hundred and five"; not: of "1.9 million five years"."""
    if cardinal.form == "digits" and cardinal.before != "and":
        return False
    value = SMALL[cardinal.word]
    if not cardinal.add(Decimal(value)):
        return False
    cardinal.room = _TEN if value >= _TWENTY else 0
    cardinal.stop += 1
    return True


def _hundred(cardinal: _Cardinal) -> bool:
    """The hundred of "two hundred"; not: of "hundred metres"."""
    if cardinal.group is None:
        return False
    cardinal.group *= _HUNDRED
    cardinal.room = _HUNDRED
    cardinal.stop += 1
    return True


def _million(cardinal: _Cardinal) -> bool:
    """The million of "two million" and "two thousand five hundred million"; not: of "million cars"."""
    if cardinal.group is None:
        return False
    scale = scale_at(cardinal.tokens, cardinal.stop, cardinal.first, cardinal.form)
    if not scale:
        return False
    if scale < cardinal.scale or not cardinal.scale:
        cardinal.total += cardinal.group * scale
    else:
        cardinal.total = (cardinal.total + cardinal.group) * scale
    cardinal.group, cardinal.room, cardinal.scale = None, 0, scale
    cardinal.stop += 1
    return True


def _dozen(cardinal: _Cardinal) -> bool:
    """The dozen of "two dozen" and "a dozen"; not: of "dozen eggs"."""
    if cardinal.group is None:
        return False
    cardinal.group = (cardinal.total + cardinal.group) * DOZENS[cardinal.word]
    cardinal.total, cardinal.scale = Decimal(0), 0
    cardinal.stop = cardinal.limit = cardinal.stop + 1
    return True


def _hyphen(cardinal: _Cardinal) -> bool:
    """The hyphen of "twenty-five" and "two-hundred"; not: of "two-five"."""
    if cardinal.group is None or not cardinal.tokens.near(cardinal.stop + 1):
        return False
    after = cardinal.after
    if after in SMALL:
        ties = cardinal.room == _TEN and 0 < SMALL[after] < _TEN
    else:
        ties = after == "hundred" or after in SCALES
        ties = ties or (after == "and" and cardinal.room == _HUNDRED)
    cardinal.stop += 1 if ties else 0
    return ties


def _point(cardinal: _Cardinal) -> bool:
    """The point of "nine point nought four"; not: of "one point each"."""
    if cardinal.group is None or cardinal.after not in SMALL:
        return False
    decimals, cardinal.stop = _read_decimal_words(cardinal.tokens.words, cardinal.stop + 1)
    cardinal.group += decimals
    cardinal.room = 0
    return True


def _read_decimal_words(words: list[str], index: int) -> tuple[Decimal, int]:
    """The words after "point": digit by digit, or one number below a hundred."""
    digits, at = "", index
    while words[at] in SMALL and len(digits) < LONGEST_NUMERAL:
        value = SMALL[words[at]]
        if value >= _TWENTY and words[at + 1] in TIES and SMALL.get(words[at + 2], _TEN) < _TEN:
            return Decimal(f"0.{digits}{value + SMALL[words[at + 2]]}"), at + 3
        digits += str(value)
        at += 1
        if value >= _TEN:
            break
    return Decimal("0." + digits), at


# --- "And" ----------------------------------------------------------------------------------


class _Joint(NamedTuple):
    """A cardinal, an "and", and the number after it."""

    left: _Cardinal
    right: Reading
    digits: bool
    """The number after "and" begins with digits."""
    fraction: bool
    """It is a fraction."""


def half_of_the_scale(joint: _Joint) -> bool:
    """3 million and a half, two and a half; not: 3 million and five."""
    return joint.fraction and joint.right.value < 1 and joint.right.scale == 1


def half_a_scale(joint: _Joint) -> bool:
    """Two and a half million; not: two and 5½."""
    scale = joint.left.scale or joint.right.scale
    return joint.fraction and scale > 1 and joint.right.value < scale


def twenty_after_thousand(joint: _Joint) -> bool:
    """Five thousand and twenty, 3 hundred and 21; not: see `NOT_ADDED`."""
    return not joint.fraction and not any(refuses(joint) for refuses in NOT_ADDED)


AND_JOINS: tuple[Callable[[_Joint], bool], ...] = (
    half_of_the_scale,
    half_a_scale,
    twenty_after_thousand,
)
"""What an "and" adds to a cardinal, apart from the words below a hundred (`_hundred_and_five`)."""


def too_large(joint: _Joint) -> bool:
    """Between one hundred and five hundred, one million and two million."""
    return not 0 < joint.right.value < _room(joint.left)


def broken(joint: _Joint) -> bool:
    """Three hundred and 2.5."""
    return joint.right.value != int(joint.right.value)


def digits_after_words(joint: _Joint) -> bool:
    """Five thousand and 20."""
    return joint.digits and joint.left.form == "words"


def two_after_millions(joint: _Joint) -> bool:
    """$5 million and two cars, one million and 300."""
    few = joint.right.value < _HUNDRED or joint.right.form == "digits"
    return _room(joint.left) >= _MILLION and few


def digits_after_thousands(joint: _Joint) -> bool:
    """3 thousand and 200."""
    both = joint.left.form == joint.right.form == "digits"
    return both and _room(joint.left) == _THOUSAND


NOT_ADDED: tuple[Callable[[_Joint], bool], ...] = (
    too_large,
    broken,
    digits_after_words,
    two_after_millions,
    digits_after_thousands,
)
"""Where the number after "and" is another number: any of these."""


def _room(cardinal: _Cardinal) -> int:
    """What an "and" may add is below: 1,000 after "five thousand", 100 after "two hundred"."""
    return cardinal.scale if cardinal.group is None else cardinal.room


def _and(cardinal: _Cardinal) -> bool:
    """The and of "two hundred and five" and of all that `AND_JOINS` accepts."""
    if _hundred_and_five(cardinal):
        cardinal.stop += 1
        return True
    joint = _read_joint(cardinal)
    if joint is None or not any(joins(joint) for joins in AND_JOINS):
        return False
    right, scale = joint.right.value, joint.right.scale
    if half_of_the_scale(joint):
        scale = cardinal.scale or 1
        right *= scale
    group = cardinal.group or 0
    if not cardinal.scale:
        group *= scale  # "two and a half million"
    return cardinal.end(cardinal.total + group + right, scale, joint.right.stop)


def _hundred_and_five(cardinal: _Cardinal) -> bool:
    """Two hundred and five (thousand); not: between one hundred and five hundred."""
    between = cardinal.tokens.words[cardinal.first - 1] == "between"
    return cardinal.room == _HUNDRED and cardinal.after in SMALL and not between


def _read_joint(cardinal: _Cardinal) -> _Joint | None:
    tokens, index = cardinal.tokens, cardinal.stop + 1
    digits = cardinal.after.isdecimal()
    if fraction := read_fraction(tokens, index):
        return _Joint(cardinal, fraction, digits, fraction=True)
    if _room(cardinal) < _HUNDRED or not (digits or cardinal.after in SMALL):
        return None
    number = read_cardinal(tokens, index, cardinal.limit)
    return _Joint(cardinal, number, digits, fraction=False) if number else None


# --- The grammar ----------------------------------------------------------------------------

GRAMMAR: tuple[tuple[Iterable[str], Callable[[_Cardinal], bool]], ...] = (
    (SMALL, _five),
    (("hundred", "hundreds"), _hundred),
    (SCALE_WORDS, _million),
    (DOZENS, _dozen),
    (TIES, _hyphen),
    (("and",), _and),
    (("point",), _point),
)
"""The words that a cardinal consists of, besides digits, and the step that takes each."""

_STEPS = {word: step for words, step in GRAMMAR for word in words}


# --- Fractions of a cardinal ----------------------------------------------------------------

_FARTHEST_DENOMINATOR = 10
_LONGEST_NUMERATOR = 3


def read_fraction(tokens: Tokens, index: int) -> Reading | None:
    """The fraction that starts at a token, or None: one of `FRACTIONS`, or in words.

    >>> from ..text.tokens import tokenize
    >>> texts = "5½ miles", "half of it", "two thirds", "a twenty-fifth of it", "a third term"
    >>> readings = [read_fraction(tokenize(text), 0) for text in texts]
    >>> [reading and str(round(reading.value, 2)) for reading in readings]
    ['5.50', '0.50', '0.67', '0.04', None]
    """
    for read in FRACTIONS:
        if fraction := read(tokens, index):
            return fraction
    numerator = _read_numerator(tokens, index)
    return divide(tokens, numerator) if numerator else None


def _read_numerator(tokens: Tokens, index: int) -> Reading | None:
    """The a of "a third", the three of "three quarters", the hundred of "a hundred thirds"."""
    words = tokens.words
    if words[index] in _ARTICLES:
        if words[index + 1] == "hundred" and words[index + 2] in DENOMINATORS:
            return Reading(Decimal(_HUNDRED), index + 2, "words")
        return Reading(Decimal(1), index + 1, "words")
    in_digits = words[index].isdecimal() and len(words[index]) <= _LONGEST_NUMERATOR
    if words[index] not in SMALL and not in_digits:
        return None
    if DENOMINATOR_WORDS.isdisjoint(words[index + 1 : index + _FARTHEST_DENOMINATOR]):
        return None  # most numbers: not worth reading twice
    return read_cardinal(tokens, index, index + REACH)
