"""Attributions: verbs of speaking with their subjects, by rules that are tried in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..languages.english import SPEECH_VERBS
from ..languages.english_speech import PRONOUNS
from .clause import Clause, Stretch, clause_at
from .subject import can_speak, name_before_apposition, subject_after, subject_before

VERBS = SPEECH_VERBS | {"according"}
"""The words that an attribution is built around."""
_BEFORE_VERB_FIRST = frozenset("\" ” , » ’ '".split())
"""Signs after which a verb can precede its subject: "It is over," said Ann Lee."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A verb of speaking with its subject.

    Attributes:
        verb: Token of the verb.
        start: First token of the whole attribution.
        stop: End token (exclusive).
        speaker: Fullest name or description of the subject; None if it is a pronoun or unknown.
        pronoun: The pronoun, or "".
        inverted: True if the subject follows the verb ("said Bennett", "according to").
    """

    verb: int
    start: int
    stop: int
    speaker: str | None = None
    pronoun: str = ""
    inverted: bool = False


def find_attributions(stretch: Stretch) -> list[Attribution]:
    """Find the attributions of a sentence, or of a part of it outside quotation marks."""
    words = stretch.tokens.words
    inside = words[stretch.begin : stretch.end]
    if VERBS.isdisjoint(inside):
        return []
    verbs = [k for k, word in enumerate(inside, stretch.begin) if word in VERBS]
    attributions = (_attribution(clause_at(stretch, k)) for k in verbs if _is_active(words, k))
    return [attribution for attribution in attributions if attribution]


def _attribution(clause: Clause) -> Attribution | None:
    for rule in ATTRIBUTIONS:
        if attribution := rule(clause):
            return attribution
    return None


def _is_active(words: list[str], verb: int) -> bool:
    """False for "so-called", "is said to be content" and "according" without "to"."""
    if words[verb] == "according":
        return words[verb + 1] == "to"
    is_passive = words[verb] == "said" and words[verb + 1] == "to"
    return words[verb - 1] != "-" and not (is_passive and words[verb + 2] in ("be", "have"))


def according_to(clause: Clause) -> Attribution | None:
    """The bridge is closed, according to Ann Lee."""
    if clause.words[clause.verb] != "according":
        return None
    return _inverted(clause, clause.verb + 2)


def verb_first(clause: Clause) -> Attribution | None:
    """“It is over,” said Ann Lee; but not “Ann Lee, the mayor, said the bridge was closed”."""
    subject = clause.verb + 1
    if not clause.opens_stretch and clause.words[clause.last] not in _BEFORE_VERB_FIRST:
        return None
    if not can_speak(clause.stretch, subject):
        return None
    named = clause.stretch.tokens.capitalised(subject) or clause.words[subject] in PRONOUNS
    if not named and not clause.opens_stretch and name_before_apposition(clause):
        return None
    return _inverted(clause, subject)


def pronoun_before_verb(clause: Clause) -> Attribution | None:
    """She also said that the bridge was closed."""
    if clause.opens_stretch or clause.words[clause.last] not in PRONOUNS:
        return None
    return _with_pronoun(clause, clause.last)


def pronoun_opening_clause(clause: Clause) -> Attribution | None:
    """He, in turn, said that the bridge was closed."""
    if clause.opens_stretch or clause.named or clause.words[clause.first] not in PRONOUNS:
        return None
    return _with_pronoun(clause, clause.first)


def subject_before_verb(clause: Clause) -> Attribution | None:
    """Ann Lee, the mayor of Kent, said: "It is over."."""
    if clause.opens_stretch:
        return None
    subject = subject_before(clause)
    if subject is None:
        return None
    return Attribution(clause.verb, subject.first, clause.verb + 1, speaker=subject.speaker)


ATTRIBUTIONS: tuple[Callable[[Clause], Attribution | None], ...] = (
    according_to,
    verb_first,
    pronoun_before_verb,
    pronoun_opening_clause,
    subject_before_verb,
)
"""How a text says who spoke, in the order in which the rules are tried."""


def _inverted(clause: Clause, subject: int) -> Attribution:
    """The attribution whose subject starts at a token after the verb."""
    verb, word = clause.verb, clause.words[subject]
    if word in PRONOUNS:
        return Attribution(verb, verb, subject + 1, pronoun=word, inverted=True)
    speaker, stop = subject_after(clause.stretch, subject)
    return Attribution(verb, verb, stop, speaker=speaker, inverted=True)


def _with_pronoun(clause: Clause, index: int) -> Attribution:
    """The attribution whose subject is the pronoun at a token before the verb."""
    return Attribution(clause.verb, index, clause.verb + 1, pronoun=clause.words[index])
