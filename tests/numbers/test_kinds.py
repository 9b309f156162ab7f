"""The table of kinds: a row each, and what can be compared with what."""

from __future__ import annotations

from typing import get_args

import pytest

from summarizer.numbers import KINDS, KindName


def test_every_kind_has_a_row() -> None:
    assert set(KINDS) == set(get_args(KindName))


def test_rows_name_only_kinds_and_never_themselves() -> None:
    for kind in KINDS.values():
        assert kind.also | kind.rivals <= set(KINDS), kind.name
        assert kind.name not in kind.also, kind.name


PAIRS = [
    # claimed, given, comparable, rival
    ("cardinal", "cardinal", True, True),
    ("cardinal", "year", True, False),
    ("cardinal", "identifier", True, True),
    ("cardinal", "ordinal", False, False),
    ("score", "identifier", False, False),
    ("percent", "fraction", True, False),
    ("percent", "money", False, False),
    ("measure", "money", False, True),
    ("measure", "duration", True, False),
    ("age", "duration", True, True),
    ("time", "duration", False, False),
]


@pytest.mark.parametrize(("claimed", "given", "comparable", "rival"), PAIRS)
def test_comparable_and_rival(claimed: str, given: str, comparable: bool, rival: bool) -> None:
    kind = KINDS[claimed]
    assert (kind.is_comparable(given), kind.is_rival(given)) == (comparable, rival)
