"""The verdict on each number: one row per case, source and summary as people write them.

Which rule decides what is in `test_number_rules.py`.
"""

from __future__ import annotations

import itertools
import re

import pytest

from summarizer import Article, InputError, Verdict, crosscheck

BATTLE = (
    "Russian forces launched 85 missiles and 35 airstrikes in 24 hours. Four civilians were killed."
)


def verdicts(summary: str, source: str) -> list[str]:
    return [n.verdict.value for n in crosscheck(summary, source).numbers]


ACCEPTED = [
    # exact
    ("85 missiles were launched.", BATTLE, "exact"),
    ("4 civilians were killed.", BATTLE, "exact"),
    ("Profit rose to $1.2bn.", "Profit rose to $1.2 billion in March.", "exact"),
    ("It paid 1,200 million euros.", "The firm paid 1.2bn euros.", "exact"),
    ("The 30-year-old won.", "Ann Lee, 30, won the race.", "exact"),
    ("He died aged 83.", "He was 83 and died at home.", "exact"),
    ("Ann Lee, 44, won.", "Ann Lee, 44, won. Her mother Ann Hall is 33.", "exact"),
    ("She played there 1991–2011.", "She played there from 1991 to 2011.", "exact"),
    # equivalent
    ("Half of the voters agreed.", "50% of the voters agreed.", "equivalent"),
    ("A quarter of homes lost power.", "25 per cent of homes lost power.", "equivalent"),
    ("A dozen men were held.", "12 men were held.", "exact"),
    ("The ten-month war goes on.", "The 10-month war goes on.", "exact"),
    ("It began at 2:00 PM.", "It began at 14:00 on Friday.", "exact"),
    ("They waited 48 hours.", "They waited two days for help.", "equivalent"),
    ("A ticket cost 250 pence.", "A ticket cost £2.50 last year.", "equivalent"),
    ("Both men, 2 in all, left.", "Both men left the court.", "equivalent"),
    ("The bank lost money for ten years.", "The bank lost money for a decade.", "equivalent"),
    ("They raised two daughters.", "They raised twin daughters.", "equivalent"),
    ("Two goals by Hall won it.", "Hall's brace won it.", "equivalent"),
    ("The rate rose by half a percentage point.", "The rate rose by 50 basis points.", "equivalent"),
    # rounded
    ("About 1,200 people came.", "1,234 people came.", "rounded"),
    ("Nearly 90 people came.", "89 people came.", "rounded"),
    ("More than 80 people came.", "85 people came.", "rounded"),
    ("Some 78,000 cases were confirmed.", "77,984 cases were confirmed.", "rounded"),
    ("It spent £9.3 million.", "It spent £9,347,087.", "rounded"),
    ("Up to 90 jobs may go.", "87 jobs may go.", "rounded"),
    ("The fire began at 3:00.", "The fire began at 3pm.", "equivalent"),
    ("Ann Lee resigned on Friday.", "ann lee resigned late on friday", "exact"),
    ("Ann Lee resigned on Friday.", "KYIV, 2022-12-30. Ann Lee resigned today.", "equivalent"),
    ("Ann Lee resigned in December.", "Ann Lee resigned on Dec. 30.", "exact"),
    ("Between 10 and 20 million fled.", "Between 10 million and 20 million people fled.", "exact"),
    ("Guidance is $1.0-1.2 billion.", "The firm guides for $1.0 billion to $1.2 billion.", "exact"),
    ("Costs rose to 20 million from 10 million.", "Costs rose from 10 million to 20 million.", "exact"),
    ("It lost $3m in March.", "The net loss was $3m in March, the profit $3m in May.", "exact"),
    ("Hundreds of workers lost their jobs.", "The mill sacked 250 workers on Friday.", "rounded"),
    ("It lost millions of dollars.", "The firm lost $4.2m last year.", "rounded"),
    ("Hundreds of people fled.", "Hundreds of people fled on Friday.", "exact"),
    ("Dozens of firemen came.", "Several dozen firemen came to the fire.", "equivalent"),
    # derived
    ("Seven drones were shot down.", "Two drones were shot down near the city and five drones over it.", "derived"),
    ("120 missiles and airstrikes were counted.", BATTLE, "derived"),
    ("Sales fell 20%.", "Sales dropped from 500 units to 400 units.", "derived"),
    ("Six other runners start.", "Ann Lee starts in a seven-runner race.", "derived"),
    ("Lee scored two goals.", "After the break Lee scored his second goal.", "derived"),
]  # fmt: skip


@pytest.mark.parametrize(("summary", "source", "verdict"), ACCEPTED)
def test_accepted(summary: str, source: str, verdict: str) -> None:
    check = crosscheck(summary, source)
    assert check.numbers[0].verdict.value == verdict, check.numbers[0].reason
    assert not [n.reason for n in check.numbers if n.verdict.flagged]


def test_the_day_is_cited_from_the_sentence_that_is_spoken_of() -> None:
    source = "Bob Hall left on Friday. The mayor, Ann Lee, resigned on Friday."
    [check] = crosscheck("Ann Lee resigned on Friday.", source).numbers
    assert check.evidence[0].start > source.index("resigned")


