"""What a summary leaves out of its source, and what counts as mentioned."""

from __future__ import annotations

import pytest

from summarizer import Article, Span
from summarizer.checks.omissions import find_omissions, is_figure, rank_figures, words_around

SOURCE = (
    "Two men stole 40 cars in May 2015. “We found all of them in one garage,” said Ann Lee. "
    "In all, 25% of the town had seen the third man at 9 pm."
)


def missed(summary: str, *cited: str) -> list[str]:
    source = Article(SOURCE)
    spans = [Span.of(SOURCE, SOURCE.index(c), SOURCE.index(c) + len(c)) for c in cited]
    found = find_omissions(Article(summary), source, rank_figures(source), spans)
    assert all(SOURCE[o.span.start : o.span.end] == o.span.text for o in found)
    assert [o.prominence for o in found] == sorted((o.prominence for o in found), reverse=True)
    return [o.span.text for o in found]


QUOTED = "We found all of them in one garage,"
ALL = ["Two men", QUOTED, "40 cars", "25%"]


@pytest.mark.parametrize(
    ("summary", "cited", "left"),
    [
        ("It rained.", [], ALL),
        ("It took two men.", [], [QUOTED, "40 cars", "25%"]),
        ("A quarter of the town saw it.", [], ["Two men", QUOTED, "40 cars"]),
        ("It rained.", ["40 cars"], ["Two men", QUOTED, "25%"]),
        ("It rained.", ["all of them"], ["Two men", "40 cars", "25%"]),
        ("“We found all of” the cars, she said.", [], ["Two men", "40 cars", "25%"]),
        ("They were “them in one garage,” she said.", [], ["Two men", "40 cars", "25%"]),
    ],
)
def test_what_is_left_out(summary: str, cited: list[str], left: list[str]) -> None:
    assert sorted(missed(summary, *cited)) == sorted(left)


def test_a_year_does_not_mention_a_figure_of_the_same_value() -> None:
    source = Article("It took 2,015 men.")
    [left] = find_omissions(Article("In 2015 it rained."), source, rank_figures(source))
    assert left.span.text == "2,015 men"


def test_a_short_quotation_is_not_missed() -> None:
    source = Article("“We found them,” said Ann Lee.")
    assert find_omissions(Article("It rained."), source, rank_figures(source)) == []


def test_at_most_twenty_are_listed() -> None:
    source = Article(" ".join(f"Then {n} men left." for n in range(30, 60)))
    assert len(find_omissions(Article("It rained."), source, rank_figures(source))) == 20


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("40 cars", True),
        ("25% of them", True),
        ("one car", False),
        ("in 2015", False),
        ("the third man", False),
        ("at 9 pm", False),
        ("a 3-1 win", False),
        ("on 3 May", False),
    ],
)
def test_what_counts_or_measures(text: str, figure: bool) -> None:
    assert {is_figure(number) for number in Article(text).numbers} == {figure}


def test_early_and_large_figures_beside_names_come_first() -> None:
    ranked = rank_figures(Article("In Kent 900 men left. It took 2 men. It took 800 men."))
    assert [n.text for _, n in ranked] == ["900", "800", "2"]
    assert all(0 <= prominence <= 1 for prominence, _ in ranked)


def test_the_words_around_a_figure_are_those_of_its_sentence() -> None:
    text = "It rained. Only one two three four five six 40 cars were seen by them on that day in May. Then"
    source = Article(text)
    number = next(n for n in source.numbers if n.text == "40")
    assert (
        words_around(source, number) == "one two three four five six 40 cars were seen by them on"
    )


def test_a_run_without_spaces_is_cut() -> None:
    wide = Article("x" * 900 + " 40 cars")
    assert len(words_around(wide, wide.numbers[0])) < 400
