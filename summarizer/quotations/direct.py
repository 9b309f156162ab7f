"""Quotations in marks: whose attribution each one belongs to, and which are quotations at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..languages.english import REPORTING_VERBS
from .marks import Marked
from .quotation import Quotation
from .reading import Attributed, Reading

_FARTHEST = 90
"""Characters between a quotation and its attribution, at most; the distance is adjusted by:"""
_NO_SIGN_BEFORE = 4
"""added if neither a colon nor a comma is between an attribution and the quotation after it."""
_SIGN_INSIDE = 3
"""taken off if the quotation ends with a comma, "!" or "?", which announces an attribution."""
_LONGEST_ASIDE = 12
"""Words of an attribution that interrupts a quotation: "he said on Friday in the town hall"."""
_SCARE_WORDS = 3
_SHORT_WORD = 4
"""Characters; shorter words are not capitalised in the titles of songs, films and books."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A marked stretch: whether it is attributed to a speaker, and to whom as far as is known."""

    marked: Marked
    attributed: bool = False
    speaker: str | None = None


def attribute_marked(
    reading: Reading, attributed: Sequence[list[Attributed]]
) -> tuple[Utterance, ...]:
    """Give each marked stretch the speaker of the nearest attribution in one of its sentences."""
    utterances = [Utterance(marked) for marked in reading.marked]
    for sentence, candidates in enumerate(attributed):
        if not candidates:
            continue
        for k in reading.marks_of(sentence):
            nearest = _nearest(reading, k, candidates) if not utterances[k].speaker else None
            if nearest:
                utterances[k] = Utterance(reading.marked[k], True, nearest.speaker)
    return tuple(utterances)


def _nearest(reading: Reading, k: int, candidates: Iterable[Attributed]) -> Attributed | None:
    """The attribution nearest to a marked stretch, if any is near enough."""
    best, least = None, _FARTHEST
    for candidate in candidates:
        distance = _distance(reading, k, candidate)
        if distance is not None and distance < least:
            best, least = candidate, distance
    return best


def _distance(reading: Reading, k: int, candidate: Attributed) -> int | None:
    """Adjusted characters between a marked stretch and an attribution, None if it is another's."""
    tokens, marked = reading.tokens, reading.marked[k]
    start = tokens.starts[candidate.attribution.start]
    end = tokens.ends[candidate.attribution.stop - 1]
    if end <= marked.start:
        return _distance_from(reading, k, end)
    if start >= marked.end:
        return _distance_to(reading, k, start)
    return None


def _distance_from(reading: Reading, k: int, end: int) -> int | None:
    """Distance from an attribution that ends at an offset: Ann Lee said: “We will.”"""
    start = reading.marked[k].start
    between = reading.text[end:start]
    if k > 0 and end < reading.marked[k - 1].end < start and between.strip(" \"“”'‘’,"):
        return None
    return start - end + (0 if ":" in between or "," in between else _NO_SIGN_BEFORE)


def _distance_to(reading: Reading, k: int, start: int) -> int | None:
    """Distance to an attribution that starts at an offset: “We will,” said Ann Lee."""
    end = reading.marked[k].end
    if any(following.start < start for following in reading.marked[k + 1 : k + 2]):
        return None
    return start - end - (_SIGN_INSIDE if reading.text[end - 1] in ",!?" else 0)


def continue_marked(reading: Reading, utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Let a quotation keep its speaker after an interruption or in a new paragraph."""
    continued = list(utterances[:1])
    for utterance in utterances[1:]:
        previous = continued[-1]
        if not utterance.speaker and _continues(reading.text, previous.marked, utterance.marked):
            utterance = Utterance(utterance.marked, True, previous.speaker)
        continued.append(utterance)
    return tuple(continued)


def _continues(text: str, previous: Marked, marked: Marked) -> bool:
    """True if only marks or a short attribution separate two stretches."""
    gap = text[previous.end : marked.start]
    return marked.continued or not gap.strip(" \n\r\t\"“”'‘’«»") or _is_aside(gap)


def _is_aside(gap: str) -> bool:
    """True for ' he said. ' and similar: one short clause with a verb of speaking."""
    words = gap.lower().strip(" \"”’'.,").split()
    if not 0 < len(words) <= _LONGEST_ASIDE or "." in gap.strip('"”’ .')[:-1]:
        return False
    return any(w.strip(".,:") in REPORTING_VERBS for w in words)


def direct_quotations(reading: Reading, utterances: Iterable[Utterance]) -> list[Quotation]:
    """The quotations among the marked stretches: all but unattributed scare quotes and titles."""
    return [
        Quotation(u.marked.start, u.marked.end, u.marked.of(reading.text), u.speaker, direct=True)
        for u in utterances
        if u.attributed or not _is_scare(u.marked.of(reading.text))
    ]


def _is_scare(quoted: str) -> bool:
    """True for a few words without a full stop (scare quotes), or a title in capitals."""
    words = quoted.split()
    if len(words) <= _SCARE_WORDS:
        return quoted[-1] not in ".!?。！？"
    return quoted[-1] not in ".!?," and all(w[:1].isupper() or len(w) < _SHORT_WORD for w in words)
