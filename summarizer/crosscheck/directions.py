"""Up or down: words that turn the meaning of a figure or a claim round."""

from __future__ import annotations

from ..contexts import Context, stem

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
_CLOSE = 4
"""Tokens between a number and the word that says where it went."""


def turned_round(claimed: Context, given: Context) -> str | None:
    """The direction that the source gives a number, if it is the opposite of the claimed one.

    Only words close to the number count, and only if the other direction is not close as well.
    """
    ours, theirs = _direction(claimed), _direction(given)
    return theirs if ours and theirs and ours != theirs else None


def _direction(context: Context) -> str | None:
    close = {word for word, distance in context.near.items() if distance <= _CLOSE}
    up, down = bool(close & UP), bool(close & DOWN)
    if up == down:
        return None
    return "up" if up else "down"
