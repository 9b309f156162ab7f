"""The rules by which a text says who spoke: accepted and refused examples of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from summarizer import Article
from summarizer.quotations.attribution import ATTRIBUTIONS, find_attributions
from summarizer.quotations.clause import Clause, Stretch, clause_at
from summarizer.quotations.reading import Reading
from summarizer.quotations.speakers import (
    REFERENTS,
    LastSpeaker,
    Pronoun,
    names_of_things,
    resolve_speakers,
)
from summarizer.quotations.subject import REFUSALS, SUBJECTS, description

VERBS = frozenset("said says told warned according added announced called".split())


def stretch(text: str) -> Stretch:
    article = Article(text)
    return Stretch(article.tokens, article.names, article.name_index, 0, article.tokens.count)


def clauses(text: str) -> list[Clause]:
    whole = stretch(text)
    return [clause_at(whole, k) for k, word in enumerate(whole.tokens.words) if word in VERBS]


def fired(rules: tuple[Callable[[Any], Any], ...], case: Any) -> tuple[str, Any]:
    """The first rule that has a result for a case, by name, and the result."""
    results = ((rule.__name__, rule(case)) for rule in rules)
    return next(((name, result) for name, result in results if result), ("", None))


ATTRIBUTED = [
    ("The bridge is closed, according to Ann Lee.", "according_to", "Ann Lee"),
    ("According to police, the bridge is closed.", "according_to", "police"),
    ("According to her, the bridge is closed.", "according_to", None),
    ("The bridge is closed, said Ann Lee.", "verb_first", "Ann Lee"),
    ("The bridge is closed, said Mrs. Lee on Friday.", "verb_first", "Lee"),
    ("The bridge is closed, said Tata Steel's boss Bimlendra Jha.", "verb_first", "Bimlendra Jha"),
    ("The bridge is closed, said the mayor of the town.", "verb_first", "the mayor of the town"),
    ("Said Ann Lee: the bridge is closed.", "verb_first", "Ann Lee"),
    ("The bridge is closed, said she.", "verb_first", "she"),
    ("She said the bridge was closed.", "pronoun_before_verb", "she"),
    ("She has also said the bridge was closed.", "pronoun_before_verb", "she"),
    ("He, in turn, said that the bridge was closed.", "pronoun_opening_clause", "he"),
    ("Ann Lee said the bridge was closed.", "subject_before_verb", "Ann Lee"),
    ("It rained but Ann Lee later said the bridge was open.", "subject_before_verb", "Ann Lee"),
    ("Ann Lee, the mayor, said the bridge was closed.", "subject_before_verb", "Ann Lee"),
]  # fmt: skip
NOT_ATTRIBUTED = [
    "The so - called experts were wrong.",
    "The bridge is said to be the oldest in Kent.",
    "The work is done according plans of the town.",
    "Said, and done.",
    "What was said was not recorded.",
    "In the town it was called a bridge.",
]


@pytest.mark.parametrize(("text", "rule", "speaker"), ATTRIBUTED)
def test_attribution(text: str, rule: str, speaker: str | None) -> None:
    name, attribution = fired(ATTRIBUTIONS, clauses(text)[0])
    assert name == rule
    assert (attribution.speaker or attribution.pronoun or None) == speaker
    assert find_attributions(stretch(text))[0] == attribution


@pytest.mark.parametrize("text", NOT_ATTRIBUTED)
def test_no_attribution(text: str) -> None:
    assert find_attributions(stretch(text)) == []


SPEAKERS = [
    ("Mayor Ann Lee said so.", "name_before_verb", "Ann Lee"),
    ("On Friday, Ann Lee said so.", "name_before_verb", "Ann Lee"),
    ("Ann Lee, the mayor of Kent, said so.", "name_with_apposition", "Ann Lee"),
    ("Xi, in turn, said so.", "described_subject", "Xi"),
    ("Ann Lee (Kent North) said so.", "name_before_sign", "Ann Lee"),
    ("The mayor of Kent said so.", "described_subject", "The mayor of Kent"),
    ("The mayor, a farmer, said so.", "described_subject", "The mayor"),
    ("On Friday, police said so.", "described_subject", "police"),
    ("Russian President Vladimir Putin left. The Russian president said so.", "described_subject", "Vladimir Putin"),
    ("Drinking fell, particularly in some said to have drunk.", "", None),
    ("It could have been said so.", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "speaker"), SPEAKERS)
def test_subject_before_its_verb(text: str, rule: str, speaker: str | None) -> None:
    name, subject = fired(SUBJECTS, clauses(text)[-1])
    assert (name, subject.speaker if subject else None) == (rule, speaker)


REFUSED = [
    ("with the fee", "opens_without_noun"),
    ("showed them", "ends_without_noun"),
    ("the town and", "ends_without_noun"),
    ("the town /", "ends_without_noun"),
    ("the court was told the tweet", "is_predicate"),
    ("allegedly drunk drivers", "opens_with_adverb"),
]
DESCRIBED = [
    ("police", "police"),
    ("family members", "family members"),  # a noun in -ly
    ("a senior official (retired)", "a senior official (retired)"),
    ("and the mayor", "the mayor"),
    ("the mayor allegedly", "the mayor"),
]


@pytest.mark.parametrize(("text", "refusal"), REFUSED)
def test_phrases_that_cannot_speak(text: str, refusal: str) -> None:
    assert fired(REFUSALS, text.split())[0] == refusal
    assert description(stretch(text), 0, stretch(text).end) is None


@pytest.mark.parametrize(("text", "speaker"), DESCRIBED)
def test_phrases_that_can_speak(text: str, speaker: str) -> None:
    assert description(stretch(text), 0, stretch(text).end) == speaker


@pytest.mark.parametrize("text", ["", "250 workers", "a b c d e f g h", "and but"])
def test_no_description(text: str) -> None:
    assert description(stretch(text), 0, stretch(text).end) is None


MEANT = [
    ("Ann Lee had left because, she said, it was late.", "named_before_it", "Ann Lee"),
    ("Ann Lee said it was won. Bob Hall disagreed. He said it was lost.", "subject_since", "Bob Hall"),
    ("Ann Lee said it was won. Coach Hall disagreed. He said it was lost.", "subject_since", "Hall"),
    ("Ann Lee said it was won. It rained. She said it was fun.", "last_speaker", "Ann Lee"),
    ("Ann Lee said it was won. The World Cup began. She said so.", "last_speaker", "Ann Lee"),
    ("Ann Lee said it was won. It rained when they met Bob Hall. She said so.", "last_speaker", "Ann Lee"),
    ("Mayor Ann Lee left. She said it was late.", "named_shortly_before", "Ann Lee"),
    ("Mayor Ann Lee left. It rained. She said it was late.", "named_shortly_before", "Ann Lee"),
    ("Mayor Ann Lee left. It rained. It rained. She said it was late.", "", None),  # too long ago
    ("The BBC left. The Bank of Kent left. He said it was late.", "", None),  # no person
    ("Ann Lee said it was won." + " It rained." * 6 + " She said it was fun.", "", None),
    ("Ann Lee left. They said it was late.", "", None),  # only "he" and "she" are resolved
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "person"), MEANT)
def test_whom_a_pronoun_means(text: str, rule: str, person: str | None) -> None:
    article = Article(text)
    spans = [(s.start, s.end) for s in article.sentences]
    reading = Reading(article.tokens, spans, article.names, article.name_index, [], [])
    found = [
        [a for part in reading.outside_marks(k) for a in find_attributions(part)]
        for k in range(len(spans))
    ]
    *before, (attributed,) = resolve_speakers(reading, found)
    assert attributed.speaker == person
    if rule:
        spoken = [
            LastSpeaker(a.speaker, k) for k, row in enumerate(before) for a in row if a.speaker
        ]
        last, things = spoken[-1] if spoken else None, names_of_things(reading)
        pronoun = Pronoun(reading, things, attributed.attribution, len(before), last)
        assert fired(REFERENTS, pronoun) == (rule, person)


def test_every_rule_has_an_example() -> None:
    for rules, rows in ((ATTRIBUTIONS, ATTRIBUTED), (SUBJECTS, SPEAKERS), (REFERENTS, MEANT)):
        assert {rule.__name__ for rule in rules} == {row[1] for row in rows} - {""}
    assert {rule.__name__ for rule in REFUSALS} == {row[1] for row in REFUSED}
