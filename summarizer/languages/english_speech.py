"""English words that tell who said what; the verbs of speaking themselves are in `english`."""

from __future__ import annotations

from .english import AUXILIARIES, CONJUNCTIONS, FUNCTION_WORDS, PREPOSITIONS, SPEECH_VERBS
from .english_numbers import ORDINALS

TELLING_VERBS = frozenset("told tells warned reported pointed".split())
"""Reporting verbs whose listener can precede the statement: "told Ann Lee the bridge was closed"."""

PRONOUNS = frozenset("he she they it we i".split())
PERSON_PRONOUNS = frozenset({"he", "she"})
"""Pronouns that are resolved to a person of the text."""
FIRST_PERSON = frozenset("we us our ourselves i me my myself ours".split())

ADVERBS = frozenset(
    "also later then further again repeatedly previously once now still earlier recently"
    " and however meanwhile simply only reportedly has had have officially publicly who"
    " just since subsequently bluntly always".split()
)
"""Words between a subject and its verb: "Ann Lee has also said"."""
CLAUSE_WORDS = CONJUNCTIONS | {"where"}
"""Words at which the clause before a subject ends."""
DETERMINERS = frozenset("the a an his her their its our one another some".split())
"""Words that a description of a speaker can begin with: "a spokesman", "her lawyer"."""

BEFORE_SUBJECTS = SPEECH_VERBS | {"and", ",", "but", "in", "meanwhile"}
"""Words that can precede a description without belonging to it."""
NOT_NOUNS = (
    FUNCTION_WORDS
    | AUXILIARIES
    | CLAUSE_WORDS
    | PREPOSITIONS
    | frozenset(
        "whom whose what how why nor than yet too only even just against except including into like"
        " near per through upon via within without despite him me them us".split()
    )
)
"""Words that neither begin nor end a description: "could be", "showed them", "with the fee"."""
NOT_LAST = NOT_NOUNS | DETERMINERS | {"and", "the"}
"""Words that cannot end a description."""
PREDICATES = AUXILIARIES | frozenset(
    "then told said says posted wrote tweeted sent delivered hit".split()
)
"""Words that make a clause of a description: "the court was told the tweet"."""
NOUNS_IN_LY = frozenset(
    "family elderly police assembly ally early daily weekly monthly friendly july italy anomaly".split()
)
"""Other words in -ly are adverbs: "particularly in some", "Castro allegedly"."""
BEFORE_THINGS = frozenset(ORDINALS) | {"a", "an", "the", "another", "this"}
"""Words before the name of a thing: "a third Grand Slam", "the 2011 World Cup"."""
