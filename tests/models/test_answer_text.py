"""Where the JSON is in what a model wrote."""

from __future__ import annotations

import json

import pytest

from summarizer.models.answer_text import is_object, is_prose, json_of

DIGITS = "9" * 5000
WORD = {"word": "yes"}


@pytest.mark.parametrize(
    "text",
    [
        '{"word": "yes"}',
        '\ufeff {"word": "yes"}\n',
        '```json\n{"word": "yes"}\n```',
        'Here it is:\n```\n{"word": "yes"}\n```\nAnything else?',
        '<think>{"word": "no"}?</think>\n{"word": "yes"}',
        'thinking {"word": "no"}</think>{"word": "yes"}',
        'Sure! {"word": "yes"} I hope that helps.',
        '{"word": "no"}\n{"word": "yes"}',
        '{"word": "yes",}',
        '```json\n{"word": "yes",\n}\n```',
    ],
)
def test_the_object_is_found(text: str) -> None:
    assert json.loads(json_of(text)) == WORD


@pytest.mark.parametrize(
    "text",
    ["", "yes", "[1, 2]", '{"word": "ye', '{"word": }', '{"word": "yes"', '{"word": "yes",,}'],
)
def test_a_text_without_one_is_left_as_it_is(text: str) -> None:
    assert json_of(text) == text


def test_a_trailing_comma_changes_nothing_else() -> None:
    text = '{"a": ["one, ]", {"b": "two,}"},], "c": "\\",}",}'
    assert json.loads(json_of(text)) == {"a": ["one, ]", {"b": "two,}"}], "c": '",}'}


def test_integers_of_thousands_of_digits() -> None:
    text = f'{{"figures": [{DIGITS}], "items": [{{"sentence": 1}}]}}'
    assert json_of(f"So: {text}") == text
    assert is_object(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burned.", True),
        ("<think>{maybe}</think>The mill burned.", True),
        ("", False),
        ("  ", False),
        ('{"headline": "The mi', False),
        ("```json\n{\n", False),
    ],
)
def test_prose_is_told_from_json_that_is_broken(text: str, expected: bool) -> None:
    assert is_prose(text) is expected
