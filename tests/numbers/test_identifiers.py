"""Numbers that identify: a row that each reader and predicate accepts, and one it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarizer.numbers.kinds import (
    designation,
    identifier,
)
from summarizer.text.tokens import Tokens

from ..support.marked import marked, written

RANGES: list[tuple[Callable[[Tokens, int], tuple[int, int] | None], str, str | None]] = [
    (identifier._read_slogan, "open |24/7", "24/7"),
    (identifier._read_slogan, "about |3/4 of", None),
    (identifier._read_dotted, "at |192.168.1.2", "192.168.1.2"),
    (identifier._read_dotted, "in v|1.2", "v1.2"),
    (identifier._read_dotted, "about |1.2", None),
    (identifier._read_dotted, "about |1.234.567", None),
    (identifier._read_code, "the F-|16 jet", "F-16"),
    (identifier._read_code, "an A|9 road", "A9"),
    (identifier._read_code, "the Shahed-|131/136 drones", "Shahed-131/136"),
    (identifier._read_code, "the under-|21 team", "under-21"),
    (identifier._read_code, "form |13F was", "13F"),
    (identifier._read_code, "about USD|5", None),
    (identifier._read_code, "in mid-|2015", None),
    (identifier._read_code, "on May-|4", None),
    (identifier._read_code, "a magnitude-|4 quake", None),
    (identifier._read_code, "about |5km away", None),
    (identifier._read_code, "about |5km2", "5km2"),
    (identifier._read_code, "about |12e14", None),
    (identifier._read_code, "about |5人", None),
    (identifier._read_phone, "call +|44 20 7946 0958", "+44 20 7946 0958"),
    (identifier._read_phone, "call |020 7946 0958", "020 7946 0958"),
    (identifier._read_phone, "call |555-123-4567", "555-123-4567"),
    (identifier._read_phone, "call |7946 0958", None),
    (identifier._read_phone, "call +|44 20", None),
    (identifier._read_list_marker, "|1. First", "1."),
    (identifier._read_list_marker, "x\n(|3) Last", "(3)"),
    (identifier._read_list_marker, "one; |2) another", "2)"),
    (identifier._read_list_marker, "about |2) another", None),
    (identifier._read_list_marker, "|2.5 men", None),
    (identifier._read_list_marker, "|100. First", None),
    (designation.read_designated, "on Route |495", "Route 495"),
    (designation.read_designated, "a Boeing |737-800", "Boeing 737-800"),
    (designation.read_designated, "saw Furious |7 there", "Furious 7"),
    (designation.read_designated, "the flight |3 hours", None),
    (designation.read_designated, "the point |3 of", None),
    (designation.read_designated, "on Route |2015", None),
    (designation.read_designated, "on Route |5th", None),
    (designation.read_designated, "on Route |5%", None),
]


@pytest.mark.parametrize(("read", "text", "taken"), RANGES)
def test_identifier_reader(
    read: Callable[[Tokens, int], tuple[int, int] | None], text: str, taken: str | None
) -> None:
    tokens, index = marked(text)
    found = read(tokens, index)
    match = identifier.identify(tokens, index, found) if found else None
    assert (match and written(tokens, match)) == taken


PLACES: list[tuple[Callable[[Tokens, int], bool], str, bool]] = [
    (designation._has_variant, "a Boeing |737-800", True),
    (designation._has_variant, "a Boeing |737 jet", False),
    (designation._is_designated, "on Route |495", True),
    (designation._is_designated, "the Point |3", True),
    (designation._is_designated, "the point |3", False),
    (designation._is_designated, "the road |495", False),
    (designation._is_title, "saw Furious |7", True),
    (designation._is_title, "saw furious |7", False),
    (designation._follows_no_name, "on May |7", True),
    (designation._follows_no_name, "in Kent |7", False),
    (designation._is_long, "in Kent |12345", True),
    (designation._is_long, "in Kent |1234", False),
    (designation._is_in_a_row, "Sheffield 27 and Belfast |25", True),
    (designation._is_in_a_row, "Sheffield and Belfast |25", False),
    (designation._starts_sentence, "Nearby |7", True),
    (designation._starts_sentence, "He left. Nearby |7", True),
    (designation._starts_sentence, "In Kent |7", False),
    (designation._counts, "in Kent |7 goals", True),
    (designation._counts, "in Kent |7 million", True),
    (designation._counts, "in Kent |7 was", False),
    (designation._has_separator, "in Kent |7,000", True),
    (designation._has_separator, "in Kent |7, and", False),
    (designation.is_title_case, "Lions Beat Eagles Seven |Two Years Later", True),
    (designation.is_title_case, "Lions beat eagles seven |Two years later", False),
    (designation._is_in_a_name, "in World War |Two", True),
    (designation._is_in_a_name, "in world war |Two", False),
    (designation._continues_name, "Six |Nations", True),
    (designation._continues_name, "Six |May", False),
    (designation._is_attached_capital, "War |Two", True),
    (designation._is_attached_capital, "war |Two", False),
    (identifier._continues, "1|.2", True),
    (identifier._continues, "1|. 2", False),
    (identifier._is_code_word, "the |F-16", True),
    (identifier._is_code_word, "the |mid-16", False),
    (identifier._closes_marker, "2|) Then", True),
    (identifier._closes_marker, "2|.5", False),
]


@pytest.mark.parametrize(("holds", "text", "expected"), PLACES)
def test_predicate_of_a_token(
    holds: Callable[[Tokens, int], bool], text: str, expected: bool
) -> None:
    assert holds(*marked(text)) is expected
