"""Numbers that the source does not state but that follow from numbers it does.

Only from operands of the same thing: the same unit or noun, a few sentences apart at most, and only
by an operation that the words beside the number call for (a sum needs no word, a difference does).
Otherwise small numbers would follow from anything.
"""

from __future__ import annotations

from decimal import Decimal

from ...numbers import KINDS, Number
from ...numbers.context import Context, Contexts
from ...text.terms import stem

_SENTENCES_APART = 2
_MOST_TERMS = 6
_MOST_OPERANDS = 400
"""Numbers of the source that are tried; keeps the search linear in a table of a million figures."""
_DIFFERENCE = frozenset(
    stem(w)
    for w in (
        "more fewer less lead leads ahead behind gap difference margin rise rose fell fall"
        " drop dropped increase increased decrease decreased gained lost up down clear older"
        " younger taller longer shorter higher lower cut grew shots points beat later earlier"
    ).split()
)
_CHANGE = frozenset(
    stem(w)
    for w in (
        "rose rise fell fall grew growth increase increased decrease decreased drop dropped"
        " jumped surged plunged gained lost up down cut more less higher lower change"
    ).split()
)

Derivation = tuple[str, list[Number]]
"""How a number follows, in words, and its operands."""


def derive(claimed: Context, words: frozenset[str], source: Contexts) -> Derivation | None:
    """How a number follows from others of the source, or None.

    Args:
        claimed: The number in its context.
        words: The stems of its sentence, function words left out.
        source: The source's numbers.
    """
    number = claimed.number
    if not KINDS[number.kind].derives or number.value <= 0:
        return None
    return (
        _count_from_ordinal(claimed, words, source)
        or _with_others(claimed, source)
        or _sum(claimed, source)
        or _difference(claimed, words, source)
        or _ratio(claimed, source)
        or _change(claimed, words, source)
        or _complement(claimed, source)
        or _elapsed(claimed, source)
    )


def _operands(claimed: Context, source: Contexts) -> list[Context]:
    """Numbers of the same unit or noun, in the order of the source."""
    number = claimed.number
    found = [c for c in source.numbers if _same_thing(claimed, c, number)]
    return found[:_MOST_OPERANDS]


def _same_thing(claimed: Context, given: Context, number: Number) -> bool:
    other = given.number
    if other.value <= 0 or other.value == number.value:
        return False
    if KINDS[number.kind].adds:
        return other.kind == number.kind and other.unit == number.unit
    if number.kind != "cardinal" or other.kind != "cardinal":
        return False
    if claimed.head and claimed.head == given.head:
        return True
    if claimed.head and given.head in claimed.near:
        return True  # "120 missiles and airstrikes"
    return bool(claimed.head) and not other.unit and claimed.head in given.near


def _sum(claimed: Context, source: Contexts) -> Derivation | None:
    """A run of two to six neighbouring operands that add up."""
    target = claimed.number.value
    operands = _operands(claimed, source)
    for first in range(len(operands)):
        total = Decimal(0)
        for last in range(first, min(len(operands), first + _MOST_TERMS)):
            if operands[last].sentence - operands[first].sentence > _SENTENCES_APART:
                break
            total += operands[last].number.value
            if total == target and last > first:
                terms = [c.number for c in operands[first : last + 1]]
                return f"{' + '.join(n.text for n in terms)} = {claimed.number.text}", terms
            if total > target:
                break
    return None


def _pairs(operands: list[Context]) -> list[tuple[Number, Number]]:
    """Neighbouring operands, each with the two behind it."""
    return [
        (a.number, b.number)
        for i, a in enumerate(operands)
        for b in operands[i + 1 : i + 3]
        if b.sentence - a.sentence <= _SENTENCES_APART
    ]


def _difference(claimed: Context, words: frozenset[str], source: Contexts) -> Derivation | None:
    if not _DIFFERENCE & (words | set(claimed.near)):
        return None
    for a, b in _pairs(_operands(claimed, source)):
        if abs(a.value - b.value) == claimed.number.value:
            high, low = (a, b) if a.value > b.value else (b, a)
            return f"{high.text} − {low.text} = {claimed.number.text}", [high, low]
    return None


