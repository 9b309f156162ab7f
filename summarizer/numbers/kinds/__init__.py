"""Kinds of numbers: one row a kind, with all that other modules ask of it, and one module a reader.

To add a kind, add its name to `KindName`, its row to `KINDS` and a module with its reader, and list
the reader in `numbers.find` or `numbers.quantity` where its turn is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

KindName = Literal[
    "cardinal",
    "ordinal",
    "percent",
    "money",
    "measure",
    "duration",
    "age",
    "time",
    "date",
    "year",
    "score",
    "fraction",
    "ratio",
    "multiple",
    "identifier",
]


def _kinds(names: str) -> frozenset[str]:
    return frozenset(names.split())


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of number can be compared with, and what can be done with it.

    Attributes:
        name: Its name, as in `Number.kind`.
        also: Other kinds that can state the same thing: "50%" and "half".
        rivals: Other kinds that can take its place in a sentence: "aged 33", "for 33 years".
        bare: A number without a noun can state it: "20" for "20 years".
        counts: Its unit is the noun after it, as written: "85 missiles", "the third goal".
        is_figure: It counts or measures; the others name, date or rank.
        rounds: It can be stated less precisely: "about 1,200" for 1,234.
        derives: It can follow from other numbers: a sum, a difference.
        adds: Numbers of one unit add up: "$3m" and "$2m", but not "half" and "a third".
        vague: "Hundreds" can state it.
    """

    name: KindName
    also: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    bare: bool = False
    counts: bool = False
    is_figure: bool = True
    rounds: bool = True
    derives: bool = True
    adds: bool = False
    vague: bool = False

    def is_comparable(self, other: str) -> bool:
        """True if a number of the other kind can state the same thing.

        >>> KINDS["percent"].is_comparable("fraction"), KINDS["percent"].is_comparable("money")
        (True, False)
        """
        return other == self.name or other in self.also

    def is_rival(self, other: str) -> bool:
        """True if a number of the other kind can take its place in a sentence.

        >>> KINDS["money"].is_rival("cardinal"), KINDS["money"].is_rival("year")
        (True, False)
        """
        return other == self.name or other in self.rivals


_AMOUNTS = _kinds("cardinal score money measure multiple")
_AGES = _kinds("age duration")
_ANY_QUANTITY = _kinds(
    "score identifier money measure duration age percent multiple fraction ratio year"
)

_ROWS = (
    Kind("cardinal", _ANY_QUANTITY, _AMOUNTS | {"identifier"}, counts=True, vague=True),
    Kind("ordinal", _kinds("identifier date"), counts=True, is_figure=False, rounds=False),
    Kind("percent", _kinds("fraction ratio cardinal"), bare=True, adds=True),
    Kind("money", _kinds("cardinal"), _AMOUNTS, bare=True, adds=True, vague=True),
    Kind("measure", _kinds("cardinal duration"), _AMOUNTS, bare=True, adds=True, vague=True),
    Kind("duration", _kinds("age cardinal measure"), _AGES, bare=True, adds=True, vague=True),
    Kind("age", _kinds("duration cardinal"), _AGES, bare=True, adds=True),
    Kind("time", is_figure=False, rounds=False, derives=False),
    Kind("date", _kinds("ordinal"), is_figure=False, rounds=False, derives=False),
    Kind("year", _kinds("cardinal"), bare=True, is_figure=False, derives=False),
    Kind("score", _kinds("cardinal"), _AMOUNTS, is_figure=False, rounds=False, derives=False),
    Kind("fraction", _kinds("percent ratio cardinal multiple"), bare=True),
    Kind("ratio", _kinds("fraction percent"), bare=True),
    Kind("multiple", _kinds("fraction cardinal"), _AMOUNTS, bare=True),
    Kind("identifier", _kinds("cardinal ordinal"), is_figure=False, rounds=False, derives=False),
)
# A cardinal has identifiers as rivals: "26 Nations", where the source has Six Nations.

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""Every kind of number, by name."""
