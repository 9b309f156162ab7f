"""Numbers that took each other's place: each value is there, and only the pair shows the swap."""

from __future__ import annotations

from ...numbers.context import Context
from ..result import NumberCheck
from ..verdicts import Verdict
from .alignment import Alignment
from .case import Case
from .confidence import DOUBTFUL
from .weights import SWAP_MARGIN, SWAP_NEIGHBOURS


def swapped(case: Case) -> NumberCheck | None:
    """“The mill has 40 men and 60 women.” where the source has “The mill has 60 men and 40 women.”"""
    if case.number.kind == "score" or not (case.swap and case.swap.best and case.best):
        return None
    there, here = case.swap.best.context.number, case.best.context.number
    return case.check(
        Verdict.MISPLACED,
        f"{case.says(there)} of this; {here.text} stands there for the other",
        there,
        here,
        confidence=min(case.alignment.support, DOUBTFUL),
        suggestion=there.text,
    )


def find_swaps(contexts: list[Context], alignments: dict[int, Alignment]) -> dict[int, Alignment]:
    """The numbers of a summary that took each other's place.

    Args:
        contexts: All numbers of the summary.
        alignments: Their alignments by index; identifiers have none.

    Returns:
        For the index of each such number, the alignment of the other.
    """
    swaps: dict[int, Alignment] = {}
    for index, one in alignments.items():
        for other in range(index + 1, index + 1 + SWAP_NEIGHBOURS):
            if other not in alignments or contexts[other].sentence != contexts[index].sentence:
                continue
            if _fit_each_other(one, alignments[other]):
                swaps[index], swaps[other] = alignments[other], one
    return swaps


def _fit_each_other(one: Alignment, other: Alignment) -> bool:
    """True if two numbers fit their surroundings better with each other's mentions.

    Both mentions have to be in one sentence, and numbers of one kind.
    """
    if one.best is None or other.best is None:
        return False
    mine, theirs = one.best.context, other.best.context
    if mine.sentence != theirs.sentence or mine.number.value == theirs.number.value:
        return False
    if mine.number.kind != theirs.number.kind:
        return False
    as_said = one.best.near + other.best.near
    return one.near(theirs) + other.near(mine) > as_said + SWAP_MARGIN
