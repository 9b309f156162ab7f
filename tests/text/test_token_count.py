"""Token counts: estimates that are rarely too low."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.token_count import estimated_tokens, tokens_of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("7", 1),
        ("2024", 4),  # each digit is one token
        ("1,234,567", 8),
        ("The mill employs 250 workers.", 11),
        ("\ud800", 1),  # a lone surrogate
    ],
)
def test_estimate(text: str, count: int) -> None:
    assert estimated_tokens(text) == count


@given(st.text(max_size=100), st.text(max_size=100))
def test_a_longer_text_never_has_fewer_tokens(one: str, other: str) -> None:
    assert estimated_tokens(one + other) >= max(estimated_tokens(one), estimated_tokens(other))


@given(st.text(max_size=100), st.text(max_size=100))
def test_the_parts_of_a_text_have_no_fewer_tokens_than_the_whole(one: str, other: str) -> None:
    assert estimated_tokens(one) + estimated_tokens(other) >= estimated_tokens(one + other)


def test_messages_are_counted_together() -> None:
    messages = [{"role": "system", "content": "Count."}, {"role": "user", "content": "12"}]
    assert tokens_of(messages) == estimated_tokens("Count.") + 2
