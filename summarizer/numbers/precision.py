"""Decimal arithmetic that does not depend on the caller's decimal context."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

_CONTEXT = Context(
    prec=28, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow]
)
"""Python's default. A caller's context of nine digits would not hold 1,234,567,890.5."""


def fixed_precision() -> AbstractContextManager[Context]:
    """Calculate with 28 digits inside the block, in any context of the caller's.

    All that reads or compares the values of numbers is entered through functions with this block:
    `numbers_in`, the checks of numbers and of omissions, the choice of figures, and the fields.

    >>> from decimal import Decimal, localcontext
    >>> with localcontext(prec=2):
    ...     with fixed_precision():
    ...         third = Decimal(1) / 3
    ...     print(third, Decimal(1) / 3)
    0.3333333333333333333333333333 0.33
    """
    return localcontext(_CONTEXT)
