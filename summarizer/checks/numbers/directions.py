"""Up or down, profit or loss, to or by, at least or at most: what turns a right value into a lie."""

from __future__ import annotations

from ...numbers.context import Context, Contexts
from ...text.terms import stem

UP = frozenset(
    stem(w)
    for w in (
        "rose rise rises rising increase increased increases grew grow grows growth climbed"
        " gained gain gains surged surge jumped jump soared"
    ).split()
)
DOWN = frozenset(
    stem(w)
    for w in (
        "fell fall falls falling decrease decreased decreases dropped drop drops declined"
        " decline declines shrank shrink slumped plunged lost loses tumbled"
    ).split()
)
_MOVING = (
    UP
    | DOWN
    | frozenset(
        stem(w)
        for w in (
            "raised raise lifted hiked cut cuts lowered reduced moved changed improved narrowed"
            " widened expanded slowed accelerated revised swung quickened eased edged crept slid sank"
            " slipped advanced doubled halved up down"
        ).split()
    )
)
"""Stems of a sentence in which "to", "by" and "from" say where a value stands in a change."""
_ROLES = frozenset({"to", "by", "from"})
_WAYS = frozenset({"up", "down"})
_PROFIT = frozenset(map(stem, ("profit", "profits", "surplus")))
_LOSS = frozenset(map(stem, ("loss", "losses", "deficit", "deficits")))
_AT_LEAST, _AT_MOST = frozenset({">", ">="}), frozenset({"<", "<="})
_CLOSE = 4
"""Tokens between a number and the word that says where it went."""


def turned_round(claimed: Context, given: Context) -> str | None:
    """The direction that the source gives a number, if it is the opposite of the claimed one.

    Only words close to the number count, and only if the other direction is not close as well.
    """
    return _opposite(claimed, given, {"up": UP, "down": DOWN})


def _opposite(claimed: Context, given: Context, sides: dict[str, frozenset[str]]) -> str | None:
    """On which of two sides the source has a number, if the summary has it on the other."""
    ours, theirs = _side(claimed, sides), _side(given, sides)
    return theirs if ours and theirs and ours != theirs else None


def _side(context: Context, sides: dict[str, frozenset[str]]) -> str | None:
    """The one side whose words are close to a number; None if none is, or both are."""
    close = {word for word, distance in context.near.items() if distance <= _CLOSE}
    near = [side for side, words in sides.items() if close & words]
    return near[0] if len(near) == 1 else None


def stands_otherwise(
    claimed: Context, mentions: list[Context], summary: Contexts, source: Contexts
) -> tuple[str, Context] | None:
    """What the source has a value as, where it never has it as the summary does.

    Args:
        claimed: A number of the summary.
        mentions: The numbers of the source with its value.
        summary: The context that it is in.
        source: Theirs.

    Returns:
        In words what it is there, and the first mention; None if one of them does not differ.
    """
    moves = bool(summary.sentences and summary.sentences[claimed.sentence] & _MOVING)

    def role(given: Context) -> str | None:
        ours, theirs = claimed.before, given.before
        moved = moves and bool(source.sentences[given.sentence] & _MOVING)
        comparable = {ours, theirs} <= _WAYS or (moved and {ours, theirs} <= _ROLES)
        if ours == theirs or not comparable:
            return None
        return f"the source says “{theirs}”, not “{ours}”"

    def side(given: Context) -> str | None:
        theirs = _opposite(claimed, given, {"a profit": _PROFIT, "a loss": _LOSS})
        return theirs and f"the source says {theirs}"

    def bound(given: Context) -> str | None:
        ours, theirs = claimed.number.bound, given.number.bound
        if ours in _AT_LEAST and theirs in _AT_MOST:
            return "the source says less than that"
        opposite = ours in _AT_MOST and theirs in _AT_LEAST
        return "the source says more than that" if opposite else None

    for differs in (role, side, bound):
        found = [differs(given) for given in mentions]
        if found and all(found):
            return str(found[0]), mentions[0]
    return None
