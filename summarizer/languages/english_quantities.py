"""English words around numbers: what is counted, and what tells a year, an age or a name from a count.

All in lower case. The words that numbers are made of are in `english_numbers`.
"""

from __future__ import annotations

from . import Bound
from .english import FUNCTION_WORDS, MONTH_NAMES, NOUN_PHRASE_WORDS, WEEKDAYS


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# --- Counted nouns --------------------------------------------------------------------------

IRREGULAR_PLURALS = _words(
    "people men women children policemen policewomen servicemen fishermen businessmen"
    " firemen congressmen feet teeth mice fish sheep aircraft species series police cattle"
    " troops firefighters crew media criteria phenomena staff wicketkeepers grandchildren"
    " gentlemen personnel data passers-by alumni bacteria"
)
"""Plurals that a final "s" does not tell, and nouns that are counted without one."""
NOT_PLURALS = _words(
    "is was has does as this its his hers us ours yours theirs across towards plus versus"
    " perhaps always yes thus besides unless whereas afterwards since goes says"
)
"""Words that end in "s" and are not plurals."""
NOT_NOUNS = (
    FUNCTION_WORDS
    | NOUN_PHRASE_WORDS
    | _words("against including into onto per said says shall than through whom whose")
)
"""Words that end the search for the noun that a number counts."""
DETERMINERS_AFTER_OF = _words("the his her their its these those")
"""What can follow "two of": "two of the six players"."""
MORE_THAN_TIMES = _words("more as higher the")
"""Words after "three times" that make it a multiple: "three times as many"."""

CLAUSE_BREAKS = _words(", ; : ( ) and but while or")
"""What parts a number from words that belong to another one."""
OTHERS = _words("other others more further")
"""Words after a number that counts others besides one: "six other runners"."""
NOT_HEADS = _words("times odd")
"""Words counted in form, but not in meaning: "three times"."""

# --- Bounds ---------------------------------------------------------------------------------

BOUNDS_AFTER_HYPHEN: dict[str, Bound] = {"odd": "~", "plus": ">="}
"""What follows a number and a hyphen: "50-odd"."""
BOUNDS_AFTER_OR: dict[str, Bound] = {
    "so": "~", "more": ">=", "above": ">=", "less": "<=", "fewer": "<=",
}  # fmt: skip
"""What follows a number and "or": "40 or so". Bounds before a number are in `english_numbers`."""

# --- The word "one" -------------------------------------------------------------------------

BEFORE_PRONOUN_ONE = _words(
    "this that the which every any each some another no other only loved little big new"
    " old good bad last first next"
)
"""Words before "one" that make it a pronoun: "the one who left"."""
AFTER_PRONOUN_ONE = _words("another day thing ' ’")
"""Words after "one" that make it a pronoun: "one another", "one's", "one day"."""
AFTER_COUNTING_ONE = _words("of - in")
"""Words after "one" that make it a number, though no noun follows: "one of them"."""
NOT_COUNTED_BY_ONE = NOT_NOUNS | _words("another more thing less day other s time")
"""Words after "one" that are not counted by it: "one is", "one more"."""

# --- Measures and money ---------------------------------------------------------------------

POWERS_OF_LENGTH: dict[str, str] = {
    "square": "square", "sq": "square", "cubic": "cubic", "cu": "cubic",
}  # fmt: skip
"""Words that raise a length to an area or a volume -> the prefix of its unit: "square-mile"."""
MEASURE_MODIFIERS = frozenset(POWERS_OF_LENGTH) | _words(
    "metric nautical consecutive straight full"
)
"""Words between a number and its unit of measure: "three consecutive weeks"."""
DEGREES = _words("degree degrees deg °")
CELSIUS, FAHRENHEIT = _words("c celsius centigrade celcius"), _words("f fahrenheit")
"""What can follow a number of degrees."""
CURRENCY_VERBS = _words("won real")
"""Currencies that are common English words: "one won the race"."""
NEGATIVE_WORDS = _words("minus negative")

# --- Dates, years and ages ------------------------------------------------------------------

TIME_ZONES = _words("gmt bst utc cet est edt pst et hrs")
AMBIGUOUS_MONTHS = _words("may march mar")
"""Months that are common English words: a small letter makes them a month only in a date."""
BEFORE_MONTH = _words(
    "on since until by from of the before after for between and st nd rd th"
) | frozenset(WEEKDAYS)
"""Words before an ambiguous month in small letters that make it a month."""
BEFORE_YEAR = _words(
    "in since of until till from by between during before after around to and the early"
    " late mid season year fiscal summer winter spring autumn through circa for"
) | frozenset(MONTH_NAMES)
"""Words before four digits that make them a year, though a plural follows: "in 2015 prices"."""
BEFORE_AGE = _words("aged age")

# --- Ordinals and scores --------------------------------------------------------------------

BEFORE_RANK = _words("no nos")
"""Abbreviations of "number", which take a capital or a full stop: "world No. 1"."""
NUMBERED_BODIES = _words("fox division regiment airborne infantry battalion brigade amendment")
"""Nouns whose number is a part of a name: "the 101st Airborne Division"."""
BEFORE_LASTING_SECOND = _words("a an another each every")
"""Words before "ninety-second" that make it a duration; "the ninety-second" comes after 91 others."""
MATCH_RESULTS = _words("win victory defeat draw loss lead odds advantage triumph")
"""Nouns after the two numbers of a score: "a 2-1 win"."""

# --- Names with a number --------------------------------------------------------------------

DESIGNATORS = _words(
    "route highway interstate motorway article section chapter clause paragraph exit"
    " channel flight room windows boeing airbus iphone ipad galaxy formula apollo psalm"
    " version page figure table phase level type model gate platform line junction catch"
    " area form rule resolution appendix annex schedule title part volume episode season"
    " stage category tier unit terminal step point item question bus radio euro mark soyuz"
    " falcon playstation xbox"
)
"""Words before a number that make it a name: "Route 495"."""
COMMON_DESIGNATORS = _words("point line form part area unit mark type euro bus step table")
"""Designators that are everyday words as well: "the point 3 times"."""
NUMBERED_NAMES = _words("nations mile seasons guys network")
"""What a number at the start of a sentence can name and not count: "Six Nations"."""
NOT_IN_CODES = _words("mid pre post late early sub non nearly the a some about")
"""Words before a hyphen and digits that are not part of a code: "mid-2015"."""
SUFFIXES = _words("am pm s p e x bst gmt fold pc pt usd eur gbp yo")
"""Letters that can follow digits without making a code of them, besides units and scales."""
CODE_WORDS = _words("under over")
"""Words in small letters that are part of a code: "under-21"."""
NOT_NAMES = frozenset(WEEKDAYS)
"""Capitalised words whose number is not part of a name."""
NOT_PERSONS = frozenset(WEEKDAYS) | _words("no route")
"""Capitalised words that are not a person with an age, besides the months."""
