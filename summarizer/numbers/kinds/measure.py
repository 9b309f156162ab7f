"""Measures, durations and ages with a unit: "500 metres", "24 hours", "16-year-old"."""

from __future__ import annotations

from collections.abc import Callable

from ...languages.english_numbers import DASHES
from ...languages.english_quantities import (
    CELSIUS,
    DEGREES,
    FAHRENHEIT,
    MEASURE_MODIFIERS,
    POWERS_OF_LENGTH,
)
from ...text.tokens import Tokens
from ..digits import Reading
from ..match import Match
from ..units import GLUED_MEASURES, MEASURES, TIME_DIMENSIONS

_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_LONGEST_CODE = 2
"""Letters of a unit that can be part of a code: "24703m212"."""


def read(tokens: Tokens, start: int, reading: Reading) -> Match | None:
    """500 metres, a 45-acre farm, 660 square meters, 40 deg Celsius, 20 (kg), six years old."""
    words, first = tokens.words, reading.stop
    opened = words[first] in _OPENING
    if opened or words[first] in DASHES:
        first += 1
    modifier = words[first]
    at = first + 1 if modifier in MEASURE_MODIFIERS else first
    if not _is_measure(tokens, at, reading):
        return None
    unit, dimension, _ = MEASURES[words[at]]
    stop = at + 2 if opened and words[at + 1] in _CLOSING else at + 1
    measure = Match(unit, "measure", start, stop, reading.value)
    if dimension in TIME_DIMENSIONS:
        return _as_duration(tokens, measure)
    if words[at] in DEGREES:
        measure = _as_temperature(tokens, measure)
    if modifier in POWERS_OF_LENGTH:
        return measure._replace(unit=f"{POWERS_OF_LENGTH[modifier]}-{measure.unit}")
    return measure


def _is_measure(tokens: Tokens, at: int, reading: Reading) -> bool:
    if tokens.words[at] not in MEASURES or not tokens.near(at):
        return False
    return not any(refuses(tokens, at, reading) for refuses in _REFUSALS)


def _as_duration(tokens: Tokens, measure: Match) -> Match:
    """24 hours; "16-year-old" and "six years old" are ages."""
    words, stop = tokens.words, measure.stop
    old = stop + 1 if words[stop] in DASHES else stop
    if words[old] in ("old", "olds"):
        return measure._replace(kind="age", stop=old + 1)
    return measure._replace(kind="duration")


def _as_temperature(tokens: Tokens, measure: Match) -> Match:
    """40 deg Celsius, -5 degrees fahrenheit, 30 °C; 3 degrees."""
    scale = tokens.words[measure.stop]
    if scale in CELSIUS:
        return measure._replace(unit="celsius", stop=measure.stop + 1)
    if scale in FAHRENHEIT:
        return measure._replace(unit="fahrenheit", stop=measure.stop + 1)
    return measure


def _is_detached_abbreviation(tokens: Tokens, at: int, reading: Reading) -> bool:
    """5 m, 300 g, 5 mm 3; not 5m, not "20 (m)", and not 5 mm."""
    words = tokens.words
    if words[at] not in GLUED_MEASURES or tokens.glued(at):
        return False
    if words[reading.stop] in _OPENING and words[at + 1] in _CLOSING:
        return False
    return len(words[at]) == 1 or words[at + 1].isdecimal()


def _is_part_of_a_code(tokens: Tokens, at: int, reading: Reading) -> bool:
    """24703m212; not "5m of rope"."""
    short = len(tokens.words[at]) <= _LONGEST_CODE
    return short and tokens.glued(at + 1) and tokens.words[at + 1].isdecimal()


def _is_ordinal_second(tokens: Tokens, at: int, reading: Reading) -> bool:
    """Twenty second, the ordinal; not "a 20-second clip", and not "one second"."""
    hyphenated = tokens.words[reading.stop] in DASHES
    return tokens.words[at] == "second" and not hyphenated and reading.value != 1


_REFUSALS: tuple[Callable[[Tokens, int, Reading], bool], ...] = (
    _is_detached_abbreviation,
    _is_part_of_a_code,
    _is_ordinal_second,
)
"""Why the word at a token is not the unit of a numeral."""
