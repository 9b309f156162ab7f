"""The source has the value: of the same thing, of something else, or not at all."""

from __future__ import annotations

from decimal import Decimal

from ...numbers import Number
from ...numbers.context import Context
from ..result import NumberCheck
from ..verdicts import Verdict
from ..wording import sentence_of
from .alignment import Match
from .case import Case
from .reasons import nowhere, quote
from .weights import RIVAL_NEAR, RIVAL_NEAR_ALONE, RIVAL_SENTENCE, SAME_HEAD


def stated(case: Case) -> NumberCheck | None:
    """“85 missiles were fired.” where the source has “They fired 85 missiles.”"""
    best = case.best
    if best is None or best.sameness is None or not case.alignment.is_supported:
        return None
    number, support = best.context.number, case.alignment.support
    return case.check(Verdict(best.sameness), case.says(number), number, confidence=support)


def flagged(case: Case) -> NumberCheck:
    """“95 missiles were fired.” where the source has “They fired 85 missiles.”

    Always decides, so it comes last: misplaced, contradicted or unsupported.
    """
    instead = _number_instead(case)
    if case.best is not None:
        verdict, reason = Verdict.MISPLACED, _misplaced(case, case.best.context, instead)
    elif instead:
        verdict, reason = Verdict.CONTRADICTED, case.says(instead)
    else:
        verdict, reason = Verdict.UNSUPPORTED, nowhere(case.phrase)
    elsewhere = case.best.context.number if case.best else None
    evidence = [number for number in (instead, elsewhere) if number]
    suggestion = instead.text if instead else None
    support = case.alignment.support
    return case.check(verdict, reason, *evidence, confidence=support, suggestion=suggestion)


def _number_instead(case: Case) -> Number | None:
    """The number that the source has of the same thing."""
    rival = case.alignment.rival
    return rival.context.number if rival and _is_of_the_same(rival) else None


def _is_of_the_same(rival: Match) -> bool:
    """True if the source has a number of another value where the claimed one should be."""
    if rival.head >= SAME_HEAD and (rival.near > RIVAL_NEAR or rival.sentence > RIVAL_SENTENCE):
        return True
    return rival.near > RIVAL_NEAR_ALONE and rival.head >= 0


def _misplaced(case: Case, elsewhere: Context, instead: Number | None) -> str:
    """The reason for a value that the source has of something else."""
    number = elsewhere.number
    if instead is None:
        where = quote(case.source, number)
        return f"{case.phrase}: the source has this value for another thing: {where}"
    if other := _thing(elsewhere):
        return f"{case.says(instead)}; {number.text} is its number of {other}"
    place = sentence_of(case.source, number.start)
    return f"{case.says(instead)}; {number.text} stands there for something else ({place})"


def _thing(context: Context) -> str:
    """What a number of the source counts, in the source's word; "" if it is not plain."""
    number = context.number
    return number.unit or "" if number.kind == "cardinal" and number.value != Decimal(1) else ""
