"""Quotations: where marks open and close, who is said to speak, and both joined."""

from .marks import Marked, find_marked
from .quotation import Quotation
from .statements import find_quotations, may_quote, quotations_in

__all__ = ["Marked", "Quotation", "find_marked", "find_quotations", "may_quote", "quotations_in"]
