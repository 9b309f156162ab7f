"""find_numbers: one line a case, each a string as people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from summarizer import find_numbers


def found(text: str) -> list[tuple[str, str]]:
    return [(n.text, str(n.value)) for n in find_numbers(text) if n.kind != "identifier"]


VALUES = [
    # digits and separators
    ("1,234.5 tonnes of rice", "1,234.5 tonnes", "1234.5"),
    ("a crowd of 12,567", "12,567", "12567"),
    ("1 234 567 Einwohner", "1 234 567", "1234567"),
    ("40\u202f000 people", "40\u202f000", "40000"),
    ("1.234,5 Tonnen", "1.234,5", "1234.5"),
    ("1.234.567 Stimmen", "1.234.567", "1234567"),
    ("Rs 12,34,567 was paid", "Rs 12,34,567", "1234567"),
    ("12,34,567.89", "12,34,567.89", "1234567.89"),
    ("a rate of .25 a day", ".25", "0.25"),
    ("12.32e+14", "12.32e+14", "1232000000000000"),
    ("population 1,674,200.5", "1,674,200.5", "1674200.5"),
    # words
    ("twenty-one people died", "twenty-one", "21"),
    ("two hundred and five seats", "two hundred and five", "205"),
    ("two hundred and two thousand", "two hundred and two thousand", "202000"),
    ("a dozen eggs", "a dozen", "12"),
    ("half a dozen men", "half a dozen", "6"),
    ("half a million homes", "half a million", "500000"),
    ("three dozen arrests", "three dozen", "36"),
    ("two and a half million people", "two and a half million", "2500000"),
    ("two and a half years", "two and a half years", "2.5"),
    ("three quarters of a million", "three quarters of a million", "750000"),
    ("one million two hundred thousand", "one million two hundred thousand", "1200000"),
    ("nine point nought four", "nine point nought four", "9.04"),
    ("Fifty two", "Fifty two", "52"),
    ("fifty - two", "fifty - two", "52"),
    ("4 thousand 3 hundred and 21", "4 thousand 3 hundred and 21", "4321"),
    # scales
    ("£1.5m was stolen", "£1.5m", "1500000"),
    ("£ 1.5 m was stolen", "£ 1.5 m", "1500000"),
    ("$2.6 billion", "$2.6 billion", "2600000000"),
    ("1.2bn euros", "1.2bn euros", "1200000000"),
    ("10k followers", "10k", "10000"),
    ("2.1m people", "2.1m", "2100000"),
    ("13 lakh voters", "13 lakh", "1300000"),
    ("1 crore boxes", "1 crore", "10000000"),
    ("€3tn of debt", "€3tn", "3000000000000"),
    ("I can give you 10M.", "10M", "10000000"),
    # fractions and ratios
    ("two-thirds of voters", "two-thirds", str(Decimal(2) / 3)),
    ("a third of voters", "a third", str(Decimal(1) / 3)),
    ("5½ miles", "5½ miles", "5.5"),
    ("10 1/2 miles of cable", "10 1/2 miles", "10.5"),
    ("3/4 of the vote", "3/4", "0.75"),
    ("one in five adults", "one in five", "0.2"),
    ("nine out of ten cats", "nine out of ten", "0.9"),
    ("half of them left", "half", "0.5"),
    # money
    ("US$5m in aid", "US$5m", "5000000"),
    ("C$16.4 million", "C$16.4 million", "16400000"),
    ("five million yen", "five million yen", "5000000"),
    ("68p for each vote", "68p", "68"),
    ("3 dollars 50 cents", "3 dollars 50 cents", "3.50"),
    ("420 million finnish markka", "420 million finnish markka", "420000000"),
    ("a one-yen bid", "one-yen", "1"),
    ("EUR 250,000", "EUR 250,000", "250000"),
    # percent
    ("fell 3%", "3%", "3"),
    ("12 per cent of homes", "12 per cent", "12"),
    ("50 basis points", "50 basis points", "50"),
    ("2.5 percentage points", "2.5 percentage points", "2.5"),
    ("minus five percent", "minus five percent", "-5"),
    # signs
    ("a low of −3 degrees", "−3 degrees", "-3"),
    ("it was -5 degrees fahrenheit", "-5 degrees fahrenheit", "-5"),
    ("The answer is minus one", "minus one", "-1"),
    # measures, durations, ages
    ("a 10-month war", "10-month", "10"),
    ("a 45-acre horse farm", "45-acre", "45"),
    ("0.9 trillion cubic feet", "0.9 trillion cubic feet", "900000000000"),
    ("a 7.62mm barrel", "7.62mm", "7.62"),
    ("8oz gloves", "8oz", "8"),
    ("The weight is 20 (kg)", "20 (kg)", "20"),
    ("a 16-year-old boy", "16-year-old", "16"),
    ("The 30 - year - old", "30 - year - old", "30"),
    ("a three-foot trip", "three-foot", "3"),
    # times and dates
    ("at 14:00 sharp", "14:00", "14"),
    ("at 2:30 p.m. on Friday", "2:30 p.m.", "14.5"),
    ("by 9.30am", "9.30am", "9.5"),
    ("at 12 AM", "12 AM", "0"),
    ("on February 24", "February 24", "24"),
    ("on 24th of February", "24th of February", "24"),
    ("in 2015", "2015", "2015"),
    ("the 1990s", "1990s", "1990"),
    # multiples, ordinals, none
    ("sales doubled", "doubled", "2"),
    ("a tenfold rise", "tenfold", "10"),
    ("the 21st time", "21st", "21"),
    ("the twenty-first time", "twenty-first", "21"),
    ("no one died", "no one", "0"),
    ("none were hurt", "none", "0"),
]


@pytest.mark.parametrize(("text", "written", "value"), VALUES)
def test_value(text: str, written: str, value: str) -> None:
    numbers = [n for n in find_numbers(text) if n.kind != "identifier"]
    assert (numbers[0].text, numbers[0].value) == (written, Decimal(value))


SEVERAL = [
    ("between 5 and 7 people", ["5", "7"]),
    ("they won 26-20", ["26", "20"]),
    ("odds of 7-2", ["7", "2"]),
    ("a 5–7 mile walk", ["5", "7"]),
    ("2022-12-30 KYIV", ["2022", "30"]),
    ("November 24, 2015", ["24", "2015"]),
    ("in the 2010-11 season", ["2010", "11"]),
    ("six hours, 26 minutes and 38 seconds", ["6", "26", "38"]),
    ("a ninety-second clip, five thirty-second ones", ["90", "5", "30"]),
    ("the thirty-second president", ["32"]),
    ("France scrum-half Ann Lee, a half of them", ["0.5"]),
    ("boys aged 15 and 16", ["15", "16"]),
    ("$5 million and two cars", ["5000000", "2"]),
    ("€1.9 million three years ago", ["1900000", "3"]),
    ("85 missiles and 35 airstrikes", ["85", "35"]),
    ("seven drones, two and five", ["7", "2", "5"]),
    ("a 50 dollar 50 dollar bet", ["50", "50"]),
    ("between one million and two million", ["1000000", "2000000"]),
    ("", []),
    ("no numbers here, not any", []),
    ("I tried this one, and that one, and the one who left", []),
]


@pytest.mark.parametrize(("text", "values"), SEVERAL)
def test_several_numbers(text: str, values: list[str]) -> None:
    assert [n.value for n in find_numbers(text)] == [Decimal(v) for v in values]


UNITS = [
    ("85 missiles", "missiles", "cardinal"),
    ("seven suicide drones", "drones", "cardinal"),
    ("Four civilians were killed", "civilians", "cardinal"),
    ("a 10-man squad", "man", "cardinal"),
    ("two of the six players", "players", "cardinal"),
    ("$5", "USD", "money"),
    ("£1.45", "GBP", "money"),
    ("27%", "percent", "percent"),
    ("24 hours", "hour", "duration"),
    ("500 metres", "metre", "measure"),
    ("660 square meters", "square-metre", "measure"),
    ("six years old", "year", "age"),
    ("aged 21", "year", "age"),
    ("Pippa Lee, 45, looked", "year", "age"),
    ("40 deg celsius", "celsius", "measure"),
    ("5,000m race", "metre", "measure"),
    ("February 24", "february", "date"),
    ("world No. 1", None, "ordinal"),
    ("the 19th century", "century", "ordinal"),
    ("a magnitude-4.8 quake", "magnitude", "cardinal"),
    ("in season 2013-14", "year", "year"),
]


@pytest.mark.parametrize(("text", "unit", "kind"), UNITS)
def test_unit_and_kind(text: str, unit: str | None, kind: str) -> None:
    number = find_numbers(text)[0]
    assert (number.unit, number.kind) == (unit, kind)


IDENTIFIERS = [
    "COVID-19", "F-16", "Su-24", "Shahed-131/136", "A9", "Route 495", "Boeing 737", "iPhone 15",
    "World War Two", "Six Nations", "9/11", "24/7", "v1.2.3", "192.168.1.2", "+44 20 7946 0958",
    "020 7946 0958", "13F", "Formula One", "Chapter 11", "Boeing 737-800", "T20",
]  # fmt: skip


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_identifier(name: str) -> None:
    numbers = find_numbers(f"They spoke of the {name} again.")
    assert [n.kind for n in numbers] == ["identifier"]


def test_name_with_an_ordinal_is_an_identifier() -> None:
    assert find_numbers("the CEO of 21st Century Fox")[0].kind == "identifier"


@pytest.mark.parametrize("text", ["1. First of all", "2) Then", "Intro\n3. Last"])
def test_list_markers_are_identifiers(text: str) -> None:
    assert find_numbers(text)[0].kind == "identifier"


@pytest.mark.parametrize(
    "text",
    ["see https://example.org/a/1990?b=20%25 now", "mail to room101@example.org", "www.a1.org/42"],
)
def test_links_hold_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


BOUNDS = [
    ("nearly 90", "<"), ("almost half", "<"), ("fewer than 20 people", "<"), ("more than 80", ">"),
    ("over 1,000", ">"), ("at least 30", ">="), ("up to 50 jobs", "<="), ("as many as 1,000", "<="),
    ("about 1,200", "~"), ("some 325 kilometres", "~"), ("40 or so", "~"), ("50-odd", "~"),
    ("30+ years", ">="), ("more than a dozen", ">"), ("an estimated $470 million", "~"), ("90", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_bound(text: str, bound: str) -> None:
    number = find_numbers(text)[0]
    assert (number.bound, number.approximate) == (bound, bound != "")


@pytest.mark.parametrize(
    "text", ["Ÿ̈́ 5 людей", "👩‍👩‍👧 3 kids", "\ufeff7 days", "İstanbul 12 kişi", "a\r\n9 b", "٣ رجال"]
)
def test_offsets_slice_back_in_any_script(text: str) -> None:
    numbers = find_numbers(text)
    assert len(numbers) == 1
    assert text[numbers[0].start : numbers[0].end] == numbers[0].text


def test_a_serial_number_is_no_quantity() -> None:
    assert find_numbers("no. " + "7" * 5000)[0].kind == "identifier"
