"""What a numeral counts or measures: a row that each reader accepts, and one that it refuses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from summarizer.numbers import quantity
from summarizer.numbers.digits import Reading
from summarizer.numbers.kinds import (
    age,
    counted,
    measure,
    money,
    multiple,
    ordinal,
    percent,
)
from summarizer.numbers.match import Match
from summarizer.text.tokens import Tokens

from ..support.marked import numeral, written

UNITS: list[tuple[Callable[[Tokens, int, Reading], Match | None], str, str | None, str]] = [
    # reader, text, what it takes (None: nothing), value and unit
    (money.read_sign_before, "only $|5 each", "$5", "5 USD"),
    (money.read_sign_before, "US$|5m in aid", "US$5m", "5000000 USD"),
    (money.read_sign_before, "C$|16.4 million", "C$16.4 million", "16400000 CAD"),
    (money.read_sign_before, "in D.C. $|5", "$5", "5 USD"),
    (money.read_sign_before, "a bill of £ about |160", "£ about 160", "160 GBP"),
    (money.read_sign_before, "EUR |250,000", "EUR 250,000", "250000 EUR"),
    (money.read_sign_before, "Rs |12,34,567", "Rs 12,34,567", "1234567 INR"),
    (money.read_sign_before, "try |5 times", None, ""),
    (money.read_sign_before, "a low of |5", None, ""),
    (money.read_currency_after, "|five million yen", "five million yen", "5000000 JPY"),
    (money.read_currency_after, "a |one-yen bid", "one-yen", "1 JPY"),
    (money.read_currency_after, "|10 US dollars", "10 US dollars", "10 USD"),
    (money.read_currency_after, "|10 Hong Kong dollars", "10 Hong Kong dollars", "10 HKD"),
    (money.read_currency_after, "|420 Finnish markka", "420 Finnish markka", "420 markka"),
    (money.read_currency_after, "|10 US troops", None, ""),
    (money.read_currency_after, "|250 EUR", "250 EUR", "250 EUR"),
    (money.read_currency_after, "|250 try", None, ""),
    (money.read_currency_after, "|5€ each", "5€", "5 EUR"),
    (money.read_currency_after, "|5 $7", None, ""),
    (money.read_currency_after, "|68p for each", "68p", "68 penny"),
    (money.read_currency_after, "|68 p for each", None, ""),
    (money.read_currency_after, "|one won the race", None, ""),
    (money.read_currency_after, "|3 dollars 50 cents", "3 dollars 50 cents", "3.50 USD"),
    (money.read_currency_after, "|3 dollars 150 cents", "3 dollars", "3 USD"),
    (money.read_currency_after, "|3 yuan 4 mao 5", "3 yuan 4 mao 5", "3.45 CNY"),
    (
        money.read_currency_after,
        "|thirteen dollars and forty-five.",
        "thirteen dollars and forty-five",
        "13.45 USD",
    ),
    (
        money.read_currency_after,
        "|thirteen dollars and five men",
        "thirteen dollars",
        "13 USD",
    ),
    (percent.read, "fell |3%", "3%", "3 percent"),
    (percent.read, "a |ten-percent cut", "ten-percent", "10 percent"),
    (percent.read, "|12 per cent of homes", "12 per cent", "12 percent"),
    (percent.read, "|12 per day", None, ""),
    (percent.read, "|2.5 percentage points", "2.5 percentage points", "2.5 percentage-point"),
    (percent.read, "|50 basis points", "50 basis points", "50 basis-point"),
    (percent.read, "|50 basis swaps", None, ""),
    (percent.read, "per cent of |20", "per cent of 20", "20 percent"),
    (percent.read, "some of |20", None, ""),
    (measure.read, "|500 metres", "500 metres", "500 metre"),
    (measure.read, "a |45-acre farm", "45-acre", "45 acre"),
    (measure.read, "|660 square meters", "660 square meters", "660 square-metre"),
    (measure.read, "|660 square deals", None, ""),
    (measure.read, "|20 (kg)", "20 (kg)", "20 kilogram"),
    (measure.read, "|40 deg celsius", "40 deg celsius", "40 celsius"),
    (measure.read, "|40 °F", "40 °F", "40 fahrenheit"),
    (measure.read, "|40 degrees up", "40 degrees", "40 degree"),
    (measure.read, "|24 hours", "24 hours", "24 hour"),
    (measure.read, "|24 hostages", None, ""),
    (measure.read, "a |16-year-old boy", "16-year-old", "16 year"),
    (measure.read, "|six years older", "six years", "6 year"),
    (age.read, "aged |21", "21", "21 year"),
    (age.read, "aged |130", None, ""),
    (age.read, "aged |2.5", None, ""),
    (age.read, "all |21", None, ""),
    (multiple.read, "a |three-fold rise", "three-fold", "3 None"),
    (multiple.read, "a |three-day rise", None, ""),
    (counted.read_tied_before, "a magnitude-|4.8 quake", "4.8", "4.8 magnitude"),
    (counted.read_tied_before, "the Shahed-|131", None, ""),
    (counted.read_tied_before, "the mid-|2015 vote", None, ""),
    (counted.read, "|85 missiles", "85", "85 missiles"),
    (counted.read, "|85 fell", "85", "85 None"),
]


@pytest.mark.parametrize(("read", "text", "taken", "amount"), UNITS)
def test_unit_reader(
    read: Callable[[Tokens, int, Reading], Match | None], text: str, taken: str | None, amount: str
) -> None:
    tokens, start, reading = numeral(text)
    match = read(tokens, start, reading)
    assert (match and written(tokens, match)) == taken
    if match:
        value, unit = amount.split()
        assert (match.value, str(match.unit)) == (Decimal(value), unit)


KINDS = [
    ("|24 hours", "duration"),
    ("|16-year-old", "age"),
    ("|16 litres", "measure"),
    ("aged |16", "age"),
    ("|half of the voters", "fraction"),
    ("|one in five adults", "ratio"),
    ("|three times as many", "multiple"),
    ("|three times a week", "cardinal"),
    ("|85 missiles", "cardinal"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind_of_unit(text: str, kind: str) -> None:
    assert quantity.read_unit(*numeral(text)).kind == kind


OF_NUMERALS: list[tuple[Callable[[Tokens, int, Reading], bool], str, bool]] = [
    (age._follows_age, "aged |21", True),
    (age._follows_age, "at the age of |83", True),
    (age._follows_age, "age: |40", True),
    (age._follows_age, "a group of |83", False),
    (age._is_second_age, "aged 15 and |16", True),
    (age._is_second_age, "some 15 and |16", False),
    (age._is_apposition, "Pippa Lee, |45, looked", True),
    (age._is_apposition, "Ann Lee (|23) left", True),
    (age._is_apposition, "Ann Lee (|23 men) left", False),
    (age._is_apposition, "On Friday, |12, they", False),
    (age._is_apposition, "on Monday lee, |12, they", False),
    (age._is_apposition, "Lee, |45, 12 and 3", False),
    (age._is_apposition, "Lee, |45 men", False),
    (age._is_apposition, "Lee, |145, left", False),
]


@pytest.mark.parametrize(("holds", "text", "expected"), OF_NUMERALS)
def test_predicate_of_a_numeral(
    holds: Callable[[Tokens, int, Reading], bool], text: str, expected: bool
) -> None:
    assert holds(*numeral(text)) is expected


REFUSALS: list[tuple[Callable[[Tokens, int, Reading], bool], str, str, bool]] = [
    # predicate, numeral, unit, refused
    (measure._is_detached_abbreviation, "|5 m", "m", True),
    (measure._is_detached_abbreviation, "|5 mm 3", "mm", True),
    (measure._is_detached_abbreviation, "|5 mm", "mm", False),
    (measure._is_detached_abbreviation, "|5m", "m", False),
    (measure._is_detached_abbreviation, "|5 ( m )", "m", False),
    (measure._is_part_of_a_code, "|24703m212", "m", True),
    (measure._is_part_of_a_code, "|5m of rope", "m", False),
    (measure._is_ordinal_second, "|twenty second", "second", True),
    (measure._is_ordinal_second, "|one second", "second", False),
    (measure._is_ordinal_second, "|20-second", "second", False),
]


@pytest.mark.parametrize(("refuses", "text", "unit", "expected"), REFUSALS)
def test_refusal_of_a_measure(
    refuses: Callable[[Tokens, int, Reading], bool], text: str, unit: str, expected: bool
) -> None:
    tokens, _, reading = numeral(text)
    assert refuses(tokens, tokens.words.index(unit), reading) is expected


SIGNS = [
    ("a low of −|3 degrees", "-3"),
    ("a low of -|5", "-5"),
    ("from 10-|20", "20"),
    ("one\n-|5 men", "5"),
    ("- |5", "-5"),
    ("x - |5", "5"),
    ("about – |5 degrees celsius", "-5"),
    ("about – |5 degrees", "5"),
    ("minus |five", "-5"),
    ("nearly |five", "5"),
]


@pytest.mark.parametrize(("text", "value"), SIGNS)
def test_sign(text: str, value: str) -> None:
    tokens, start, reading = numeral(text)
    match = quantity.read_unit(tokens, start, reading)
    assert str(quantity.with_sign(tokens, match, 0).value) == value


def test_a_sign_that_belongs_to_the_number_before_is_left() -> None:
    tokens, start, reading = numeral("a low of -|5")
    match = quantity.read_unit(tokens, start, reading)
    assert quantity.with_sign(tokens, match, start) == match


RANKS = [("world No. |1", "ordinal"), ("number |two", "ordinal"), ("no |1 seed", "cardinal")]


@pytest.mark.parametrize(("text", "kind"), RANKS)
def test_rank(text: str, kind: str) -> None:
    tokens, start, reading = numeral(text)
    match = quantity.read_unit(tokens, start, reading)
    assert ordinal.rank(tokens, match).kind == kind
