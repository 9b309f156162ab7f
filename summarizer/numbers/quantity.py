"""What a number counts or measures: currencies, percent, measures, ages, or the noun behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..languages import Bound
from ..languages.english_numbers import (
    APPROXIMATOR_ENDS,
    APPROXIMATORS,
    CURRENCY_CODES,
    CURRENCY_NATIONS,
    CURRENCY_PREFIXES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DASHES,
    FOLD,
    GLUED_MEASURES,
    LONGEST_APPROXIMATOR,
    MEASURES,
    MONTHS,
    PERCENT,
    SUBUNITS,
    TIME_DIMENSIONS,
)
from ..text.tokens import Tokens
from .cardinals import read_cardinal
from .digits import Reading
from .kinds import KindName

_IRREGULAR_PLURALS = frozenset(
    "people men women children policemen policewomen servicemen fishermen businessmen"
    " firemen congressmen feet teeth mice fish sheep aircraft species series police cattle"
    " troops firefighters crew media criteria phenomena staff wicketkeepers grandchildren"
    " gentlemen personnel data passers-by alumni bacteria".split()
)
_NOT_PLURAL = frozenset(
    "is was has does as this its his hers us ours yours theirs across towards plus versus"
    " perhaps always yes thus besides unless whereas afterwards since goes says".split()
)
STOPS = frozenset(
    "a an the of in on at to for from by with and or but that which who whom whose as"
    " than is are was were be been has have had do does did will would can could may might"
    " shall should must not when while after before during since until over under into"
    " onto through between among against about around if because so then there their his"
    " her its our your my this these those it he she they we you i said says per each"
    " including according up down out off".split()
)
_ODD = frozenset({"odd", "plus"})


class Unit(NamedTuple):
    """The unit, the kind of number it makes, and the tokens that belong to the number's text."""

    name: str | None
    kind: KindName
    start: int
    stop: int
    value: Decimal


def read_unit(tokens: Tokens, start: int, reading: Reading) -> Unit:
    """The unit around a numeral that stands at tokens `start` to `reading.stop`."""
    return (
        _money_before(tokens, start, reading)
        or _money_behind(tokens, start, reading)
        or _percent(tokens, start, reading)
        or _measure(tokens, start, reading)
        or _counted(tokens, start, reading)
    )


def _money_before(tokens: Tokens, start: int, reading: Reading) -> Unit | None:
    words, i = tokens.words, start - 1
    near = tokens.near(start)
    if words[i] in APPROXIMATOR_ENDS and words[i - 1] in CURRENCY_SIGNS:
        i -= 1  # "£ about 160"
    sign = words[i]
    if sign in CURRENCY_SIGNS and near:
        unit = CURRENCY_SIGNS[sign]
        prefix = words[i - 1]
        if sign in "$" and prefix in CURRENCY_PREFIXES and tokens.near(i):
            glued = tokens.glued(i)
            if glued or (prefix in ("us", "c") and (prefix == "us" or words[i - 2] != ".")):
                unit, i = CURRENCY_PREFIXES[prefix], i - 1
    elif sign in CURRENCY_CODES and near and (tokens.original(i).isupper() or sign == "rs"):
        unit = CURRENCY_CODES[sign]
    else:
        return None
    return Unit(unit, "money", i, reading.stop, reading.value)


def _money_behind(tokens: Tokens, start: int, reading: Reading) -> Unit | None:
    words, j = tokens.words, reading.stop
    if words[j] in DASHES and (words[j + 1] in CURRENCY_WORDS):
        j += 1
    if not tokens.near(j):
        return None
    nation = CURRENCY_NATIONS.get(words[j])
    if nation is not None and (words[j + 1] in CURRENCY_WORDS or words[j + 1] == "kong"):
        j += 2 if words[j + 1] == "kong" else 1
    word = words[j]
    sign_behind = word in ("€", "£", "$", "¢") and not words[j + 1].isdecimal()
    if word in CURRENCY_WORDS:
        unit = CURRENCY_WORDS[word]
    elif word in CURRENCY_CODES and tokens.original(j).isupper():
        unit = CURRENCY_CODES[word]
    elif sign_behind:
        unit = CURRENCY_SIGNS[word]
    elif word == "p" and tokens.glued(j):
        unit = "penny"
    else:
        return None
    if unit == "won" or (word in ("won", "real") and tokens.words[start] in ("one", "1")):
        return None
    unit = nation or (word if nation == "" else unit)
    value, j = _subunits(tokens, j + 1, reading.value, unit)
    return Unit(unit, "money", start, j, value)


