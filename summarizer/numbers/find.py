"""find_numbers: every number of a text, in order, each once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from ..languages.english_numbers import (
    DASHES,
    DENOMINATORS,
    DOZENS,
    FOLD,
    MEASURES,
    MONTHS,
    MULTIPLES,
    ORDINAL_SUFFIXES,
    ORDINALS,
    SCALES,
    SMALL,
    TEMPERATURES,
    VULGAR,
)
from ..text.tokens import Tokens, tokenize
from .cardinals import read_value
from .digits import Reading, read_numeral
from .kinds.date import read_when
from .kinds.identifier import find_links, is_named_word, read_identifier
from .number import Number
from .quantity import STOPS, Unit, find_noun, read_bound, read_unit
from .ranges import share_scale

_TRIGGERS = frozenset(
    {
        *SMALL,
        *SCALES,
        *DOZENS,
        *ORDINALS,
        *DENOMINATORS,
        *MULTIPLES,
        *VULGAR,
        "hundred",
        "none",
        "point",
    }
) - {"score"}
_MINUS = frozenset({"-", "−", "–"})
# Words before "one" that make it a pronoun.
_PRONOUN_BEFORE = frozenset(
    "this that the which every any each some another no other only loved little big new"
    " old good bad last first next".split()
)
_NOT_COUNTED_BY_ONE = STOPS | {"another", "more", "thing", "less", "day", "other", "s", "time"}
_SCORE_LIMIT = 200


def find_numbers(text: str) -> list[Number]:
    """Find every number of a text: digits, words, money, percent, dates, scores, ordinals.

    Digits and words that only name something (COVID-19, F-16, list markers, phone numbers) come
    with `kind="identifier"`; digits inside URLs and mail addresses are left out.

    Args:
        text: Any text; offsets count its characters as given.

    Returns:
        The numbers in the order of the text; they do not overlap, and
        `text[n.start:n.end] == n.text` for each.

    Example:
        >>> for n in find_numbers("Nearly 90 of the 1.2bn euros went to twenty-one COVID-19 labs."):
        ...     print([n.text, str(n.value), n.unit, n.kind])
        ['90', '90', None, 'cardinal']
        ['1.2bn euros', '1200000000', 'EUR', 'money']
        ['twenty-one', '21', None, 'cardinal']
        ['COVID-19', '19', None, 'identifier']
    """
    return numbers_in(tokenize(text))


def numbers_in(tokens: Tokens) -> list[Number]:
    """The same for a text that is tokenized already."""
    links = find_links(tokens.text)
    link_starts = [start for start, _ in links]
    found: list[Number] = []
    done = 0
    words = tokens.words
    real = words[: tokens.count]
    starting = {w for w in set(real) if w in _TRIGGERS or w[0].isdecimal()}
    triggers = [i for i, w in enumerate(real) if w in starting]
    for index in triggers:
        if index < done:
            continue
        if links:
            k = bisect_right(link_starts, tokens.starts[index]) - 1
            if k >= 0 and tokens.starts[index] < links[k][1]:
                continue
        for unit in _read_at(tokens, index, done):
            unit = unit._replace(start=max(unit.start, done))  # what is behind belongs to another
            found.append(_number(tokens, unit))
            done = max(done, unit.stop)
    return found


def _number(tokens: Tokens, unit: Unit) -> Number:
    start, end = tokens.starts[unit.start], tokens.ends[unit.stop - 1]
    bound = read_bound(tokens, unit.start, unit.stop) if unit.kind != "identifier" else ""
    value = unit.value
    if value == value.to_integral_value() and abs(value) < 10**24:
        value = value.to_integral_value() if value.is_zero() else value.quantize(Decimal(1))
    return Number(
        start, end, tokens.text[start:end], value, unit.name, unit.kind, bound != "", bound
    )


def _read_at(tokens: Tokens, index: int, done: int) -> Iterator[Unit]:
    """The numbers that begin at or around a token which looks like part of one."""
    word = tokens.words[index]
    if word[0].isdecimal():
        yield from _read_digits(tokens, index, done)
    elif word in MULTIPLES:
        value = Decimal("0.5") if word == "halved" else Decimal(MULTIPLES[word])
        yield Unit(None, "multiple", index, index + 1, value)
    elif word == "none":
        yield Unit(None, "cardinal", index, index + 1, Decimal(0))
    else:
        yield from _read_words(tokens, index, done)


def _read_digits(tokens: Tokens, index: int, done: int) -> Iterator[Unit]:
    words = tokens.words
    if identifier := read_identifier(tokens, index):
        start, stop = max(identifier[0], done), identifier[1]
        yield Unit(None, "identifier", start, stop, _identifier_value(words[index]))
        return
    if when := read_when(tokens, index):
        yield from when[0]
        return
    if words[index + 1] in ORDINAL_SUFFIXES and tokens.near(index + 1) and len(words[index]) < 6:
        yield _ordinal(tokens, index, index + 2, Decimal(words[index]))
        return
    start = index
    leading_point = words[index - 1] == "." and tokens.glued(index) and not tokens.glued(index - 1)
    reading = read_numeral(tokens, index - 1) if leading_point and index - 1 >= done else None
    if reading:
        start = index - 1
    else:
        reading = read_value(tokens, index)
    if reading is None:
        yield Unit(None, "identifier", index, index + 1, _identifier_value(words[index]))
        return
    if score := _score(tokens, index, reading):
        yield from score
        return
    reading = share_scale(tokens, start, reading)
    yield _ranked(tokens, _signed(tokens, read_unit(tokens, start, reading), done))


def _ranked(tokens: Tokens, unit: Unit) -> Unit:
    """World number two, No. 1: a rank is an ordinal, whatever its form."""
    words, i = tokens.words, unit.start - 1
    if unit.kind != "cardinal" or not tokens.near(unit.start):
        return unit
    if words[i] == "number" or (words[i] in ("no", "nos") and tokens.capitalised(i)):
        return Unit(unit.name, "ordinal", unit.start, unit.stop, unit.value)
    if words[i] == "." and words[i - 1] in ("no", "nos"):
        return Unit(unit.name, "ordinal", unit.start, unit.stop, unit.value)
    return unit


def _identifier_value(digits: str) -> Decimal:
    return Decimal(digits[:28])


def _score(tokens: Tokens, index: int, reading: Reading) -> list[Unit] | None:
    """4-2, 76 - 71, two-0: two numbers with nothing counted behind them."""
    words, stop = tokens.words, reading.stop
    if reading.stop != index + 1 or words[stop] not in DASHES or not tokens.near(stop):
        return None
    if not words[stop + 1][:1].isdecimal() and words[stop + 1] not in SMALL:
        return None
    if not (words[index].isdecimal() or words[stop + 1].isdecimal()):
        return None
    other = read_value(tokens, stop + 1)
    if other is None or other.stop != stop + 2 or other.form not in ("digits", "words"):
        return None
    if max(reading.value, other.value) >= _SCORE_LIMIT or words[index - 1] in ("$", "£", "€"):
        return None
    unit = read_unit(tokens, stop + 1, other)
    falls = reading.value >= other.value  # no range: 7-2 co-favourites are odds
    counted = unit.name is not None and unit.name not in _OF_A_MATCH and not falls
    if unit.kind != "cardinal" or counted:
        return [Unit(unit.name, unit.kind, index, stop, reading.value), unit]
    behind = other.stop
    sides = [_side(index, reading), _side(stop + 1, other)]
    if words[behind] in DASHES and tokens.glued(behind) and words[behind + 1].isdecimal():
        value = Decimal(words[behind + 1][:28])
        sides.append(Unit(None, "score", behind + 1, behind + 2, value))
    return sides


_OF_A_MATCH = frozenset("win victory defeat draw loss lead odds advantage triumph".split())


def _side(index: int, reading: Reading) -> Unit:
    return Unit(None, "score", index, reading.stop, reading.value)


def _signed(tokens: Tokens, unit: Unit, done: int) -> Unit:
    """Take in a minus sign, or the word for one."""
    words, i = tokens.words, unit.start - 1
    if i < done:
        return unit
    attached = tokens.glued(unit.start) and not tokens.glued(i)
    starts_text = i == 0 and words[i] == "-" and tokens.starts[unit.start] - tokens.ends[i] == 1
    temperature = unit.name in TEMPERATURES and not tokens.words[i - 1].isdecimal()
    sign = words[i] in _MINUS and (
        (attached and words[i] != "–" and not _bullet(tokens, i))
        or words[i] == "−"
        or starts_text
        or temperature
    )
    if (sign and not words[i - 1].isdecimal()) or words[i] in ("minus", "negative"):
        return Unit(unit.name, unit.kind, i, unit.stop, -unit.value)
    return unit


def _bullet(tokens: Tokens, index: int) -> bool:
    return index > 0 and "\n" in tokens.gap(index)


_NUMERALS_NAMED = frozenset(
    "fox division regiment airborne infantry battalion brigade amendment".split()
)


def _ordinal(tokens: Tokens, start: int, stop: int, value: Decimal) -> Unit:
    words = tokens.words
    named = tokens.capitalised(stop) and tokens.near(stop) and words[start].isdecimal()
    if named and _NUMERALS_NAMED & {words[stop], words[stop + 1]}:
        return Unit(None, "identifier", start, stop, value)
    if words[stop] == "century" or (words[stop] in DASHES and words[stop + 1] == "century"):
        return Unit("century", "ordinal", start, stop, value)
    following = words[stop + 1] if words[stop] in DASHES else words[stop]
    noun_like = following[:1].isalpha() and following not in STOPS
    return Unit(following if noun_like else None, "ordinal", start, stop, value)


def _read_words(tokens: Tokens, index: int, done: int) -> Iterator[Unit]:
    words, start = tokens.words, index
    word = words[index]
    if words[index - 1] in ("a", "an") and index - 1 >= done and word not in SMALL:
        start = index - 1
    if word == "point" or (word == "score" and start == index):
        return
    reading = (
        read_value(tokens, start)
        if start != index or word in SMALL or word in DENOMINATORS or word in VULGAR
        else None
    )
    if reading is None and start != index:
        start, reading = index, read_value(tokens, index)
    if reading and words[start] in SMALL and (when := _read_spelled_date(tokens, start)):
        yield when
        return
    if reading is None:
        if ordinal := _read_ordinal_words(tokens, index):
            yield ordinal
        return
    ordinal = _ordinal_tail(tokens, start, reading)
    if ordinal:
        yield ordinal
        return
    if reading.value == 1 and reading.form == "words" and _is_pronoun(tokens, start, reading.stop):
        if words[start - 1] == "no" and words[reading.stop] != "of":
            yield Unit(None, "cardinal", start - 1, reading.stop, Decimal(0))
        return
    if (
        is_named_word(tokens, start, reading.stop)
        and reading.form == "words"
        and reading.stop == start + 1
    ):
        yield Unit(None, "identifier", start, reading.stop, reading.value)
        return
    if words[reading.stop] in FOLD or (
        words[reading.stop] in DASHES and words[reading.stop + 1] in FOLD
    ):
        stop = reading.stop + (1 if words[reading.stop] in FOLD else 2)
        yield Unit(None, "multiple", start, stop, reading.value)
        return
    if score := _score(tokens, start, reading):
        yield from score
        return
    yield _ranked(tokens, _signed(tokens, read_unit(tokens, start, reading), done))


def _read_spelled_date(tokens: Tokens, index: int) -> Unit | None:
    """March twelve, fourteen:00: days and hours in words."""
    colon = tokens.words[index + 1] == ":" and tokens.glued(index + 2)
    if not colon and tokens.words[index - 1] not in MONTHS:
        return None
    when = read_when(tokens, index)
    return when[0][0] if when and when[0][0].kind in ("time", "date") else None


_COUNTED_SECONDS = frozenset("a an another each every".split())


def _ordinal_tail(tokens: Tokens, start: int, reading: Reading) -> Unit | None:
    """Twenty-first, hundred and fifth: a cardinal whose last word is an ordinal."""
    words, stop = tokens.words, reading.stop
    tail = stop + 1 if words[stop] in DASHES or words[stop] == "and" else stop
    if tail == stop or reading.form != "words" or reading.value < 20:
        return None
    value = ORDINALS.get(words[tail], 0)
    lasts = words[start - 1] in _COUNTED_SECONDS or words[start - 1] in SMALL
    if words[tail] == "second" and words[stop] in DASHES and lasts:
        return None  # "a ninety-second clip" lasts that long; "the ninety-second" comes behind 91
    if 0 < value < 10 and reading.value % 10 == 0:
        return _ordinal(tokens, start, tail + 1, reading.value + value)
    return None


def _read_ordinal_words(tokens: Tokens, index: int) -> Unit | None:
    word = tokens.words[index]
    if word not in ORDINALS:
        return None
    return _ordinal(tokens, index, index + 1, Decimal(ORDINALS[word]))


def _is_pronoun(tokens: Tokens, start: int, stop: int) -> bool:
    """True for the "one" that stands for a noun: "the one who", "no one", "one another"."""
    words = tokens.words
    if words[start] != "one" or stop != start + 1:
        return False
    before, after = words[start - 1], words[stop]
    if after in MEASURES:
        return False
    if before in _PRONOUN_BEFORE:
        return True
    if after in ("another", "day", "thing") or after == "'" or after == "’":
        return True
    counted = find_noun(tokens, stop, Decimal(1)) is not None or after in ("of", "-", "in")
    return not counted and after in _NOT_COUNTED_BY_ONE
