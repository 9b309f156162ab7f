"""The words around a number, and the terms of a text."""

from __future__ import annotations

import pytest

from summarizer.article import Article
from summarizer.numbers.context import NEAR, Context
from summarizer.text.terms import stem


def context(text: str, index: int = 0) -> Context:
    return Article(text).contexts.numbers[index]


HEADS = [
    # text, index of the number, what it counts
    ("They fired 85 missiles.", 0, "missiles"),
    ("She took 11 gold home.", 0, "gold"),
    ("They won all 11.", 0, ""),
    ("He came three times as often.", 0, ""),
    ("The Six Nations began.", 0, "nations"),
    ("In League Two, Kent lost.", 0, "league"),
    ("They ran 5 miles.", 0, "mile"),
]


@pytest.mark.parametrize(("text", "index", "head"), HEADS)
def test_head(text: str, index: int, head: str) -> None:
    assert context(text, index).head == (stem(head) if head else "")


SIDES = [
    ("Kyiv saw 85 missiles fall.", "saw", "missiles"),
    ("It was 85.", "", ""),
    ("They left Kyiv. The 85 stayed.", "", "stayed"),  # words of another sentence do not count
]


@pytest.mark.parametrize(("text", "left", "right"), SIDES)
def test_nearest_words(text: str, left: str, right: str) -> None:
    found = context(text)
    assert (found.left, found.right) == (left and stem(left), right and stem(right))


def test_a_noun_is_a_neighbour_of_the_number_that_counts_it_only() -> None:
    missiles, strikes = (context("85 missiles, 35 airstrikes", index).near for index in (0, 1))
    assert (stem("missiles") in missiles, stem("missiles") in strikes) == (True, False)


def test_a_break_counts_for_more_than_a_token() -> None:
    plain, broken = context("85 fell near Kyiv").near, context("85 fell, near Kyiv").near
    assert broken[stem("kyiv")] - plain[stem("kyiv")] > 1


def test_neighbours_are_near() -> None:
    words = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo"
    assert len(context(f"85 {words}").near) == NEAR


@pytest.mark.parametrize(("text", "others"), [("six other men", True), ("six tall men", False)])
def test_others(text: str, others: bool) -> None:
    assert context(text).others is others


def test_number_of_the_second_sentence() -> None:
    text = "They left. Then 85 came."
    assert (context(text).sentence, context(text).before) == (1, "then")


def test_terms() -> None:
    terms = Article("The dog of Lee barked. Lee saw Kyiv, and Lee left.").terms
    assert terms.by_sentence == [{"dog", "lee", "bark"}, {"lee", "saw", "kyiv", "left"}]
    assert terms.names_by_sentence == [{"lee"}, {"lee", "kyiv"}]
    assert terms.postings["lee"] == [0, 1]
    assert terms.weight("lee") < terms.weight("dog") == terms.weight("unknown")
