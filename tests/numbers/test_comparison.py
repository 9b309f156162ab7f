"""Comparison of two numbers: for every rule a pair that it decides and one that it leaves alone."""

from __future__ import annotations

import pytest

from summarizer import find_numbers
from summarizer.numbers import Number
from summarizer.numbers.comparison import RULES, sameness


def number(text: str) -> Number:
    """The last number of a text."""
    return find_numbers(text)[-1]


DECIDED = [
    ("other_kind", "5%", "$5", None),
    ("other_month", "on 3 May", "on 3 June", None),
    ("numbered_noun", "the 20th edition", "on 20 May", None),
    ("numbered_noun", "on 20 May", "the 20th edition", None),
    ("other_currency", "$5", "€5", None),
    ("other_currency", "C$5", "A$5", None),
    ("other_currency", "5 cents", "5 pence", None),
    ("other_percent", "5%", "5 percentage points", None),
    ("own_noun", "20 men", "20 years", None),
    ("own_noun", "20 years", "20 men", None),
    ("own_noun", "2", "sales doubled", None),
    ("other_sign", "-3 degrees celsius", "3 degrees celsius", None),
    ("same_year", "in 2015", "in 2015", "exact"),
    ("same_year", "the season 2013-14", "in 2014", "equivalent"),
    ("same_year", "the 1990s", "in 1998", "rounded"),
    ("same_year", "the 1990s", "in 2001", None),
    ("same_year", "in 2014", "in 2015", None),
    ("same_value", "$5m", "$5,000,000", "exact"),
    ("same_value", "5", "5 men", "exact"),
    ("same_value", "3 times", "a threefold rise", "exact"),
    ("same_value", "a fall of 5%", "-5%", "exact"),
    ("same_time", "at 2:30", "at 14:30", "equivalent"),
    ("same_time", "at 2:30 p.m.", "at 2:30", "equivalent"),
    ("same_time", "at 2:30 a.m.", "at 2:30 p.m.", None),
    ("same_time", "at 2:30", "at 15:30", None),
    ("same_share", "33%", "a third of it", "equivalent"),
    ("same_share", "one in five", "20%", "equivalent"),
    ("same_share", "about half of it", "47%", "rounded"),
    ("same_share", "half of it", "40%", None),
    ("cents", "$5", "500 cents", "equivalent"),
    ("cents", "$6", "500 cents", None),
    ("basis_points", "0.5 percentage points", "50 basis points", "equivalent"),
    ("basis_points", "1 percentage point", "50 basis points", None),
    ("other_unit", "5 km", "5,000 metres", "equivalent"),
    ("other_unit", "two years", "24 months", "equivalent"),
    ("other_unit", "161 km", "100 miles", "rounded"),
    ("other_unit", "52 weeks", "12 months", "rounded"),
    ("other_unit", "5 km", "5 miles", None),
    ("same_value_of_another", "5 rockets", "5 missiles", "exact"),
    ("same_value_of_another", "US$5", "A$5", "exact"),
    ("rounded", "1,200 men", "1,234 men", "rounded"),
    ("rounded", "nearly 90 men", "89 men", "rounded"),
    ("rounded", "over 80 men", "89 men", "rounded"),
    ("rounded", "about 20 years", "23 years", None),
    ("rounded", "about 20 years", "21 years", "rounded"),
    ("rounded", "30%", "29%", "rounded"),
    ("rounded", "30 years", "29 years", None),
    ("rounded", "nearly 90 men", "91 men", None),
    ("rounded", "1,250 men", "1,234 men", None),
    ("rounded", "1,234 men", "1,200 men", None),
    ("rounded", "1,300 men", "1,234 men", None),
]


@pytest.mark.parametrize(("rule", "claimed", "given", "expected"), DECIDED)
def test_sameness(rule: str, claimed: str, given: str, expected: str | None) -> None:
    assert sameness(number(claimed), number(given)) == expected


@pytest.mark.parametrize(("rule", "claimed", "given", "expected"), DECIDED)
def test_decided_by_the_rule(rule: str, claimed: str, given: str, expected: str | None) -> None:
    one, other = number(claimed), number(given)
    deciding = [r.__name__ for r in RULES if r(one, other)]
    assert (deciding or ["rounded"])[0] == rule


LEFT_ALONE = [
    ("other_kind", "5%", "one in 20"),
    ("other_month", "on 3 May", "on 4 May"),
    ("numbered_noun", "the 20th", "on 20 May"),
    ("other_currency", "C$5", "$5"),
    ("other_currency", "500 cents", "$5"),
    ("other_percent", "0.5 percentage points", "50 basis points"),
    ("own_noun", "20", "20 years"),
    ("own_noun", "3 times", "a threefold rise"),
    ("own_noun", "20 men", "30 women"),
    ("other_sign", "-3 degrees celsius", "-4 degrees celsius"),
    ("other_sign", "fell 5%", "-5%"),
    ("same_year", "5 men", "5 men"),
    ("same_value", "5 feet", "5 miles"),
    ("same_time", "2 hours", "2 hours"),
    ("same_share", "33%", "40%"),
    ("cents", "$5", "A$5"),
    ("basis_points", "5%", "6%"),
    ("other_unit", "5 km", "5 kg"),
    ("other_unit", "5 degrees celsius", "41 degrees fahrenheit"),
    ("same_value_of_another", "5 rockets", "6 missiles"),
    ("rounded", "the 20th", "the 21st"),
]


@pytest.mark.parametrize(("rule", "claimed", "given"), LEFT_ALONE)
def test_left_alone(rule: str, claimed: str, given: str) -> None:
    by_name = {r.__name__: r for r in RULES}
    assert by_name[rule](number(claimed), number(given)) is None


def test_every_rule_has_rows_and_an_example() -> None:
    names = {rule.__name__ for rule in RULES}
    assert names == {row[0] for row in DECIDED} == {row[0] for row in LEFT_ALONE}
    assert all(rule.__doc__ for rule in RULES)
