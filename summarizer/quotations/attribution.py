"""Who is said to have said something: a verb of speaking and its subject."""

from __future__ import annotations

from dataclasses import dataclass

from ..languages.english_names import ABBREVIATED_TITLES
from ..names import Cast, Name, names_between
from ..text.tokens import Tokens

# Verbs that can introduce any quotation.
SPEECH_VERBS = frozenset(
    "said says say saying told tells telling added adds adding stated states announced"
    " announces warned warns warning argued argues insisted insists claimed claims"
    " confirmed confirms explained explains noted notes reported reports revealed reveals"
    " admitted admits acknowledged stressed suggested predicted vowed wrote writes tweeted"
    " replied concluded declared denied described called joked asked commented remarked"
    " recalled urged pointed responded continued complained stating posted read insisting"
    " maintained believes thinks quipped cautioned promised praised hailed posting".split()
)
# Verbs that report a statement without marks when "that" or a clause follows.
REPORTING_VERBS = frozenset(
    "said says told tells added adds stated announced announces warned warns argued"
    " argues insisted insists claimed claims confirmed confirms explained noted reported"
    " reports revealed admitted acknowledged stressed predicted vowed declared described"
    " pointed cautioned wrote".split()
)
PRONOUNS = frozenset("he she they it we i".split())
_ADVERBS = frozenset(
    "also later then further again repeatedly previously once now still earlier recently"
    " and however meanwhile simply only reportedly has had have officially publicly who"
    " just since subsequently bluntly always".split()
)
_SUBJECT_BREAKS = frozenset('. ! ? ; : — – “ ” "'.split())
_CLAUSE_WORDS = frozenset("but that which while as after before when because where if".split())
_LONGEST_SUBJECT = 24
_ARTICLES = frozenset("the a an his her their its our one another some".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A verb of speaking with its subject.

    Attributes:
        verb: Token of the verb.
        start: First token of the whole attribution.
        stop: Token behind it.
        speaker: Fullest name or description of the subject; None if it is a pronoun.
        pronoun: The pronoun, or "".
        inverted: True if the subject stands behind the verb ("said Bennett", "according to").
    """

    verb: int
    start: int
    stop: int
    speaker: str | None
    pronoun: str
    inverted: bool


def find_attributions(
    tokens: Tokens, names: list[Name], cast: Cast, begin: int, end: int
) -> list[Attribution]:
    """The attributions between two tokens (one sentence, or what of it lies outside marks)."""
    found: list[Attribution] = []
    words = tokens.words
    for index in range(begin, end):
        word = words[index]
        if word == "according" and words[index + 1] == "to":
            found.append(_behind(tokens, names, cast, index, index + 2, end))
        elif word in SPEECH_VERBS and words[index - 1] != "-":  # not "so-called"
            attribution = _at_verb(tokens, names, cast, begin, index, end)
            if attribution:
                found.append(attribution)
    return found


def _at_verb(
    tokens: Tokens, names: list[Name], cast: Cast, begin: int, verb: int, end: int
) -> Attribution | None:
    words = tokens.words
    if words[verb] == "said" and words[verb + 1] == "to" and words[verb + 2] in ("be", "have"):
        return None  # "he is said to be content": by nobody who is named
    before = verb - 1
    while before > begin and words[before] in _ADVERBS:
        before -= 1
    opens_clause = before < begin or words[before] in ('"', "”", ",", "»", "’", "'")
    if opens_clause and _is_subject(tokens, verb + 1, end):
        named = tokens.capitalised(verb + 1) or words[verb + 1] in PRONOUNS
        apposed = not named and before >= begin and _apposed(tokens, names, begin, before)
        if not apposed:
            return _behind(tokens, names, cast, verb, verb + 1, end)
    if before < begin:
        return None
    if words[before] in PRONOUNS:
        return Attribution(verb, before, verb + 1, None, words[before], False)
    start = _subject_start(tokens, begin, before)
    if words[start] in PRONOUNS and not names_between(names, start, before + 1):
        return Attribution(verb, start, verb + 1, None, words[start], False)
    speaker = _subject(tokens, names, cast, start, before)
    return Attribution(verb, speaker[1], verb + 1, speaker[0], "", False) if speaker else None


def _apposed(tokens: Tokens, names: list[Name], begin: int, last: int) -> bool:
    """True if a name with an apposition ends right before the verb: "Ann Lee, the mayor, said"."""
    start = _subject_start(tokens, begin, last)
    return any(
        tokens.words[n.stop] == "," and n.stop < last for n in names_between(names, start, last + 1)
    )


def _is_subject(tokens: Tokens, index: int, end: int) -> bool:
    """True if a name or a description that can speak starts at a token."""
    words = tokens.words
    if index >= end:
        return False
    if words[index] in PRONOUNS or (
        words[index] in _ARTICLES and words[index + 1] not in ("that",)
    ):
        return words[index] not in ("it", "they", "one", "some") or words[index + 1] not in (
            "is",
            "was",
        )
    return tokens.capitalised(index)


def _behind(
    tokens: Tokens, names: list[Name], cast: Cast, verb: int, index: int, end: int
) -> Attribution:
    """The subject behind a verb: "said Francois Rancy, head of …", "according to the report"."""
    words, stop = tokens.words, index
    if words[index] in PRONOUNS:
        return Attribution(verb, verb, index + 1, None, words[index], True)
    while stop < end and stop - index < _LONGEST_SUBJECT:
        titled = words[stop] == "." and words[stop - 1] in ABBREVIATED_TITLES
        if words[stop] in _SUBJECT_BREAKS and not titled:
            break
        if words[stop] == "," or (words[stop] in ("on", "in", "during", "after") and stop > index):
            break
        stop += 1
    inside = names_between(names, index, stop)
    if inside:
        owned = words[inside[0].stop] in ("'", "’")  # "Tata Steel's boss Bimlendra Jha"
        name = inside[-1] if owned else inside[0]
        return Attribution(verb, verb, stop, cast.full(name.text), "", True)
    speaker = _description(tokens, cast, index, stop)
    return Attribution(verb, verb, stop, speaker, "", True)


def _subject_start(tokens: Tokens, begin: int, last: int) -> int:
    """The first token of the clause that ends with the subject's last token."""
    words, start = tokens.words, last
    while start > begin and last - start < _LONGEST_SUBJECT:
        word = words[start - 1]
        if word in _SUBJECT_BREAKS or word in _CLAUSE_WORDS:
            break
        start -= 1
    return start


def _subject(
    tokens: Tokens, names: list[Name], cast: Cast, start: int, last: int
) -> tuple[str, int] | None:
    """The subject that ends right before the verb, and its first token."""
    words = tokens.words
    inside = names_between(names, start, last + 1)
    if inside and inside[-1].stop == last + 1 and words[inside[-1].first - 1] not in _PREPOSITIONS:
        name = inside[-1]
        return cast.full(name.text), _phrase_start(tokens, name, start)
    if (
        words[last] == ","
    ):  # "Rebecca Hilsenrath, chief executive of the EHRC, said"; "Xi, in turn, said"
        for name in inside:
            if words[name.stop] == "," and name.stop < last:
                return cast.full(name.text), _phrase_start(tokens, name, start)
    comma = next((k for k in range(last, start - 1, -1) if words[k] == ","), start - 1)
    first = comma + 1 if words[last] != "," else start
    person = [n for n in inside if n.first >= first and len(n.text) > 1]
    if (
        person
        and words[person[0].first - 1] not in _PREPOSITIONS
        and words[person[0].stop] in (",", "(")
    ):
        return cast.full(person[0].text), person[0].first
    stop = last + 1
    if words[last] == "," and words[start] not in _PREPOSITIONS:  # "Xi, in turn, said"
        stop = next((k for k in range(start + 1, last) if words[k] == ","), last)
    described = _description(tokens, cast, first, stop)
    return (described, first) if described else None


_PREPOSITIONS = frozenset("of in for at from with by to on".split())


def _phrase_start(tokens: Tokens, name: Name, limit: int) -> int:
    """Walk back from a name over its titles and what they belong to, to the comma or the start."""
    start = name.first
    while start > limit and tokens.words[start - 1] not in (",", "and") and name.first - start < 8:
        start -= 1
    return start


_BEFORE_SUBJECTS = SPEECH_VERBS | {"and", ",", "but", "in", "meanwhile"}
_AUXILIARIES = frozenset(
    "is are was were be been being am has have had do does did can could may might must shall"
    " should will would".split()
)
_NO_NOUNS = (
    _AUXILIARIES
    | _CLAUSE_WORDS
    | _PREPOSITIONS
    | frozenset(
        "there this that these those who whom whose which what how why not nor or than then yet so"
        " too only even just about after against among between during except including into"
        " like near over per since through under until upon via within without despite he him me"
        " them us it".split()
    )
)
"""Words that neither begin nor end what can speak: "could be", "showed them", "with the fee"."""
_NO_LAST_WORDS = _NO_NOUNS | _ARTICLES | {"and", "the"}
_PREDICATES = _AUXILIARIES | frozenset(
    "then told said says posted wrote tweeted sent delivered hit".split()
)
"""Words with which a description is a clause: "the court was told the tweet"."""
_NOUNS_IN_LY = frozenset(
    "family elderly police assembly ally early daily weekly monthly friendly july italy anomaly".split()
)
"""Other words in -ly are adverbs: "particularly in some", "Castro allegedly"."""


def _description(tokens: Tokens, cast: Cast, start: int, stop: int) -> str | None:
    """A described speaker ("the Russian leader"): the name it stands for, or its own words."""
    words = tokens.words
    while start < stop and words[start] in _BEFORE_SUBJECTS:
        start += 1
    if not 0 < stop - start <= 7 or not words[start][:1].isalpha():
        return None
    while (
        stop - start > 1 and words[stop - 1].endswith("ly") and words[stop - 1] not in _NOUNS_IN_LY
    ):
        stop -= 1
    first, last = words[start], words[stop - 1]
    if first in _NO_NOUNS or last in _NO_LAST_WORDS or not (last.isalnum() or last == ")"):
        return None
    if not _PREDICATES.isdisjoint(words[start:stop]):
        return None
    if first.endswith("ly") and first not in _NOUNS_IN_LY:
        return None
    described = cast.described(words[start:stop]) if words[start] == "the" else None
    return described or tokens.text[tokens.starts[start] : tokens.ends[stop - 1]]
