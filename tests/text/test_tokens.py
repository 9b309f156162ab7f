"""tokenize: words, digits and signs with their offsets, and what lies around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.tokens import tokenize, words_alone

TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
PIECES = st.lists(st.sampled_from(["Ann", "£1.5m", "½", "isn't", "_", " ", "\n", "…", "你好"])).map(
    "".join
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t", []),
        ("Ann Lee", ["ann", "lee"]),
        ("£1.5m", ["£", "1", ".", "5", "m"]),
        ("10-month", ["10", "-", "month"]),
        ("COVID19", ["covid", "19"]),
        ("2½ cups", ["2", "½", "cups"]),
        ("isn't", ["isn", "'", "t"]),
        ("snake_case", ["snake", "_", "case"]),
        ("…”", ["…", "”"]),
        ("١٢٣ سنة", ["١٢٣", "سنة"]),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    tokens = tokenize(text)
    assert tokens.words[: tokens.count] == words


@given(TEXTS | PIECES)
def test_offsets_slice_back_and_only_white_space_is_left_out(text: str) -> None:
    tokens = tokenize(text)
    spans = list(zip(tokens.starts, tokens.ends, strict=True))[: tokens.count]
    assert [text[a:b].lower() for a, b in spans] == tokens.words[: tokens.count]
    assert all(a < b for a, b in spans)
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())


@given(TEXTS | PIECES)
def test_a_reader_may_look_past_both_ends(text: str) -> None:
    tokens = tokenize(text)
    for index in (-1, tokens.count, tokens.count + 9):
        assert tokens.words[index] == ""
        assert not tokens.capitalised(index)
    for index in (0, tokens.count, tokens.count + 1):
        assert not tokens.glued(index)
        assert not tokens.near(index)


@given(TEXTS | PIECES)
def test_capitals_are_the_capitalised_tokens(text: str) -> None:
    tokens = tokenize(text)
    assert tokens.capitals == [k for k in range(tokens.count) if tokens.capitalised(k)]


@pytest.mark.parametrize(
    ("text", "glued", "near", "gap"),
    [
        ("5m", True, True, ""),
        ("5 m", False, True, " "),
        ("5 \n m", False, True, " \n "),
        ("5    m", False, False, "    "),
        ("5\n\nm", False, False, "\n\n"),
    ],
)
def test_how_close_two_tokens_are(text: str, glued: bool, near: bool, gap: str) -> None:
    tokens = tokenize(text)
    assert (tokens.glued(1), tokens.near(1), tokens.gap(1)) == (glued, near, gap)


def test_a_token_knows_how_it_is_written() -> None:
    tokens = tokenize("the EHRC")
    assert (tokens.words[1], tokens.original(1)) == ("ehrc", "EHRC")


@pytest.mark.parametrize(
    ("phrase", "start", "found"),
    [
        ("old mill", 0, (2, 4)),
        ("the old", 0, (0, 2)),
        ("old", 2, (2, 3)),
        ("old", 3, None),
        ("old mil", 0, None),
        ("ld mill", 0, None),
        ("", 0, None),
        ("the", 9, None),
    ],
)
def test_a_phrase_is_found_as_whole_words(
    phrase: str, start: int, found: tuple[int, int] | None
) -> None:
    assert words_alone(tokenize("The old, “old” mill.")).find(phrase, start) == found


@given(TEXTS | PIECES)
def test_every_word_knows_its_token(text: str) -> None:
    tokens = tokenize(text)
    alone = words_alone(tokens)
    for offset, token in zip(alone.offsets, alone.tokens, strict=True):
        assert alone.text[offset:].startswith(tokens.words[token] + " ")
