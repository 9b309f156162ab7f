"""What a language writes: its number words, signs and word lists, as data."""

from __future__ import annotations

from typing import Literal

Bound = Literal["", "~", "<", ">", "<=", ">="]
"""How a stated number relates to the true one: "~" about, "<" the truth is lower ("nearly"), ">"
higher ("over"), "<=" ("up to"), ">=" ("at least"), "" exactly."""
