"""Who did it to whom: two names that are swapped in a claim.

"B hired A" for "A hired B" has every word right. Only the order gives it away: the same words are
between the same two names, and the names are in the opposite order.
"""

from __future__ import annotations

from itertools import pairwise, product

from ...article import Article
from ...names import Name, is_same_name
from .evidence import Case

_TURNING = frozenset("by from of and or with".split())
"""Between two names these change or level their roles: "hired by A", "A and B"."""
_LONG_ENOUGH_FOR_WITH = 3
"""Words between two names above which "with" is about something else ("took a job with")."""
_LEAST_SHARED = 0.5
"""Share of the words between two names that the source must repeat; by hand."""
_MOST_MENTIONS = 4
"""Mentions of each name compared in one sentence; keeps the work linear in a list of names."""


def swaps_names(case: Case) -> str | None:
    """Bolt Mills bought Acme Foods, where the source has: Acme Foods bought Bolt Mills.

    Not: Bolt Mills was bought by Acme Foods.
    """
    if not case.support.sentences:
        return None
    pair = swapped_names(case.claim, case.source, case.support.sentences[0])
    return f"the source has {pair[0]} and {pair[1]} the other way round" if pair else None


def swapped_names(claim: Article, source: Article, sentence: int) -> tuple[str, str] | None:
    """Find two names of a claim that a sentence of the source has in the opposite order.

    Args:
        claim: The claim.
        source: The article.
        sentence: Index from 1 of the sentence that covers the claim.

    Returns:
        The two names in the order of the claim, or None.

    Example:
        >>> source = Article("On Friday Acme Foods bought Bolt Mills for a large sum.")
        >>> swapped_names(Article("Bolt Mills bought Acme Foods."), source, 1)
        ('Bolt Mills', 'Acme Foods')
        >>> swapped_names(Article("Bolt Mills was bought by Acme Foods."), source, 1)
    """
    place = source.sentences[sentence - 1]
    stated = source.names_between(*source.token_range(place.start, place.end))
    for one, other in pairwise(_names(claim, stated)):
        between = _between(claim, one, other)
        if not between or is_same_name(one.text, other.text):
            continue
        if _is_swapped(between, source, _mentions(one, stated), _mentions(other, stated)):
            return one.text, other.text
    return None


def _is_swapped(
    between: frozenset[str], source: Article, ones: list[Name], others: list[Name]
) -> bool:
    """True if the words between two names are in the source only with the names swapped."""
    opposite_order = any(
        len(between & _between(source, other, one)) >= _LEAST_SHARED * len(between)
        for other, one in product(others, ones)
        if other.stop <= one.first
    )
    return opposite_order and not any(
        between & _between(source, one, other)
        for other, one in product(others, ones)
        if one.stop <= other.first
    )


def _names(claim: Article, stated: list[Name]) -> list[Name]:
    """The names of a claim, with its first word if that is a name of the source.

    At the start of a sentence a capital proves nothing by itself: "Russia" is a name there only
    because it is one in the source.
    """
    names, tokens = claim.names, claim.tokens
    if tokens.count and tokens.capitalised(0) and (not names or names[0].first > 0):
        word = tokens.original(0)
        if any(is_same_name(word, name.text) for name in stated):
            names = [Name(tokens.starts[0], tokens.ends[0], word, 0, 1, (), True), *names]
    return names


def _mentions(name: Name, stated: list[Name]) -> list[Name]:
    return [n for n in stated if is_same_name(name.text, n.text)][:_MOST_MENTIONS]


def _between(article: Article, one: Name, other: Name) -> frozenset[str]:
    """The content stems between two names; none if a word there changes who does what."""
    words = article.tokens.words[one.stop : other.first]
    harmless = {"with"} if len(words) > _LONG_ENOUGH_FOR_WITH else set()
    if _TURNING.intersection(words) - harmless:
        return frozenset()
    return frozenset(article.terms.stems[one.stop : other.first]) - {""}
