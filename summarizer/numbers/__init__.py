"""Numbers: what they are (`model`), and where they stand in a text (`recognise`)."""

from .model import Kind, Number
from .recognise import find_numbers, numbers_in

__all__ = ["Kind", "Number", "find_numbers", "numbers_in"]
