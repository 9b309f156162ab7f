"""From tokens to a value: cardinals in digits, in words or mixed, fractions and ratios.

A reader takes the tokens and the index to start at, and returns a Reading or None. It never looks
further than `REACH` tokens, so reading is linear in the text whatever the text is.
"""

from __future__ import annotations

from decimal import Decimal

from ..languages.english_numbers import (
    AMBIGUOUS_SCALES,
    DASHES,
    DENOMINATORS,
    DOZENS,
    SCALES,
    SHORT_SCALES,
    SMALL,
    VULGAR,
)
from ..text.tokens import Tokens
from .digits import LONGEST_NUMERAL, Form, Reading, read_numeral
from .units import MEASURES

REACH = 40
_DASHES = DASHES | {"−"}
_COMMON_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100})
_AFTER_FRACTION = frozenset(
    "of more less higher lower fewer bigger smaller larger in since to from on by between"
    " than as off and or the its his her their per".split()
)


def read_value(tokens: Tokens, index: int) -> Reading | None:
    """The longest numeral that starts at a token, or None.

    >>> from ..text.tokens import tokenize
    >>> read_value(tokenize("two and a half million people"), 0).value
    Decimal('2500000.0')
    """
    return (
        read_fraction(tokens, index)
        or _read_ratio(tokens, index)
        or read_cardinal(tokens, index, index + REACH)
    )


def read_cardinal(tokens: Tokens, index: int, limit: int) -> Reading | None:
    """A number below the fractions: digits, words and scales in any mixture.

    The rooms say what may still follow: below 10 after "twenty", below 100 after "hundred", below
    the scale after a scale; 0 where nothing may.
    """
    words, j = tokens.words, index
    total, group, room, scale = Decimal(0), None, 0, 0
    form: Form = "words"
    if words[j] in ("a", "an") and (words[j + 1] in _COUNTABLE):
        group, j = Decimal(1), j + 1
    while j < limit:
        word = words[j]
        if j > index and not tokens.near(j):
            break
        if word in SMALL or word.isdecimal():
            digits = read_numeral(tokens, j) if word.isdecimal() else None
            if word.isdecimal() and digits is None:
                break
            if digits is None and form == "digits" and tokens.words[j - 1] != "and":
                break  # "1.9 million three years ago"
            value = digits.value if digits else Decimal(SMALL[word])
            if group is None and (not scale or value < scale):
                group = value
            elif group is not None and 0 < value < room and _same_writing(tokens, j, digits):
                group += value
            else:
                break
            form = "digits" if digits and j == index else form
            j = digits.stop if digits else j + 1
            room = 10 if not digits and value >= 20 and room != 10 else 0
        elif word in ("hundred", "hundreds") and group is not None:
            group, room, j = group * 100, 100, j + 1
        elif group is not None and (factor := _scale_at(tokens, j, index, form)):
            total = (
                total + group * factor if factor < scale or not scale else (total + group) * factor
            )
            group, room, scale, j = None, 0, factor, j + 1
        elif word in DOZENS and group is not None:
            return Reading((total + group) * DOZENS[word], j + 1, form)
        elif (word in _DASHES and _hyphen_joins(tokens, j, room, group)) or (
            word == "and" and room == 100 and _adds_words(tokens, j, index)
        ):
            j += 1
        elif word == "and" and (
            joined := _read_and(tokens, j + 1, limit, scale if group is None else room, scale, form)
        ):
            above = (group or 0) * (joined.scale if group is not None and not scale else 1)
            return Reading(total + above + joined.value, joined.stop, form, joined.scale)
        elif word == "point" and group is not None and words[j + 1] in SMALL:
            decimals, j = _read_decimal_words(tokens, j + 1)
            group, room = group + decimals, 0
        else:
            break
    if group is None and not scale:
        return None
    while j > index and (words[j - 1] in _DASHES or words[j - 1] == "and"):
        j -= 1
    return Reading(total + (group or 0), j, form, scale or 1)


