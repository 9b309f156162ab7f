"""Names of people, places and organisations, found by capitalisation and position alone.

A word counts as a name if it is written with a capital where English writes none; there is neither
a model nor a list of the world's names. So nothing is found in a text without capitals, and in
German every noun would be a name; the check of names says so where it matters.

A name is found in three steps: `_run_end` takes a run of capitalised words ("Friday President Xi
Jinping"), `_pieces` and `_after_titles` cut it into names without their titles ("Xi Jinping"), and
`_OPENERS` decide whether a capital at the start of a sentence makes a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from ..languages.english import FUNCTION_WORDS, NOUN_PHRASE_WORDS, WEEKDAYS
from ..languages.english_names import (
    ABBREVIATED_TITLES,
    COMMON_NOUN_ENDINGS,
    ORGANISATION_NOUNS,
    PARTICLES,
    SUBJECT_VERBS,
    TITLES,
)
from ..languages.english_numbers import MONTHS, ORDINALS, SMALL
from ..text.tokens import Tokens

_NOT_NAMES = (
    FUNCTION_WORDS
    | NOUN_PHRASE_WORDS
    | frozenset(WEEKDAYS)
    | frozenset(MONTHS)
    | frozenset(SMALL)
    | frozenset(ORDINALS)
    | frozenset(
        "no yes all some many most more both every another other such what where why how here now"
        " today yesterday tomorrow just only also even still yet meanwhile however although though"
        " unless despite once last next earlier later perhaps maybe well oh okay please let it's"
        " he's she's they're we're i'm i'll i've don’t don't that's there's".split()
    )
)
"""Words that are capitalised without being names: weekdays, months, first words of sentences."""
_LONGEST_RUN = 16
"""Tokens; by hand, longer than any name, so that a headline in capitals stays cheap to read."""
_MOST_TITLES = 3
"""Lower-case titles looked at before a name: "former prime minister Lee"."""
_OPENING_SIGNS = frozenset("\"“‘:—'")
"""After these a capital proves as little as at the start of a sentence."""


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name.

    Attributes:
        start: Offset of its first character, without titles.
        end: End offset (exclusive).
        text: The name as written.
        first: Index of its first token.
        stop: End index of its tokens (exclusive).
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
    """Find the names of a text, in order.

    Args:
        tokens: The text's tokens.
        sentence_starts: Offsets at which sentences begin.

    Example:
        >>> from summarizer.text.tokens import tokenize
        >>> tokens = tokenize("On Friday President Xi Jinping met Acme Foods.")
        >>> [(name.text, name.role) for name in find_names(tokens, {0})]
        [('Xi Jinping', ('president',)), ('Acme Foods', ())]
    """
    names: list[Name] = []
    done = 0
    for index in tokens.capitals:
        if index < done:
            continue
        done = _run_end(tokens, index, sentence_starts)
        for first, stop in _pieces(tokens, index, done):
            if name := _read_name(tokens, first, stop, sentence_starts):
                names.append(name)
    return _without_openers(tokens, names)


_FIRST_TOKEN = attrgetter("first")


def names_between(names: list[Name], first: int, stop: int) -> list[Name]:
    """The names that lie wholly between two tokens.

    Args:
        names: Names in order.
        first: Index of the first token.
        stop: End index of the tokens (exclusive).

    Example:
        >>> from summarizer.article import Article
        >>> names = Article("On Friday Xi Jinping met Ann Lee.").names
        >>> [name.text for name in names_between(names, 2, 4)], names_between(names, 2, 3)
        (['Xi Jinping'], [])
    """
    low = bisect_left(names, first, key=_FIRST_TOKEN)
    high = bisect_left(names, stop, lo=low, key=_FIRST_TOKEN)
    return [n for n in names[low:high] if n.stop <= stop]


# --- A run of capitalised words -------------------------------------------------------------


def _run_end(tokens: Tokens, first: int, sentence_starts: set[int]) -> int:
    """The end (exclusive) of a run of capitalised words with what joins them."""
    index, limit = first + 1, min(tokens.count, first + _LONGEST_RUN)
    while (
        index < limit
        and tokens.gap(index) in ("", " ")
        and tokens.starts[index] not in sentence_starts
    ):
        if tokens.capitalised(index):
            index += 1
            continue
        joined = _JOINERS.get(tokens.words[index])
        stop = joined and joined(tokens, index, sentence_starts)
        if not stop:
            break
        index = stop
    return index


def _initial(tokens: Tokens, index: int, sentence_starts: set[int]) -> int | None:
    """J*.* Smith, Dr*.* Lee; not: Kyiv*.* Lee."""
    before, follows = tokens.words[index - 1], index + 1
    joins = (
        (len(before) == 1 or before in ABBREVIATED_TITLES)
        and tokens.glued(index)
        and tokens.capitalised(follows)
        and tokens.starts[follows] not in sentence_starts
    )
    return follows if joins else None


def _glued_sign(tokens: Tokens, index: int, sentence_starts: set[int]) -> int | None:
    """Russian*-*Chinese, O*'*Neill; not: Lee*'*s, Lee *-* Ann."""
    follows = index + 1
    joins = (
        tokens.glued(index)
        and tokens.glued(follows)
        and tokens.capitalised(follows)
        and tokens.starts[follows] not in sentence_starts
    )
    return follows if joins else None


def _of_a_name(tokens: Tokens, index: int, sentence_starts: set[int]) -> int | None:
    """Bank *of the* West; not: Bank *of the* river."""
    named = index + 2 if tokens.words[index + 1] == "the" else index + 1
    return named + 1 if named < tokens.count and _capital_follows(tokens, named) else None


def _particle(tokens: Tokens, index: int, sentence_starts: set[int]) -> int | None:
    """Ludwig *van* Beethoven; not: Ludwig *van* passing."""
    return index + 2 if _capital_follows(tokens, index + 1) else None


def _capital_follows(tokens: Tokens, index: int) -> bool:
    return tokens.capitalised(index) and tokens.gap(index) == " "


_JOINERS: dict[str, Callable[[Tokens, int, set[int]], int | None]] = {
    ".": _initial,
    "-": _glued_sign,
    "'": _glued_sign,
    "’": _glued_sign,
    "of": _of_a_name,
    **dict.fromkeys(PARTICLES, _particle),
}
"""What goes between two capitalised words of a run -> the end (exclusive) if it joins them here."""


# --- Names within a run ---------------------------------------------------------------------


def _pieces(tokens: Tokens, first: int, stop: int) -> list[tuple[int, int]]:
    """Cut a run at words that are not names: "Friday Putin" has Putin alone.

    A capital must show that the word is not inside a name: "Bank of the West" is whole.
    """
    words, pieces, begin = tokens.words, [], first
    for index in range(first, stop):
        if words[index] in _NOT_NAMES and (
            index == begin or (tokens.capitalised(index) and words[index].isalpha())
        ):
            if begin < index:
                pieces.append((begin, index))
            begin = index + 1
    if begin < stop:
        pieces.append((begin, stop))
    return pieces


def _read_name(tokens: Tokens, first: int, stop: int, sentence_starts: set[int]) -> Name | None:
    """The name in a piece of a run, without its titles, which are its role; None for titles alone."""
    words = tokens.words
    begin = _after_titles(words, first, stop)
    if begin >= stop:
        return None
    role = tuple(words[first:begin]) or _role_before(tokens, first)
    start, end = tokens.starts[begin], tokens.ends[stop - 1]
    opens = begin == first and (
        tokens.starts[first] in sentence_starts or words[first - 1] in _OPENING_SIGNS
    )
    return Name(start, end, tokens.text[start:end], begin, stop, role, opens)


def _after_titles(words: list[str], first: int, stop: int) -> int:
    """The first token after the last title of a name: *Xi* in "President Xi Jinping".

    >>> _after_titles(["chief", "executive", "of", "the", "higgins", "trust"], 0, 6)
    4
    >>> _after_titles(["general", "staff"], 0, 2)
    0
    """
    begin = first
    for index in range(stop - 2, first - 1, -1):
        if words[index] in TITLES and words[index + 1] not in ORGANISATION_NOUNS:
            begin = _after_title(words, first, index)
            break
    while begin < stop and words[begin] in (".", "-"):
        begin += 1
    return begin


def _after_title(words: list[str], first: int, title: int) -> int:
    following = words[title + 1]
    if following == "of":  # "Chief Executive of the Higgins Trust": a role at a named place
        return title + 3 if words[title + 2] == "the" else title + 2
    if following in ("-", ".") and words[title] not in ABBREVIATED_TITLES:
        return first
    return title + 1


def _role_before(tokens: Tokens, index: int) -> tuple[str, ...]:
    """Lower-case titles right before a name, with the nation: "Chinese leader Xi Jinping"."""
    words, before = tokens.words, index - 1
    while (
        words[before] in TITLES and before >= index - _MOST_TITLES and tokens.gap(before + 1) == " "
    ):
        before -= 1
    if before == index - 1:
        return ()
    if tokens.capitalised(before) and tokens.gap(before + 1) == " ":
        before -= 1
    return tuple(words[before + 1 : index])


# --- Names that open a sentence -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Opener:
    """A possible name at the start of a sentence, with what its text tells about its words."""

    name: Name
    words: list[str]
    following: str
    """The token after the name."""
    known: set[str]
    """Words of the names elsewhere than at the start of a sentence."""
    lower: set[str]
    """Words of names at the start of a sentence that the text has in lower case somewhere."""


def _words_of(tokens: Tokens, names: list[Name]) -> set[str]:
    return {word for name in names for word in tokens.words[name.first : name.stop]}


def _without_openers(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Drop common words that are capitalised because they open a sentence."""
    words = tokens.words
    known = _words_of(tokens, [name for name in names if not name.sentence_start])
    opening = _words_of(tokens, [name for name in names if name.sentence_start])
    lower = {words[k] for k in set(tokens.places(opening)).difference(tokens.capitals)}

    def is_name(name: Name) -> bool:
        letters = [w for w in words[name.first : name.stop] if w.isalpha()]
        opener = _Opener(name, letters, words[name.stop], known, lower)
        return next(answer for rule in _OPENERS if (answer := rule(opener)) is not None)

    return [name for name in names if not name.sentence_start or is_name(name)]


