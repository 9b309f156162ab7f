"""Terms: the stems of content words."""

from __future__ import annotations

from ..languages.english_numbers import ORDINALS, SCALES, SMALL

_STOPS = frozenset(
    "a an the of in on at to for from by with and or but that which who whom whose as"
    " than is are was were be been being has have had having do does did will would can"
    " could may might shall should must not no it its he his him she her they their them"
    " we our us you your i my me this these those there here said says say also such so if"
    " then when while where what how both each more most over up down out off about around"
    " nearly almost least into after before during since until under between among all any"
    " some other same very just only own per s t re ve ll d m st nd rd th mr mrs ms"
    " according including however because though although through against one passage"
    " article summary describes mentions provided".split()
)


NOT_CONTEXT = _STOPS | frozenset(SMALL) | frozenset(SCALES) | frozenset(ORDINALS)


_STEM = 5


def stem(word: str) -> str:
    """A crude stem, enough to see "launched" and "launching", "missile" and "missiles" as one.

    >>> stem("missiles") == stem("missile"), stem("launched") == stem("launching")
    (True, True)
    """
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    return word[:_STEM]
