"""How sure a check is that the source supports a number: the levels that rules hand out.

A number whose value the source has gets the support of its alignment instead, anything from 0 to 1.
What a judge is asked about is everything between `SURE_WRONG` and `SURE_RIGHT` (`summarizer.judge`).
"""

from __future__ import annotations

CERTAIN = 1.0
"""The source has the very words, or the number claims nothing."""
NEARLY_CERTAIN = 0.9
"""The source names the same weekday or month, perhaps of another event."""
LIKELY = 0.8
"""Follows from numbers of the same thing, or from a count as vague as this one."""
PLAUSIBLE = 0.7
"""Follows from words instead of numbers: a list of names, "both"."""
DOUBTFUL = 0.3
"""At most this much where two numbers seem to have taken each other's place."""
UNLIKELY = 0.2
"""The value is there, but in the opposite direction, in another role or in no such result."""
WRONG = 0.1
"""The source says something else of the same thing."""
