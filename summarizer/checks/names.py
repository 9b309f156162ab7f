"""Are the names of a text those of its source, or known short forms of them?

There is no list of the world's names: a name is accepted if the source has it, has a longer form of
it, spells it out (UN for United Nations) or has the word that it is formed from (Russian for
Russia). What the capitals of English cannot show is out of reach: texts without capitals, or a
common word used as a name at the start of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..article import Article
from ..languages.english_names import DERIVED_ENDINGS, PARTICLES, SAME_PLACES
from ..names import Name, words_of
from ..text.spans import Span
from ..text.terms import stem
from .result import NameCheck
from .verdicts import Verdict

_SMALL_WORDS = PARTICLES | frozenset("the of and for in on at to a an".split())
# By hand.
_MOST_LOOKS = 20
"""Places at which a name is looked for as it is written; keeps the work linear in a list of names."""
_LONGEST_UNLIKE_A_WORD = 4
"""Letters; a short name in capitals is not the word in lower case: "US" and "us"."""
_FEWEST_LETTERS, _MOST_LETTERS = 2, 6
"""Of an acronym that the source spells out: UN, UNESCO."""
_SHORTEST_ROOT = 4
"""Letters left when an ending is removed: "Romans" is from "Roman", "Lees" not from "Lee"."""


class _Lexicon:
    """The words of a source, prepared for looking up names; built at the first name not found."""

    def __init__(self, source: Article) -> None:
        self.source = source

    @property
    def words(self) -> frozenset[str]:
        return self.source.tokens.vocabulary

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(self.source.terms.postings)

    @cached_property
    def flat(self) -> str:
        return self.source.words.text

    @cached_property
    def initials(self) -> frozenset[str]:
        """The first letters of every name of several words: "un" for United Nations."""
        spelled = (_name_words(name.text) for name in self.source.names)
        return frozenset("".join(w[0] for w in words) for words in spelled if len(words) > 1)


@dataclass(frozen=True)
class _Case:
    """A name with everything that a rule may look at."""

    name: Name
    source: Article
    lexicon: _Lexicon

    @cached_property
    def words(self) -> list[str]:
        """Its words in lower case, without the small ones."""
        return _name_words(self.name.text)

    @cached_property
    def flat(self) -> str:
        return " ".join(self.words)

    @cached_property
    def unknown(self) -> list[str]:
        """Its parts, as written, that the source does not account for."""
        return [
            piece
            for piece in self.name.text.split()
            if piece.lower() not in self.lexicon.words  # "McCoy" where the source writes "mccoy"
            for word in _name_words(piece)
            if not any(accounts_for(word, self.lexicon) for accounts_for in WORD_RULES)
        ]

    def verdict(self, verdict: Verdict, how: str, evidence: list[Span] | None = None) -> NameCheck:
        name = self.name
        spans = _first_mention(self.source, self.words) if evidence is None else evidence
        return NameCheck(name.start, name.end, name.text, verdict, f"{name.text}: {how}", spans)


def check_names(text: Article, source: Article) -> list[NameCheck]:
    """Judge every name of a text by its source: exact, short or unsupported.

    Example:
        >>> source = Article("The United Nations met in Geneva with Ann Lee.")
        >>> checks = check_names(Article("Then the UN met Lee and Bob Roy."), source)
        >>> [(check.text, check.verdict.value) for check in checks]
        [('UN', 'short'), ('Lee', 'exact'), ('Bob Roy', 'unsupported')]
    """
    if not text.names:
        return []
    lexicon = _Lexicon(source)
    return [_judge(_Case(name, source, lexicon)) for name in text.names]


def check_name(text: str, source: Article) -> NameCheck:
    """Judge a text that is one name as a whole.

    Example:
        >>> check_name("Bob Roy", Article("We met Ann Lee.")).reason
        'Bob Roy: “Bob Roy” is nowhere in the source'
    """
    name = Name(0, len(text), text, 0, 0, (), sentence_start=False)
    return _judge(_Case(name, source, _Lexicon(source)))


def _judge(case: _Case) -> NameCheck:
    return next(check for rule in RULES if (check := rule(case)))


# --- Rules for a name -----------------------------------------------------------------------


def written_so(case: _Case) -> NameCheck | None:
    """Ann Lee, where the source has: Ann Lee. Not inside a word: Ann Leed."""
    span = _written(case.name.text, case.source)
    return case.verdict(Verdict.EXACT, "named so in the source", [span]) if span else None


def same_words(case: _Case) -> NameCheck | None:
    """Ann Lee, where the source has: ANN LEE. Not: US, where the source has "us"."""
    text = case.name.text
    abbreviated = text.isupper() and len(text) <= _LONGEST_UNLIKE_A_WORD
    if abbreviated or f" {case.flat} " not in case.lexicon.flat:
        return None
    return case.verdict(Verdict.EXACT, "named so in the source")


def known_words(case: _Case) -> NameCheck | None:
    """The Russian Army, where the source has: Russia withdrew its army."""
    return None if case.unknown else _short(case)


def same_place(case: _Case) -> NameCheck | None:
    """US, where the source has: the United States."""
    return _short(case) if _is_same_place(case.flat, case.lexicon) else None


def acronym(case: _Case) -> NameCheck | None:
    """UN, where the source has: the United Nations; or the other way round."""
    letters = "".join(filter(str.isalpha, case.name.text))
    words, lexicon = case.words, case.lexicon
    if len(words) == 1 and letters.isupper() and _FEWEST_LETTERS <= len(letters) <= _MOST_LETTERS:
        return _short(case) if letters.lower() in lexicon.initials else None
    initials = "".join(word[0] for word in words)
    return _short(case) if len(initials) > 1 and initials in lexicon.words else None


def unsupported(case: _Case) -> NameCheck:
    """Bob Roy, where the source has: Ann Lee. The last rule always decides."""
    unknown = " ".join(case.unknown)
    return case.verdict(Verdict.UNSUPPORTED, f"“{unknown}” is nowhere in the source", [])


RULES: tuple[Callable[[_Case], NameCheck | None], ...] = (
    written_so,
    same_words,
    known_words,
    same_place,
    acronym,
    unsupported,
)
"""How a name is looked for in the source; the first rule that returns a check decides."""


def _short(case: _Case) -> NameCheck:
    return case.verdict(Verdict.SHORT, "a form of a name of the source")


def _name_words(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in _SMALL_WORDS]


def _written(name: str, source: Article) -> Span | None:
    """The first place where the source has a name as it is written, and not inside a word."""
    text, at = source.text, source.text.find(name)
    for _ in range(_MOST_LOOKS):
        if at < 0:
            return None
        end = at + len(name)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return source.span(at, end)
        at = text.find(name, end)
    return None


def _first_mention(source: Article, words: list[str]) -> list[Span]:
    """The first mention in the source of the longest word of a name."""
    for word in sorted(words, key=len, reverse=True):
        match = re.search(rf"\b{re.escape(word)}\b", source.text, re.IGNORECASE)
        if match:
            return [source.span(*match.span())]
    return []


# --- Rules for a word of a name -------------------------------------------------------------


def _same_word(word: str, lexicon: _Lexicon) -> bool:
    """Lee, where the source has: lee. Numbers are checked elsewhere."""
    return word in lexicon.words or word.isdecimal()


def _same_stem(word: str, lexicon: _Lexicon) -> bool:
    """Handles, in a headline In Capitals, where the source has: handled."""
    return stem(word) in lexicon.stems


def _formed_from(word: str, lexicon: _Lexicon) -> bool:
    """Russian, where the source has: Russia; Chinese, where it has: China."""
    roots = [word[: -len(end)] for end in DERIVED_ENDINGS if word.endswith(end)]
    return any(
        root + letter in lexicon.words
        for root in roots
        if len(root) >= _SHORTEST_ROOT
        for letter in ("", "e", "a")
    )


def _root_of(word: str, lexicon: _Lexicon) -> bool:
    """Ukraine, where the source has: Ukrainian; London, where it has: Londoners."""
    stems = [word, word[:-1]] if len(word) > _SHORTEST_ROOT else [word]
    return any(start + end in lexicon.words for start in stems for end in DERIVED_ENDINGS)


def _is_same_place(name: str, lexicon: _Lexicon) -> bool:
    """French, where the source has: France."""
    return any(
        name in names and any(f" {n} " in lexicon.flat or n in lexicon.words for n in names)
        for names in SAME_PLACES
    )


WORD_RULES: tuple[Callable[[str, _Lexicon], bool], ...] = (
    _same_word,
    _same_stem,
    _formed_from,
    _root_of,
    _is_same_place,
)
"""How a source can account for one word of a name; one is enough."""
