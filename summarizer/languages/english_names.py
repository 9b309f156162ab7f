"""English words around names: titles, roles, the small words inside a name, countries and peoples.

All in lower case. No list of the world's names: only what tells where a name begins and ends, and
which two names are one.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PARTICLES = _words("de la van der von den bin al el du di da del")
"""Small words inside a name: "von" in "Ursula von der Leyen"."""

ABBREVIATED_TITLES = _words("mr mrs ms dr prof sen rep gov gen col det insp supt sgt lt capt rev")
"""Titles that may carry a full stop, which ends no sentence: "Mr. Lee"."""
TITLES = (ABBREVIATED_TITLES - _words("sgt lt capt rev")) | _words(
    "president mayor minister leader chancellor king queen prince princess judge justice"
    " sir dame lord lady captain coach manager miss professor senator"
    " representative governor general colonel major lieutenant"
    " sergeant pope bishop archbishop rabbi imam inspector constable pc"
    " superintendent chief ceo chairman chairwoman chair director secretary spokesman"
    " spokeswoman spokesperson analyst striker midfielder defender goalkeeper driver actor"
    " actress singer author boss skipper congressman congresswoman ambassador commissioner"
    " officer editor founder premier deputy lawyer attorney prosecutor champion player"
    " head vice prime foreign defence defense finance first executive speaker"
    " councillor cllr mp msp owner engineer teacher farmer nurse economist activist"
    " campaigner resident witness architect expert trader investor rector headteacher priest"
)
"""Words in front of a name that say who bears it: "President" in "President Xi Jinping"."""
ORGANISATION_NOUNS = _words(
    "staff assembly motors electric election hospital office court council league"
    " division video house mail records university college cup tour"
)
"""Words after a title that make both the name of a body: General Staff, Prime Video."""

SAME_ROLES: dict[str, str] = {
    "president": "leader", "leader": "leader", "premier": "leader", "chancellor": "leader",
    "chairman": "chair", "chairwoman": "chair", "boss": "chief", "ceo": "chief", "head": "chief",
    "executive": "chief", "spokesman": "speaker", "spokeswoman": "speaker",
    "spokesperson": "speaker", "manager": "coach", "coach": "coach", "skipper": "captain",
    "king": "leader",
}  # fmt: skip
"""Nouns that describe the same person in different words -> the one that they are compared as."""

PLACE_OPENERS = _words(
    "east west north south new united great saint st san los las lake mount fort port"
    " royal national upper lower central eastern western northern southern real old grand world"
)
"""First words of places and bodies, which are not first names: "East China Sea", "Real Madrid"."""

SUBJECT_VERBS = _words(
    "said says has was is had will would met won told left took made gave went came wrote spoke led"
    " beat lost sent sees wants"
)
"""Words right after a name that make it the subject of a sentence: "Medvedev said"."""
COMMON_NOUN_ENDINGS = (
    "s", "ing", "ly", "ed", "ion", "ment", "ness", "ity", "ance", "ence", "out",
)  # fmt: skip
"""Endings of common nouns that can open a sentence before such a verb: "Officials said"."""

DERIVED_ENDINGS = (
    "n", "an", "ian", "ish", "ese", "i", "er", "ers", "s", "ans", "ians", "ic", "ean", "o",
)  # fmt: skip
"""Endings by which one name is formed from another: Russian from Russia, Londoners from London."""
SAME_PLACES: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split("|"))
    for names in (
        "us|usa|america|american|americans|united states",
        "uk|britain|british|briton|britons|united kingdom|great britain",
        "eu|european|european union",
        "un|united nations",
        "france|french|frenchman",
        "netherlands|dutch|holland",
        "spain|spanish|spaniard",
        "wales|welsh|welshman",
        "ireland|irish|irishman",
        "scotland|scottish|scot|scots",
        "england|english|englishman",
        "germany|german|germans",
        "greece|greek|greeks",
        "switzerland|swiss",
        "denmark|danish|dane",
        "sweden|swedish|swede",
        "turkey|turkish|turk",
        "poland|polish|pole",
        "thailand|thai",
        "afghanistan|afghan|afghans",
        "philippines|filipino|philippine",
        "belgium|belgian",
        "norway|norwegian",
        "new zealand|kiwi",
        "ukraine|ukrainian",
    )
)
"""Names of a country and its people that no ending derives from one another."""
