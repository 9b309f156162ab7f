"""English words by what they do, each list once: weekdays, function words, negations, directions."""

from __future__ import annotations

WEEKDAYS: tuple[str, ...] = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
