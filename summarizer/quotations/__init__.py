"""Quotations and reported statements, with their speakers.

In reading order: `marks` finds what lies between quotation marks, `attribution` the verbs of
speaking with their subjects (`clause`, `subject`), `speakers` resolves pronouns, `direct` and
`reported` build the quotations, and `passes` runs all of them in order.
"""

from .marks import Marked, find_marked
from .passes import find_quotations, may_quote, quotations_in
from .quotation import Quotation

__all__ = ["Marked", "Quotation", "find_marked", "find_quotations", "may_quote", "quotations_in"]