def _subunits(tokens: Tokens, index: int, value: Decimal, unit: str) -> tuple[Decimal, int]:
    """The cents behind dollars: "3 dollars 50 cents", "thirteen dollars and forty-five"."""
    words = tokens.words
    j = index + 1 if words[index] == "and" else index
    if unit in SUBUNITS or not tokens.near(j):
        return value, index
    more = read_cardinal(tokens, j, j + 4)
    if more is None or not 0 < more.value < 100 or more.value != int(more.value):
        return value, index
    name = words[more.stop]
    sub = CURRENCY_WORDS.get(name, "")
    if sub in SUBUNITS:
        value, stop = value + more.value * SUBUNITS[sub][1], more.stop + 1
        rest = read_cardinal(tokens, stop, stop + 1) if sub == "mao" else None
        return (value + rest.value / 100, rest.stop) if rest else (value, stop)
    alone = not name or not name[0].isalnum() or (name == "and" and more.form == "words")
    if more.form == "words" and alone and name not in DASHES:
        return value + more.value / 100, more.stop
    return value, index


def _percent(tokens: Tokens, start: int, reading: Reading) -> Unit | None:
    words, j = tokens.words, reading.stop
    if words[j] in DASHES:
        j += 1
    if not tokens.near(j):
        if words[start - 1] == "of" and words[start - 2] in ("percent", "percents", "cent"):
            k = start - 3 if words[start - 2] == "cent" else start - 2
            return Unit("percent", "percent", k, reading.stop, reading.value)
        return None
    name, stop = "percent", 0
    if words[j] == "%":
        stop = j + 1
    elif words[j] == "per" and words[j + 1] in ("cent", "cents"):
        stop = j + 2
    elif words[j] == "basis" and words[j + 1].startswith("point"):
        return Unit("basis-point", "percent", start, j + 2, reading.value)
    elif words[j] in PERCENT:
        stop = j + 1
    if stop:
        if words[stop].startswith("point"):
            return Unit("percentage-point", "percent", start, stop + 1, reading.value)
        return Unit(name, "percent", start, stop, reading.value)
    return None


def _measure(tokens: Tokens, start: int, reading: Reading) -> Unit | None:
    words, j = tokens.words, reading.stop
    opened = words[j] in ("(", "[")
    if words[j] in DASHES or opened:
        j += 1
    adjective = words[j]
    if adjective in ("square", "cubic", "metric", "nautical", "consecutive", "straight", "full"):
        if words[j + 1] in MEASURES:
            j += 1
    elif adjective in ("sq", "cu"):
        j += 1
    word = words[j]
    if word not in MEASURES or not tokens.near(j):
        return None
    if word in GLUED_MEASURES and not (tokens.glued(j) or (opened and words[j + 1] in (")", "]"))):
        if word not in ("m", "g", "mi", "ha", "mm") or words[j + 1].isdecimal() or len(word) == 1:
            return None
    if len(word) < 3 and tokens.glued(j + 1) and words[j + 1].isdecimal():
        return None  # 24703m212
    name, dimension, _ = MEASURES[word]
    stop = j + 1
    if opened and words[stop] in (")", "]"):
        stop += 1
    if word in ("degree", "degrees", "deg", "°"):
        scale = words[stop]
        if scale in ("c", "celsius", "centigrade", "celcius"):
            name, stop = "celsius", stop + 1
        elif scale in ("f", "fahrenheit"):
            name, stop = "fahrenheit", stop + 1
    elif word == "second" and words[reading.stop] not in DASHES and reading.value != 1:
        return None
    if dimension in TIME_DIMENSIONS:
        old = stop + 1 if words[stop] in DASHES else stop
        if words[old] in ("old", "olds"):
            return Unit(name, "age", start, old + 1, reading.value)
        return Unit(name, "duration", start, stop, reading.value)
    if adjective in ("square", "cubic", "sq", "cu"):
        name = {"sq": "square", "cu": "cubic"}.get(adjective, adjective) + "-" + name
    return Unit(name, "measure", start, stop, reading.value)


