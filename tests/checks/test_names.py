"""Names in a summary: from the source, a short form of one, or unknown to it."""

from __future__ import annotations

import pytest

from summarizer import Article, crosscheck
from summarizer.checks.names import RULES, WORD_RULES, _Case, _Lexicon
from summarizer.names import Name


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


LEE = "We met Ann Lee. He told us so."
NAME_RULES = [
    ("written_so", "Ann Lee", LEE, "exact"),
    ("written_so", "Ann Le", LEE, None),
    ("same_words", "ANN LEE", LEE, "exact"),
    ("same_words", "US", LEE, None),
    ("known_words", "Lee Ann", LEE, "short"),
    ("known_words", "Russian Army", "Russia withdrew its army.", "short"),
    ("known_words", "Lee Roy", LEE, None),
    ("same_place", "US", "It is in the United States.", "short"),
    ("same_place", "France", "It is in the United States.", None),
    ("acronym", "UN", "Here the United Nations met.", "short"),
    ("acronym", "United Nations", "Here the UN met.", "short"),
    ("acronym", "EU", "Here the United Nations met.", None),
    ("acronym", "Nations", "Here the UN met.", None),
    ("unsupported", "Bob Roy", LEE, "unsupported"),
]


@pytest.mark.parametrize(("rule", "name", "source", "verdict"), NAME_RULES)
def test_each_rule_by_itself(rule: str, name: str, source: str, verdict: str | None) -> None:
    article = Article(source)
    mention = Name(0, len(name), name, 0, 0, (), sentence_start=False)
    [look] = [r for r in RULES if r.__name__ == rule]
    check = look(_Case(mention, article, _Lexicon(article)))
    assert (check.verdict.value if check else None) == verdict


WORDS = [
    ("_same_word", "lee", LEE, True),
    ("_same_word", "2022", LEE, True),
    ("_same_word", "roy", LEE, False),
    ("_same_stem", "handles", "They handled it.", True),
    ("_same_stem", "hands", "They handled it.", False),
    ("_formed_from", "russian", "Russia left.", True),
    ("_formed_from", "chinese", "China left.", True),
    ("_formed_from", "lees", LEE, False),
    ("_root_of", "ukraine", "Ukrainian troops left.", True),
    ("_root_of", "london", "Londoners left.", True),
    ("_root_of", "kent", "Ukrainian troops left.", False),
    ("_is_same_place", "french", "France left.", True),
    ("_is_same_place", "french", "Spain left.", False),
]


@pytest.mark.parametrize(("rule", "word", "source", "known"), WORDS)
def test_each_rule_for_a_word(rule: str, word: str, source: str, known: bool) -> None:
    [accounts_for] = [r for r in WORD_RULES if r.__name__ == rule]
    assert accounts_for(word, _Lexicon(Article(source))) is known


def test_every_rule_has_a_row_that_it_decides_and_one_that_it_leaves() -> None:
    tried = {(rule, verdict is None) for rule, _, _, verdict in NAME_RULES}
    both = {(rule.__name__, leaves) for rule in RULES for leaves in (True, False)}
    assert both - tried == {("unsupported", True)}  # the last one always decides
    assert {(rule, known) for rule, _, _, known in WORDS} == {
        (rule.__name__, known) for rule in WORD_RULES for known in (True, False)
    }
