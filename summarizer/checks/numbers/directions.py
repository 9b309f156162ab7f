"""Up or down, profit or loss, to or by, at least or at most: what makes a right value a lie."""

from __future__ import annotations

from collections.abc import Callable

from ...languages.english import (
    CHANGE_ROLES,
    CHANGING,
    DEFICIT,
    DIRECTIONS,
    FALLING,
    LOSS,
    PROFIT,
    RISING,
    SURPLUS,
)
from ...numbers.context import Context
from ...text.terms import stem
from ..result import NumberCheck
from ..verdicts import Verdict
from .case import Case
from .confidence import UNLIKELY
from .reasons import quote
from .weights import DIRECTION_REACH

Sides = dict[str, frozenset[str]]
"""What a reason calls each side -> the stems that put a number on it."""

_DIRECTION: Sides = {
    "up": frozenset(map(stem, RISING)),
    "down": frozenset(map(stem, FALLING)),
}
_RESULT: Sides = {
    "a profit": frozenset(map(stem, PROFIT | SURPLUS)),
    "a loss": frozenset(map(stem, LOSS | DEFICIT)),
}
_CHANGING = frozenset(map(stem, CHANGING))
_AT_LEAST, _AT_MOST = frozenset({">", ">="}), frozenset({"<", "<="})


def opposite_direction(case: Case) -> NumberCheck | None:
    """“Sales dropped by $2 million.” where the source has “Sales grew by $2 million last year.”"""
    way = _opposite_side(case.context, case.best.context, _DIRECTION) if case.best else None
    if case.best is None or way is None:
        return None
    number = case.best.context.number
    reason = f"{case.phrase}: the source has it going {way}: {quote(case.source, number)}"
    return case.check(Verdict.CONTRADICTED, reason, number, confidence=UNLIKELY)


def other_role(case: Case) -> NumberCheck | None:
    """“Shares fell to $12.” where the source has “Shares fell by $12 to $88.”

    Every mention of the value has to differ, and in the same respect.
    """
    exact = ("exact", "equivalent")
    mentions = [m.context for m in case.alignment.matches if m.sameness in exact]
    for differs in _DIFFERENCES if mentions else ():
        differences = [differs(case, given) for given in mentions]
        if all(differences):
            number = mentions[0].number
            reason = f"{case.phrase}: {differences[0]}: {quote(case.source, number)}"
            return case.check(Verdict.CONTRADICTED, reason, number, confidence=UNLIKELY)
    return None


def _in_another_part_of_a_change(case: Case, given: Context) -> str | None:
    """Fell to $12, where the source has "fell by $12"; down 3%, where it has "up 3%"."""
    ours, theirs = case.context.before, given.before
    if ours == theirs or not _are_comparable({ours, theirs}, case, given):
        return None
    return f"the source says “{theirs}”, not “{ours}”"


def _are_comparable(words: set[str], case: Case, given: Context) -> bool:
    """ "To" and "by" say something of a value only where both sentences tell of a change."""
    if words <= DIRECTIONS:
        return True
    if not words <= CHANGE_ROLES or _CHANGING.isdisjoint(case.sentence):
        return False
    return not _CHANGING.isdisjoint(case.source.terms.by_sentence[given.sentence])


def _on_the_other_side(case: Case, given: Context) -> str | None:
    """A profit of $3m, where the source has a loss of $3m."""
    side = _opposite_side(case.context, given, _RESULT)
    return side and f"the source says {side}"


def _bounded_otherwise(case: Case, given: Context) -> str | None:
    """At least 10%, where the source has "at most 10%"."""
    ours, theirs = case.number.bound, given.number.bound
    if ours in _AT_LEAST and theirs in _AT_MOST:
        return "the source says less than that"
    opposite = ours in _AT_MOST and theirs in _AT_LEAST
    return "the source says more than that" if opposite else None


_DIFFERENCES: tuple[Callable[[Case, Context], str | None], ...] = (
    _in_another_part_of_a_change,
    _on_the_other_side,
    _bounded_otherwise,
)
"""What a mention of the value can be instead, in words; None if the mention does not differ."""


def _opposite_side(claimed: Context, given: Context, sides: Sides) -> str | None:
    """On which of two sides the source has a number, if the summary has it on the other one."""
    ours, theirs = _side(claimed, sides), _side(given, sides)
    return theirs if ours and theirs and ours != theirs else None


def _side(context: Context, sides: Sides) -> str | None:
    """The one side whose words are close to a number; None if neither is, or both are."""
    close = {word for word, distance in context.near.items() if distance <= DIRECTION_REACH}
    near = [side for side, words in sides.items() if close & words]
    return near[0] if len(near) == 1 else None
