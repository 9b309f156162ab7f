"""English words by what they do: function words, negations, opposites, verbs of speaking.

Every list is here once, in lower case and as whole words. A reader that needs more or fewer words
than its neighbours says so where it reads: `NEGATIONS | {"hardly"}`. Number words are in
`english_numbers`, what surrounds a name in `english_names`.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


WEEKDAYS: tuple[str, ...] = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip

SHORT_WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("mon",), ("tue", "tues"), ("wed",), ("thu", "thur", "thurs"), ("fri",), ("sat",), ("sun",),
)  # fmt: skip
MONTH_NAMES: tuple[str, ...] = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

BEFORE_MONTHS = _words(
    "in since until till by from of last next this early late mid during between before after to and"
    " through"
)
"""Words after which a capitalised "April" or "June" is a month, and not a person."""

HYPHENATED_BEGINNINGS = _words(
    "well self half high low long full far ill vice world year two three five twenty thirty forty"
    " fifty sixty seventy eighty ninety"
)
"""What is usually followed by a hyphen, at the end of a line too: "well" in "well-known"."""

# --- Function words -------------------------------------------------------------------------

_COMMON_AUXILIARIES = _words(
    "is are was were be been has have had do does did can could may might must should will would"
)
AUXILIARIES = _COMMON_AUXILIARIES | _words("am being shall")
"""Forms of "be", "have" and "do", and modal verbs: "could" in "could be"."""
PREPOSITIONS = _words("of in for at from with by to on")
"""The nine most frequent ones: "of" in "the mayor of Kent"."""
CONJUNCTIONS = _words("but that which while as after before when because if")
"""What a subordinate clause can begin with: "while" in "while Lee waited"."""

FUNCTION_WORDS = (
    _COMMON_AUXILIARIES
    | PREPOSITIONS
    | CONJUNCTIONS
    | _words(
        "about among between during over since under until he it not or so then there these this"
        " those who"
    )
)
"""Neither a name, nor a counted noun, nor a topic, nor the end of a speaker's description.

Every reader of a text skips these; what it skips besides depends on what it looks for.
"""
NOUN_PHRASE_WORDS = _words(
    "a an and the each her his its my our their your i she they we you according around down off"
    " out up"
)
"""Function words that a description can contain ("the aide to her son"), or a speaker be ("she")."""
MINOR_WORDS = _words(
    "being having shall than some any all most more no own same such very just only both other"
    " one what whom whose where how here him me us them say says said also though although"
    " however including into through against per almost nearly least mr mrs ms"
)
"""Words that say nothing about a topic, besides the function words."""
TOKEN_ENDS = _words("s t re ve ll d m st nd rd th")
"""The ends of "she'll" and "4th", which are tokens of their own."""
SUMMARY_WORDS = _words("passage article summary describes mentions provided")
"""Words with which a summary speaks of itself and its source."""

# --- Negations and opposites ----------------------------------------------------------------

NEGATIONS = _words("not no never none nobody nothing neither nor without cannot")
"""Words that deny. "n't" is not among them: its tokens are "n", "'" and "t"."""
CONTRACTED_NEGATIONS = _words("t cant dont wont")
"""What is left of "can't" and "don't" once the apostrophe is cut off, or never was written."""
DENIALS = _words(
    "failed fail fails failing failure unable lack lacks lacked refused declined rejected denied"
    " missed avoided prevented"
)
"""Words that deny without a negation: "failed to advance" means "did not advance"."""

RISING = _words(
    "rose rise rises rising increase increased increases grew grow grows growth climbed gained gain"
    " gains surged surge jumped jump soared"
)
FALLING = _words(
    "fell fall falls falling decrease decreased decreases dropped drop drops declined decline"
    " declines shrank shrink slumped plunged lost loses tumbled"
)
PROFIT, LOSS = _words("profit profits profitable"), _words("loss losses")
SURPLUS, DEFICIT = _words("surplus"), _words("deficit deficits")

CHANGING = (
    RISING
    | FALLING
    | _words(
        "raised raise lifted hiked cut cuts lowered reduced moved changed improved narrowed widened"
        " expanded slowed accelerated revised swung quickened eased edged crept slid sank slipped"
        " advanced doubled halved up down"
    )
)
"""Words of a change: in their sentence "to", "by" and "from" say which part of it a value is."""
CHANGE_ROLES = _words("to by from")
"""Words right before a value that say which part of a change it is."""
DIRECTIONS = _words("up down")
"""Words right before a value that say which way it went."""
CHANGED_BY_SHARE = _words(
    "rose rise fell fall grew growth increase increased decrease decreased drop dropped jumped"
    " surged plunged gained lost up down cut more less higher lower change"
)
"""Words that call for the percentage between two amounts."""
DIFFERING = _words(
    "more fewer less lead leads ahead behind gap difference margin rise rose fell fall drop dropped"
    " increase increased decrease decreased gained lost up down clear older younger taller longer"
    " shorter higher lower cut grew shots points beat later earlier"
)
"""Words that call for the difference of two amounts."""

OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (RISING, FALLING),
    (_words("approved accepted backed supported"), _words("rejected refused opposed denied")),
    (_words("higher above"), _words("lower below")),
    (PROFIT, LOSS),
    (SURPLUS, DEFICIT),
    (_words("passed adopted carried"), _words("defeated rejected")),
    (_words("convicted guilty"), _words("acquitted cleared")),
    (_words("survived survivors alive"), _words("died dead killed")),
    (_words("hired hires hiring"), _words("fired sacked dismissed")),
    (_words("strengthened strengthen"), _words("weakened weaken")),
)
"""Pairs of which a statement can have one side only: who puts the other has turned it around."""

# --- Speech ---------------------------------------------------------------------------------

REPORTING_VERBS = _words(
    "said says told tells added adds stated announced announces warned warns argued argues insisted"
    " insists claimed claims confirmed confirms explained noted reported reports revealed admitted"
    " acknowledged stressed predicted vowed declared described pointed cautioned wrote"
)
"""Verbs that report a statement without quotation marks if "that" or a clause follows."""
SPEECH_VERBS = REPORTING_VERBS | _words(
    "say saying telling adding states explains notes reveals admits suggested writes tweeted"
    " replied concluded denied called joked asked commented remarked recalled urged responded"
    " continued complained stating posted read insisting maintained believes thinks quipped"
    " promised praised hailed posting warning"
)
"""Verbs that can introduce any quotation."""

# --- A summary about itself -----------------------------------------------------------------

TEXT_NOUNS = _words(
    "passage article text summary document report excerpt information piece paragraph statement"
    " statements"
)
"""What a summary calls its source or itself: "the passage" in "the passage describes two boxers"."""
DESCRIBING_VERBS = _words(
    "describes discusses mentions contains provides provided covers presents includes refers lists"
    " summarizes summarises outlines details talks highlights consists given about"
)
"""What a text does with its subjects: "describes" in "the passage describes two boxers"."""
TEXT_PARTS = _words(
    "point points statement statements topic topics piece pieces section sections part parts"
    " sentence sentences paragraph paragraphs passage passages entity entities item items fact facts"
    " takeaway takeaways works claims subject subjects"
)
"""What a summary counts of itself: "points" in "here are three points:"."""
LIST_OPENERS = _words(", : ( - – — named called namely")
"""What can stand between a counted noun and the names that it counts: "three frigates, namely"."""
