"""Quoted words and who said them: for every rule a row that it decides and one that it leaves."""

from __future__ import annotations

import pytest

from summarizer import Article, crosscheck
from summarizer.checks.misattribution import is_named, is_same_speaker
from summarizer.checks.quoted_words import RULES, _Case, find_words

SAID = "“We will one day win the silver cup again - all of us,” said Ann Lee."
DENIED = "“We will never win the silver cup,” said Ann Lee."
TWO = "“We will win the cup,” said Ann Lee. “They never had a chance,” said Bob Roy."

WORDS = [
    ("verbatim", "win the silver cup", SAID, "exact"),
    ("verbatim", "win the Silver cup", SAID, None),
    ("wordless", "…", SAID, "normalised"),
    ("wordless", "win", SAID, None),
    ("normalised", "We will one day win the Silver Cup again – all of us", SAID, "normalised"),
    ("normalised", "We will one day win the golden cup", SAID, None),
    ("abridged", "We will … win the silver cup", SAID, "abridged"),
    ("abridged", "We will [...] win the silver cup", SAID, "abridged"),
    ("abridged", "We will … win the silver cup", DENIED, "altered"),
    ("abridged", "We will win … never had a chance", TWO, "altered"),
    ("abridged", "We will … lose", SAID, None),
    ("abridged", "We will win the silver cup", SAID, None),
    ("abridged", "We will … win the silver cup", f"“We will{' see' * 500} win the silver cup.”", None),
    ("bracketed", "We will one day win [the cup] again", SAID, "normalised"),
    ("bracketed", "We [will] us", SAID, None),
    ("bracketed", "We will win the silver cup", SAID, None),
    ("altered", "We shall one day win the silver cup", SAID, "altered"),
    ("altered", "It rained on every single house of the town", SAID, None),
    ("altered", "silver mug", SAID, None),
    ("nowhere", "It rained on every single house of the town", SAID, "unsupported"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "quoted", "source", "verdict"), WORDS)
def test_each_rule_by_itself(rule: str, quoted: str, source: str, verdict: str | None) -> None:
    article = Article(source)
    [look] = [r for r in RULES if r.__name__ == rule]
    found = look(_Case(quoted, article))
    assert (found.verdict.value if found else None) == verdict
    assert all(source[s.start : s.end] == s.text for s in (found.spans if found else []))


def test_every_rule_has_both_rows_and_the_last_one_always_decides() -> None:
    tried = {(rule, verdict is None) for rule, _, _, verdict in WORDS}
    both = {(rule.__name__, leaves) for rule in RULES for leaves in (True, False)}
    assert both - tried == {("nowhere", True)}


def test_the_source_s_wording_is_widened_to_where_the_quotation_begins_and_ends() -> None:
    found = find_words("We perhaps might surely win the silver cup again - of us", Article(SAID))
    assert found.suggestion == "We will one day win the silver cup again - all of us"


def test_a_long_quotation_is_shortened_in_its_reason() -> None:
    source = f"“{'We will win. ' * 30}” said Ann Lee."
    assert "We will win. We …”" in find_words("We will win. " * 20, Article(source)).reason


SPEAKERS = [
    ("Ann Lee said: “We will win the cup.”", None),
    ("Lee said: “We will win the cup.”", None),
    ("Bob Roy said: “We will win the cup.”", "Ann Lee"),
    ("“We will win the cup.”", None),
]


@pytest.mark.parametrize(("summary", "said_by"), SPEAKERS)
def test_words_are_compared_with_their_speaker(summary: str, said_by: str | None) -> None:
    problems = crosscheck(summary, f"{TWO} Bob Roy left.").problems
    assert [getattr(p, "suggestion", None) for p in problems] == ([said_by] if said_by else [])


REPORTED = [
    ("Bob Roy said that the old bridge would be closed for repairs.", "Ann Lee"),
    ("Ann Lee said that the old bridge would be closed for repairs.", None),
    ("Bob Roy said that he wanted a bigger house with a garden.", None),
    ("A driver said that the old bridge would be closed for repairs.", None),
    ("Bob Roy said so.", None),
]


@pytest.mark.parametrize(("summary", "said_by"), REPORTED)
def test_a_paraphrase_is_flagged_only_if_another_said_it(summary: str, said_by: str | None) -> None:
    source = (
        "Ann Lee said that the old bridge would be closed for repairs. Bob Roy said that it rained."
    )
    found = [check.suggestion for check in crosscheck(summary, source).quotes]
    assert found == ([said_by] if said_by else [])


def test_a_speaker_whom_the_source_leaves_open_must_be_named_near_the_words() -> None:
    source = (
        "Bob Roy left. “We will win the cup.” It rained. It snowed. It rained again. Ann Lee left."
    )
    assert crosscheck("Roy said: “We will win the cup.”", source).ok
    [problem] = crosscheck("Ann Lee said: “We will win the cup.”", source).problems
    assert "does not give these words to Ann Lee" in problem.reason


@pytest.mark.parametrize(
    ("claimed", "stated", "same"),
    [
        ("Lee", "Ann Lee", True),
        ("the mayor", "Ann Lee", True),
        ("the coach", "Ann Lee", False),
        ("Bob Roy", "Ann Lee", False),
    ],
)
def test_names_and_descriptions_of_one_speaker(claimed: str, stated: str, same: bool) -> None:
    source = Article("We met Mayor Ann Lee and coach Bob Roy.")
    assert is_same_speaker(claimed, stated, source) is same


@pytest.mark.parametrize(
    ("speaker", "named"),
    [
        ("Ann Lee", True),
        ("Lee", True),
        ("the Kremlin", True),
        ("The military", False),
        ("His lawyer", False),
        ("a spokesman", False),
        ("", False),
    ],
)
def test_what_is_named_and_what_is_described(speaker: str, named: bool) -> None:
    assert is_named(speaker) is named
