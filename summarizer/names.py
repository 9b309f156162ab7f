"""Names of people, places and organisations, by capitalisation and position alone.

No model and no list of the world's names: a word counts as a name if it is written with a capital
where English writes none. That finds nothing in a text without capitals, and in German it would
take every noun; the check of names says so where it matters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from .languages.english_names import ABBREVIATED_TITLES
from .languages.english_numbers import MONTHS, ORDINALS, SMALL
from .text.tokens import Tokens

_JOINERS = frozenset("of de la van der von den bin al el du di da del and & 's ’s for the".split())
_PARTICLES = frozenset("de la van der von den bin al el du di da del".split())
TITLES = frozenset(
    "president mayor minister leader chancellor king queen prince princess judge justice"
    " sir dame lord lady captain coach manager dr mr mrs ms miss professor prof senator"
    " sen rep representative governor gov general gen colonel col major lieutenant"
    " sergeant pope bishop archbishop rabbi imam det insp inspector constable pc supt"
    " superintendent chief ceo chairman chairwoman chair director secretary spokesman"
    " spokeswoman spokesperson analyst striker midfielder defender goalkeeper driver actor"
    " actress singer author boss skipper congressman congresswoman ambassador commissioner"
    " officer editor founder premier deputy lawyer attorney prosecutor champion player"
    " head vice prime foreign defence defense finance first lady executive speaker"
    " councillor cllr mp msp owner engineer teacher farmer nurse economist activist"
    " campaigner resident witness architect expert trader investor rector headteacher priest".split()
)
# Behind these a title is the first word of an organisation: General Staff, Prime Video.
_AFTER_TITLE_WORD = frozenset(
    "staff assembly motors electric election hospital office court council league"
    " division video house mail records university college cup tour".split()
)
# Head nouns that describe the same person in different words.
_ROLES = {
    "president": "leader", "leader": "leader", "premier": "leader", "chancellor": "leader",
    "chairman": "chair", "chairwoman": "chair", "boss": "chief", "ceo": "chief", "head": "chief",
    "executive": "chief", "spokesman": "speaker", "spokeswoman": "speaker",
    "spokesperson": "speaker", "manager": "coach", "coach": "coach", "skipper": "captain",
    "king": "leader",
}  # fmt: skip
# Written with a capital though no name: weekdays, months, and words that begin sentences.
_COMMON = frozenset(

        "monday tuesday wednesday thursday friday saturday sunday i the a an this that these"
        " those it he she they we you in on at by for with from to of as but and or so if when"
        " while after before during since there here his her its their our my your not no yes"
        " all some many most more one both each every another other such what who which where"
        " why how now then today yesterday tomorrow just only also even still yet according"
        " meanwhile however although though because until unless despite under over between"
        " among about around up down out off once first last next earlier later perhaps maybe"
        " well oh okay please let may might can could will would should must do does did is"
        " are was were be been has have had it's he's she's they're we're i'm i'll i've don’t"
        " don't that's there's".split()

) | frozenset(MONTHS) | frozenset(SMALL) | frozenset(ORDINALS)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name.

    Attributes:
        start: Offset of its first character, titles left out.
        end: Offset behind its last character.
        text: The name as written.
        first: Index of its first token.
        stop: Index behind its last token.
        role: Lower-cased words of title and nation right before it ("russian", "president").
        sentence_start: True if it opens a sentence, where the capital proves little.
    """

    start: int
    end: int
    text: str
    first: int
    stop: int
    role: tuple[str, ...]
    sentence_start: bool


def find_names(tokens: Tokens, sentence_starts: set[int]) -> list[Name]:
    """The names of a text in order.

    Args:
        tokens: The text's tokens.
        sentence_starts: Offsets at which sentences begin.
    """
    names: list[Name] = []
    words, count, capitals = tokens.words, tokens.count, tokens.capitals
    done = 0
    for index in capitals:
        if index < done:
            continue
        stop = _sequence(tokens, index, sentence_starts)
        first = _skip_common(tokens, index, stop)
        if first < stop:
            names += _name(tokens, first, stop, sentence_starts)
        done = stop
    known = {words[k] for n in names if not n.sentence_start for k in range(n.first, n.stop)}
    upper = set(capitals)
    lower = {word for i, word in enumerate(words[:count]) if i not in upper}
    return [n for n in names if not n.sentence_start or _is_known(tokens, n, known, lower)]


