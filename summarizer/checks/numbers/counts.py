"""Counts that no number of the source states: of the summary itself, of a list, of "both"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...article import Article
from ...languages.english import DESCRIBING_VERBS, LIST_OPENERS, TEXT_NOUNS, TEXT_PARTS
from ...languages.english_numbers import IMPLIED
from ...names import Name
from ...numbers import KINDS
from ...numbers.context import Context
from ...text.spans import Span
from ...text.terms import stem
from ..result import NumberCheck
from ..verdicts import Verdict
from .case import Case
from .confidence import PLAUSIBLE
from .reasons import quote
from .weights import IMPLIED_SHARE

_ABOUT_THE_TEXT = re.compile(rf"\b(?:{'|'.join(sorted(TEXT_NOUNS))})\b", re.IGNORECASE)
_DESCRIBING = frozenset(map(stem, DESCRIBING_VERBS))
_PARTS_OF_TEXT = frozenset(map(stem, TEXT_PARTS))
_MOST_PARTS = 10
"""By hand: more parts of a summary, or names of a list, are rarely counted."""
_FEWEST_LISTED = 2
"""A single thing is not a list."""
_MOST_DESCRIBED = 4
"""By hand: more than four things that "the passage describes" are counted in the source."""
_DESCRIPTION_CHARACTERS, _DESCRIPTION_WORDS = 60, 8
"""By hand: how far "the passage" may be from the number of things that it describes."""
_COLON_REACH = 60
"""Characters after a number in which the colon of its list has to be."""
_BRACKETED = re.compile(r"\([^()]*\)")
_BETWEEN_ITEMS = re.compile(r",|;|\band\b")
_BETWEEN_NAMES = frozenset(["", "and", "&"])


# --- Counts of the summary itself -------------------------------------------------------------


def counts_the_summary(case: Case) -> NumberCheck | None:
    """“The passage describes two boxers.” where the source has “Ann Lee beat Jo Hall.”"""
    number = case.number
    if not KINDS[number.kind].counts or number.value > _MOST_PARTS:
        return None
    if any(
        counts(case) for counts in (_introduces_a_list, _counts_parts, _counts_what_it_describes)
    ):
        return case.check(Verdict.IDENTIFIER, "counts what the summary itself describes")
    return None


def _introduces_a_list(case: Case) -> bool:
    """Two bands: A and B. The number counts what the summary itself lists."""
    number = case.number
    if number.kind != "cardinal" or number.value < _FEWEST_LISTED:
        return False
    end = case.text.sentences[case.context.sentence].end
    colon = case.text.text.find(":", number.end, min(end, number.end + _COLON_REACH))
    if colon < 0:
        return False
    bare = _BRACKETED.sub("", case.text.text[colon + 1 : end])
    items = [item for item in _BETWEEN_ITEMS.split(bare) if item.strip(" .")]
    return len(items) == number.value


def _counts_parts(case: Case) -> bool:
    """The summary makes three points; here are three points:"""
    if case.context.head not in _PARTS_OF_TEXT:
        return False
    sentence = case.text.sentences[case.context.sentence].text
    return bool(_ABOUT_THE_TEXT.search(sentence)) or sentence.rstrip().endswith(":")


def _counts_what_it_describes(case: Case) -> bool:
    """The passage describes two boxers."""
    number = case.number
    if number.value > _MOST_DESCRIBED or number.kind != "cardinal":
        return False
    if case.context.head in _PARTS_OF_TEXT:
        return False
    sentence = case.text.sentences[case.context.sentence]
    before = case.text.text[sentence.start : number.start]
    match = _ABOUT_THE_TEXT.search(before)
    if match is None or len(before) - match.end() > _DESCRIPTION_CHARACTERS:
        return False
    between = [stem(word.strip(",.:")) for word in before[match.end() :].lower().split()]
    return len(between) <= _DESCRIPTION_WORDS and not _DESCRIBING.isdisjoint(between)


# --- Counts of a list -------------------------------------------------------------------------


def listed(case: Case) -> NumberCheck | None:
    """“Three frigates came.” where the source has “It sent the frigates Kent, Iron and Duke.”"""
    span = _find_list(case.context, case.source) if case.best is None else None
    if span is None:
        return None
    reason = f"{case.phrase}: the source lists them: {quote(case.source, span)}"
    return case.check(Verdict.DERIVED, reason, span, confidence=PLAUSIBLE)


def _find_list(claimed: Context, source: Article) -> Span | None:
    """A list of so many names right after the noun that is counted."""
    number = claimed.number
    if (
        number.kind != "cardinal"
        or not claimed.head
        or not _FEWEST_LISTED <= number.value <= _MOST_PARTS
    ):
        return None
    for names in _lists_of(claimed.head, source):
        if len(names) == number.value:
            return source.span(names[0].start, names[-1].end)
    return None


def _lists_of(noun: str, source: Article) -> Iterator[list[Name]]:
    """The runs of names that a noun, given by its stem, introduces."""
    for index in source.terms.postings.get(noun, ()):
        sentence = source.sentences[index]
        first, stop = source.token_range(sentence.start, sentence.end)
        for names in _runs_of_names(source.names_between(first, stop), source):
            if _last_word(source.tokens.words[first : names[0].first]) == noun:
                yield names


def _last_word(words: list[str]) -> str:
    """The stem of the last word before a list, without what opens the list."""
    for word in reversed(words):
        if word not in LIST_OPENERS:
            return stem(word)
    return ""


def _runs_of_names(names: list[Name], source: Article) -> list[list[Name]]:
    """Names with nothing but commas and "and" between them."""
    runs: list[list[Name]] = []
    for name in names:
        between = source.text[runs[-1][-1].end : name.start] if runs else None
        if between is not None and between.strip(" ,.") in _BETWEEN_NAMES:
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


# --- Words that imply a count -----------------------------------------------------------------


def implied(case: Case) -> NumberCheck | None:
    """“The two men left.” where the source has “Both men left.”"""
    span = _find_implied(case.context, case.source) if case.best is None else None
    if span is None:
        return None
    return case.check(Verdict.EQUIVALENT, case.says(span), span, confidence=PLAUSIBLE)


def _find_implied(claimed: Context, source: Article) -> Span | None:
    """A word of the source that says how many without a number, of the same thing.

    Such words are everywhere, so that what is counted, or enough of the words around the number,
    must be in their sentence.
    """
    number = claimed.number
    words = IMPLIED.get((number.kind, number.value, number.unit))
    words = words or IMPLIED.get((number.kind, number.value, None))
    if not words:
        return None
    tokens = source.tokens
    around = {word: source.terms.weight(word) for word in claimed.near}
    for index, word in enumerate(tokens.words[: tokens.count]):
        if word in words and _speaks_of_it(claimed, around, source, tokens.starts[index]):
            return source.span(tokens.starts[index], tokens.ends[index])
    return None


def _speaks_of_it(claimed: Context, around: dict[str, float], source: Article, offset: int) -> bool:
    """Whether the sentence at an offset speaks of what a number counts."""
    there = source.stems_at(offset)
    shared = sum(weight for word, weight in around.items() if word in there)
    if not shared:
        return False
    return claimed.head in there or shared >= IMPLIED_SHARE * sum(around.values())