_COUNTABLE = {"hundred", "dozen", *SCALES}


def _adds_words(tokens: Tokens, index: int, first: int) -> bool:
    """True for the "and" of "two hundred and five", not of "between one hundred and five hundred"."""
    following = tokens.words[index + 1]
    return following in SMALL and tokens.words[first - 1] != "between"


def _same_writing(tokens: Tokens, index: int, digits: Reading | None) -> bool:
    """Digits go on behind words of scale only ("4 thousand 3 hundred and 21")."""
    return digits is None or tokens.words[index - 1] in ("hundred", "and")


def _scale_at(tokens: Tokens, index: int, first: int, form: Form) -> int:
    """The scale that stands at a token behind a numeral, or 0."""
    word = tokens.words[index]
    if word in SCALES:
        return SCALES[word]
    if form != "digits":
        return 0
    glued = tokens.glued(index)
    if word in SHORT_SCALES and (glued or word != "b"):
        spelled_by_digits = tokens.words[index - 1].isdecimal()
        return SHORT_SCALES[word] if spelled_by_digits else 0
    if word in AMBIGUOUS_SCALES and _is_ambiguous_scale(tokens, index, first):
        return AMBIGUOUS_SCALES[word]
    return 0


def _is_ambiguous_scale(tokens: Tokens, index: int, first: int) -> bool:
    words, word = tokens.words, tokens.words[index]
    money = words[first - 1] in ("$", "£", "€", "¥", "₹") or words[first - 1] in (
        "usd",
        "eur",
        "gbp",
    )
    if money:
        return word != "g" and (tokens.glued(index) or word in ("m", "mm", "t"))
    original = tokens.original(index)
    if word == "mm" or (word == "t" and not money):
        return False
    if original.isupper():
        return True
    # "2.1m people" but "a 100m race": decimals and a plural behind them
    plural = words[index + 1].endswith("s") or words[index + 1] in ("people", "dollars", "euros")
    return word == "m" and tokens.glued(index) and plural and words[index + 1] not in MEASURES


def _hyphen_joins(tokens: Tokens, index: int, room: int, group: Decimal | None) -> bool:
    following = tokens.words[index + 1]
    if group is None or not tokens.near(index + 1):
        return False
    if following in SMALL:
        return 0 < SMALL[following] < 10 and room == 10
    return following == "hundred" or following in SCALES or (following == "and" and room == 100)


def _read_and(
    tokens: Tokens, index: int, limit: int, room: int, scale: int, form: Form
) -> Reading | None:
    """What an "and" adds: "two hundred and five", "3 million and a half"."""
    if fraction := read_fraction(tokens, index):
        if fraction.value < 1 and fraction.scale == 1:
            return Reading(fraction.value * (scale or 1), fraction.stop, form, scale or 1)
        bounded = scale or fraction.scale  # "two and a half million": the scale covers both
        return fraction if bounded > 1 and fraction.value < bounded else None
    if room < 100 or not (tokens.words[index] in SMALL or tokens.words[index].isdecimal()):
        return None
    reading = read_cardinal(tokens, index, limit)
    if reading is None or not 0 < reading.value < room or reading.value != int(reading.value):
        return None
    if tokens.words[index].isdecimal() and form == "words":
        return None
    if room >= 10**6 and (reading.value < 100 or reading.form == "digits"):
        return None  # "$5 million and two cars"
    if room == 1000 and form == "digits" and reading.form == "digits":
        return None
    return reading


def _read_decimal_words(tokens: Tokens, index: int) -> tuple[Decimal, int]:
    """The words behind "point": digit by digit, or one number below a hundred."""
    digits, j = "", index
    while tokens.words[j] in SMALL and len(digits) < LONGEST_NUMERAL:
        value = SMALL[tokens.words[j]]
        if (
            value >= 20
            and tokens.words[j + 1] in _DASHES
            and SMALL.get(tokens.words[j + 2], 99) < 10
        ):
            digits, j = digits + str(value + SMALL[tokens.words[j + 2]]), j + 3
            break
        digits, j = digits + str(value), j + 1
        if value >= 10:
            break
    return Decimal("0." + digits), j


