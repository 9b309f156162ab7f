"""The words that numbers are made of, as tables.

English number words and the usual names of units; Indian lakh and crore; the short scales of
newspapers and filings (k, m, mn, bn, tn). Every key is lower-case.
"""

from __future__ import annotations

from decimal import Decimal

from . import Bound

DASHES = frozenset("-‐‑–")
"""Signs that tie words and numbers: hyphens and the en dash."""

_UNITS = "zero one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

SMALL: dict[str, int] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: value for value, word in enumerate(_TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
    "nought": 0,
    "naught": 0,
    "fourty": 40,
}

SCALES: dict[str, int] = {
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "millions": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "billions": 10**9,
    "trillion": 10**12,
    "trillions": 10**12,
    "quadrillion": 10**15,
}
DOZENS: dict[str, int] = {
    "dozen": 12,
    "dozens": 12,
    "dz": 12,
    "dzs": 12,
    "doz": 12,
    "dozs": 12,
    "score": 20,
}

# Written behind digits only ("1.2bn", "10 k"): letters too short to be scales by themselves.
SHORT_SCALES: dict[str, int] = {
    "k": 10**3,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "tln": 10**12,
    "trn": 10**12,
}
# Mean a scale only beside money or as a capital letter: "5,000m" is a race, "£2.1m" a price.
AMBIGUOUS_SCALES: dict[str, int] = {"m": 10**6, "mm": 10**6, "g": 10**9, "t": 10**12}

_ORDINAL_UNITS = "zeroth first second third fourth fifth sixth seventh eighth ninth".split()
_ORDINAL_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
    " nineteenth"
).split()
_ORDINAL_TENS = (
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
)
ORDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ORDINAL_UNITS) if value},
    **{word: value for value, word in enumerate(_ORDINAL_TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(_ORDINAL_TENS, 2)},
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
}
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})

DENOMINATORS: dict[str, int] = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    "trillionth": 10**12,
    "trillionths": 10**12,
    "billionth": 10**9,
    "billionths": 10**9,
    **{word: value for word, value in ORDINALS.items() if value > 2},
    **{word + "s": value for word, value in ORDINALS.items() if value > 2},
}
VULGAR: dict[str, Decimal] = {
    sign: Decimal(numerator) / Decimal(denominator)
    for sign, numerator, denominator in (
        ("¼", 1, 4), ("½", 1, 2), ("¾", 3, 4), ("⅐", 1, 7), ("⅑", 1, 9), ("⅒", 1, 10),
        ("⅓", 1, 3), ("⅔", 2, 3), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5), ("⅘", 4, 5),
        ("⅙", 1, 6), ("⅚", 5, 6), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
    )
}  # fmt: skip

MULTIPLES: dict[str, int] = {
    **{word + "fold": value for word, value in SMALL.items() if value > 1},
    "twice": 2,
    "thrice": 3,
    "doubled": 2,
    "doubling": 2,
    "doubles": 2,
    "tripled": 3,
    "tripling": 3,
    "trebled": 3,
    "quadrupled": 4,
    "quintupled": 5,
    "halved": 2,
}
FOLD = frozenset({"fold"})

IMPLIED: dict[tuple[str, Decimal, str | None], frozenset[str]] = {
    (kind, Decimal(value), unit): frozenset(words.split())
    for kind, value, unit, words in (
        ("cardinal", 0, None, "nil nobody zero"),
        ("cardinal", 1, None, "single sole lone solo"),
        ("cardinal", 2, None, "both couple pair pairs twin twins duo brace"),
        ("cardinal", 3, None, "trio treble triplets"),
        ("cardinal", 4, None, "quartet quadruplets"),
        ("cardinal", 5, None, "quintet"),
        ("cardinal", 6, None, "sextet"),
        ("multiple", 2, None, "double brace"),
        ("multiple", 3, None, "triple treble"),
        ("multiple", 4, None, "quadruple"),
        ("duration", 1, "year", "annual yearly"),
        ("duration", 2, "week", "fortnight"),
        ("duration", 10, "year", "decade"),
        ("duration", 100, "year", "century"),
    )
}
"""Kind, value and unit of a number -> the words that say it without a number: evidence for a number
("both men" for "two men"), never a number that needs evidence."""

TEMPERATURES = frozenset({"celsius", "fahrenheit"})
"""Units whose sign is a part of the value."""

PERCENT = frozenset({"percent", "pct", "percents", "percentage"})

