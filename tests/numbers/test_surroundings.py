"""The noun, the bound and the links around a number."""

from __future__ import annotations

import pytest

from summarizer.numbers import bounds, links, nouns
from summarizer.numbers.kinds import (
    clock,
)
from summarizer.numbers.values import read_value

from ..support.marked import marked

NOUNS = [
    ("seven| suicide drones", "drones"),
    ("10|-man squad", "man"),
    ("10| - man squad", None),
    ("10|-and more", None),
    ("two| of the six players", "players"),
    ("one| new drone", "drone"),
    ("two| new drone", None),
    ("two| and drones", None),
    ("two|, drones", None),
    ("two| very old big red drones", None),
]


@pytest.mark.parametrize(("text", "noun"), NOUNS)
def test_counted_noun(text: str, noun: str | None) -> None:
    tokens, index = marked(text)
    value = read_value(tokens, index - 1)
    assert value is not None
    found = nouns.find_noun(tokens, index, value.value)
    assert (found and tokens.words[found]) == noun


AFTER = [
    ("30|+ years", ">="), ("30| + 2", ""), ("30| plus", ">="), ("50|-odd", "~"), ("50|-plus", ">="),
    ("50|-man", ""), ("40| or so", "~"), ("40| or more", ">="), ("40| or fewer", "<="),
    ("40| or five", ""), ("40| men", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), AFTER)
def test_bound_after(text: str, bound: str) -> None:
    tokens, stop = marked(text)
    assert bounds.read_bound(tokens, stop - 1, stop) == bound


LINKS = [
    ("see https://a.org/1990?b=20 now", ["https://a.org/1990?b=20"]),
    ("see www.a1.org/42", ["www.a1.org/42"]),
    ("mail room101@example.org.", ["room101@example.org."]),
    ("by @kyiv24 today", ["@kyiv24"]),
    ("sold at 5@7 each", []),
    ("see a.org", []),
]


@pytest.mark.parametrize(("text", "found"), LINKS)
def test_links(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in links.find_links(text)] == found


WHOLE = [("24", 24), ("twelve", 12), ("32", None), ("thirty-two", None), ("00024", None)]


@pytest.mark.parametrize(("word", "value"), WHOLE)
def test_whole_number(word: str, value: int | None) -> None:
    assert clock.whole_number(word, 31) == value