def read_fraction(tokens: Tokens, index: int) -> Reading | None:
    """3/4, 1 4/5, 5½, two-thirds, a half, three quarters of a million, half a dozen."""
    words = tokens.words
    word = words[index]
    if word in VULGAR:
        return _with_scale(tokens, VULGAR[word], index + 1)
    if word.isdecimal():
        if len(word) < 4 and words[index + 1] in VULGAR and tokens.near(index + 1):
            return _with_scale(tokens, int(word) + VULGAR[words[index + 1]], index + 2)
        if slashed := _read_slashed(tokens, index):
            return _with_scale(tokens, slashed.value, slashed.stop)
        whole = int(word) if len(word) < 6 else None
        if whole is not None and len(tokens.gap(index + 1)) == 1:
            if slashed := _read_slashed(tokens, index + 1):
                return _with_scale(tokens, whole + slashed.value, slashed.stop)
    if word in ("half", "quarter"):
        return _read_half(tokens, index)
    return _read_fraction_words(tokens, index)


def _read_slashed(tokens: Tokens, index: int) -> Reading | None:
    words = tokens.words
    numerator, slash, denominator = words[index : index + 3]
    if slash not in ("/", "⁄") or not (numerator.isdecimal() and denominator.isdecimal()):
        return None
    if len(numerator) > 3 or len(denominator) > 3 or words[index + 3] == "/":
        return None
    over, under = int(numerator), int(denominator)
    if not (0 < over < under and under in _COMMON_DENOMINATORS):
        return None
    if tokens.gap(index + 1) != tokens.gap(index + 2):
        return None
    return Reading(Decimal(over) / under, index + 3, "fraction")


_HALVES_OF_A_FIELD = frozenset("first second scrum fly wing centre center mid".split())
"""A first-half goal, a scrum-half: times and positions, no quantities."""


def _read_half(tokens: Tokens, index: int) -> Reading | None:
    """Half and quarter without a numerator: "half a million", "half of them", "a quarter"."""
    words = tokens.words
    part = Decimal("0.5") if words[index] == "half" else Decimal("0.25")
    j = index + 1
    if words[j] in ("a", "an") and words[j + 1] in _COUNTABLE:
        j += 1
    if words[j] in DOZENS:
        return Reading(part * DOZENS[words[j]], j + 1, "words")
    if words[j] in SCALES or words[j] == "hundred":
        scale = SCALES.get(words[j], 100)
        return Reading(part * scale, j + 1, "words", scale)
    if words[index] == "quarter":
        return None
    before = words[index - 1]
    of_a_match = words[index - 1] in ("the", "this", "that", "each") and words[j] != "of"
    if before in DENOMINATORS or before in ("first", "second", "other", "better") or of_a_match:
        return None
    if words[j] in _DASHES and words[j + 1] not in MEASURES:
        return None  # half-brother, half-time
    if words[index - 1] in _DASHES and words[index - 2] in _HALVES_OF_A_FIELD:
        return None
    if words[j] in ("time", "century", "centuries", "back", "term", "board", "sister", "brother"):
        return None
    return Reading(part, index + 1, "fraction")


