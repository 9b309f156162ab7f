"""Claims as a whole: carried by the source, and not turned round."""

from __future__ import annotations

import pytest

from summarizer import Article
from summarizer.checks.claims.support import check_support

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
