"""What digits and number words can be besides a quantity: a row accepted and a row refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarizer.numbers.digits import Reading
from summarizer.numbers.kinds import (
    clock,
    counted,
    date,
    designation,
    identifier,
    money,
    multiple,
    ordinal,
    score,
    year,
)
from summarizer.numbers.match import Match
from summarizer.text.tokens import Tokens

from ..support.marked import marked, numeral, written

DIGITS: list[tuple[Callable[[Tokens, int], list[Match] | None], str, list[str] | None]] = [
    (identifier.read, "the COVID-|19 ward", ["COVID-19"]),
    (identifier.read, "on |9/11", ["9/11"]),
    (identifier.read, "the |9 wards", None),
    (date.read_iso, "on |2022-12-30", ["2022", "12-30"]),
    (date.read_iso, "on |2022/12/30", ["2022", "12/30"]),
    (date.read_iso, "on |2022-13-30", None),
    (date.read_iso, "on |2022-12/30", None),
    (date.read_iso, "on |2022 - 12 - 30", None),
    (date.read_day, "on February |24", ["February 24"]),
    (date.read_day, "on Feb. |24", ["Feb. 24"]),
    (date.read_day, "on February |24th", ["February 24th"]),
    (date.read_day, "on |24 February", ["24 February"]),
    (date.read_day, "the |24th of February", ["24th of February"]),
    (date.read_day, "on |may 24", None),
    (date.read_day, "on |5 may", ["5 may"]),
    (date.read_day, "the |5 who may", None),
    (date.read_day, "they march |24 miles", None),
    (date.read_day, "in February |24% left", None),
    (date.read_day, "in February |24,000 left", None),
    (date.read_day, "on February |32", None),
    (clock.read, "at |14:00", ["14:00"]),
    (clock.read, "at |14:00:30", ["14:00:30"]),
    (clock.read, "at |2 PM", ["2 PM"]),
    (clock.read, "at |2:30 p.m. on", ["2:30 p.m."]),
    (clock.read, "at |17.30 GMT", ["17.30"]),
    (clock.read, "at |17.30", None),
    (clock.read, "at |14:75", None),
    (clock.read, "at |25:00", None),
    (clock.read, "at |2 points", None),
    (year.read, "in |2015", ["2015"]),
    (year.read, "the |1990s", ["1990s"]),
    (year.read, "the |2010-11 season", ["2010", "11"]),
    (year.read, "the |1939-1945 war", ["1939", "1945"]),
    (year.read, "the |2010-12 season", ["2010"]),
    (year.read, "the |1945-1939 war", ["1945"]),
    (year.read, "some |1200", None),
    (year.read, "paid $|2015", None),
    (year.read, "all |1900 soldiers", None),
    (year.read, "in |2015 prices", ["2015"]),
    (year.read, "all |1900 people", None),
    (year.read, "all |1900.5", None),
    (ordinal.read_digits, "the |21st time", ["21st"]),
    (ordinal.read_digits, "the |21 times", None),
    (ordinal.read_digits, "the |123456th time", None),
    (ordinal.read_word, "the |third time", ["third"]),
    (ordinal.read_word, "the |three times", None),
]


@pytest.mark.parametrize(("read", "text", "taken"), DIGITS)
def test_digit_reader(
    read: Callable[[Tokens, int], list[Match] | None], text: str, taken: list[str] | None
) -> None:
    tokens, index = marked(text)
    matches = read(tokens, index)
    assert matches is None or [written(tokens, match) for match in matches] == taken
    assert (matches is None) == (taken is None)


NUMERALS: list[
    tuple[Callable[[Tokens, int, Reading], list[Match] | None], str, list[str] | None]
] = [
    (date.read_in_words, "on March |twelve", ["March twelve"]),
    (date.read_in_words, "at |fourteen:00", ["fourteen:00"]),
    (date.read_in_words, "the |twelve March", None),
    (ordinal.read_after_cardinal, "the |twenty-first time", ["twenty-first"]),
    (ordinal.read_after_cardinal, "the |one hundred and fifth time", ["one hundred and fifth"]),
    (ordinal.read_after_cardinal, "the |twenty-one times", None),
    (ordinal.read_after_cardinal, "the |twenty-tenth time", None),
    (ordinal.read_after_cardinal, "the |ninety-second time", ["ninety-second"]),
    (ordinal.read_after_cardinal, "a |ninety-second clip", None),
    (counted.read_one, "no |one died", ["no one"]),
    (counted.read_one, "no |one of them", []),
    (counted.read_one, "the |one who left", []),
    (counted.read_one, "|one another", []),
    (counted.read_one, "some |one mile", None),
    (counted.read_one, "this |one", []),
    (counted.read_one, "|one man", None),
    (counted.read_one, "|one of them", None),
    (counted.read_one, "|two who left", None),
    (designation.read_named_word, "World War |Two began", ["Two"]),
    (designation.read_named_word, "the |Six Nations match", ["Six"]),
    (designation.read_named_word, "|Six Nations match", ["Six"]),
    (designation.read_named_word, "|Six Russian drones", None),
    (designation.read_named_word, "some |six nations", None),
    (designation.read_named_word, "in |Six May", None),
    (multiple.read_fold, "a |three-fold rise", ["three-fold"]),
    (multiple.read_fold, "a |three-day rise", None),
    (score.read, "they won |4-2", ["4", "2"]),
    (score.read, "they won |two-0", ["two", "0"]),
    (score.read, "a |2-3 defeat", ["2", "3"]),
    (score.read, "a |6-4-2 line", ["6", "4", "2"]),
    (score.read, "a |5–7 mile walk", ["5", "7 mile"]),
    (score.read, "from |two-three men", None),
    (score.read, "up by |4-200", None),
    (score.read, "up by $|4-6", None),
    (score.read, "up by |4 and 2", None),
    (score.read, "up by |4-2½", None),
]


@pytest.mark.parametrize(("read", "text", "taken"), NUMERALS)
def test_numeral_reader(
    read: Callable[[Tokens, int, Reading], list[Match] | None], text: str, taken: list[str] | None
) -> None:
    tokens, start, reading = numeral(text)
    matches = read(tokens, start, reading)
    assert matches is None or [written(tokens, match) for match in matches] == taken
    assert (matches is None) == (taken is None)


SCORES = [("they won |4-2", "score"), ("some |5-7 people", "cardinal"), ("at |7-2 odds", "score")]


@pytest.mark.parametrize(("text", "kind"), SCORES)
def test_score_or_range(text: str, kind: str) -> None:
    sides = score.read(*numeral(text))
    assert {side.kind for side in sides or []} == {kind}


HOURS = [
    ("at |2 PM", "14"), ("at |12 AM", "0"), ("at |14 PM", "14"), ("at |2:30 a.m.", "2.5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hours"), HOURS)
def test_hours_since_midnight(text: str, hours: str) -> None:
    matches = clock.read(*marked(text))
    assert [str(match.value) for match in matches or []] == [hours]


WORDS = [
    (multiple.read_word, "sales |doubled", "2"),
    (multiple.read_word, "prices |halved", "0.5"),
    (multiple.read_word, "sales |rose", None),
    (counted.read_none, "|none were hurt", "0"),
    (counted.read_none, "|nobody was hurt", None),
]


@pytest.mark.parametrize(("read", "text", "value"), WORDS)
def test_single_words(
    read: Callable[[Tokens, int], Match | None], text: str, value: str | None
) -> None:
    match = read(*marked(text))
    assert (match and str(match.value)) == value


PLACES: list[tuple[Callable[[Tokens, int], bool], str, bool]] = [
    (year._has_end, "in |2010/11", True),
    (year._has_end, "in |2010/12", False),
    (year._counts_a_plural, "all |1900 soldiers", True),
    (year._counts_a_plural, "in |1900 soldiers", False),
    (year._counts_a_plural, "the |1900 Games", False),
    (year._counts_people_or_percent, "|1900 %", True),
    (year._counts_people_or_percent, "|1900 was", False),
    (year._has_decimals, "|1900.5", True),
    (year._has_decimals, "|1900. 5", False),
    (clock._has_seconds, "14:00|:30", True),
    (clock._has_seconds, "14:00|: 30", False),
    (counted._is_pronoun, "the |one who", True),
    (counted._is_pronoun, "not |one man", False),
    (money._is_dollar_with_prefix, "US|$5", True),
    (money._is_dollar_with_prefix, "us |$5", True),
    (money._is_dollar_with_prefix, "a |$5 note", False),
    (money._is_dollar_with_prefix, "D.C. |$5", False),
    (ordinal._is_rank, "world |number two", True),
    (ordinal._is_rank, "world |No 1", True),
    (ordinal._is_rank, "world no|. 1", True),
    (ordinal._is_rank, "world |no 1", False),
]


@pytest.mark.parametrize(("holds", "text", "expected"), PLACES)
def test_predicate_of_a_token(
    holds: Callable[[Tokens, int], bool], text: str, expected: bool
) -> None:
    assert holds(*marked(text)) is expected


NAMED_ORDINALS = [
    ("|21st Century Fox", "identifier"),
    ("|101st Airborne Division", "identifier"),
    ("|101st airborne division", "ordinal"),
    ("|21st century", "ordinal"),
]


@pytest.mark.parametrize(("text", "kind"), NAMED_ORDINALS)
def test_ordinal_inside_a_name(text: str, kind: str) -> None:
    matches = ordinal.read_digits(*marked(text))
    assert [match.kind for match in matches or []] == [kind]
