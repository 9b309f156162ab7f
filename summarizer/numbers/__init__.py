"""Numbers: what they are (`model`), and where they stand in a text (`recognise`)."""

from .find import find_numbers, numbers_in
from .number import Kind, Number

__all__ = ["Kind", "Number", "find_numbers", "numbers_in"]
