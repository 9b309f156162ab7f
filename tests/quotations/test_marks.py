"""find_marked: which marks open, close and reopen a quotation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.quotations import find_marked

OPENED = [
    ('She said "we won".', ["we won"]),
    ("She said “we won”.", ["we won"]),
    ("She said „we won“.", ["we won"]),
    ("She said «we won».", ["we won"]),
    ("She said »we won«.", ["we won"]),
    ("She said ‹we won›.", ["we won"]),
    ("她说「我们赢了」。", ["我们赢了"]),
    ("她说『我们赢了』。", ["我们赢了"]),
    ("She said ‘we won’.", ["we won"]),
    ("She said 'we won'.", ["we won"]),
    ('She said ("we won").', ["we won"]),
    ("She said ' we won '.", []),  # a space after a single mark
    ("She said “ we won ”.", ["we won"]),
    ("The '90s and 'em all and rock 'n' roll.", []),  # elisions
    ("It isn't Ann's.", []),
    ('He is 6\'2" tall, the plank 5" wide.', []),  # feet and inches
    ("1» and 2«", []),
    ("She said “”.", []),
    ('She said "we won', []),
]
CLOSED = [
    ("'We won,' she said of the players' room.", ["We won,"]),
    ("'The players' room is shut.' They left.", ["The players' room is shut."]),
    ("'It isn't won.'", ["It isn't won."]),
    ("'The player' left", ["The player"]),
    ("“He told me ‘no’ twice.”", ["He told me ‘no’ twice."]),
    ('\'Twas said: "We won."', ["We won."]),
    ('The boys \'and said: "We won."', ["We won."]),  # the single mark was an apostrophe
]
REOPENED = [
    ('"One.\n\n"Two."', [("One.", False), ("Two.", True)]),
    ("“One.\n\n“Two.”", [("One.", False), ("Two.", True)]),
    ('"One. "Two."', [("One.", False), ("Two.", True)]),
    ("“One. “Two.”", [("One. “Two.", False)]),  # a nested mark, not a new paragraph
    ('"One "two."', [("One", False)]),
]


@pytest.mark.parametrize(("text", "expected"), [*OPENED, *CLOSED])
def test_what_lies_between_marks(text: str, expected: list[str]) -> None:
    assert [m.of(text) for m in find_marked(text)] == expected


@pytest.mark.parametrize(("text", "expected"), REOPENED)
def test_a_mark_that_opens_again_continues_the_quotation(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    assert [(m.of(text), m.continued) for m in find_marked(text)] == expected


@pytest.mark.parametrize(
    ("opener", "closer", "longest"), [("“", "”", 4000), ('"', '"', 4000), ("‘", "’", 1200)]
)
def test_an_opening_mark_reaches_only_so_far(opener: str, closer: str, longest: int) -> None:
    words = "a" * longest
    assert [m.of(f"{opener}{words}{closer}") for m in find_marked(f"{opener}{words}{closer}")] == [
        words
    ]
    assert find_marked(f"{opener}{words}a{closer}") == []


@given(st.text("\"“”„«»‹›「」‘’' \naS.,5"))
def test_marked_stretches_are_in_order_and_never_empty(text: str) -> None:
    marked = find_marked(text)
    assert all(m.of(text) and m.of(text).strip() == m.of(text) for m in marked)
    assert all(one.end < other.start for one, other in pairwise(marked))
