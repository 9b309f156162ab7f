"""Quotations: where marks open and close, who is said to speak, and both joined."""

from .model import Quotation
from .recognise import find_quotations, may_quote, quotations_in

__all__ = ["Quotation", "find_quotations", "may_quote", "quotations_in"]
