"""Statements reported without marks: "Xi said that …", "…, according to police"."""

from __future__ import annotations

from collections.abc import Sequence

from ..languages.english import REPORTING_VERBS
from ..languages.english_speech import FIRST_PERSON, PRONOUNS, TELLING_VERBS
from ..names import names_between
from ..text.spans import strip_span
from .attribution import Attribution
from .quotation import Quotation
from .reading import Attributed, Reading

_FEWEST_WORDS = 4
"""Words, or tokens of a clause after its verb, that make a statement."""
_CONJUNCTION_REACH = 16
"""Tokens after the verb in which "that" is looked for: "told reporters in Kent on Friday that"."""
_NOT_A_STATEMENT = frozenset("on in at through during after before".split())
"""Words after the verb that show that the statement precedes it: "…, Ann Lee said on Friday"."""
_OTHER_PERSONS = PRONOUNS - FIRST_PERSON - {"they", "it"}


def reported_statements(
    reading: Reading, attributed: Sequence[list[Attributed]]
) -> list[list[Quotation]]:
    """Find the statements of each sentence that has attributions and no quotation marks."""
    return [
        _statements(reading, sentence, candidates)
        if candidates and not reading.marks_of(sentence)
        else []
        for sentence, candidates in enumerate(attributed)
    ]


def _statements(reading: Reading, sentence: int, candidates: list[Attributed]) -> list[Quotation]:
    """The statements of a sentence; one inside another is not a second one."""
    start, end = reading.sentences[sentence]
    starts = reading.tokens.starts
    closing = _closing(reading, candidates)
    statements: list[Quotation] = []
    told_until = -1  # "Xi said that China has noted that …": the end of what Xi said
    for candidate in candidates:
        attribution = candidate.attribution
        if not _reports(reading, attribution) or starts[attribution.verb] < told_until:
            continue
        stop = starts[closing.attribution.start] if closing and candidate is not closing else end
        span = _content(reading, attribution, start, stop)
        if span is None:
            continue
        told_until = span[1]
        content = reading.text[slice(*span)]
        if len(content.split()) >= _FEWEST_WORDS:
            statements.append(Quotation(*span, content, candidate.speaker, direct=False))
    return statements


def _reports(reading: Reading, attribution: Attribution) -> bool:
    """True for "said" or "according to", but not "suggested", which reports only with marks."""
    word = reading.tokens.words[attribution.verb]
    return word in REPORTING_VERBS or word == "according"


def _closing(reading: Reading, candidates: list[Attributed]) -> Attributed | None:
    """The attribution after the last comma, for the whole sentence: ", CCTV reported"."""
    last = candidates[-1]
    words, stop = reading.tokens.words, last.attribution.stop
    if len(candidates) == 1 or words[last.attribution.start - 1] != ",":
        return None
    return last if words[stop] in (".", "", "on", "in") else None


def _content(
    reading: Reading, attribution: Attribution, start: int, end: int
) -> tuple[int, int] | None:
    """The statement in a sentence, without the words that attribute it."""
    tokens, text = reading.tokens, reading.text
    opening = tokens.starts[attribution.start]
    before = strip_span(text, start, opening, "", " ,\n")
    if tokens.words[attribution.verb] == "according" or attribution.inverted:
        if attribution.verb == reading.token_at(start):  # "According to Ann Lee, …"
            return _trimmed(text, tokens.ends[attribution.stop - 1], end)
        return _trimmed(text, *before)
    stop = reading.token_at(end)
    first = _clause_after(reading, attribution.stop, stop)
    if first is not None and stop - first >= _FEWEST_WORDS:
        return _trimmed(text, tokens.starts[first], end)
    return _trimmed(text, *before) if before[1] < opening else None


def _clause_after(reading: Reading, index: int, stop: int) -> int | None:
    """The first token of the reported clause, after "on Friday that" or "reporters that".

    Args:
        reading: The text.
        index: The token after the verb.
        stop: The token after the sentence.
    """
    words = reading.tokens.words
    limit = min(stop, index + _CONJUNCTION_REACH)
    for k in range(index, limit):
        if words[k] == "that":
            return k + 1
        if words[k] in (",", ";", ":"):
            break
    if words[index - 1] in TELLING_VERBS:
        names = names_between(reading.names, index, limit)
        return names[0].stop if names and names[0].first == index else index
    return None if words[index] in _NOT_A_STATEMENT else index


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A statement without white space, commas and its full stop; None if nothing is left."""
    start, end = strip_span(text, start, end, " ,:\n\r\t", " .,\n\r\t")
    return (start, end) if start < end else None


def continue_speech(
    reading: Reading,
    attributed: Sequence[list[Attributed]],
    statements: Sequence[list[Quotation]],
) -> list[list[Quotation]]:
    """Add sentences in the first person right after a statement: its speaker goes on.

    Ann Lee said that the bridge was safe. We repair it every year.
    """
    continued: list[list[Quotation]] = []
    previous: list[Quotation] = []
    for sentence, found in enumerate(statements):
        if previous and previous[-1].speaker and not attributed[sentence]:
            found = _first_person(reading, sentence, previous[-1].speaker)
        continued.append(found)
        previous = found
    return continued


def _first_person(reading: Reading, sentence: int, speaker: str) -> list[Quotation]:
    """The sentence as a statement of a speaker, if it has "we" or "I", and no "he" or "she"."""
    first, stop = reading.sentence_tokens(sentence)
    words = frozenset(reading.tokens.words[first:stop])
    if words.isdisjoint(FIRST_PERSON) or words & _OTHER_PERSONS or reading.marks_of(sentence):
        return []
    span = _trimmed(reading.text, *reading.sentences[sentence])
    return [Quotation(*span, reading.text[slice(*span)], speaker, direct=False)] if span else []