FLAGGED = [
    ("35 missiles were launched.", BATTLE, "misplaced"),
    ("85 airstrikes were launched.", BATTLE, "misplaced"),
    ("95 missiles were launched.", BATTLE, "contradicted"),
    ("Five civilians were killed.", BATTLE, "contradicted"),
    ("It cost £400.", "Nobody knows what the bridge will cost.", "unsupported"),
    ("Nearly 90 people came.", "91 people came.", "contradicted"),
    ("More than 90 people came.", "85 people came.", "contradicted"),
    ("Profit rose to $1.2 million.", "Profit rose to $1.2 billion.", "contradicted"),
    ("They won 3-1.", "They won 2-1 on Saturday.", "contradicted"),
    ("It is 20 years since the war.", "It is 23 years since the war.", "contradicted"),
    ("The 130-year-old won.", "The 75-year-old won on the 130-yard hole.", "contradicted"),
    ("COVID-99 spread.", "COVID-19 spread quickly.", "contradicted"),
    ("Costs rose from 20 million to 10 million.", "Costs rose from 10 million to 20 million.", "contradicted"),
    ("Shares fell to $12.", "Shares fell by $12 to $88.", "contradicted"),
    ("It made a profit of $3m.", "It made a net loss of $3m in March.", "contradicted"),
    ("Sales grew at least 10%.", "Sales grew at most 10%.", "contradicted"),
    ("The fire began at 3pm.", "The fire began at 3am.", "contradicted"),
    ("It began at 15:00.", "The fire began at 3 a.m. on Friday.", "contradicted"),
    ("Temperatures fell to -5°C.", "Temperatures fell to 5°C.", "contradicted"),
    ("Shares ended down 3%.", "Shares ended up 3%.", "contradicted"),
    ("Inflation slowed to 3% from 4%.", "Inflation quickened to 4% from 3%.", "contradicted"),
    ("More than 100 were hurt.", "Fewer than 100 were hurt.", "contradicted"),
    ("Nearly 5% of staff left.", "More than 5% of staff left.", "contradicted"),
    ("Guidance is $1.1-1.2 billion.", "The firm guides for $1.0 billion to $1.2 billion.", "unsupported"),
    ("Ann Lee resigned on Monday.", "Ann Lee resigned on Friday.", "contradicted"),
    ("Ann Lee resigned in March.", "Ann Lee resigned in May, not in June.", "unsupported"),
    ("Hundreds of people were killed.", "The fire killed 12 people.", "contradicted"),
    ("It lost billions of dollars.", "The firm lost $4.2m last year.", "contradicted"),
    ("Tens of thousands fled.", "Nobody knows how many fled.", "unsupported"),
    ("Ann Lee, 44, won.", "Ann Lee, 33, won. Ann Hall, 44, came second.", "contradicted"),
    ("The 44-year-old striker Ann Lee won.", "Ann Lee, aged 33, won. Jo Lee, 44, was second.", "contradicted"),
    ("She played there 1984-2011.", "She played there 1991-2000 and 2007-11, and was born in 1984.", "contradicted"),
    ("They are 7-7 favourites.", "They are 7-2 favourites; seven others run.", "contradicted"),
    ("Three silvers were won.", "They won 11 gold, eight silver and three bronze medals.", "misplaced"),
    ("He was married twice.", "He married, and had twins.", "unsupported"),
    ("A dealer stalked a rival for two years.", "He sent a pair of gloves to a rival dealer.", "unsupported"),
    ("Two tries were scored.", "They traded tries before Ann Lee and Bob Hall kicked penalties.", "unsupported"),
    ("Two people were injured.", "Nobody was injured. Both witnesses said so.", "unsupported"),
    ("He was born in May 1966.", "He was born on 8 August 1966. In May 2017 he won.", "contradicted"),
    ("Profit rose 3% in May.", "Profit fell 3% in May.", "contradicted"),
    ("Sales dropped by $2 million.", "Sales grew by $2 million last year.", "contradicted"),
    ("Support rose 2%.", "Support rose 2 percentage points.", "contradicted"),
    ("Air Strikes Kill Nine Civilians", BATTLE, "contradicted"),
    ("Russia Fires 95 Missiles Friday Morning", BATTLE, "unsupported"),
    ("They met on July 20.", "They met on July 29 for the 20th edition.", "contradicted"),
]  # fmt: skip


@pytest.mark.parametrize(("summary", "source", "verdict"), FLAGGED)
def test_flagged(summary: str, source: str, verdict: str) -> None:
    assert verdicts(summary, source)[0] == verdict


def test_rounding_by_more_digits_than_the_source_has_is_none() -> None:
    assert verdicts("1,234 people came.", "About 1,200 people came.") == ["contradicted"]


NEITHER = [
    "1. The army advanced.",
    "The passage describes two boxers.",
    "Here are three points:",
    "The article mentions COVID-19 and the F-16.",
    "It names two towns: Kharkiv and Lviv.",
]


