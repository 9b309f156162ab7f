"""split_sentences: where sentences end, and that no character is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.sentences import LONGEST, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


ENDS = [
    ("It rose. It fell.", ["It rose.", "It fell."]),
    ("Did it? It did! Yes.", ["Did it?", "It did!", "Yes."]),
    ("“It rose.” He left.", ["“It rose.”", "He left."]),
    ("It rose (by 5%). It fell.", ["It rose (by 5%).", "It fell."]),
    ("Well… It rose.", ["Well…", "It rose."]),
    ("我们会赢。他说。", ["我们会赢。", "他说。"]),
    ("वह गया। वह आया।", ["वह गया।", "वह आया।"]),
    ("We said no. They left.", ["We said no.", "They left."]),  # not "No. 5"
    ("He met Acme Inc. They left.", ["He met Acme Inc.", "They left."]),
    ("It opened at 5 p.m. They left.", ["It opened at 5 p.m.", "They left."]),
    ("It is their plan b. Then what?", ["It is their plan b.", "Then what?"]),
    ("It rose", ["It rose"]),
    ("", []),
    (" \n ", []),
]
GOES_ON = [
    "It rose 4.5% in a day.",
    "Mr. Xi met Dr. Lee.",
    "No. 5 was sold.",
    "J. Smith left.",
    "He met U.S. officials.",
    "Many fruits, e.g. apples, were sold.",
    "It opened at 5 p.m. on Friday.",
    "“We left.” he said.",
    "It rose... and fell.",
    "It rose… and fell.",
    "See example.org for more.",
    "A line\nthat goes on.",
]
BLOCKS = [
    ("A heading\n\nA text.", ["A heading", "A text."]),
    ("A heading\n \nA text.", ["A heading", "A text."]),
    ("Bought:\n- eggs\n- milk", ["Bought:", "- eggs", "- milk"]),
    ("Bought:\n1) eggs\n2) milk", ["Bought:", "1) eggs", "2) milk"]),
    ("A line\n-5 degrees.", ["A line\n-5 degrees."]),
]
STRAY = [
    ("It rose. . It fell.", ["It rose. .", "It fell."]),
    ("It rose.\n\n***\n\nIt fell.", ["It rose.\n\n***", "It fell."]),
    ("***\n\nIt rose.", ["***", "It rose."]),
    ("It rose. 5. It fell.", ["It rose.", "5.", "It fell."]),
]


@pytest.mark.parametrize(("text", "expected"), [*ENDS, *BLOCKS, *STRAY])
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("text", GOES_ON)
def test_where_a_sentence_goes_on(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("unit", "end"),
    [
        ("a long line\n", "line"),
        ("a clause; ", ";"),
        ("a clause, ", ","),
        ("word ", "word"),
        ("字", "字"),
    ],
)
def test_a_sentence_that_is_too_long_is_cut_at_the_best_place(unit: str, end: str) -> None:
    text = unit * (3 * LONGEST // len(unit))
    pieces = sentences(text)
    assert all(LONGEST // 2 <= len(piece) <= LONGEST for piece in pieces[:-1])
    assert all(piece.endswith(end) for piece in pieces[:-1])


def test_a_number_is_not_cut_in_two() -> None:
    number = "1234567890"
    pieces = sentences(("字" * (LONGEST - 5)) + "/" + number)
    assert pieces[1] == number


SIGNS = st.sampled_from(
    [*'.!?…。\n"”’)(“ ', "Mr", "Inc", "e.g", "U.S", "J", "no", "5", "it", "It", "- ", "1. ", "字"]
)


@given(st.lists(SIGNS, max_size=60).map("".join) | st.text(max_size=200))
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)


@given(st.text("ab1 ,;\n", min_size=LONGEST, max_size=LONGEST + 50), st.integers(1, 4))
def test_no_sentence_is_longer_than_the_longest(text: str, times: int) -> None:
    spans = split_sentences(text * times)
    assert all(end - start <= LONGEST for start, end in spans)
