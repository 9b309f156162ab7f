"""The breaker: when a batch stops, and whose fault a failure is."""

from __future__ import annotations

import pytest

from summarizer.batch.breaker import Attempt, Breaker
from summarizer.batch.items import Item, Outcome
from summarizer.errors import (
    AccessError,
    CrossCheckError,
    InputError,
    ModelError,
    SummarizerError,
)

KINDS = {
    "+": lambda: None,  # summarized
    "x": lambda: CrossCheckError("a line failed", "summary"),
    "i": lambda: InputError("no words"),
    "a": lambda: ModelError("did not fit the schema", output_tokens=20),
    "p": lambda: ModelError("HTTP 402"),
    "u": lambda: SummarizerError("unexpected OSError"),
    "t": lambda: ModelError("HTTP 503", temporary=True),
    "k": lambda: AccessError("key refused", temporary=True),
}


def outcome(kind: str) -> Outcome:
    return Outcome(Item("a", "It burned."), error=KINDS[kind]())


@pytest.mark.parametrize(
    ("kinds", "stops_after"),
    [
        ("k", 1),
        ("+kkk", 4),
        ("+kk+kk+", None),
        ("t" * 20, 10),
        ("p" * 20, 10),
        ("u" * 20, 10),
        ("a" * 20, 10),  # the answers of a model that has answered none so that it can be used
        ("ptu" * 10, 10),
        ("+" + "p" * 20, 11),
        ("x" + "p" * 20, 11),
        ("+" + "a" * 20, None),  # it answers, but not these
        ("i" * 40, None),
        ("p" * 9 + "i" * 9 + "p", 19),  # no model was asked in between
        (("p" * 9 + "+") * 9, None),
        (("t" * 9 + "x") * 9, None),
    ],
)
def test_when_a_batch_stops(kinds: str, stops_after: int | None) -> None:
    breaker = Breaker(slots=4)
    stopped = None
    for number, kind in enumerate(kinds, 1):
        breaker.stops(outcome(kind))
        if breaker.error is not None and stopped is None:
            stopped = number
    assert stopped == stops_after


def settled(*attempts: str) -> list[str]:
    """What comes out after each attempt "kind begun"; at the end what is left, with its errors."""
    breaker = Breaker(slots=16)
    lines = []
    for ended, text in enumerate(attempts, 1):
        kind, begun = text.split()
        attempt = Attempt(ended, outcome(kind), int(begun), ended)
        breaker.stops(attempt.outcome)
        lines.append(" ".join(str(a.index) for a in breaker.settled(attempt)))
    rest = [
        f"{a.index}{'t' if getattr(a.outcome.error, 'temporary', False) else 'p'}"
        for a in breaker.rest()
    ]
    return [*lines, " ".join(rest)]


@pytest.mark.parametrize(
    ("attempts", "out"),
    [
        (["+ 0", "+ 0"], ["1", "2", ""]),
        (["p 0", "+ 1"], ["", "1 2", ""]),
        (["p 0", "+ 0", "+ 2"], ["", "2", "1 3", ""]),  # the first success was begun before
        (["p 0", "p 0", "x 1", "+ 2"], ["", "", "1 3", "2 4", ""]),
        (["i 0", "t 0"], ["1", "2", ""]),
        (["+ 0", "a 0"], ["1", "2", ""]),
        (["a 0", "+ 0"], ["", "2", "1p"]),
        (["a 0"], ["", "1t"]),
        (["+ 0", "p 1"], ["1", "", "2p"]),
        (["+ 0", "p 1", "u 1", "p 1"], ["1", "", "", "", "2t 3t 4t"]),
        (["p 0", "u 0"], ["", "", "1t 2t"]),
    ],
)
def test_whose_fault_a_failure_is(attempts: list[str], out: list[str]) -> None:
    assert settled(*attempts) == out
