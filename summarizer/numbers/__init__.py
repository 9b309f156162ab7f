"""Numbers of a text: `find` reads them, `kinds` says what each can do, `comparison` compares them.

`find.find_numbers` walks the tokens of a text. What digits and number words can be is listed in
`find.DIGIT_READERS` and `find.NUMERAL_READERS`, what a numeral can count or measure in
`quantity.UNIT_READERS`; each reader is in the module of its kind.

A numeral is read by `digits`, `scales`, `fractions`, `cardinals`, `ranges` and `values`; each
imports only from those before it.
"""

from .find import find_numbers, numbers_in
from .kinds import KINDS, Kind, KindName
from .number import Number

__all__ = ["KINDS", "Kind", "KindName", "Number", "find_numbers", "numbers_in"]
