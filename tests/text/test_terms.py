"""Stems: which words count as one, and which words count at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.checks.claims.support import check_support
from summarizer.text.terms import content_stem, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("missile", "missiles"),
        ("killed", "killing"),
        ("launched", "launching"),
        ("company", "companies"),
        ("generally", "general"),
    ],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("internet", "international"),
        ("interest", "interviews"),
        ("contract", "contrast"),
        ("university", "universe"),
        ("percent", "person"),
    ],
)
def test_words_that_only_begin_alike_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["the", "of", "said", "seven", "third", "million", ",", "7"])
def test_function_words_numbers_and_signs_say_nothing_about_a_topic(word: str) -> None:
    assert content_stem(word) == ""


@given(st.text(min_size=1, max_size=30))
def test_every_word_has_a_stem_and_always_the_same(word: str) -> None:
    assert stem(word) == stem(word)


def test_a_claim_of_other_words_is_not_carried_by_words_that_begin_alike() -> None:
    source = Article("International interviews rose. The contrast was significant.")
    for claim in ("Internet interest fell.", "The contract was signed."):
        assert check_support(Article(claim), source).verdict.flagged