CURRENCY_SIGNS: dict[str, str] = {
    "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW",
    "₺": "TRY", "₪": "ILS", "₴": "UAH", "₦": "NGN", "฿": "THB", "₫": "VND", "₱": "PHP", "¢": "cent",
}  # fmt: skip
# Letters before a dollar or pound sign.
CURRENCY_PREFIXES: dict[str, str] = {
    "us": "USD", "c": "CAD", "ca": "CAD", "can": "CAD", "a": "AUD", "au": "AUD", "aus": "AUD",
    "hk": "HKD", "nz": "NZD", "s": "SGD", "nt": "TWD", "r": "BRL", "mex": "MXN",
}  # fmt: skip
CURRENCY_CODES: dict[str, str] = {
    **{
        code.lower(): code
        for code in (
            "USD GBP EUR JPY CNY RMB INR RUB CHF CAD AUD NZD HKD SGD SEK NOK DKK PLN CZK"
            " HUF TRY BRL MXN ZAR KRW THB ILS AED SAR TWD UAH".split()
        )
    },
    "rs": "INR",
}
CURRENCY_WORDS: dict[str, str] = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "pound": "GBP",
    "pounds": "GBP", "sterling": "GBP", "quid": "GBP", "euro": "EUR", "euros": "EUR", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "kuai": "CNY", "rupee": "INR", "rupees": "INR",
    "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "won": "KRW",
    "franc": "franc", "francs": "franc", "krona": "krona", "kronor": "krona", "krone": "krone",
    "kroner": "krone", "peso": "peso", "pesos": "peso", "real": "BRL", "reais": "BRL",
    "rand": "ZAR", "lira": "TRY", "markka": "markka", "marks": "mark", "guilder": "guilder",
    "guilders": "guilder", "shekel": "ILS", "shekels": "ILS", "dirham": "AED", "dirhams": "AED",
    "hryvnia": "UAH", "zloty": "PLN", "baht": "THB", "cent": "cent", "cents": "cent",
    "penny": "penny", "pence": "penny", "pennies": "penny", "mao": "mao", "ரூ": "LKR",
}  # fmt: skip
# Names of nations between the number and the currency: "10 us dollars", "420 million finnish markka".
CURRENCY_NATIONS: dict[str, str] = {
    "us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "hong": "HKD",
    "british": "GBP", "finnish": "", "dutch": "", "japanese": "JPY", "chinese": "CNY",
    "swiss": "CHF", "french": "", "belgian": "", "indian": "INR", "swedish": "SEK",
    "norwegian": "NOK", "danish": "DKK", "mexican": "MXN", "russian": "RUB",
}  # fmt: skip
SUBUNITS: dict[str, tuple[str, Decimal]] = {
    "cent": ("USD", Decimal("0.01")),
    "penny": ("GBP", Decimal("0.01")),
    "mao": ("CNY", Decimal("0.1")),
}


def _measures() -> dict[str, tuple[str, str, Decimal]]:
    """Word -> (canonical unit, dimension, factor to the dimension's base unit)."""
    rows = """
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
        energy watt 1 : watt watts
        energy kilowatt 1000 : kilowatt kilowatts kw
        energy megawatt 1000000 : megawatt megawatts mw
        energy gigawatt 1000000000 : gigawatt gigawatts gw
        data megabyte 1 : megabyte megabytes mb
        data gigabyte 1000 : gigabyte gigabytes gb
        data terabyte 1000000 : terabyte terabytes tb
        speed mile-per-hour 1.609344 : mph
        speed kilometre-per-hour 1 : kph kmh
        point basis-point 0.01 : bp bps
    """
    table: dict[str, tuple[str, str, Decimal]] = {}
    for row in rows.strip().splitlines():
        head, words = row.split(" : ")
        dimension, unit, factor = head.split()
        for word in words.split():
            table[word] = (unit, dimension, Decimal(factor))
    return table


MEASURES = _measures()
# Too short to be a unit unless written right behind the digits ("300g", "7.62mm").
GLUED_MEASURES = frozenset("s h m g t mi ha mm".split())
TIME_DIMENSIONS = frozenset({"time", "calendar"})

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

# Approximators and bounds, as the words before (or behind) a number. The value is how the
# number relates to the true one: ~ about, < the truth is below it, > the truth is above it,
# <= and >= the same with the number itself allowed.
_APPROXIMATING: dict[Bound, str] = {
    "~": "about|around|roughly|approximately|some|circa|approx|close to"
    "|an estimated|estimated|in the region of|in the order of|on the order of|more or less"
    "|something like|~|≈",
    "<": "nearly|almost|under|below|less than|fewer than|lower than|not quite|just under"
    "|just short of|short of|shy of|<",
    ">": "over|more than|above|greater than|in excess of|upwards of|upward of|exceeding"
    "|higher than|just over|well over|beyond|older than|larger than|>",
    ">=": "at least|no fewer than|no less than|not less than|a minimum of|minimum of|≥",
    "<=": "up to|at most|no more than|not more than|as many as|as much as|a maximum of"
    "|maximum of|as high as|as low as|≤",
}
APPROXIMATORS: dict[tuple[str, ...], Bound] = {
    tuple(words.split()): bound
    for bound, phrases in _APPROXIMATING.items()
    for words in phrases.split("|")
}
APPROXIMATOR_ENDS = frozenset(words[-1] for words in APPROXIMATORS)
LONGEST_APPROXIMATOR = max(len(words) for words in APPROXIMATORS)