def _sequence(tokens: Tokens, index: int, sentence_starts: set[int]) -> int:
    """The index behind a run of capitalised words with the small words that join them."""
    words, j = tokens.words, index + 1
    while j < tokens.count and j - index < 16:
        gap = tokens.gap(j)
        if gap not in ("", " ") or tokens.starts[j] in sentence_starts:
            break
        if tokens.capitalised(j) or _joins(tokens, j, gap, sentence_starts):
            j += 1
        elif (
            words[j] == "of"
            and (k := j + 2 if words[j + 1] == "the" else j + 1)
            and _goes_on(tokens, k)
        ):
            j = k + 1
        elif words[j] in _PARTICLES and tokens.capitalised(j + 1) and tokens.gap(j + 1) == " ":
            j += 2
        else:
            break
    return j


def _joins(tokens: Tokens, index: int, gap: str, sentence_starts: set[int]) -> bool:
    """True for the point of an initial, the hyphen of Russian-Chinese, the apostrophe of O'Neill."""
    words = tokens.words
    if gap or not tokens.capitalised(index + 1) or tokens.starts[index + 1] in sentence_starts:
        return False
    if words[index] == ".":
        return len(words[index - 1]) == 1 or words[index - 1] in ABBREVIATED_TITLES
    return words[index] in ("-", "'", "’") and tokens.glued(index + 1)


def _goes_on(tokens: Tokens, index: int) -> bool:
    return tokens.capitalised(index) and tokens.gap(index) == " " and index < tokens.count


def _skip_common(tokens: Tokens, index: int, stop: int) -> int:
    while index < stop and tokens.words[index] in _COMMON:
        index += 1
    return index


def _name(tokens: Tokens, first: int, stop: int, sentence_starts: set[int]) -> list[Name]:
    """The names in a run of capitalised words: titles go to the role, months and days split it."""
    words = tokens.words
    for k in range(first, stop):  # "Friday Putin": what is behind a weekday is another name
        if k > first and words[k] in _COMMON and words[k].isalpha() and tokens.capitalised(k):
            return _name(tokens, first, k, sentence_starts) + (
                _name(tokens, rest, stop, sentence_starts)
                if (rest := _skip_common(tokens, k, stop)) < stop
                else []
            )
    begin = first
    for k in range(stop - 2, first - 1, -1):
        if words[k] not in TITLES or words[k + 1] in _AFTER_TITLE_WORD:
            continue
        if words[k + 1] == "of":  # "Chief Executive of Higgins Trust": a role at a named place
            begin = k + 3 if words[k + 2] == "the" else k + 2
        elif words[k + 1] not in ("-", ".") or words[k] in ABBREVIATED_TITLES:
            begin = k + 1
        break
    while begin < stop and words[begin] in (".", "-"):
        begin += 1
    role = tuple(words[first:begin])
    if not role:
        role = _role_before(tokens, first)
    if begin >= stop:
        return []
    start, end = tokens.starts[begin], tokens.ends[stop - 1]
    opening = tokens.starts[first] in sentence_starts or words[first - 1] in (
        '"',
        "“",
        "‘",
        ":",
        "—",
        "'",
    )
    return [Name(start, end, tokens.text[start:end], begin, stop, role, opening and begin == first)]


def _role_before(tokens: Tokens, index: int) -> tuple[str, ...]:
    """Lower-case titles right before a name: "Chinese leader Xi Jinping"."""
    words, k = tokens.words, index - 1
    while words[k] in TITLES and k > index - 4 and tokens.gap(k + 1) == " ":
        k -= 1
    if k == index - 1:
        return ()
    if tokens.capitalised(k) and tokens.gap(k + 1) == " ":
        k -= 1
    return tuple(words[k + 1 : index])


_ACTS = frozenset(
    "said says has was is had will would met won told left took made gave went came wrote spoke led"
    " beat lost sent sees wants".split()
)
"""Words that a name can be the subject of, right behind it."""
_COMMON_ENDINGS = ("s", "ing", "ly", "ed", "ion", "ment", "ness", "ity", "ance", "ence", "out")
"""Endings of the common nouns that can open a sentence before such a word ("Officials said")."""


def _is_known(tokens: Tokens, name: Name, known: set[str], lower: set[str]) -> bool:
    """Whether a name that opens a sentence is one: seen elsewhere, or more than one word."""
    words = [tokens.words[k] for k in range(name.first, name.stop) if tokens.words[k].isalpha()]
    if any(word in known for word in words):
        return True
    if words and words[0] in lower:
        return False
    if len(words) > 1 or name.text.isupper():
        return True
    behind = tokens.words[name.stop]
    acts = behind in _ACTS or (behind.endswith("ed") and len(behind) > 4)
    common = words[0].endswith(_COMMON_ENDINGS) if words else True
    return behind in ("'", "’") or (acts and not common)


