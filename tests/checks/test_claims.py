"""Claims as a whole: carried by the source, and not turned round."""

from __future__ import annotations

import pytest

from summarizer import Article
from summarizer.checks.claims.evidence import Case, find_support
from summarizer.checks.claims.support import CONTRADICTIONS, check_support

CLAIMS = [
    ("Profit rose in March.", "Profit rose in March, the firm said.", "exact"),
    ("Profit rose in March.", "Profit did not rise in March.", "contradicted"),
    ("Profit did not rise in March.", "Profit rose in March.", "contradicted"),
    ("Profit rose in March.", "Profit fell in March.", "contradicted"),
    ("It made a profit in March.", "It made a loss in March.", "contradicted"),
    ("The city has a budget surplus.", "The city has a budget deficit.", "contradicted"),
    ("The firm hired cooks in Kent.", "The firm sacked cooks in Kent.", "contradicted"),
    ("The bill passed by 52 votes to 48.", "The bill was defeated by 52 votes to 48.", "contradicted"),
    ("All five people survived.", "Five people died.", "contradicted"),
    ("Ann Lee was convicted of fraud.", "Ann Lee was acquitted of fraud.", "contradicted"),
    ("Three survived.", "Five people died and three survived.", "exact"),
    ("The court approved the plan.", "The court rejected the plan.", "contradicted"),
    ("Acme Foods bought Bolt Mills.", "On Friday Bolt Mills bought Acme Foods.", "contradicted"),
    ("Acme Foods was bought by Bolt Mills.", "On Friday Bolt Mills bought Acme Foods.", "exact"),
    ("Kent have not reached the final since May.", "Kent failed to reach the final in May.", "exact"),
    ("The list will be final on Friday.", "The list will not be final until Friday.", "exact"),
    ("Lee is sure to win the race.", "It is unthinkable that Lee will not win the race.", "exact"),
    ("Whales sang in the harbour.", "The mill employs 250 workers.", "unsupported"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source", "verdict"), CLAIMS)
def test_a_claim_by_its_source(claim: str, source: str, verdict: str) -> None:
    check = check_support(Article(claim), Article(source))
    assert check.verdict.value == verdict, check.reason


def test_evidence_is_whole_sentences_of_the_source() -> None:
    source = Article("Kent won the cup. Lee scored twice in the final. It rained.")
    [span] = check_support(Article("Lee scored twice."), source).evidence
    assert span.text == "Lee scored twice in the final."
    assert source.text[span.start : span.end] == span.text


def test_what_no_sentence_has_is_named() -> None:
    check = check_support(Article("Whales sang in Kent."), Article("Kent won the cup on Friday."))
    assert "nothing there about “Whales”, “sang”" in check.reason


ACME = "On Friday Acme Foods bought Bolt Mills."
CONTRADICTED = [
    ("swaps_names", "Bolt Mills bought Acme Foods.", ACME, "Bolt Mills and Acme Foods the other way"),
    ("swaps_names", "Acme Foods bought Bolt Mills.", ACME, None),
    ("swaps_names", "Bolt Mills and Acme Foods met.", "On Friday Acme Foods met Bolt Mills.", None),
    ("denies", "Profit did not rise.", "Profit rose in May.", "the claim denies"),
    ("denies", "Profit didn't rise.", "Profit rose in May.", "the claim denies"),
    ("denies", "Profit did not rise.", "Profit failed to rise.", None),
    ("denies", "Profit did not rise.", "Profit didn’t rise.", None),
    ("leaves_denial_out", "Profit rose.", "Profit did not rise.", "“did not rise .”"),
    ("leaves_denial_out", "Profit rose.", "Profit didn't rise.", "' t rise .”"),
    ("leaves_denial_out", "Profit rose.", "Profit will not rise until May.", None),
    ("leaves_denial_out", "Profit rose.", "Profit rose, wages did not.", None),
    ("turns_direction", "Profit fell, wages rose.", "Profit rose in May. Wages rose.", "“Profit fell” turns"),
    ("turns_direction", "Profit fell.", "Profit rose, then fell.", None),
    ("turns_direction", "Profit was high.", "Profit rose in May.", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "claim", "source", "reason"), CONTRADICTED)
def test_each_rule_by_itself(rule: str, claim: str, source: str, reason: str | None) -> None:
    text, article = Article(claim), Article(source)
    [judge] = [r for r in CONTRADICTIONS if r.__name__ == rule]
    found = judge(Case(text, article, find_support(text, article)))
    assert (found is None) if reason is None else (found and reason in found)


def test_every_rule_has_a_row_that_it_refuses_and_one_that_it_lets_pass() -> None:
    tried = {(rule, reason is None) for rule, _, _, reason in CONTRADICTED}
    assert tried == {(rule.__name__, passes) for rule in CONTRADICTIONS for passes in (True, False)}


def test_the_sentence_that_the_model_named_is_taken_unless_another_covers_more() -> None:
    source = Article("Kent won the cup. Kent won the silver cup. It rained.")
    assert find_support(Article("Kent won the cup."), source, 2).sentences[0] == 2
    assert find_support(Article("Kent won the cup."), source).sentences[0] == 1
    assert find_support(Article("Kent won the silver cup."), source, 3).sentences[0] == 2
