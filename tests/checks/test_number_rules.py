"""The rules for numbers and the derivations: what each of them decides, and what it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from summarizer import Article, crosscheck
from summarizer.checks.numbers import confidence
from summarizer.checks.numbers.ages import other_age
from summarizer.checks.numbers.alignment import align
from summarizer.checks.numbers.counts import counts_the_summary, implied, listed
from summarizer.checks.numbers.derived import (
    DERIVATIONS,
    change,
    complement,
    derived,
    difference,
    elapsed,
    one_among_others,
    ratio,
    reached_ordinal,
    total,
)
from summarizer.checks.numbers.directions import opposite_direction, other_role
from summarizer.checks.numbers.identifiers import names_something
from summarizer.checks.numbers.rules import RULES, cases, decide
from summarizer.checks.numbers.scores import (
    another_result,
    no_such_result,
    other_years,
    same_result,
)
from summarizer.checks.numbers.stated import flagged, stated
from summarizer.checks.numbers.swaps import swapped
from summarizer.checks.numbers.weights import BY_HAND, FITTED, WEIGHTS
from summarizer.judge import SURE_RIGHT, SURE_WRONG

Rule = Callable[..., Any]


def example_of(rule: Rule) -> tuple[str, str]:
    """The summary and the source that the docstring of a rule begins with."""
    summary, source = re.findall("“(.+?)”", (rule.__doc__ or "").splitlines()[0])
    return summary, source


def applies(rule: Rule, summary: str, source: str) -> bool:
    return any(rule(case) for case in cases(Article(summary), Article(source)))


def name(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_decides_its_example(rule: Rule) -> None:
    summary, source = example_of(rule)
    deciding = [
        next(r for r in RULES if r(case)) for case in cases(Article(summary), Article(source))
    ]
    assert rule in deciding


@pytest.mark.parametrize("derive", DERIVATIONS, ids=name)
def test_a_derivation_accepts_its_example(derive: Rule) -> None:
    summary, source = example_of(derive)
    assert applies(derive, summary, source)
    [check] = crosscheck(summary, source).numbers
    assert check.verdict.value == "derived"
    assert all(source[s.start : s.end] == s.text for s in check.evidence)


DECIDED: list[tuple[Rule, str, str, str]] = [
    (names_something, "COVID-99 spread.", "COVID-19 spread quickly.", "contradicted"),
    (names_something, "COVID-19 spread.", "COVID-19 spread quickly.", "identifier"),
    (counts_the_summary, "Here are three points:", "The army advanced.", "identifier"),
    (counts_the_summary, "Two towns fell: Kharkiv and Lviv.", "Kharkiv and Lviv fell.", "identifier"),
    (same_result, "They won 3-1.", "After a 1-0 they won 3-1.", "exact"),
    (another_result, "They drew 7-7.", "They drew 7-2; seven others run.", "contradicted"),
    (no_such_result, "They won 3-1.", "They won with 3 goals.", "unsupported"),
    (other_years, "She ruled 1984 to 2011.", "She ruled from 2007 to 2011.", "contradicted"),
    (other_age, "The 44-year-old striker Ann Lee won.", "Ann Lee, aged 33, won.", "contradicted"),
    (swapped, "Five drones fell near Kyiv, two over Lviv.", "Two drones fell near Kyiv and five over Lviv.", "misplaced"),
    (opposite_direction, "Shares rose 3% on Monday.", "Shares fell 3% on Monday.", "contradicted"),
    (other_role, "It made a profit of $3m.", "It made a net loss of $3m in March.", "contradicted"),
    (other_role, "Sales grew at least 10%.", "Sales grew at most 10%.", "contradicted"),
    (other_role, "Shares ended down 3%.", "Shares ended up 3%.", "contradicted"),
    (stated, "Nearly 90 people came.", "89 people came.", "rounded"),
    (listed, "Three towns fell.", "They took the towns called Kharkiv, Lviv and Odesa.", "derived"),
    (implied, "They raised two daughters.", "They raised twin daughters.", "equivalent"),
    (flagged, "35 missiles were fired.", "85 missiles and 35 shells were fired.", "misplaced"),
    (flagged, "It cost £400.", "The bridge has a price.", "unsupported"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "summary", "source", "verdict"), DECIDED, ids=name)
def test_a_rule_decides(rule: Rule, summary: str, source: str, verdict: str) -> None:
    case = next(case for case in cases(Article(summary), Article(source)) if rule(case))
    assert decide(case) == rule(case)
    assert decide(case).verdict.value == verdict


LEFT_ALONE: list[tuple[Rule, str, str]] = [
    (names_something, "19 people came.", "COVID-19 spread quickly."),
    (counts_the_summary, "Two boxers met.", "Ann Lee beat Jo Hall."),
    (counts_the_summary, "The fire killed two people: it spread.", "Two people died."),
    (counts_the_summary, "The passage describes 12 boxers.", "12 boxers met."),
    (same_result, "They won 3-1.", "They won 2-1."),
    (same_result, "3 people won.", "They won 3-1."),
    (another_result, "They won 3-1.", "They lost 4-2."),
    (no_such_result, "They won 3-1.", "They won with 3 goals against 1."),
    (other_years, "She ruled 2007-2011.", "She ruled 2007-11 and 1984-2011."),
    (other_years, "She ruled in 2011.", "She ruled 2007-2010."),
    (other_age, "Ann Lee, 44, won.", "Ann Lee, 44, won. Jo Hall, 33, came second."),
    (other_age, "Ann Lee, 44, won.", "Ann Lee won. She has been 33 before."),
    (swapped, "The mill has 60 men and 40 women.", "The mill has 60 men and 40 women."),
    (swapped, "Costs rose to 20 million from 10 million.", "Costs rose from 10 million to 20 million."),
    (opposite_direction, "Sales grew by $2 million.", "Sales grew by $2 million last year."),
    (opposite_direction, "Shares rose and fell 3%.", "Shares fell 3%."),
    (other_role, "Shares fell by $12.", "Shares fell by $12 to $88."),
    (other_role, "It lost $3m in March.", "The net loss was $3m in March, the profit $3m in May."),
    (other_role, "It flew to 12 cities.", "It was used by 12 cities."),
    (stated, "95 missiles were fired.", "They fired 85 missiles."),
    (stated, "35 missiles were fired.", "85 missiles and 35 shells were fired."),
    (derived, "It began in 1940.", "It cost $1,900 and $40."),
    (derived, "Seven drones fell.", "Two drones fell, and five tanks."),
    (listed, "Three frigates came.", "It sent the frigates Kent and Iron."),
    (listed, "Three frigates came.", "Kent, Iron and Duke saw the frigates."),
    (implied, "Two people were injured.", "Nobody was injured. Both witnesses said so."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "summary", "source"), LEFT_ALONE, ids=name)
def test_a_rule_leaves_alone(rule: Rule, summary: str, source: str) -> None:
    assert not applies(rule, summary, source)


def test_each_rule_but_the_last_leaves_something_alone() -> None:
    assert {rule for rule, *_ in LEFT_ALONE} == set(RULES) - {flagged}


DERIVED: list[tuple[Rule, str, str, str]] = [
    (reached_ordinal, "Lee won three titles.", "It was the third title for Lee.", "“third title” makes three"),
    (one_among_others, "Three other cars crashed.", "Four cars crashed.", "“Four cars” less one"),
    (one_among_others, "Four cars crashed.", "It hit three other cars.", "“three other cars” and one"),
    (total, "It lost $7m in all.", "It lost $2m in May, $4m in June and $1m in July.", "$2m + $4m + $1m = $7m"),
    (difference, "Hall won by 20 votes, a narrow lead.", "Hall had 520 votes and Lee 500 votes.", "520 − 500 = 20"),
    (difference, "The gap is $2m.", "He earns $5m and she earns $3m.", "$5m − $3m = $2m"),
    (ratio, "Profit doubled.", "Profit was $10 million, up from $5 million.", "$10 million is doubled of $5 million"),
    (ratio, "Output rose threefold.", "Output rose from 100 tonnes to 300 tonnes.", "300 tonnes is threefold of 100 tonnes"),
    (change, "Profit rose 25%.", "Profit was $50m, against $40m a year ago.", "from $40m to $50m is 25.0%"),
    (complement, "30% of the voters stayed away.", "70% of the voters took part.", "100% − 70% = 30%"),
    (elapsed, "She led it for 20 years.", "She became leader in 1991 and left in 2011.", "1991 to 2011 is 20 years"),
]  # fmt: skip


@pytest.mark.parametrize(("derive", "summary", "source", "how"), DERIVED, ids=name)
def test_a_derivation_accepts(derive: Rule, summary: str, source: str, how: str) -> None:
    assert applies(derive, summary, source)
    [check] = [n for n in crosscheck(summary, source).numbers if n.verdict.value == "derived"]
    assert f": {how} (sentence" in check.reason


REFUSED: list[tuple[Rule, str, str]] = [
    (reached_ordinal, "Lee scored two goals.", "Jo Hall scored the second goal."),
    (reached_ordinal, "Lee scored two goals.", "Lee saw the third goal."),
    (one_among_others, "Five other runners start.", "Ann Lee starts in a seven-runner race."),
    (one_among_others, "Six runners start.", "Ann Lee starts in a seven-runner race."),
    (total, "Eight drones fell.", "Two drones fell near the city and five drones over it."),
    (total, "Seven drones fell.", "Two drones fell near the city and five tanks in it."),
    (total, "Seven drones fell.", "Two drones fell. It rained. Ann left. Bob came. Five drones fell."),
    (difference, "It sold 50 units.", "It sold 250 units in May and 300 units in June."),
    (difference, "Sales rose by 60 units.", "It sold 250 units in May and 300 units in June."),
    (difference, "Sales rose by $50.", "It sold 250 units in May and 300 units in June."),
    (ratio, "Profit tripled.", "Profit was $10 million, then $20 million."),
    (ratio, "Profit doubled.", "Profit was $10 million, then 20 million people came."),
    (change, "Sales fell 30%.", "Sales went from 500 units to 400 units."),
    (change, "Sales were 20% of all.", "Sales went from 500 units to 400 units."),
    (change, "Deaths fell 50%.", "Deaths went from 4 people to 2 people."),
    (complement, "40% of voters refused.", "70% of voters agreed."),
    (complement, "40% of voters refused.", "It rained on 60% of days."),
    (elapsed, "She led it for 20 years.", "She led it from 1991 until 2001."),
    (elapsed, "She led it for 20 months.", "She led it from 1991 until 2011."),
]  # fmt: skip


@pytest.mark.parametrize(("derive", "summary", "source"), REFUSED, ids=name)
def test_a_derivation_refuses(derive: Rule, summary: str, source: str) -> None:
    assert not applies(derive, summary, source)


def test_each_derivation_accepts_and_refuses() -> None:
    assert {derive for derive, *_ in DERIVED} == set(DERIVATIONS)
    assert {derive for derive, *_ in REFUSED} == set(DERIVATIONS)


def test_the_levels_of_confidence_that_a_judge_is_asked_about() -> None:
    levels = {name: level for name, level in vars(confidence).items() if name.isupper()}
    asked = {name for name, level in levels.items() if SURE_WRONG < level < SURE_RIGHT}
    assert asked == {"UNLIKELY", "DOUBTFUL", "PLAUSIBLE"}
    assert levels == {
        "CERTAIN": 1.0,
        "NEARLY_CERTAIN": 0.9,
        "LIKELY": 0.8,
        "PLAUSIBLE": 0.7,
        "DOUBTFUL": 0.3,
        "UNLIKELY": 0.2,
        "WRONG": 0.1,
    }


def test_every_feature_has_one_weight() -> None:
    text, source = Article("35 missiles.").contexts, Article("35 missiles, 85 shells.").contexts
    found = align(text.numbers[0], text, source)
    assert found.features.keys() == WEIGHTS.keys()
    assert not FITTED.keys() & BY_HAND.keys()


def test_a_count_has_the_least_value_that_it_can_mean() -> None:
    [check] = crosscheck("Tens of thousands fled.", "They fled in tens of thousands.").numbers
    assert (check.value, check.verdict.value) == (Decimal(10_000), "exact")
