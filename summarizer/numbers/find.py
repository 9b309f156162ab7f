"""find_numbers: every number of a text, in order, each once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import itemgetter

from ..languages.english_numbers import (
    DENOMINATORS,
    DOZENS,
    MULTIPLES,
    ORDINALS,
    SCALES,
    SMALL,
    VULGAR,
)
from ..text.tokens import Tokens, tokenize
from .bounds import read_bound
from .digits import Reading, read_numeral
from .kinds import clock, counted, date, designation, identifier, multiple, ordinal, score, year
from .links import find_links
from .match import Match
from .number import Number
from .precision import fixed_precision
from .quantity import read_unit, with_sign
from .ranges import share_scale
from .values import read_value

_TRIGGERS = frozenset({"hundred", "none"}).union(
    SMALL, SCALES, DOZENS, ORDINALS, DENOMINATORS, MULTIPLES, VULGAR
) - {"score"}
"""Words that can begin or be a number; others are passed over."""
_STARTS_NUMERAL = frozenset(SMALL).union(DENOMINATORS, VULGAR)
"""Triggers that a numeral can begin with; the others follow an article or are ordinals."""
_LARGEST_PLAIN = 10**24
"""Whole values below this are written without an exponent."""

Matches = list[Match] | None
"""What a reader found: None if it is not concerned, [] if what it read is not a number."""

DIGIT_READERS: tuple[Callable[[Tokens, int], Matches], ...] = (
    identifier.read,  # COVID-19, F-16, Route 495
    date.read_iso,  # 2022-12-30
    clock.read,  # 2:30 p.m.
    date.read_day,  # February 24
    year.read,  # 2015, 2010-11
    ordinal.read_digits,  # 21st
)
"""What digits can be besides a quantity; each is given the first of their tokens."""

NUMERAL_READERS: tuple[Callable[[Tokens, int, Reading], Matches], ...] = (
    date.read_in_words,  # March twelve
    ordinal.read_after_cardinal,  # twenty-first
    counted.read_one,  # no one
    designation.read_named_word,  # World War Two
    multiple.read_fold,  # three-fold
    score.read,  # two-0
)
"""What a numeral in words can be besides a quantity; each is given its first token."""


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
    """Find every number of a text that is tokenized already; see `find_numbers`."""
    with fixed_precision():
        return list(_numbers_in(tokens))


def _numbers_in(tokens: Tokens) -> Iterator[Number]:
    free = 0
    for index in _triggers(tokens):
        if index < free:
            continue
        for match in _read_at(tokens, index, free):
            if match.start < free:
                match = match._replace(start=free)
            yield _number(tokens, match)
            free = max(free, match.stop)


def _triggers(tokens: Tokens) -> list[int]:
    """The tokens that look like a part of a number, outside URLs and mail addresses."""
    vocabulary = tokens.vocabulary
    indexes = tokens.places((vocabulary & _TRIGGERS).union(filter(str.isdecimal, vocabulary)))
    links = find_links(tokens.text)
    return [i for i in indexes if not _is_in(links, tokens.starts[i])] if links else indexes


def _is_in(ranges: list[tuple[int, int]], offset: int) -> bool:
    """True if an offset lies in the last of the ordered ranges that begin before it."""
    before = bisect_right(ranges, offset, key=_START) - 1
    return before >= 0 and offset < ranges[before][1]


_START = itemgetter(0)


def _number(tokens: Tokens, match: Match) -> Number:
    start, end = tokens.starts[match.start], tokens.ends[match.stop - 1]
    text, kind = tokens.text[start:end], match.kind
    bound = read_bound(tokens, match.start, match.stop) if kind != "identifier" else ""
    return Number(start, end, text, _plain(match.value), match.unit, kind, bound != "", bound)


def _plain(value: Decimal) -> Decimal:
    """Whole values without decimals or exponent: 1200000000 for 1.2E+9."""
    if value != value.to_integral_value() or abs(value) >= _LARGEST_PLAIN:
        return value
    return value.to_integral_value() if value.is_zero() else value.quantize(Decimal(1))


def _read_at(tokens: Tokens, index: int, free: int) -> list[Match]:
    """The numbers at or around a token that looks like a part of one.

    `free` is the first token that is not part of the number before.
    """
    if tokens.words[index][0].isdecimal():
        return _read_digits(tokens, index, free)
    if match := multiple.read_word(tokens, index) or counted.read_none(tokens, index):
        return [match]
    return _read_words(tokens, index, free)


def _read_digits(tokens: Tokens, index: int, free: int) -> list[Match]:
    for read in DIGIT_READERS:
        if matches := read(tokens, index):
            return matches
    start, reading = _read_numeral(tokens, index, free)
    if reading is None:
        return [identifier.identify(tokens, index, (index, index + 1))]  # a serial number
    if matches := score.read(tokens, index, reading):
        return matches
    return [_quantity(tokens, start, share_scale(tokens, start, reading), free)]


def _read_numeral(tokens: Tokens, index: int, free: int) -> tuple[int, Reading | None]:
    """The numeral at digits, with the point before them in "a rate of .25", and its first token."""
    point = index - 1
    leads = tokens.words[point] == "." and tokens.glued(index) and not tokens.glued(point)
    if leads and point >= free and (reading := read_numeral(tokens, point)):
        return point, reading
    return index, read_value(tokens, index)


def _read_words(tokens: Tokens, index: int, free: int) -> list[Match]:
    start, reading = _read_numeral_in_words(tokens, index, free)
    if reading is None:
        return ordinal.read_word(tokens, index) or []
    for read in NUMERAL_READERS:
        matches = read(tokens, start, reading)
        if matches is not None:
            return matches
    return [_quantity(tokens, start, reading, free)]


def _read_numeral_in_words(tokens: Tokens, index: int, free: int) -> tuple[int, Reading | None]:
    """The numeral at a word, with the article of "a dozen", and its first token."""
    word, article = tokens.words[index], index - 1
    if article >= free and tokens.words[article] in ("a", "an") and word not in SMALL:
        if reading := read_value(tokens, article):
            return article, reading
        return index, read_value(tokens, index)
    return index, read_value(tokens, index) if word in _STARTS_NUMERAL else None


def _quantity(tokens: Tokens, start: int, reading: Reading, free: int) -> Match:
    """A numeral with its unit and its sign; an ordinal if it ranks something."""
    return ordinal.rank(tokens, with_sign(tokens, read_unit(tokens, start, reading), free))
