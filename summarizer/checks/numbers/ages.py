"""Whose age it is: a person whom the source gives one age cannot have another.

"Barry Hall, 50", where the source has "Barry Hall, 51" and, elsewhere, "Mrs Hall, 50": the source
has the value, but for a person with a similar name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...article import Article
from ...names import Name, is_same_name, words_of
from ...numbers import Number
from ..result import NumberCheck
from ..verdicts import Verdict
from .case import Case
from .confidence import WRONG

_ARTICLES = frozenset({"a", "an", "aged"})
"""Words between a name's comma and an age: "Ann Lee, aged 30"."""
_NAME_REACH = 8
"""Tokens on either side of an age in which the name has to be."""
_WORDS_BETWEEN = 3
"""Words between an age and the name after it: "the 26-year-old Mexican striker Hall"."""


def other_age(case: Case) -> NumberCheck | None:
    """“Ann Lee, 44, won.” where the source has “Ann Lee, 33, won.”"""
    if case.number.kind != "age" or not (
        age := find_other_age(case.number, case.text, case.source)
    ):
        return None
    return case.check(
        Verdict.CONTRADICTED,
        f"{case.says(age)} of this person",
        age,
        confidence=WRONG,
        suggestion=age.text,
    )


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
    """Whose age a number is: of the name right before it, or else right after it."""
    first, stop = article.token_range(number.start, number.end)
    return _person_before(first, article) or _person_after(number, stop, article)


def _person_before(first: int, article: Article) -> Name | None:
    """Ann Lee, 30; Ann Lee (30); Ann Lee, aged 30."""
    words = article.tokens.words
    comma = first - 2 if words[first - 1] in _ARTICLES else first - 1
    if words[comma] not in (",", "("):
        return None
    before = article.names_between(max(0, comma - _NAME_REACH), comma)
    return before[-1] if before and before[-1].stop == comma else None


def _person_after(number: Number, stop: int, article: Article) -> Name | None:
    """The 26-year-old Mexican striker Ann Hall; "Mexican" alone is not a person."""
    if number.text[-1:].isdecimal():
        return None
    for name in article.names_between(stop, stop + _NAME_REACH):
        between = article.tokens.words[stop : name.first]
        if len(between) > _WORDS_BETWEEN or not all(word.isalpha() for word in between):
            return None
        if " " in name.text:
            return name
    return None