def _read_fraction_words(tokens: Tokens, index: int) -> Reading | None:
    """Numerator and denominator: "a third of", "two-thirds", "five eighths", "one twenty-fifth"."""
    words = tokens.words
    article = words[index] in ("a", "an")
    if article:
        numerator, j = Reading(Decimal(1), index + 1, "words"), index + 1
        if words[j] in ("hundred",) and words[j + 1] in DENOMINATORS:
            numerator, j = Reading(Decimal(100), j + 1, "words"), j + 1
    elif words[index] in SMALL or (words[index].isdecimal() and len(words[index]) < 4):
        if _DENOMINATOR_WORDS.isdisjoint(words[index + 1 : index + 10]):
            return None  # most numbers: not worth reading twice
        found = read_cardinal(tokens, index, index + REACH)
        if found is None:
            return None
        numerator, j = found, found.stop
    else:
        return None
    if words[j] in _DASHES:
        j += 1
    denominator = DENOMINATORS.get(words[j], 0)
    if (
        not denominator
        and words[j + 1] in _DASHES
        and SMALL.get(words[j], 0) >= 20
        and DENOMINATORS.get(words[j + 2], 2) > 2
    ) or (
        SMALL.get(words[j], 0) >= 20
        and words[j + 1] in _DASHES
        and words[j + 2] in ("first", "second", "firsts", "seconds")
    ):  # one twenty-fifth, three twenty-firsts
        tail = {"first": 1, "firsts": 1, "second": 2, "seconds": 2}.get(words[j + 2])
        denominator = SMALL[words[j]] + (tail or DENOMINATORS[words[j + 2]])
        j += 2
    if not denominator or not tokens.near(j):
        return None
    plural = words[j].endswith(("s", "halves"))
    if plural == (numerator.value == 1):
        return None
    ordinal_like = denominator not in (2, 4) and denominator < 10**6 and not plural
    if ordinal_like and not _fraction_follows(tokens, j + 1):
        return None
    if words[j] == "quarter" and words[j + 1] in _DASHES and words[j + 2].startswith("final"):
        return None
    if words[j] == "half" and words[j + 1] in ("dozen", "hour", "hours", "century", "time"):
        return None if words[j + 1] in ("century", "time") else _read_half(tokens, j)
    return _with_scale(tokens, numerator.value / denominator, j + 1)


_DENOMINATOR_WORDS = frozenset(DENOMINATORS) | {"firsts", "seconds", "first", "second"}


def _fraction_follows(tokens: Tokens, index: int) -> bool:
    """True if what follows fits a fraction and not an ordinal ("a third of", not "a third term")."""
    word = tokens.words[index]
    return not word or not word[0].isalpha() or word in _AFTER_FRACTION or not tokens.near(index)


def _with_scale(tokens: Tokens, value: Decimal, index: int) -> Reading:
    """A fraction, and the scale it is a fraction of: "three quarters of a million"."""
    words, j = tokens.words, index
    if words[j] == "of" and words[j + 1] == "a":
        j += 2
    if words[j] in SCALES and tokens.near(j):
        return Reading(value * SCALES[words[j]], j + 1, "words", SCALES[words[j]])
    glued_scale = SHORT_SCALES.get(words[index], 0) if tokens.glued(index) else 0
    if glued_scale:
        return Reading(value * glued_scale, index + 1, "digits", glued_scale)
    return Reading(value, index, "fraction")


def _read_ratio(tokens: Tokens, index: int) -> Reading | None:
    """One in five, nine out of ten, one over three."""
    words = tokens.words
    numerator = _small_at(tokens, index)
    if numerator is None:
        return None
    j = index + 1
    if words[j] == "in":
        j += 1
    elif words[j : j + 2] == ["out", "of"]:
        j += 2
    elif words[j] == "over" and words[index] == "one":
        j += 1
    else:
        return None
    found = read_cardinal(tokens, j, j + REACH)
    if found is None or found.scale > 1000 or not numerator < found.value <= 1000:
        return None
    if (
        found.value != int(found.value)
        or words[found.stop] in MEASURES
        or words[found.stop] in _DASHES
    ):
        return None
    if words[j - 1] == "over" and words[found.stop][:1].isalpha():
        return None
    return Reading(Decimal(numerator) / found.value, found.stop, "ratio")


def _small_at(tokens: Tokens, index: int) -> int | None:
    word = tokens.words[index]
    if word.isdecimal() and len(word) < 3:
        return int(word) or None
    return SMALL.get(word) or None
