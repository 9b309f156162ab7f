"""Does a claim have something rise that falls, approved that is rejected?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...article import Article
from ...languages.english import OPPOSITES
from ...text.terms import stem
from .evidence import Case, find_support, sentence_words

_CLAUSE_ENDS = re.compile(r"[,;:]|\b(?:and|but|while|as|after)\b")
_SIDES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(map(stem, side)), frozenset(map(stem, other)))
    for one, two in OPPOSITES
    for side, other in ((one, two), (two, one))
)
"""Stems of each side of each pair of opposites -> those of the other."""
_DIRECTED = frozenset().union(*(side for side, _ in _SIDES))
"""Stems that give a claim a direction; without one nothing can be turned around."""


def turns_direction(case: Case) -> str | None:
    """Gas prices rise, where the only sentence about gas has its price falling.

    Clause by clause: in "Five people died and three survived" each has a direction of its own.
    """
    if not case.stems & _DIRECTED:
        return None
    for start, end in _clauses(case.claim.text):
        if _is_turned(case.claim, start, end, case.source):
            clause = case.claim.text[start:end].strip()
            return f"“{clause}” turns the direction of the source round"
    return None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The offsets, end exclusive, of the clauses between commas and conjunctions.

    >>> [text[a:b] for text in ["Sales fell, profit rose"] for a, b in _clauses(text)]
    ['Sales fell', ' profit rose']
    """
    start = 0
    for between in _CLAUSE_ENDS.finditer(text):
        yield start, between.start()
        start = between.end()
    yield start, len(text)


def _is_turned(claim: Article, start: int, end: int, source: Article) -> bool:
    """True if the sentence about a clause has only the opposite of a direction in it."""
    first, stop = claim.token_range(start, end)
    stems = frozenset(map(stem, claim.tokens.words[first:stop]))
    directed = [(side, other) for side, other in _SIDES if stems & side and not stems & other]
    if not directed:
        return False
    support = find_support(Article(claim.text[start:end]), source)
    if not support.sentences:
        return False
    stated = frozenset(map(stem, sentence_words(source, support.sentences[0])))
    return any(
        stated & other and not stated & side and (stems & stated) - side for side, other in directed
    )
