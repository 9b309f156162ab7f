"""Proper names: where one begins and ends, and which of them are one. Two rows a rule."""

from __future__ import annotations

import pytest

from summarizer import Article
from summarizer.names import is_same_name

RUNS = [
    ("On Friday we met Ann Lee.", ["Ann Lee"]),
    ("On Friday we met Ann again.", ["Ann"]),
    ("Then we met J. Smith.", ["J. Smith"]),
    ("Then we met Dr. Smith.", ["Smith"]),
    ("Then we met in Kyiv. Smith left.", ["Kyiv", "Smith"]),
    ("It is a Russian-Chinese plan.", ["Russian-Chinese"]),
    ("Then we met O'Neill.", ["O'Neill"]),
    ("Then we met Ann - Lee had left.", ["Ann", "Lee"]),
    ("He is with the Bank of the West.", ["Bank of the West"]),
    ("He is on the Bank of the river.", ["Bank"]),
    ("He plays Ludwig van Beethoven.", ["Ludwig van Beethoven"]),
    ("He sees Ludwig van passing.", ["Ludwig"]),
]
PIECES = [
    ("They said on Friday Putin had left.", ["Putin"]),
    ("They said Vladimir Putin had left.", ["Vladimir Putin"]),
    ("Talks with President Xi Jinping began.", ["Xi Jinping"]),
    ("Talks with the General Staff began.", ["General Staff"]),
    ("It is said that Chief Executive of the Higgins Trust left.", ["Higgins Trust"]),
    ("It is said that Vice-President Lee left.", ["Lee"]),
    ("It is said that the President left.", ["President"]),
]
OPENERS = [
    ("Medvedev spoke. Then Medvedev left.", ["Medvedev", "Medvedev"]),
    ("We left. Later Medvedev again.", ["Medvedev"]),
    ("Talks began. Then the talks ended.", []),
    ("Dmitry Medvedev spoke.", ["Dmitry Medvedev"]),
    ("Plans spoke.", []),
    ("NATO spoke.", ["NATO"]),
    ("Medvedev's plan failed.", ["Medvedev"]),
    ("Medvedev arrived.", ["Medvedev"]),
    ("Medvedev said so.", ["Medvedev"]),
    ("Medvedev again.", []),
    ("Officials said so.", []),
]


@pytest.mark.parametrize(("text", "names"), [*RUNS, *PIECES, *OPENERS])
def test_the_names_of_a_sentence(text: str, names: list[str]) -> None:
    article = Article(text)
    assert [name.text for name in article.names] == names
    assert all(text[name.start : name.end] == name.text for name in article.names)


ROLES = [
    ("Talks with Russian President Vladimir Putin began.", ("russian", "president")),
    ("Talks with former prime minister Ann Lee began.", ("prime", "minister")),
    ("Talks with the singer Ann Lee began.", ("singer",)),
    ("Talks with a man, Ann Lee, began.", ()),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_the_role_before_a_name(text: str, role: tuple[str, ...]) -> None:
    assert Article(text).names[-1].role == role


SAME = [
    ("Putin", "Vladimir Putin", True),
    ("Mr Putin", "Vladimir Putin", True),
    ("V. Putin", "Vladimir Putin", True),
    ("D. Putin", "Vladimir Putin", False),
    ("Lesley McAra", "Lesley Mc Ara", True),
    ("Xi", "Vladimir Putin", False),
    ("the", "Vladimir Putin", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_forms_of_one_name(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same
    assert is_same_name(other, one) is same


FULL = [
    ("We met Vladimir Putin. Then Putin left.", "Putin", "Vladimir Putin"),
    ("We met Vladimir Putin and Ann Putin. Then Putin left.", "Putin", "Putin"),
    ("We met in the East China Sea. Then China left.", "China", "China"),
    ("We met the General Staff of Kent. Then General Staff left.", "General Staff", "General Staff of Kent"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "short", "full"), FULL)
def test_the_fullest_form(text: str, short: str, full: str) -> None:
    assert Article(text).name_index.full(short) == full


def test_a_description_means_the_only_person_it_fits() -> None:
    people = Article("We met Mayor Ann Lee of Kent and coach Bob Roy and coach Cy Roth.").name_index
    assert people.described(["the", "mayor"]) == "Ann Lee of Kent"
    assert people.described(["the", "manager"]) is None
    assert people.described(["the"]) is None