def _named_elsewhere(opener: _Opener) -> bool | None:
    """*Medvedev* spoke, where the text goes on: "Then Medvedev left"."""
    return True if any(word in opener.known for word in opener.words) else None


def _common_elsewhere(opener: _Opener) -> bool | None:
    """*Talks* began, where the text goes on: "the talks ended"."""
    return False if opener.words and opener.words[0] in opener.lower else None


def _several_words(opener: _Opener) -> bool | None:
    """*Dmitry Medvedev* spoke."""
    return True if len(opener.words) > 1 else None


def _all_capitals(opener: _Opener) -> bool | None:
    """*NATO* spoke."""
    return True if opener.name.text.isupper() else None


def _owns(opener: _Opener) -> bool | None:
    """*Medvedev*'s plan."""
    return True if opener.following in ("'", "’") else None


def _acts(opener: _Opener) -> bool:
    """*Medvedev* said, *Medvedev* arrived; not: *Officials* said. The last rule always decides."""
    verb = opener.following
    acts = verb in SUBJECT_VERBS or (verb.endswith("ed") and len(verb) > len("need"))
    return acts and bool(opener.words) and not opener.words[0].endswith(COMMON_NOUN_ENDINGS)


_OPENERS: tuple[Callable[[_Opener], bool | None], ...] = (
    _named_elsewhere,
    _common_elsewhere,
    _several_words,
    _all_capitals,
    _owns,
    _acts,
)
"""Whether a word that opens a sentence is a name: the first with a yes or a no decides."""
