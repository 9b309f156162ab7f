"""Counts that no number of the source states: of the summary itself, of a list, of "both"."""

from __future__ import annotations

import re

from ...article import Article
from ...languages.english_numbers import IMPLIED
from ...names import Name
from ...numbers import KINDS
from ...numbers.context import Context
from ...text.spans import Span
from ...text.terms import stem

_ABOUT_THE_TEXT = re.compile(
    r"\b(?:passage|article|text|summary|document|report|excerpt|information|piece|paragraph|statements?)\b",
    re.IGNORECASE,
)
_DESCRIBING = frozenset(
    stem(w)
    for w in (
        "describes discusses mentions contains provides provided covers presents includes"
        " refers lists summarizes summarises outlines details talks highlights consists given"
        " about"
    ).split()
)
_PARTS_OF_TEXT = frozenset(
    stem(w)
    for w in (
        "point points statement statements topic topics piece pieces section sections part"
        " parts sentence sentences paragraph paragraphs passage passages entity entities item"
        " items fact facts takeaway takeaways works claims subject subjects"
    ).split()
)
_MOST_PARTS = 10
_MOST_DESCRIBED = 4


def counts_the_text(claimed: Context, text: Article) -> bool:
    """True for "the passage describes two boxers", "these two statements": about the summary."""
    number = claimed.number
    if not KINDS[number.kind].counts or number.value > _MOST_PARTS:
        return False
    if _introduces_list(claimed, text):
        return True
    if claimed.head in _PARTS_OF_TEXT:
        sentence = text.sentences[claimed.sentence]
        return bool(_ABOUT_THE_TEXT.search(sentence.text)) or sentence.text.rstrip().endswith(":")
    if number.value > _MOST_DESCRIBED or number.kind != "cardinal":
        return False
    sentence = text.sentences[claimed.sentence]
    before = text.text[sentence.start : number.start]
    match = _ABOUT_THE_TEXT.search(before)
    if match is None or len(before) - match.end() > 60:
        return False
    between = before[match.end() :].lower().split()
    return any(stem(w.strip(",.:")) in _DESCRIBING for w in between) and len(between) <= 8


def _introduces_list(claimed: Context, text: Article) -> bool:
    """True for "two bands: A and B": the number counts what the summary itself lists."""
    number = claimed.number
    if number.kind != "cardinal" or not 2 <= number.value <= _MOST_PARTS:
        return False
    sentence = text.sentences[claimed.sentence]
    colon = text.text.find(":", number.end, min(sentence.end, number.end + 60))
    if colon < 0:
        return False
    bare = re.sub(r"\([^()]*\)", "", text.text[colon + 1 : sentence.end])
    items = [i for i in re.split(r",|;|\band\b", bare) if i.strip(" .")]
    return len(items) == number.value


_OPENS_A_LIST = frozenset([",", ":", "(", "-", "–", "—", "named", "called", "namely"])


def find_list(claimed: Context, source: Article) -> Span | None:
    """A list of so many names behind the noun that is counted: "frigates HMS Kent, HMS Iron and …"."""
    number = claimed.number
    if number.kind != "cardinal" or not claimed.head or not 2 <= number.value <= _MOST_PARTS:
        return None
    for index in source.contexts.sentence_postings.get(claimed.head, ()):
        sentence = source.sentences[index]
        first, stop = source.token_range(sentence.start, sentence.end)
        for run in _runs_of_names(source.names_between(first, stop), source):
            before = source.tokens.words[first : run[0].first]
            while before and before[-1] in _OPENS_A_LIST:
                before.pop()
            if len(run) == number.value and before and stem(before[-1]) == claimed.head:
                return source.span(run[0].start, run[-1].end)
    return None


def _runs_of_names(names: list[Name], source: Article) -> list[list[Name]]:
    """Names with nothing but commas and "and" between them."""
    runs: list[list[Name]] = []
    for name in names:
        joined = runs and source.text[runs[-1][-1].end : name.start].strip(" ,.") in (
            "",
            "and",
            "&",
        )
        if joined:
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


_IMPLIED_SHARE = 0.4
"""Of the words around a number: so many must stand in the sentence of a word that implies it."""


def find_implied(claimed: Context, source: Article) -> Span | None:
    """A word of the source that says how many without a number, of the same thing.

    "Both men", "twins", "a decade": such words are everywhere, so that what is counted, or most of
    the words around the number, must stand in their sentence.
    """
    number = claimed.number
    words = IMPLIED.get((number.kind, number.value, number.unit))
    words = words or IMPLIED.get((number.kind, number.value, None))
    if not words:
        return None
    tokens, contexts = source.tokens, source.contexts
    around = {word: contexts.weight(word) for word in claimed.near}
    for index in (i for i, word in enumerate(tokens.words[: tokens.count]) if word in words):
        there = source.stems_at(tokens.starts[index])
        shared = sum(weight for word, weight in around.items() if word in there)
        if shared and (claimed.head in there or shared >= _IMPLIED_SHARE * sum(around.values())):
            return source.span(tokens.starts[index], tokens.ends[index])
    return None