@pytest.mark.parametrize("summary", NEITHER)
def test_numbers_about_the_summary_claim_nothing(summary: str) -> None:
    assert set(verdicts(summary, "The army advanced near Kharkiv and Lviv.")) <= {"identifier"}


def test_reason_names_the_sentence_and_what_the_value_is() -> None:
    reason = crosscheck("35 missiles were launched.", BATTLE).numbers[0].reason
    assert reason == (
        "35 missiles: the source says “85 missiles” (sentence 1); 35 is its number of airstrikes"
    )


def test_evidence_slices_back(seed: Article, seed_text: str) -> None:
    for check in crosscheck(TRUE_SUMMARY, seed).numbers:
        for span in check.evidence:
            assert seed_text[span.start : span.end] == span.text


# The seed article: what the design promises.

TRUE_SUMMARY = (
    "Russia’s 10-month war in Ukraine saw a massive bombardment. Four civilians were killed in the"
    " barrage, Kyrylo Tymoshenko said. Russian forces launched 85 missiles and 35 airstrikes in the"
    " past 24 hours, and 63 attacks from multiple rocket launchers. Of seven drones aimed at Kyiv,"
    " two were shot down on the approach and five over the city. Zelenskyy said two days are left"
    " this year."
)
FIGURES = [(m.start(), m.group()) for m in re.finditer(
    r"\b(?:10|Four|85|35|24|63|seven|two|five)\b", TRUE_SUMMARY)]  # fmt: skip
PAIRS = [(a, b) for a, b in itertools.combinations(FIGURES, 2) if a[1] != b[1]]


def test_a_true_summary_of_the_seed_passes(seed: Article) -> None:
    assert [n.reason for n in crosscheck(TRUE_SUMMARY, seed).numbers if n.verdict.flagged] == []


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda p: f"{p[1]}@{p[0]}")
def test_any_two_figures_swapped_are_caught(
    one: tuple[int, str], other: tuple[int, str], seed: Article
) -> None:
    (i, first), (j, second) = one, other
    text = TRUE_SUMMARY
    swapped = text[:i] + second + text[i + len(first) : j] + first + text[j + len(second) :]
    assert any(n.verdict.flagged for n in crosscheck(swapped, seed).numbers)


DIGITS = [
    (start + k, digit)
    for start, figure in FIGURES
    if figure.isdecimal()
    for k, old in enumerate(figure)
    for digit in "123456789"
    if digit != old
]


@pytest.mark.parametrize(("at", "digit"), DIGITS)
def test_any_changed_digit_is_caught(at: int, digit: str, seed: Article) -> None:
    changed = TRUE_SUMMARY[:at] + digit + TRUE_SUMMARY[at + 1 :]
    assert any(n.verdict.flagged for n in crosscheck(changed, seed).numbers)


REWORDED = [
    "Four civilians died in the attack.",
    "Russia launched about 90 missiles.",
    "Nearly 90 missiles were launched.",
    "More than 80 missiles were fired.",
    "Five drones were shot down over Kyiv itself.",
    "7 suicide drones were launched at the Ukrainian capital.",
    "The war in Ukraine has lasted ten months.",
    "Russia fired 85 missiles over the past day.",
    "All seven drones were shot down, two on the approach to Kyiv and five over the city.",
    "The military said 35 airstrikes were carried out across Ukraine.",
    "There were 120 missiles and airstrikes in total.",
    "More than 60 attacks came from multiple rocket launchers.",
    "Russia sent troops into Ukraine on 24 February.",
    "Two days remain in the year.",
]


@pytest.mark.parametrize("summary", REWORDED)
def test_honest_rewording_passes(summary: str, seed: Article) -> None:
    assert [p.reason for p in crosscheck(summary, seed).problems] == []


def test_million_moved_to_billion_is_caught() -> None:
    source = "The film cost $115 million to make and took £3.7 million in a week."
    assert verdicts("The film cost $115 billion.", source) == ["contradicted"]
    assert verdicts("It took £3.7 billion in a week.", source) == ["contradicted"]


def test_a_prepared_article_gives_the_same_verdicts(seed: Article, seed_text: str) -> None:
    assert crosscheck(TRUE_SUMMARY, seed).numbers == crosscheck(TRUE_SUMMARY, seed_text).numbers


def test_missed_lists_figures_by_prominence(seed: Article) -> None:
    missed = crosscheck("Four civilians were killed.", seed).missed
    assert {"85 missiles", "63 attacks"} <= {o.span.text for o in missed}
    assert [o.prominence for o in missed] == sorted((o.prominence for o in missed), reverse=True)


def test_empty_texts() -> None:
    assert crosscheck("", "Four died.").ok
    assert verdicts("Four died.", "") == ["unsupported"]


@pytest.mark.parametrize("wrong", [None, 5, b"text"])
def test_anything_but_text_is_refused(wrong: object) -> None:
    with pytest.raises(InputError, match="must be a"):
        crosscheck(wrong, "source")
    with pytest.raises(InputError, match="must be a str"):
        crosscheck("summary", wrong)  # type: ignore[arg-type]


def test_verdict_values_are_strings() -> None:
    assert str(Verdict.MISPLACED) == "misplaced"
