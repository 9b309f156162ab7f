"""The subject of a verb of speaking: a name, or a description such as "the Russian leader"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..languages.english import PREPOSITIONS
from ..languages.english_names import ABBREVIATED_TITLES
from ..languages.english_speech import (
    BEFORE_SUBJECTS,
    DETERMINERS,
    NOT_LAST,
    NOT_NOUNS,
    NOUNS_IN_LY,
    PREDICATES,
    PRONOUNS,
)
from ..names import Name, names_between
from .clause import LONGEST_SUBJECT, SUBJECT_BREAKS, Clause, Stretch

_LONGEST_TITLE = 8
"""Tokens before a name that can belong to it: "the Foreign Ministry spokesman Ann Lee"."""
_LONGEST_DESCRIPTION = 7
_AFTER_SUBJECT = frozenset("on in during after".split())
"""Words that end a subject after its verb: "said Ann Lee on Friday"."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks, by the fullest name or the description; the first token of the whole phrase."""

    speaker: str
    first: int


def subject_before(clause: Clause) -> Subject | None:
    """The subject that ends right before the verb and its adverbs."""
    for rule in SUBJECTS:
        if subject := rule(clause):
            return subject
    return None


def name_before_verb(clause: Clause) -> Subject | None:
    """“Mayor Ann Lee said”, but not “the mayor of Kent said”."""
    if not clause.named:
        return None
    name = clause.named[-1]
    if name.stop != clause.last + 1 or clause.words[name.first - 1] in PREPOSITIONS:
        return None
    return _named(clause, name)


def name_with_apposition(clause: Clause) -> Subject | None:
    """“Ann Lee, the mayor of Kent, said”."""
    if clause.words[clause.last] != ",":
        return None
    name = name_before_apposition(clause)
    return _named(clause, name) if name else None


def name_before_sign(clause: Clause) -> Subject | None:
    """“Ann Lee (Kent North) said”."""
    first = _first_after_comma(clause)
    name = next((n for n in clause.named if n.first >= first and len(n.text) > 1), None)
    if name is None or clause.words[name.first - 1] in PREPOSITIONS:
        return None
    if clause.words[name.stop] not in (",", "("):
        return None
    return Subject(clause.stretch.name_index.full(name.text), name.first)


def described_subject(clause: Clause) -> Subject | None:
    """“On Friday, the Russian leader said”; “The mayor, a farmer, said”; “Xi, in turn, said”."""
    words, first, stop = clause.words, _first_after_comma(clause), clause.last + 1
    if words[clause.last] == "," and words[clause.first] not in PREPOSITIONS:
        commas = (k for k in range(clause.first + 1, clause.last) if words[k] == ",")
        stop = next(commas, clause.last)
    speaker = description(clause.stretch, first, stop)
    return Subject(speaker, first) if speaker else None


SUBJECTS: tuple[Callable[[Clause], Subject | None], ...] = (
    name_before_verb,
    name_with_apposition,
    name_before_sign,
    described_subject,
)
"""How a subject before its verb can be written, in the order in which the rules are tried."""


def name_before_apposition(clause: Clause) -> Name | None:
    """The first name that a comma follows: "Ann Lee, the mayor, said"."""
    words = clause.words
    return next((n for n in clause.named if words[n.stop] == "," and n.stop < clause.last), None)


def _named(clause: Clause, name: Name) -> Subject:
    """A name as a subject, with its titles and what they belong to, back to a comma or "and"."""
    first = name.first
    while first > clause.first and name.first - first < _LONGEST_TITLE:
        if clause.words[first - 1] in (",", "and"):
            break
        first -= 1
    return Subject(clause.stretch.name_index.full(name.text), first)


def _first_after_comma(clause: Clause) -> int:
    """The token after the last comma of the clause; its first token if it has or ends with one."""
    if clause.words[clause.last] == ",":
        return clause.first
    commas = (k for k in range(clause.last, clause.first - 1, -1) if clause.words[k] == ",")
    return next(commas, clause.first - 1) + 1


def can_speak(stretch: Stretch, index: int) -> bool:
    """True if a name, a pronoun or a description of a speaker starts at a token."""
    if index >= stretch.end:
        return False
    word, following = stretch.tokens.words[index : index + 2]
    if word in PRONOUNS or (word in DETERMINERS and following != "that"):
        return word not in ("it", "they", "one", "some") or following not in ("is", "was")
    return stretch.tokens.capitalised(index)


def subject_after(stretch: Stretch, index: int) -> tuple[str | None, int]:
    """The subject that starts at a token: "said Ann Lee, the mayor", "according to the report".

    Returns:
        The speaker, None if the words cannot speak; the token after the subject.
    """
    stop = _stop_after(stretch, index)
    named = names_between(stretch.names, index, stop)
    if not named:
        return description(stretch, index, stop), stop
    owns = stretch.tokens.words[named[0].stop] in ("'", "’")  # "Tata Steel's boss Bimlendra Jha"
    return stretch.name_index.full(named[-1 if owns else 0].text), stop


def _stop_after(stretch: Stretch, index: int) -> int:
    """The token after a subject that starts at `index`."""
    stop = index
    while stop < stretch.end and stop - index < LONGEST_SUBJECT:
        if _ends_subject(stretch.tokens.words, index, stop):
            break
        stop += 1
    return stop


def _ends_subject(words: list[str], index: int, stop: int) -> bool:
    """True if a subject that starts at `index` does not include the token at `stop`."""
    word = words[stop]
    if word == "." and words[stop - 1] in ABBREVIATED_TITLES:
        return False
    return word in SUBJECT_BREAKS or word == "," or (word in _AFTER_SUBJECT and stop > index)


def description(stretch: Stretch, start: int, stop: int) -> str | None:
    """The speaker that tokens describe: the one person they fit, or their own words.

    Args:
        stretch: The text that the tokens are part of.
        start: First token.
        stop: End token (exclusive).

    Returns:
        "Vladimir Putin" for "the Russian leader" if the text has just one, "police" for "police";
        None for what cannot speak.
    """
    tokens = stretch.tokens
    words = tokens.words
    while start < stop and words[start] in BEFORE_SUBJECTS:
        start += 1
    if not 0 < stop - start <= _LONGEST_DESCRIPTION or not words[start][:1].isalpha():
        return None
    while stop - start > 1 and _is_adverb(words[stop - 1]):
        stop -= 1
    phrase = words[start:stop]
    if any(refuses(phrase) for refuses in REFUSALS):
        return None
    person = stretch.name_index.described(phrase) if phrase[0] == "the" else None
    return person or tokens.text[tokens.starts[start] : tokens.ends[stop - 1]]


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in NOUNS_IN_LY


def opens_without_noun(phrase: list[str]) -> bool:
    """With the fee."""
    return phrase[0] in NOT_NOUNS


def ends_without_noun(phrase: list[str]) -> bool:
    """Showed them."""
    last = phrase[-1]
    return last in NOT_LAST or not (last.isalnum() or last == ")")


def is_predicate(phrase: list[str]) -> bool:
    """The court was told the tweet."""
    return not PREDICATES.isdisjoint(phrase)


def opens_with_adverb(phrase: list[str]) -> bool:
    """Particularly in some."""
    return _is_adverb(phrase[0])


REFUSALS: tuple[Callable[[list[str]], bool], ...] = (
    opens_without_noun,
    ends_without_noun,
    is_predicate,
    opens_with_adverb,
)
"""Phrases that cannot speak."""
