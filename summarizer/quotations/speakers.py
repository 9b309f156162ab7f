"""Who speaks in each attribution: the name it gives, or the person a pronoun refers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..languages.english_speech import BEFORE_THINGS, PERSON_PRONOUNS
from ..names import Name, names_between
from .attribution import Attribution
from .reading import Attributed, Reading

_MEMORY = 6
"""Sentences after which "he" no longer means the last speaker."""
_REACH = 2
"""Sentences back in which "he" can mean a person who has not spoken."""
_TITLE_TOKENS = 3
"""Tokens of titles before a name that still opens its sentence."""


@dataclass(frozen=True, slots=True)
class LastSpeaker:
    """Who spoke last, and in which sentence."""

    name: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Pronoun:
    """The pronoun of an attribution, with all that a rule may look at.

    Attributes:
        reading: The text.
        things: Names that are not people's.
        attribution: Where the pronoun is the subject.
        sentence: Index of its sentence.
        last: Who spoke last before this sentence; None if that is too long ago.
    """

    reading: Reading
    things: frozenset[str]
    attribution: Attribution
    sentence: int
    last: LastSpeaker | None

    def first_person(self, names: list[Name]) -> str | None:
        """The full name of the first name that is a person's."""
        return next((self.full(n) for n in names if self.is_person(n)), None)

    def is_person(self, name: Name) -> bool:
        """True for a name of several words or with a title, unless it is that of a thing.

        Acronyms, "X of Y" and names such as "the World Cup" are things.
        """
        full = self.full(name)
        if " of " in full or full.isupper() or full in self.things:
            return False
        return bool(name.role) or " " in full

    def full(self, name: Name) -> str:
        """The fullest form of a name in the text."""
        return self.reading.name_index.full(name.text)


def resolve_speakers(
    reading: Reading, attributions: Sequence[list[Attribution]]
) -> list[list[Attributed]]:
    """Give each attribution its speaker; who spoke last decides what later pronouns mean.

    Args:
        reading: The text.
        attributions: The attributions of each sentence.

    Returns:
        The same attributions with their speakers, by sentence.
    """
    pronouns = {attribution.pronoun for found in attributions for attribution in found}
    things = names_of_things(reading) if pronouns & PERSON_PRONOUNS else frozenset()
    last: LastSpeaker | None = None
    resolved = []
    for sentence, found in enumerate(attributions):
        if last is not None and sentence - last.sentence >= _MEMORY:
            last = None
        attributed = [
            Attributed(a, a.speaker or referent(Pronoun(reading, things, a, sentence, last)))
            for a in found
        ]
        resolved.append(attributed)
        speakers = [a.speaker for a in attributed if a.speaker]
        last = LastSpeaker(speakers[-1], sentence) if speakers else last
    return resolved


def referent(pronoun: Pronoun) -> str | None:
    """The person that "he" or "she" refers to; None for other pronouns, or if it is not clear."""
    if pronoun.attribution.pronoun not in PERSON_PRONOUNS:
        return None
    return next((name for rule in REFERENTS if (name := rule(pronoun))), None)


def named_before_it(pronoun: Pronoun) -> str | None:
    """Ann Lee left because, she said, it was late."""
    if pronoun.attribution.inverted:
        return None
    reading = pronoun.reading
    first, _ = reading.sentence_tokens(pronoun.sentence)
    return pronoun.first_person(names_between(reading.names, first, pronoun.attribution.start))


def subject_since(pronoun: Pronoun) -> str | None:
    """“We won,” said Ann Lee. Bob Hall disagreed. “We lost,” he said."""
    if pronoun.last is None:
        return None
    for sentence in range(pronoun.sentence - 1, pronoun.last.sentence, -1):
        first, _ = pronoun.reading.sentence_tokens(sentence)
        for name in pronoun.reading.names_of(sentence)[:1]:
            if name.first - first <= _TITLE_TOKENS and pronoun.is_person(name):
                return pronoun.full(name)
    return None


def last_speaker(pronoun: Pronoun) -> str | None:
    """“We won,” said Ann Lee. It rained. “And how,” she said."""
    return pronoun.last.name if pronoun.last else None


def named_shortly_before(pronoun: Pronoun) -> str | None:
    """Mayor Ann Lee left. “We will survive,” she said."""
    for sentence in range(pronoun.sentence - 1, max(-1, pronoun.sentence - _REACH - 1), -1):
        if name := pronoun.first_person(pronoun.reading.names_of(sentence)):
            return name
    return None


REFERENTS: tuple[Callable[[Pronoun], str | None], ...] = (
    named_before_it,
    subject_since,
    last_speaker,
    named_shortly_before,
)
"""Whom a pronoun can refer to, in the order in which the rules are tried."""


def names_of_things(reading: Reading) -> frozenset[str]:
    """Names that mostly follow an article or a number: a third Grand Slam, the 2011 World Cup."""
    words = reading.tokens.words
    mentions = [(reading.name_index.full(n.text), words[n.first - 1]) for n in reading.names]
    times = Counter(name for name, _ in mentions)
    as_thing = Counter(n for n, before in mentions if before in BEFORE_THINGS or before.isdecimal())
    return frozenset(name for name, count in as_thing.items() if 2 * count > times[name])