_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of(text: str) -> list[str]:
    """The lower-cased words of a name, without possessive endings; McAra is two.

    >>> words_of("Vladimir Putin’s"), words_of("Lesley McAra")
    (['vladimir', 'putin'], ['lesley', 'mc', 'ara'])
    """
    cleaned = _INNER_CAPITAL.sub(" ", text.replace("’", "'")).lower()
    words = "".join(c if c.isalnum() or c == "'" else " " for c in cleaned).split()
    stripped = [w[:-2] if w.endswith("'s") else w.strip("'") for w in words]
    return [w for w in stripped if w]


def is_same_name(one: str, other: str) -> bool:
    """True if one is the other or a short form of it: Putin, Mr Putin, Vladimir Putin.

    >>> is_same_name("Mr Putin", "Vladimir Putin"), is_same_name("Xi", "Vladimir Putin")
    (True, False)
    """
    short, long = sorted((_plain(one), _plain(other)), key=len)
    if not short or not long:
        return False
    if set(short) <= set(long):
        return True
    same_last = short[-1] == long[-1] and len(short) > 1
    return same_last and short[0][0] == long[0][0]  # V. Putin


@lru_cache(maxsize=8192)
def _plain(text: str) -> tuple[str, ...]:
    """Its core without Mc, Mac and O', which some texts write apart: "Mc Ara"."""
    return tuple(w.removeprefix("o'") for w in _core(text) if w not in ("mc", "mac", "o"))


def _core(text: str) -> list[str]:
    words = [w for w in words_of(text) if w not in ("the", "of", "and", "a", "an")]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


_NOT_FIRST_NAMES = frozenset(
    "east west north south new united great saint st san los las lake mount fort port"
    " royal national upper lower central eastern western northern southern real old grand"
    " world".split()
)


def _is_short_form(short: list[str], full: list[str]) -> bool:
    """True if a shorter name stands for a person's or body's full one.

    Its last words (Putin), or its first (Xi; General Staff for what it is the staff of), but
    nothing from the middle: China is not the East China Sea.
    """
    if len(short) >= len(full):
        return short == full
    person = len(full) <= 4 and full[0] not in _NOT_FIRST_NAMES
    if len(short) == 1:
        return person and (full[-1] == short[0] or (len(full) == 2 and full[0] == short[0]))
    return full[: len(short)] == short or (person and full[-len(short) :] == short)


def names_between(names: list[Name], first: int, stop: int) -> list[Name]:
    """The names, given in order, that lie wholly between two tokens, `stop` exclusive."""
    low = bisect_left(names, first, key=lambda n: n.first)
    high = bisect_left(names, stop, lo=low, key=lambda n: n.first)
    return [n for n in names[low:high] if n.stop <= stop]


class Cast:
    """Who is in an article: each name with its fullest form and the roles it is given.

    `resolve` turns a short form or a description into the fullest name, if only one fits.
    """

    def __init__(self, names: list[Name]) -> None:
        self._full: dict[str, str] = {}
        self._roles: dict[str, set[str]] = defaultdict(set)
        by_word: dict[str, list[str]] = defaultdict(list)
        for name in sorted({n.text for n in names}, key=lambda t: (-len(t), t)):
            core = _core(name)
            if not core:
                continue
            longer = [f for f in by_word[core[-1]] if _is_short_form(core, _core(f))]
            self._full[name] = longer[0] if len(set(longer)) == 1 else name
            if not longer:
                for word in core:
                    by_word[word].append(name)
        for name_ in names:
            if name_.role and name_.text in self._full:
                self._roles[self._full[name_.text]].update(_normal_roles(name_.role))

    def full(self, text: str) -> str:
        """The fullest form of a name of this article; the text itself if it is not one."""
        return self._full.get(text, text)

    def described(self, words: list[str]) -> str | None:
        """The one person whose roles contain every word of a description ("russian leader")."""
        wanted = _normal_roles(tuple(words))
        if not wanted:
            return None
        fitting = [name for name, roles in self._roles.items() if wanted <= roles]
        return fitting[0] if len(fitting) == 1 else None


def _normal_roles(words: tuple[str, ...]) -> set[str]:
    return {_ROLES.get(w, w) for w in words if w.isalpha() and w not in ("the", "a", "an", "of")}
