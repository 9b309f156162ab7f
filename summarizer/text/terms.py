"""Terms: the stems of content words, by which two sentences are compared."""

from __future__ import annotations

from ..languages.english import FUNCTION_WORDS, NOUN_PHRASE_WORDS
from ..languages.english_numbers import ORDINALS, SCALES, SMALL

_STOP_WORDS = (
    FUNCTION_WORDS
    | NOUN_PHRASE_WORDS
    | frozenset(
        "being having shall than some any all most more no own same such very just only both other"
        " one what whom whose where how here him me us them say says said also though although"
        " however including into through against per almost nearly least mr mrs ms"
        " s t re ve ll d m st nd rd th"  # the ends of "she'll" and "4th", tokens of their own
        " passage article summary describes mentions provided".split()  # what a summary calls itself
    )
)
NOT_CONTEXT = _STOP_WORDS | frozenset(SMALL) | frozenset(SCALES) | frozenset(ORDINALS)
"""Words that say nothing about a topic: function words and number words."""

_STEM_LENGTH = 5
"""By hand: shorter stems join unrelated words, longer ones part "launch" from "launching"."""


def stem(word: str) -> str:
    """A crude stem, enough to equate "launched" and "launching", "missile" and "missiles".

    Args:
        word: A word in lower case.

    Returns:
        Its first five letters, without a plural "s".

    Example:
        >>> stem("missiles") == stem("missile"), stem("launched") == stem("launching")
        (True, True)
        >>> stem("glass"), stem("bus")
        ('glass', 'bus')
    """
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    return word[:_STEM_LENGTH]
