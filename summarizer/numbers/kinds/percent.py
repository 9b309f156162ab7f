"""Percent, percentage points and basis points."""

from __future__ import annotations

from ...languages.english_numbers import DASHES, PERCENT
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match


def read(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """3%, 12 per cent, a ten-percent cut, 2.5 percentage points, 50 basis points."""
    words, at = tokens.words, reading.stop
    if words[at] in DASHES:
        at += 1
    if not tokens.near(at):
        return _read_before(tokens, start, reading)
    if words[at] == "basis" and words[at + 1].startswith("point"):
        return Match("basis-point", "percent", start, at + 2, reading.value)
    stop = _percent_end(words, at)
    if stop is None:
        return None
    if words[stop].startswith("point"):
        return Match("percentage-point", "percent", start, stop + 1, reading.value)
    return Match("percent", "percent", start, stop, reading.value)


def _percent_end(words: list[str], index: int) -> int | None:
    """The token after "%", "percent" or "per cent" at a token, or None."""
    if words[index] == "%" or words[index] in PERCENT:
        return index + 1
    return index + 2 if words[index] == "per" and words[index + 1] in ("cent", "cents") else None


def _read_before(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """Percent of 20, per cent of 20: as tables head their columns, with nothing after the number."""
    words = tokens.words
    if words[start - 1] != "of" or words[start - 2] not in ("percent", "percents", "cent"):
        return None
    first = start - 3 if words[start - 2] == "cent" else start - 2
    return Match("percent", "percent", first, reading.stop, reading.value)
