"""Units of measure: the words for each, its dimension, and its factor to the dimension's base unit."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Measure(NamedTuple):
    """A unit of measure: 5 miles are 5 × 1609.344 of the base unit of "length"."""

    unit: str
    """The canonical name: "mile", as in `Number.unit`."""
    dimension: str
    """Units of one dimension convert into each other, except temperatures."""
    factor: Decimal
    """How many base units it is."""


# One row a unit: dimension, canonical name, factor, and the words for it.
_ROWS = """
    time second 1 : second seconds sec secs s
    time minute 60 : minute minutes min mins
    time hour 3600 : hour hours hr hrs h
    time day 86400 : day days
    time week 604800 : week weeks wk wks
    time fortnight 1209600 : fortnight fortnights
    calendar month 1 : month months mth mths
    calendar year 12 : year years yr yrs
    calendar decade 120 : decade decades
    calendar century 1200 : centuries
    length millimetre 0.001 : millimetre millimetres millimeter millimeters mm
    length centimetre 0.01 : centimetre centimetres centimeter centimeters cm
    length metre 1 : metre metres meter meters m
    length kilometre 1000 : kilometre kilometres kilometer kilometers km kms
    length inch 0.0254 : inch inches
    length foot 0.3048 : foot feet ft
    length yard 0.9144 : yard yards yd yds
    length mile 1609.344 : mile miles mi
    mass microgram 0.000001 : microgram micrograms microgramme microgrammes μg µg
    mass milligram 0.001 : milligram milligrams mg
    mass gram 1 : gram grams gramme grammes g
    mass kilogram 1000 : kilogram kilograms kilo kilos kg kgs
    mass ton 1000000 : tonne tonnes ton tons t
    mass ounce 28.349523 : ounce ounces oz
    mass pound 453.59237 : lb lbs
    mass stone 6350.29318 : stone
    area acre 4046.8564 : acre acres
    area hectare 10000 : hectare hectares ha
    volume millilitre 0.001 : millilitre millilitres ml
    volume litre 1 : litre litres liter liters
    volume gallon 3.785411784 : gallon gallons
    volume barrel 158.987294928 : barrel barrels
    volume pint 0.568 : pint pints
    temperature degree 1 : degree degrees deg °
    temperature celsius 1 : celsius celcius centigrade
    temperature fahrenheit 1 : fahrenheit
    power watt 1 : watt watts
    power kilowatt 1000 : kilowatt kilowatts kw
    power megawatt 1000000 : megawatt megawatts mw
    power gigawatt 1000000000 : gigawatt gigawatts gw
    data megabyte 1 : megabyte megabytes mb
    data gigabyte 1000 : gigabyte gigabytes gb
    data terabyte 1000000 : terabyte terabytes tb
    speed mile-per-hour 1.609344 : mph
    speed kilometre-per-hour 1 : kph kmh
    point basis-point 0.01 : bp bps
"""


def _parse(rows: str) -> dict[str, Measure]:
    table: dict[str, Measure] = {}
    for row in rows.strip().splitlines():
        unit, words = row.split(" : ")
        dimension, name, factor = unit.split()
        table |= dict.fromkeys(words.split(), Measure(name, dimension, Decimal(factor)))
    return table


MEASURES: dict[str, Measure] = _parse(_ROWS)
"""Word -> the unit it names; read by everything that reads or compares a number."""

UNITS: dict[str, Measure] = {measure.unit: measure for measure in MEASURES.values()}
"""Canonical name -> the unit; read by the comparison."""

GLUED_MEASURES = frozenset("s h m g t mi ha mm".split())
"""Words too short to be a unit unless written right after the digits ("300g", "7.62mm")."""

TIME_DIMENSIONS = frozenset({"time", "calendar"})
"""Dimensions whose numbers are durations or ages."""

TEMPERATURES = frozenset({"celsius", "fahrenheit"})
"""Units whose sign is a part of the value."""

SECONDS_PER_MONTH = Decimal(2629746)
"""From the base unit of "calendar" to the base unit of "time": a mean month of the Gregorian year."""

SUBUNITS: dict[str, tuple[str, Decimal]] = {
    "cent": ("USD", Decimal("0.01")),
    "penny": ("GBP", Decimal("0.01")),
    "mao": ("CNY", Decimal("0.1")),
}
"""Part of a currency -> the currency, and how much of it; read by the money reader and the comparison."""
