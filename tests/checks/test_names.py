"""Names in a summary: from the source, a short form, or nobody's."""

from __future__ import annotations

import pytest

from summarizer import Article, crosscheck


def verdicts(summary: str, source: str | Article) -> dict[str, str]:
    return {n.text: n.verdict.value for n in crosscheck(summary, source).names}


@pytest.mark.parametrize(
    ("summary", "name", "verdict"),
    [
        ("On Friday Vladimir Putin spoke.", "Vladimir Putin", "exact"),
        ("On Friday Putin spoke.", "Putin", "exact"),
        ("Talks with President Vladimir Putin began.", "Vladimir Putin", "exact"),
        ("Talks with the Ukrainians began.", "Ukrainians", "exact"),
        ("Talks in the US began.", "US", "short"),
        ("Talks with Medvedev began.", "Medvedev", "unsupported"),
        ("Talks with Dmitry Medvedev began.", "Dmitry Medvedev", "unsupported"),
        ("Talks in Warsaw began.", "Warsaw", "unsupported"),
        ("Medvedev arrived in Kyiv.", "Medvedev", "unsupported"),
    ],
)
def test_names_of_the_seed(summary: str, name: str, verdict: str, seed: Article) -> None:
    assert verdicts(summary, seed)[name] == verdict


@pytest.mark.parametrize(
    ("summary", "source"),
    [
        ("The UN met.", "The United Nations met in Geneva."),
        ("The Russian army left.", "Russia withdrew its army."),
        ("The British army left.", "The UK withdrew its army."),
        ("He met McCoy.", "mccoy was there."),
        ("He met Lesley McAra.", "Lesley Mc Ara was there."),
    ],
)
def test_forms_of_a_name_pass(summary: str, source: str) -> None:
    assert crosscheck(summary, source).ok


NAMES = ["Putin", "Xi Jinping", "Klitschko", "Kyiv", "Zelenskyy", "Moscow", "CCTV"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_replaced_by_a_stranger_s_is_flagged(name: str, seed: Article) -> None:
    for stranger in ("Medvedev", "Angela Merkel", "Warsaw"):
        problems = crosscheck(f"On Friday, {name} and {stranger} were in the news.", seed).problems
        assert [p.text for p in problems] == [stranger]
