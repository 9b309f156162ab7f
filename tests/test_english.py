"""The word lists of English: whole words in lower case, no word twice where it must be one or the other."""

from __future__ import annotations

from itertools import combinations

import pytest

from summarizer.languages import english, english_names

LISTS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": list(value)
    for module in (english, english_names)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, frozenset | tuple | dict)
}


@pytest.mark.parametrize("name", [name for name in LISTS if isinstance(LISTS[name][0], str)])
def test_words_are_lower_case_and_listed_once(name: str) -> None:
    words = LISTS[name]
    assert all(word == word.lower() and word.strip() == word for word in words)
    assert len(words) == len(set(words))


def test_no_word_is_its_own_opposite() -> None:
    assert all(one.isdisjoint(other) for one, other in english.OPPOSITES)


def test_classes_of_words_do_not_overlap() -> None:
    classes = [
        english.FUNCTION_WORDS,
        english.NOUN_PHRASE_WORDS,
        english.RISING,
        english.FALLING,
        english.SPEECH_VERBS - english.DENIALS,  # "declined" to comment, and by 3%
    ]
    assert all(one.isdisjoint(other) for one, other in combinations(classes, 2))


def test_readers_build_on_one_core() -> None:
    assert english.REPORTING_VERBS < english.SPEECH_VERBS
    assert english.PREPOSITIONS | english.CONJUNCTIONS <= english.FUNCTION_WORDS
    assert english_names.ABBREVIATED_TITLES & english_names.TITLES


def test_a_country_and_its_people_belong_to_one_row() -> None:
    rows = english_names.SAME_PLACES
    assert all(one.isdisjoint(other) for one, other in combinations(rows, 2))
