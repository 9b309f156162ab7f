"""Identifiers: COVID-19 names something, and COVID-99 is wrong where the source has COVID-19."""

from __future__ import annotations

from collections.abc import Iterator

from ...article import Article
from ...numbers import Number
from ..result import NumberCheck
from ..verdicts import Verdict
from .case import Case
from .confidence import WRONG
from .reasons import says


def names_something(case: Case) -> NumberCheck | None:
    """“The F-16 landed.” where the source has “An F-16 landed.”

    Always decides about an identifier, which has no alignment that later rules could look at.
    """
    number = case.number
    if number.kind != "identifier":
        return None
    digits = _digits(number.text)
    namesakes = list(_namesakes(number, case.source)) if digits else []
    if same := next((n for n in namesakes if _digits(n.text) == digits), None):
        return case.check(Verdict.IDENTIFIER, "names something", same)
    if namesakes and number.text not in case.source.text:
        reason = says(number.text, case.source, namesakes[0])
        return case.check(Verdict.CONTRADICTED, reason, namesakes[0], confidence=WRONG)
    return case.check(Verdict.IDENTIFIER, "names something and claims no quantity")


def _namesakes(number: Number, source: Article) -> Iterator[Number]:
    """The identifiers of the source with the same letters: COVID-19 for COVID-99."""
    name = _letters(number.text)
    for given in source.numbers if name else ():
        if given.kind == "identifier" and _letters(given.text) == name:
            yield given


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalpha())


def _digits(text: str) -> str:
    return "".join(c if c.isdecimal() else " " for c in text).strip()
