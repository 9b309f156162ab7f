"""Clause: a verb of speaking and the words before it, as the attribution rules see them."""

from __future__ import annotations

from dataclasses import dataclass

from ..languages.english_speech import ADVERBS, CLAUSE_WORDS
from ..names import Name, NameIndex, names_between
from ..text.tokens import Tokens

SUBJECT_BREAKS = frozenset('. ! ? ; : — – “ ” "'.split())
"""Signs that no subject reaches across."""
LONGEST_SUBJECT = 24
"""Tokens."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or a part of it outside quotation marks.

    Attributes:
        tokens: The tokens of the whole text.
        names: The names of the whole text, in order.
        name_index: The full form of each name.
        begin: Its first token.
        end: The token after its last one.
    """

    tokens: Tokens
    names: list[Name]
    name_index: NameIndex
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb of speaking in its stretch.

    Attributes:
        stretch: The text in which its subject can be.
        words: The lower-cased tokens of the text.
        verb: Token of the verb.
        first: First token of the clause that the verb belongs to.
        last: Last token before the verb and its adverbs; `stretch.begin - 1` if the verb opens the
            stretch.
        named: The names between the two.
    """

    stretch: Stretch
    words: list[str]
    verb: int
    first: int
    last: int
    named: list[Name]

    @property
    def opens_stretch(self) -> bool:
        """True if nothing but adverbs precedes the verb."""
        return self.last < self.stretch.begin


def clause_at(stretch: Stretch, verb: int) -> Clause:
    """The clause of the verb at a token."""
    words = stretch.tokens.words
    last = verb - 1
    while last > stretch.begin and words[last] in ADVERBS:
        last -= 1
    first = _first_token(words, stretch.begin, last)
    named = names_between(stretch.names, first, last + 1)
    return Clause(stretch, words, verb, first, last, named)


def _first_token(words: list[str], begin: int, last: int) -> int:
    """The first token of the clause that reaches to `last`."""
    first = last
    while first > begin and last - first < LONGEST_SUBJECT:
        if words[first - 1] in SUBJECT_BREAKS or words[first - 1] in CLAUSE_WORDS:
            break
        first -= 1
    return first