def _counted(tokens: Tokens, start: int, reading: Reading) -> Unit:
    words, j = tokens.words, reading.stop
    hyphen = 1 if words[j] in DASHES else 0
    kind: KindName = "cardinal"
    if _is_age(tokens, start, j, reading):
        return Unit("year", "age", start, j, reading.value)
    if words[j + hyphen] in FOLD:
        return Unit(None, "multiple", start, j + hyphen + 1, reading.value)
    if reading.form in ("fraction", "ratio"):
        kind = "fraction" if reading.form == "fraction" else "ratio"
    if words[start - 1] in DASHES and tokens.glued(start) and tokens.glued(start - 1):
        tied = words[start - 2]  # magnitude-4.8
        if tied.isalpha() and len(tied) > 3 and not tokens.capitalised(start - 2):
            return Unit(tied, kind, start, j, reading.value)
    noun = find_noun(tokens, j, reading.value)
    name = words[noun] if noun is not None else None
    if name == "times" and words[(noun or 0) + 1] in ("more", "as", "higher", "the"):
        kind = "multiple"
    return Unit(name, kind, start, j, reading.value)


def _is_age(tokens: Tokens, start: int, stop: int, reading: Reading) -> bool:
    """Aged 21; at the age of 83; Pippa, 45, looked; Ann Lee (23)."""
    words = tokens.words
    if not 0 < reading.value < 125 or reading.value != int(reading.value):
        return False
    before = words[start - 1]
    if before == ":" and words[start - 2] == "age":
        return True
    if before in ("aged", "age") or (before == "of" and words[start - 2] == "age"):
        return True
    if before == "and" and words[start - 3] == "aged":
        return True
    if reading.form != "digits" or len(words[start]) != 2 or before not in (",", "("):
        return False
    closed = words[stop] == ")" if before == "(" else words[stop] in (",", ".", "-", "–", "and")
    person = words[start - 2]
    listed = words[stop] == "," and words[stop + 1].isdecimal()
    return closed and not listed and tokens.capitalised(start - 2) and person not in _NOT_PERSONS


_NOT_PERSONS = frozenset(MONTHS) | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday no route".split()
)


def find_noun(tokens: Tokens, index: int, value: Decimal) -> int | None:
    """The token of the noun that a number in front of `index` counts, or None.

    The first plural within four words, stopping at a function word or punctuation; behind a hyphen
    the word that is tied to the number ("10-man squad").
    """
    words, j = tokens.words, index
    if words[j] in DASHES:
        following = words[j + 1]
        tied = following[:1].isalpha() and following not in STOPS
        return j + 1 if tied and tokens.glued(j) and tokens.near(j + 1) else None
    if words[j] == "of":  # "two of the six players", "four of his goals"
        j += 2 if words[j + 1] in ("the", "his", "her", "their", "its", "these", "those") else 1
    last = None
    for k in range(j, j + 4):
        word = words[k]
        if not word[:1].isalpha() or word in STOPS or not tokens.near(k):
            break
        if is_plural(word):
            return k
        last = k
    return last if last is not None and value == 1 and words[last] not in STOPS else None


def is_plural(word: str) -> bool:
    """True for a word that looks like a plural noun."""
    if word in _IRREGULAR_PLURALS:
        return True
    ends_in_s = len(word) > 3 and word[-1] == "s" and word[-2] not in "su'"
    return ends_in_s and word[-3:] != "sis" and word not in _NOT_PLURAL  # analysis, crisis


def read_bound(tokens: Tokens, start: int, stop: int) -> Bound:
    """The approximator or bound beside a number, as `Number.bound` has it."""
    words = tokens.words
    before = words[start - 1]
    if before in ("a", "an", "the"):  # "more than a dozen" has its article in the number
        start, before = start - 1, words[start - 2]
    if before in APPROXIMATOR_ENDS:
        for size in range(min(LONGEST_APPROXIMATOR, start), 0, -1):
            bound = APPROXIMATORS.get(tuple(words[start - size : start]))
            if bound:
                return bound
    return _bound_behind(tokens, stop)


def _bound_behind(tokens: Tokens, stop: int) -> Bound:
    words = tokens.words
    after, then = words[stop], words[stop + 1]
    if (after == "+" and tokens.glued(stop)) or after == "plus":
        return ">="
    if after in DASHES and then in _ODD:
        return ">=" if then == "plus" else "~"
    if after == "or" and then == "so":
        return "~"
    if after == "or" and then in ("more", "above"):
        return ">="
    return "<=" if after == "or" and then in ("less", "fewer") else ""
