"""The words and signs that English numbers are written with, as tables; every key is lower-case.

Number words, scales (also Indian lakh and crore, and the short forms of newspapers and filings),
currencies, months, and the approximators and bounds beside a number. Units of measure are in
`numbers.units`, with their conversion factors.
"""

from __future__ import annotations

from decimal import Decimal

from . import Bound

DASHES = frozenset("-‐‑–")
"""Signs that tie words and numbers, hyphens and the en dash: "twenty-one", "10-15". Read everywhere."""

# --- Cardinals ------------------------------------------------------------------------------

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
"""Numbers below a hundred in one word; read wherever a number may be a word."""

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
"""Words that multiply the number before them; read by `numbers.scales` and the readers of names and terms."""

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
"""Abbreviated scales, only after digits ("1.2bn", "10 k"); read by `numbers.scales`."""

AMBIGUOUS_SCALES: dict[str, int] = {"m": 10**6, "mm": 10**6, "g": 10**9, "t": 10**12}
"""Letters that are a scale in "£2.1m" and a unit in "a 5,000m race"; `numbers.scales` decides."""

DOZENS: dict[str, int] = {
    "dozen": 12,
    "dozens": 12,
    "dz": 12,
    "dzs": 12,
    "doz": 12,
    "dozs": 12,
    "score": 20,
}
"""Words that multiply the number before them and end it: "three dozen"; read by the cardinals."""

# --- Ordinals, fractions, multiples ---------------------------------------------------------

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
"""Ranks in one word; read by the ordinals, and by the readers of names and terms, which skip them."""
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
"""What follows the digits of an ordinal: "21st"."""

_NO_DENOMINATORS = frozenset({"first", "second"})
DENOMINATORS: dict[str, int] = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    "trillionth": 10**12,
    "trillionths": 10**12,
    "billionth": 10**9,
    "billionths": 10**9,
    **{word: value for word, value in ORDINALS.items() if word not in _NO_DENOMINATORS},
    **{word + "s": value for word, value in ORDINALS.items() if word not in _NO_DENOMINATORS},
}
"""The lower part of a fraction in words: "two thirds"; read by `numbers.fractions`."""
VULGAR: dict[str, tuple[int, int]] = {
    "¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10), "⅓": (1, 3),
    "⅔": (2, 3), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6),
    "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
"""Fractions in one sign ("5½ miles") -> numerator and denominator; read by `numbers.fractions`."""

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
"""Words that are a factor by themselves: "sales doubled"; read by `numbers.find`."""
FOLD = frozenset({"fold"})
"""What makes the number before it a factor: "a 10-fold rise"."""

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
"""Kind, value and unit of a number -> words of a source that state it without being numbers.

Read by `checks.numbers.counts` only: "both men" is evidence for "two men", but `find_numbers` does
not find a number in it.
"""

# --- Percent and money ----------------------------------------------------------------------

PERCENT = frozenset({"percent", "pct", "percents", "percentage"})
"""One-word forms of %; read by the percentages."""

CURRENCY_SIGNS: dict[str, str] = {
    "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW",
    "₺": "TRY", "₪": "ILS", "₴": "UAH", "₦": "NGN", "฿": "THB", "₫": "VND", "₱": "PHP", "¢": "cent",
}  # fmt: skip
"""Sign -> currency; read by the money reader and by `numbers.ranges`."""
CURRENCY_PREFIXES: dict[str, str] = {
    "us": "USD", "c": "CAD", "ca": "CAD", "can": "CAD", "a": "AUD", "au": "AUD", "aus": "AUD",
    "hk": "HKD", "nz": "NZD", "s": "SGD", "nt": "TWD", "r": "BRL", "mex": "MXN",
}  # fmt: skip
"""Letters before a dollar sign: "C$16 million"."""
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
"""Codes of three letters, before or after the number: "EUR 250,000"."""
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
"""Names of currencies and their parts, after the number; a name that several states share is its own
unit ("franc")."""
CURRENCY_NATIONS: dict[str, str] = {
    "us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "hong": "HKD",
    "british": "GBP", "finnish": "", "dutch": "", "japanese": "JPY", "chinese": "CNY",
    "swiss": "CHF", "french": "", "belgian": "", "indian": "INR", "swedish": "SEK",
    "norwegian": "NOK", "danish": "DKK", "mexican": "MXN", "russian": "RUB",
}  # fmt: skip
"""Nations between the number and the currency ("10 us dollars"); "" where the currency's word is
unit enough ("420 million finnish markka")."""

# --- Dates ----------------------------------------------------------------------------------

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
"""Month, spelled out or abbreviated -> its number in the year; read by dates, names and checks."""

# --- Approximators and bounds ---------------------------------------------------------------

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
"""Words before a number -> how the number relates to the true one (see `Bound`)."""
APPROXIMATOR_ENDS = frozenset(words[-1] for words in APPROXIMATORS)
"""The last words of the approximators: a cheap first look at the word before a number."""
LONGEST_APPROXIMATOR = max(len(words) for words in APPROXIMATORS)