def _ratio(claimed: Context, source: Contexts) -> Derivation | None:
    """Doubled, three times: one number of a kind over another nearby."""
    number = claimed.number
    if number.kind != "multiple":
        return None
    stated = [
        c for c in source.numbers if c.number.kind in ("money", "cardinal", "percent", "measure")
    ]
    for i, a in enumerate(stated[:_MOST_OPERANDS]):
        for b in stated[i + 1 : i + 3]:
            one, other = a.number, b.number
            if one.unit != other.unit or one.value <= 0 or other.value <= 0:
                continue
            if b.sentence - a.sentence > _SENTENCES_APART:
                continue
            high, low = (one, other) if one.value > other.value else (other, one)
            if abs(high.value / low.value - number.value) < Decimal("0.05"):
                return f"{high.text} is {number.text} of {low.text}", [high, low]
    return None


def _change(claimed: Context, words: frozenset[str], source: Contexts) -> Derivation | None:
    """Percent change between two neighbouring amounts of the same unit."""
    number = claimed.number
    if number.kind != "percent" or not _CHANGE & words:
        return None
    stated = [c for c in source.numbers if c.number.kind in ("money", "cardinal", "measure")]
    for i, a in enumerate(stated[:_MOST_OPERANDS]):
        for b in stated[i + 1 : i + 3]:
            one, other = a.number, b.number
            if not one.unit or one.unit != other.unit or one.value <= 0 or other.value <= 0:
                continue
            if b.sentence - a.sentence > _SENTENCES_APART or max(one.value, other.value) < 20:
                continue
            for new, old in ((one, other), (other, one)):
                percent = abs(new.value - old.value) / old.value * 100
                if abs(percent - number.value) < Decimal("0.5") and number.value >= 1:
                    return f"from {old.text} to {new.text} is {percent:.1f}%", [old, new]
    return None


def _complement(claimed: Context, source: Contexts) -> Derivation | None:
    """The rest of a hundred percent."""
    number = claimed.number
    if number.kind != "percent" or number.unit != "percent" or not 0 < number.value < 100:
        return None
    for given in source.numbers:
        other = given.number
        if (
            other.kind == "percent"
            and other.value + number.value == 100
            and other.value != number.value
        ):
            if set(given.near) & set(claimed.near):
                return f"100% − {other.text} = {number.text}", [other]
    return None


def _elapsed(claimed: Context, source: Contexts) -> Derivation | None:
    """Years between two years of the source that stand together."""
    number = claimed.number
    if number.kind not in ("duration", "age") or number.unit != "year" or number.value < 2:
        return None
    years = [
        c
        for c in source.numbers
        if c.number.kind == "year" and c.number.unit == "year" and c.number.value > 1000
    ]
    for i, a in enumerate(years[:_MOST_OPERANDS]):
        for b in years[i + 1 : i + 3]:
            if (
                b.sentence - a.sentence <= 1
                and abs(a.number.value - b.number.value) == number.value
            ):
                return f"{a.number.text} to {b.number.text} is {number.text}", [a.number, b.number]
    return None


def _with_others(claimed: Context, source: Contexts) -> Derivation | None:
    """Six other runners of a seven-runner field; a four-car crash with three other cars."""
    number = claimed.number
    if number.kind != "cardinal" or not claimed.head:
        return None
    for given in source.numbers:
        other = given.number
        if other.kind != "cardinal" or given.head != claimed.head or claimed.others == given.others:
            continue
        if other.value - number.value == (1 if claimed.others else -1):
            sign = "less" if claimed.others else "and"
            return f"“{other.text} {'other ' * given.others}{other.unit}” {sign} one", [other]
    return None


def _count_from_ordinal(
    claimed: Context, words: frozenset[str], source: Contexts
) -> Derivation | None:
    """Two goals, from "his second goal": the ordinal counts the same noun of the same person."""
    number = claimed.number
    if number.kind != "cardinal" or not claimed.head or not 2 <= number.value <= 20:
        return None
    for given in source.numbers:
        other = given.number
        if other.kind == "ordinal" and other.value == number.value and given.head == claimed.head:
            if words & source.names[given.sentence]:
                return f"“{other.text} {other.unit}” makes {number.text}", [other]
    return None
