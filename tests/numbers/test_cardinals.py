"""Numerals: for every rule of the readers a text that it accepts and one that it refuses."""

from __future__ import annotations

import pytest

from summarizer import find_numbers
from summarizer.numbers import cardinals, digits, fractions, scales


def values(text: str) -> list[str]:
    return [f"{n.value:f}" for n in find_numbers(text) if n.kind != "identifier"]


DIGITS = [
    # in_lakhs
    ("12,34,567 votes", ["1234567"]),
    ("rows 12,34 of it", ["12", "34"]),
    # by_commas
    ("1,234 votes", ["1234"]),
    ("rows 1,23 of it", ["1", "23"]),
    # by_apostrophes
    ("1'234 votes", ["1234"]),
    ("1’234’567 votes", ["1234567"]),
    ("the votes, 1'23", ["1", "23"]),
    # by_spaces
    ("1 234 567 votes", ["1234567"]),
    ("40 000 votes", ["40000"]),
    ("1\u2009234 votes", ["1234"]),
    ("won 3 100 metre races", ["3", "100"]),
    # by_points
    ("1.234.567 votes", ["1234567"]),
    ("1.234,5 tonnes", ["1234.5"]),
    ("1.234 tonnes", ["1.234"]),
    ("0.234 tonnes", ["0.234"]),
    # point
    ("a score of 1.5", ["1.5"]),
    ("release 1.5.2 is out", []),
    # comma_after_points, comma_before_sign
    ("12.345,67 tonnes", ["12345.67"]),
    ("12,5% of it", ["12.5"]),
    ("3,50€ each", ["3.50"]),
    ("rows 12,5 of it", ["12", "5"]),
    # spaced_point
    ("rose 4 . 8 % again", ["4.8"]),
    ("paid £ 1. 5m for it", ["1500000"]),
    ("He had 4. 8 men left", ["4", "8"]),
    # bare decimals
    ("a rate of .25 a day", ["0.25"]),
    ("a rate of . 25 a day", ["25"]),
    # exponents
    ("12.5e3 cells", ["12500"]),
    ("12.5e-1 cells", ["1.25"]),
    ("2^10 cells", ["1024"]),
    ("2^-1 cells", ["0.5"]),
    ("2000000^2 cells", ["2000000", "2"]),
    ("12 e 3 cells", ["12", "3"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIGITS)
def test_digits(text: str, expected: list[str]) -> None:
    assert values(text) == expected


SCALES = [
    ("2 million cats", ["2000000"]),
    ("2 lakh cats", ["200000"]),
    ("10k cats", ["10000"]),
    ("10 k cats", ["10000"]),
    ("3bn cats", ["3000000000"]),
    ("3b cats", ["3000000000"]),
    ("3 b cats", ["3"]),
    ("three bn cats", ["3"]),
    # beside_money
    ("£2.1m was paid", ["2100000"]),
    ("$5 mm was paid", ["5000000"]),
    ("€3t was owed", ["3000000000000"]),
    ("USD 3 m was owed", ["3000000"]),
    ("$5g was owed", ["5"]),
    # as_capital
    ("10M followers", ["10000000"]),
    ("5 G of it", ["5000000000"]),
    ("5T of it", ["5"]),
    # before_plural
    ("2.1m people", ["2100000"]),
    ("3m homes", ["3000000"]),
    ("3 m wide", ["3"]),
    ("a 100m race", ["100"]),
    ("a 100m metres", ["100"]),
    ("The 100m was won by Ann Lee", ["100000000"]),
]


@pytest.mark.parametrize(("text", "expected"), SCALES)
def test_scales(text: str, expected: list[str]) -> None:
    assert values(text) == expected


CARDINALS = [
    # an article
    ("a hundred men", ["100"]),
    ("a dozen men", ["12"]),
    ("a twenty of it", ["20"]),
    # _numeral, _five
    ("3 hundred 21 men", ["321"]),
    ("twenty 21 men", ["20", "21"]),
    ("twenty five men", ["25"]),
    ("two five men", ["2", "5"]),
    ("1.9 million five years ago", ["1900000", "5"]),
    ("two thousand five hundred men", ["2500"]),
    # _hundred
    ("two hundred men", ["200"]),
    ("hundred metres", []),
    # _million
    ("two thousand five hundred million men", ["2500000000"]),
    ("two million five hundred thousand men", ["2500000"]),
    ("million cars", []),
    # _dozen
    ("two dozen men", ["24"]),
    ("three score years", ["60"]),
    ("dozen eggs and 2 cats", ["2"]),
    # _hyphen
    ("twenty-five men", ["25"]),
    ("two-hundred men", ["200"]),
    ("the two-five split", ["2", "5"]),
    # _point
    ("nine point nought four", ["9.04"]),
    ("nine point twenty-five", ["9.25"]),
    ("nine point each", ["9"]),
    # _hundred_and_five
    ("two hundred and five men", ["205"]),
    ("two hundred and five thousand men", ["205000"]),
    ("between one hundred and five hundred men", ["100", "500"]),
    # half_of_the_scale
    ("3 million and a half", ["3500000"]),
    ("two and a half", ["2.5"]),
    # half_a_scale
    ("two and a half million", ["2500000"]),
    ("two and 5½ miles", ["2", "5.5"]),
    # twenty_after_thousand
    ("five thousand and twenty", ["5020"]),
    ("4 thousand 3 hundred and 21", ["4321"]),
    ("one million and two hundred", ["1000200"]),
    # too_large
    ("one million and two million", ["1000000", "2000000"]),
    # broken
    ("3 hundred and 2.5 tonnes", ["300", "2.5"]),
    # digits_after_words
    ("five thousand and 20", ["5000", "20"]),
    # two_after_millions
    ("$5 million and two cars", ["5000000", "2"]),
    ("5 million and 300 cars", ["5000000", "300"]),
    # digits_after_thousands
    ("3 thousand and 200 cars", ["3000", "200"]),
    ("3 thousand and two hundred cars", ["3200"]),
    # no room for what "and" is followed by
    ("five and six men", ["5", "6"]),
]


@pytest.mark.parametrize(("text", "expected"), CARDINALS)
def test_cardinals(text: str, expected: list[str]) -> None:
    assert values(text) == expected


FRACTIONS = [
    # half_sign
    ("½ of them", ["0.5"]),
    ("½ million votes", ["500000"]),
    ("½ of a million votes", ["500000"]),
    # five_and_half_sign
    ("5½ of them", ["5.5"]),
    ("2015 ½ of them", ["2015", "0.5"]),
    # three_slash_four
    ("3/4 of them", ["0.75"]),
    ("3/4bn of them", ["750000000"]),
    ("4/3 of them", ["4", "3"]),
    ("24/7 service", []),
    ("3/11 of them", ["3", "11"]),
    # one_and_four_slash_five
    ("1 4/5 of them", ["1.8"]),
    ("123456 4/5 of them", ["123456", "0.8"]),
    # half_a_million
    ("half a million", ["500000"]),
    ("a quarter million", ["250000"]),
    ("half a hundred", ["50"]),
    ("half a dozen", ["6"]),
    ("a half dozen", ["6"]),
    # half
    ("half of them", ["0.5"]),
    ("a half hour", ["0.5"]),
    ("a half-hour", ["0.5"]),
    ("the half of it", ["0.5"]),
    ("in the first half", ["1"]),
    ("twice this half", ["2"]),
    ("his half-brother", []),
    ("by half time", []),
    ("the scrum-half ran", []),
    # denominators in words
    ("two thirds of it", ["0.6666666666666666666666666667"]),
    ("two-thirds of it", ["0.6666666666666666666666666667"]),
    ("one twenty-fifth of it", ["0.04"]),
    ("two twenty-firsts of it", ["0.09523809523809523809523809524"]),
    ("a hundred hundredths", ["1"]),
    ("three quarters of a million", ["750000"]),
    # apart
    ("two     thirds", ["2"]),
    # disagrees
    ("one eighths of it", ["1"]),
    # ranks
    ("a fifth of it", ["0.2"]),
    ("a quarter mile", ["0.25"]),
    ("a fifth term", ["5"]),
    # quarter_final, half_century
    ("a quarter-final", []),
    ("a half century", []),
]


@pytest.mark.parametrize(("text", "expected"), FRACTIONS)
def test_fractions(text: str, expected: list[str]) -> None:
    assert values(text) == expected


RATIOS = [
    ("one in five men", ["0.2"]),
    ("two out of ten men", ["0.2"]),
    ("one over four", ["0.25"]),
    ("3 in 1,000 men", ["0.003"]),
    ("two in 10 days", ["2", "10"]),
    ("one in 10-15 men", ["1", "10", "15"]),
    ("three in two men", ["3", "2"]),
    ("one in two thousand men", ["1", "2000"]),
    ("one over two men", ["2"]),
]


@pytest.mark.parametrize(("text", "expected"), RATIOS)
def test_ratios(text: str, expected: list[str]) -> None:
    assert values(text) == expected


RANGES = [
    ("a fee of $1.0-1.2 billion", ["1000000000", "1200000000"]),
    ("a fee of €10–€20 million", ["10000000", "20000000"]),
    ("from 10 to 20 million men", ["10000000", "20000000"]),
    ("between $10 and $20 million", ["10000000", "20000000"]),
    ("a fee of $10 - 20 million", ["10", "20000000"]),
    ("10 of the 20 million men", ["10", "20000000"]),
    ("from 10 to 20 men", ["10", "20"]),
    ("from 10 thousand to 20 million men", ["10000", "20000000"]),
    ("from 10 to 0.5 million men", ["10", "500000"]),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "rule",
    [
        *digits.GROUPINGS, *digits.DECIMAL_MARKS, *scales.LETTER_SCALES, *fractions.FRACTIONS,
        *fractions.NO_HALVES, *fractions.NO_FRACTIONS, *cardinals.AND_JOINS, *cardinals.NOT_ADDED,
        *(step for _, step in cardinals.GRAMMAR),
    ],
)  # fmt: skip
def test_every_rule_has_an_example(rule: object) -> None:
    assert rule.__doc__
