"""Numbers that the source does not state but that follow from numbers it does.

Only from operands of the same thing: the same unit or noun, a few sentences apart at most, and only
by an operation that the words beside the number call for (a sum needs no word, a difference does).
Otherwise small numbers would follow from anything: `benchmarks/derived.py` measures how often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from ...languages.english import CHANGED_BY_SHARE, DIFFERING
from ...numbers import KINDS, Number
from ...numbers.context import Context
from ...text.terms import stem
from ..result import NumberCheck
from ..verdicts import Verdict
from ..wording import sentences_of
from .case import Case
from .confidence import LIKELY

_SENTENCES_APART = 2
"""By hand: farther apart, operands are rarely of one statement."""
_YEARS_APART = 1
"""By hand: the same for years, of which every article has many."""
_MOST_TERMS = 6
"""By hand: more terms of a sum are a coincidence."""
_MOST_OPERANDS = 400
"""Numbers of the source that are tried; keeps the search linear in a table of a million figures."""
_LOWEST_ORDINAL, _HIGHEST_ORDINAL = 2, 20
"""By hand: a first goal need not be the only one, and higher ordinals are ranks and anniversaries, and count nothing."""
_FEWEST_YEARS = 2
"""By hand: every article has two years in a row."""
_RATIO_TOLERANCE = Decimal("0.05")
"""Half a unit of the last digit that a multiple ("2.5 times") is usually given with."""
_PERCENT_TOLERANCE = Decimal("0.5")
"""Half a unit of the last digit that a change in percent is usually given with."""
_LEAST_CHANGED = 20
"""By hand: of smaller amounts a change is not told in percent, and many percentages are close to it."""
_WHOLE = 100
_FIRST_YEAR = 1000
"""By hand: an earlier year is more often the end of a span ("2007-11") than a year of its own."""

_HAVING_RATIOS = frozenset({"money", "cardinal", "percent", "measure"})
_CHANGING = frozenset({"money", "cardinal", "measure"})
_DIFFERENCE_WORDS = frozenset(map(stem, DIFFERING))
_CHANGE_WORDS = frozenset(map(stem, CHANGED_BY_SHARE))


class Derivation(NamedTuple):
    """How a number follows, in words, and the numbers of the source that it follows from."""

    how: str
    operands: list[Number]


def derived(case: Case) -> NumberCheck | None:
    """“Seven drones fell.” where the source has “Two drones fell on the way, five drones in town.”"""
    number = case.number
    if not KINDS[number.kind].derives or number.value <= 0:
        return None
    found = next((found for derive in DERIVATIONS if (found := derive(case))), None)
    if found is None:
        return None
    reason = f"{case.phrase}: {found.how} ({sentences_of(case.source, found.operands)})"
    return case.check(Verdict.DERIVED, reason, *found.operands, confidence=LIKELY)


# --- Derivations, in the order in which they are tried -----------------------------------------


def reached_ordinal(case: Case) -> Derivation | None:
    """“Lee scored two goals.” where the source has “After the break Lee scored his second goal.”

    The ordinal has to count the same noun of the same person.
    """
    claimed, number = case.context, case.number
    if (
        number.kind != "cardinal"
        or not claimed.head
        or not _LOWEST_ORDINAL <= number.value <= _HIGHEST_ORDINAL
    ):
        return None
    for given in case.source.contexts.numbers:
        other = given.number
        if other.kind != "ordinal" or other.value != number.value or given.head != claimed.head:
            continue
        if case.sentence & case.source.terms.names_by_sentence[given.sentence]:
            return Derivation(f"“{other.text} {other.unit}” makes {number.text}", [other])
    return None


def one_among_others(case: Case) -> Derivation | None:
    """“Six other runners start.” where the source has “Ann Lee starts in a seven-runner race.”"""
    claimed, number = case.context, case.number
    if number.kind != "cardinal" or not claimed.head:
        return None
    for given in case.source.contexts.numbers:
        other = given.number
        if other.kind != "cardinal" or given.head != claimed.head or claimed.others == given.others:
            continue
        if other.value - number.value == (1 if claimed.others else -1):
            sign = "less" if claimed.others else "and"
            how = f"“{other.text} {'other ' * given.others}{other.unit}” {sign} one"
            return Derivation(how, [other])
    return None


def total(case: Case) -> Derivation | None:
    """“120 missiles and airstrikes hit.” where the source has “They fired 85 missiles and 35 airstrikes.”

    A run of two to six neighbouring operands.
    """
    operands = _operands(case)
    for first in range(len(operands)):
        if terms := _terms(operands[first : first + _MOST_TERMS], case.number.value):
            return Derivation(f"{' + '.join(n.text for n in terms)} = {case.number.text}", terms)
    return None


def difference(case: Case) -> Derivation | None:
    """“Sales rose by 50 units.” where the source has “It sold 250 units in May and 300 units in June.”"""
    if _DIFFERENCE_WORDS.isdisjoint(case.sentence | set(case.context.near)):
        return None
    for one, other in _neighbours(_operands(case)):
        if abs(one.value - other.value) == case.number.value:
            high, low = _by_size(one, other)
            return Derivation(f"{high.text} − {low.text} = {case.number.text}", [high, low])
    return None


def ratio(case: Case) -> Derivation | None:
    """“Profit tripled.” where the source has “Profit was $10 million, then $30 million.”"""
    if case.number.kind != "multiple":
        return None
    for one, other in _neighbours(_of_kinds(case, _HAVING_RATIOS)):
        if one.unit != other.unit or min(one.value, other.value) <= 0:
            continue
        high, low = _by_size(one, other)
        if abs(high.value / low.value - case.number.value) < _RATIO_TOLERANCE:
            return Derivation(f"{high.text} is {case.number.text} of {low.text}", [high, low])
    return None


def change(case: Case) -> Derivation | None:
    """“Sales fell 20%.” where the source has “Sales went from 500 units to 400 units.”"""
    number = case.number
    if number.kind != "percent" or number.value < 1 or _CHANGE_WORDS.isdisjoint(case.sentence):
        return None
    for one, other in _neighbours(_of_kinds(case, _CHANGING)):
        if not _can_change_into(one, other):
            continue
        for new, old in ((one, other), (other, one)):
            percent = abs(new.value - old.value) / old.value * 100
            if abs(percent - number.value) < _PERCENT_TOLERANCE:
                how = f"from {old.text} to {new.text} is {percent:.1f}%"
                return Derivation(how, [old, new])
    return None


def complement(case: Case) -> Derivation | None:
    """“40% of voters refused.” where the source has “60% of voters agreed.”"""
    number = case.number
    if number.kind != "percent" or number.unit != "percent" or number.value >= _WHOLE:
        return None
    for given in case.source.contexts.numbers:
        other = given.number
        if other.kind != "percent" or other.value + number.value != _WHOLE:
            continue
        if other.value != number.value and given.near.keys() & case.context.near.keys():
            return Derivation(f"100% − {other.text} = {number.text}", [other])
    return None


def elapsed(case: Case) -> Derivation | None:
    """“She led it for 20 years.” where the source has “She led it from 1991 until 2011.”"""
    number = case.number
    if (
        number.kind not in ("duration", "age")
        or number.unit != "year"
        or number.value < _FEWEST_YEARS
    ):
        return None
    years = (c for c in _of_kinds(case, {"year"}) if _is_full_year(c.number))
    for one, other in _neighbours(years, apart=_YEARS_APART):
        if abs(one.value - other.value) == number.value:
            return Derivation(f"{one.text} to {other.text} is {number.text}", [one, other])
    return None


DERIVATIONS: tuple[Callable[[Case], Derivation | None], ...] = (
    reached_ordinal,
    one_among_others,
    total,
    difference,
    ratio,
    change,
    complement,
    elapsed,
)
"""The first that applies is the reason given."""


# --- Operands ---------------------------------------------------------------------------------


def _operands(case: Case) -> list[Context]:
    """Numbers of the same unit or noun, in the order of the source."""
    same = _counts_the_same if case.number.kind == "cardinal" else _has_same_unit
    found = (
        given
        for given in case.source.contexts.numbers
        if given.number.value > 0
        and given.number.value != case.number.value
        and same(case.context, given)
    )
    return list(islice(found, _MOST_OPERANDS))


def _has_same_unit(claimed: Context, given: Context) -> bool:
    one, other = claimed.number, given.number
    return KINDS[one.kind].adds and (one.kind, one.unit) == (other.kind, other.unit)


def _counts_the_same(claimed: Context, given: Context) -> bool:
    """The same noun, or one that the other number mentions: 120 missiles and airstrikes."""
    if not claimed.head or given.number.kind != "cardinal":
        return False
    if claimed.head == given.head or given.head in claimed.near:
        return True
    return not given.number.unit and claimed.head in given.near


def _of_kinds(case: Case, kinds: Iterable[str]) -> Iterator[Context]:
    return (c for c in case.source.contexts.numbers if c.number.kind in kinds)


def _neighbours(
    operands: Iterable[Context], apart: int = _SENTENCES_APART
) -> Iterator[tuple[Number, Number]]:
    """Each operand with the two after it that are not too many sentences apart."""
    kept = list(islice(operands, _MOST_OPERANDS + 2))
    for index, one in enumerate(kept[:_MOST_OPERANDS]):
        for other in kept[index + 1 : index + 3]:
            if other.sentence - one.sentence <= apart:
                yield one.number, other.number


def _terms(operands: list[Context], target: Decimal) -> list[Number]:
    """The first operands if they add up to a number, as many as it takes; none if they do not."""
    added = Decimal(0)
    for count, operand in enumerate(operands, 1):
        added += operand.number.value
        if added > target or operand.sentence - operands[0].sentence > _SENTENCES_APART:
            return []
        if added == target and count > 1:
            return [c.number for c in operands[:count]]
    return []


def _by_size(one: Number, other: Number) -> tuple[Number, Number]:
    return (one, other) if one.value > other.value else (other, one)


def _can_change_into(one: Number, other: Number) -> bool:
    """Two amounts of the same unit, large enough to speak of percent."""
    if not one.unit or one.unit != other.unit or min(one.value, other.value) <= 0:
        return False
    return max(one.value, other.value) >= _LEAST_CHANGED


def _is_full_year(number: Number) -> bool:
    return number.unit == "year" and number.value > _FIRST_YEAR
