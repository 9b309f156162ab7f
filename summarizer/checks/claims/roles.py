"""Who did it to whom: two names that took each other's place in a claim.

"B hired A" for "A hired B" has every word right. What gives it away is the order: the same words
stand between the same two names, and the names come the other way round.
"""

from __future__ import annotations

from itertools import pairwise

from ...article import Article
from ...names import Name, is_same_name

_TURNING = frozenset("by from of and or with".split())
"""Between two names these change or level their roles: "hired by A", "A and B"."""
_LEAST_SHARED = 0.5
_MOST_MENTIONS = 4


def exchanged_names(claim: Article, source: Article, sentence: int) -> tuple[str, str] | None:
    """Two names of a claim that a sentence of the source has the other way round, or None.

    Args:
        claim: The claim.
        source: The article.
        sentence: Index from 1 of the sentence that carries the claim.

    Example:
        >>> source = Article("On Friday Acme Foods bought Bolt Mills for a large sum.")
        >>> exchanged_names(Article("Bolt Mills bought Acme Foods."), source, 1)
        ('Bolt Mills', 'Acme Foods')
        >>> exchanged_names(Article("Bolt Mills was bought by Acme Foods."), source, 1)
    """
    place = source.sentences[sentence - 1]
    given = source.names_between(*source.token_range(place.start, place.end))
    for one, other in pairwise(_names(claim, given)):
        between = _between(claim, one, other)
        if not between or is_same_name(one.text, other.text):
            continue
        firsts, seconds = _mentions(other, given), _mentions(one, given)
        reversed_order = any(
            len(between & _between(source, a, b)) >= _LEAST_SHARED * len(between)
            for a in firsts
            for b in seconds
            if a.stop <= b.first
        )
        same_order = any(
            between & _between(source, b, a) for a in firsts for b in seconds if b.stop <= a.first
        )
        if reversed_order and not same_order:
            return one.text, other.text
    return None


def _names(claim: Article, given: list[Name]) -> list[Name]:
    """The names of a claim, with its first word if that is a name of the source.

    At the start of a sentence a capital proves nothing by itself: "Russia" there is a name only
    because the source has it as one.
    """
    names, tokens = claim.names, claim.tokens
    if tokens.count and tokens.capitalised(0) and (not names or names[0].first > 0):
        word = tokens.original(0)
        if any(is_same_name(word, n.text) for n in given):
            names = [Name(tokens.starts[0], tokens.ends[0], word, 0, 1, (), True), *names]
    return names


def _mentions(name: Name, given: list[Name]) -> list[Name]:
    return [n for n in given if is_same_name(name.text, n.text)][:_MOST_MENTIONS]


def _between(article: Article, one: Name, other: Name) -> frozenset[str]:
    """The content stems between two names; empty if a word there turns who does what."""
    words = article.tokens.words[one.stop : other.first]
    turning = _TURNING.intersection(words) - ({"with"} if len(words) > 3 else set())
    if turning:
        return frozenset()
    return frozenset(article.contexts.stems[one.stop : other.first]) - {""}
