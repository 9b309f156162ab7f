"""Which names are one: short forms, roles, and the fullest form of each name of an article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from ..languages.english_names import PLACE_OPENERS, SAME_ROLES, TITLES
from .capitalised import Name

_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_PERSON = 4
"""Words in the longest name of a person: "Ursula von der Leyen"."""


def words_of(text: str) -> list[str]:
    """Split a name into lower-cased words, without possessive endings; McAra is two.

    >>> words_of("Vladimir Putin’s"), words_of("Lesley McAra")
    (['vladimir', 'putin'], ['lesley', 'mc', 'ara'])
    """
    cleaned = _INNER_CAPITAL.sub(" ", text.replace("’", "'")).lower()
    words = "".join([c if c.isalnum() or c == "'" else " " for c in cleaned]).split()
    stripped = [w[:-2] if w.endswith("'s") else w.strip("'") for w in words]
    return [w for w in stripped if w]


def is_same_name(one: str, other: str) -> bool:
    """True if one is the other or a short form of it: Putin, Mr Putin, V. Putin, Vladimir Putin.

    >>> is_same_name("Mr Putin", "Vladimir Putin"), is_same_name("V. Putin", "Vladimir Putin")
    (True, True)
    >>> is_same_name("Xi", "Vladimir Putin"), is_same_name("D. Putin", "Vladimir Putin")
    (False, False)
    """
    short, long = sorted((_compared(one), _compared(other)), key=len)
    if not short or not long:
        return False
    if set(short) <= set(long):
        return True
    same_surname = short[-1] == long[-1] and len(short) > 1
    return same_surname and short[0][0] == long[0][0]


@lru_cache(maxsize=8192)
def _compared(text: str) -> tuple[str, ...]:
    """The core without Mc, Mac and O', which some texts write as words of their own: "Mc Ara"."""
    return tuple(w.removeprefix("o'") for w in _core(text) if w not in ("mc", "mac", "o"))


def _core(text: str) -> list[str]:
    """The words of a name without its titles and small words: "the Mayor of Kent" is Kent."""
    words = [w for w in words_of(text) if w not in ("the", "of", "and", "a", "an")]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


def _is_short_form(short: list[str], full: list[str]) -> bool:
    """True if a shorter name can mean a person's or body's full one.

    Its last words can (Putin), or its first (Xi; General Staff for what it is the staff of), but
    nothing from the middle: China is not the East China Sea.

    >>> _is_short_form(["putin"], ["vladimir", "putin"])
    True
    >>> _is_short_form(["china"], ["east", "china", "sea"])
    False
    """
    if len(short) >= len(full):
        return short == full
    person = len(full) <= _LONGEST_PERSON and full[0] not in PLACE_OPENERS
    if len(short) == 1:
        return person and (full[-1] == short[0] or full[:-1] == short)
    return full[: len(short)] == short or (person and full[-len(short) :] == short)


class NameIndex:
    """The names of an article, each with its fullest form and the roles it is given.

    Args:
        names: Every mention, as `find_names` returns them.

    Example:
        >>> from summarizer.article import Article
        >>> article = Article("On Friday Chinese leader Xi Jinping spoke. Then Xi left.")
        >>> index = NameIndex(article.names)
        >>> index.full("Xi"), index.described(["the", "chinese", "president"])
        ('Xi Jinping', 'Xi Jinping')
        >>> index.full("Putin"), index.described(["the", "mayor"])
        ('Putin', None)
    """

    def __init__(self, names: list[Name]) -> None:
        self._full = _fullest_forms({n.text for n in names})
        self._roles: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if name.role and name.text in self._full:
                self._roles[self._full[name.text]].update(_compared_roles(name.role))

    def full(self, text: str) -> str:
        """The fullest form of a name of this article; the text itself if it is not one."""
        return self._full.get(text, text)

    def described(self, words: list[str]) -> str | None:
        """The one person whose roles contain every word of a description; None if not one fits.

        Args:
            words: The description in lower case, as in ["the", "russian", "leader"].
        """
        wanted = _compared_roles(words)
        if not wanted:
            return None
        fitting = [name for name, roles in self._roles.items() if wanted <= roles]
        return fitting[0] if len(fitting) == 1 else None


def _fullest_forms(names: set[str]) -> dict[str, str]:
    """Map each name to the only longer one that it can be short for, else to itself."""
    full: dict[str, str] = {}
    by_word: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for name in sorted(names, key=lambda text: (-len(text), text)):
        core = _core(name)
        if not core:
            continue
        longer = {other for other, words in by_word[core[-1]] if _is_short_form(core, words)}
        full[name] = next(iter(longer)) if len(longer) == 1 else name
        if not longer:
            for word in core:
                by_word[word].append((name, core))
    return full


def _compared_roles(words: Iterable[str]) -> set[str]:
    """Roles without articles, synonyms made one: president and premier are both "leader"."""
    return {
        SAME_ROLES.get(w, w) for w in words if w.isalpha() and w not in ("the", "a", "an", "of")
    }
