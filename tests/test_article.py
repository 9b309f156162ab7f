"""Articles: sentences, offsets, excerpts, and where a character is."""

from __future__ import annotations

import pytest

from summarizer import Article, InputError
from summarizer.checks.wording import sentence_of
from summarizer.sources import Origin


def sentences(text: str) -> list[str]:
    return [s.text for s in Article(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Xi met U.S. officials. They left.", ["Mr. Xi met U.S. officials.", "They left."]),
        ("J. Smith won. He paid $5.5 million.", ["J. Smith won.", "He paid $5.5 million."]),
        ("All were shot down, he said. .", ["All were shot down, he said. ."]),
        ("Line one.\r\n\r\nLine two.\r\n", ["Line one.", "Line two."]),
        ("\ufeffFirst. Second.", ["\ufeffFirst.", "Second."]),
        ("你好。今天下雨了！好", ["你好。", "今天下雨了！", "好"]),
        ("مرحبا. كيف حالك؟ جيد.", ["مرحبا.", "كيف حالك؟", "جيد."]),
        ('"We will." he said. He left.', ['"We will." he said.', "He left."]),
        ("Wait... what? Yes!", ["Wait... what?", "Yes!"]),
        ("- one\n- two\n- three", ["- one", "- two", "- three"]),
        (
            "Acme Inc. Shares rose. No. 10 said no.",
            ["Acme Inc.", "Shares rose.", "No. 10 said no."],
        ),
        ("no end", ["no end"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_the_seed_keeps_its_odd_places(seed: Article, seed_text: str) -> None:
    assert len(seed.sentences) == 35
    assert seed.sentences[0].text.startswith("date 2022-12-30 KYIV, Ukraine —")
    assert seed.sentences[22].text.endswith("the Ukrainian Air Force said. .")
    for sentence in seed.sentences:
        assert seed_text[sentence.start : sentence.end] == sentence.text


def test_sentence_at(seed: Article, seed_text: str) -> None:
    sentence = seed.sentence_at(seed_text.index("85 missiles"))
    assert sentence is not None
    assert sentence.index == 21
    assert Article("").sentence_at(0) is None


@pytest.mark.parametrize("wrong", [b"bytes", None, 3, ["a"]])
def test_only_a_str_is_accepted(wrong: object) -> None:
    with pytest.raises(InputError, match="must be a str"):
        Article(wrong)  # type: ignore[arg-type]


def test_control_characters_break_nothing() -> None:
    text = "Four\x00 civilians\x1b[31m were\u202e killed\ud800 by 85\x07 missiles."
    article = Article(text)
    assert [n.value for n in article.numbers] == [4, 31, 85]  # the escape sequence holds "31m"
    assert all(text[n.start : n.end] == n.text for n in article.numbers)


def test_numbers_in_scripts_without_spaces() -> None:
    assert [n.value for n in Article("洪水造成4人死亡，另有20人受伤。").numbers] == [4, 20]


WHOLE = Article("One fell. Two rose. Three stood. Two rose.")


def test_an_excerpt_cites_sentences_of_the_whole() -> None:
    part = WHOLE.excerpt(2, 3)
    assert part.text == "Two rose. Three stood."
    assert [s.text for s in part.sentences] == ["Two rose.", "Three stood."]
    assert part.place(part.text.index("Three")) == "sentence 3"
    assert part.excerpt(2, 2).place(0) == "sentence 3"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Article("Two rose."), Article("Two rose."), True),
        (WHOLE.excerpt(2, 2), WHOLE.excerpt(2, 2), True),
        (WHOLE.excerpt(2, 2), Article("Two rose."), False),
        (WHOLE.excerpt(2, 2), WHOLE.excerpt(4, 4), False),  # they cite sentences 2 and 4
        (Article("Two rose."), "Two rose.", False),
    ],
)
def test_articles_that_cite_the_same_are_equal(one: Article, other: object, equal: bool) -> None:
    assert (one == other) is equal
    if equal:
        assert hash(one) == hash(other)
        assert len({one, other}) == 1


@pytest.mark.parametrize(
    ("page_starts", "word", "sentence", "place"),
    [
        ((), "One", "sentence 1", "sentence 1"),
        ((), "Three", "sentence 3", "sentence 3"),
        ((0, 20), "Two", "sentence 2", "page 1, sentence 2"),
        ((0, 20), "Three", "sentence 3", "page 2, sentence 3"),
    ],
)
def test_places_name_pages_and_reasons_do_not(
    page_starts: tuple[int, ...], word: str, sentence: str, place: str
) -> None:
    article = Article(WHOLE.text, Origin(page_starts=page_starts))
    offset = article.text.index(word)
    assert sentence_of(article, offset) == sentence
    assert article.place(offset) == place


def test_before_the_first_sentence_is_the_source() -> None:
    assert Article("").place(0) == "the source"
