"""Numbers: what they are (`model`), and where they stand in a text (`recognise`)."""

from .find import find_numbers, numbers_in
from .kinds import KINDS, Kind, KindName
from .number import Number

__all__ = ["KINDS", "Kind", "KindName", "Number", "find_numbers", "numbers_in"]
