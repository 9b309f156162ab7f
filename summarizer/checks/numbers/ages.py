"""Whose age it is: a person whom the source gives one age cannot have another.

"Barry Hall, 50", where the source has "Barry Hall, 51" and, elsewhere, "Mrs Hall, 50": the value is
there, of somebody of nearly that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...article import Article
from ...names import Name, is_same_name, words_of
from ...numbers import Number

_WORDS_BETWEEN = 3
"""Words between an age and the name behind it: "the 26-year-old Mexican striker Hall"."""


def find_other_age(number: Number, text: Article, source: Article) -> Number | None:
    """The age that the source gives the person whose age a number is, if that is another.

    Args:
        number: An age of the text.
        text: The summary.
        source: The article.

    Example:
        >>> text, source = Article("Barry Hall, 50, left."), Article("Barry Hall, 51, left. Ann Hall, 50, stayed.")
        >>> find_other_age(text.numbers[0], text, source).text
        '51'
    """
    person = _person(number, text)
    if person is None:
        return None
    wanted = set(words_of(person.text))
    given = [(age, who) for age, who in _ages(source) if is_same_name(who.text, person.text)]
    in_full = [age for age, who in given if wanted <= set(words_of(who.text))]
    if not in_full or any(age.value == number.value for age in in_full):
        return None
    return in_full[0]


def _ages(article: Article) -> Iterator[tuple[Number, Name]]:
    for number in article.numbers:
        if number.kind == "age" and (who := _person(number, article)):
            yield number, who


def _person(number: Number, article: Article) -> Name | None:
    """Whose age a number is: the name right before it, "Ann Lee, 30", or right behind it."""
    first, stop = article.token_range(number.start, number.end)
    words = article.tokens.words
    comma = first - 2 if words[first - 1] in ("a", "an", "aged") else first - 1
    if words[comma] in (",", "("):
        before = article.names_between(max(0, comma - 8), comma)
        if before and before[-1].stop == comma:
            return before[-1]
    if number.text[-1:].isdecimal():
        return None
    for name in article.names_between(stop, stop + 8):
        between = words[stop : name.first]
        if len(between) > _WORDS_BETWEEN or not all(word.isalpha() for word in between):
            return None
        if " " in name.text:  # "Mexican" alone is no person
            return name
    return None
