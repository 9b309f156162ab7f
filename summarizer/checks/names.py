"""Are the names of a text those of its source, or known short forms of them?

No list of the world's names: a name stands if the source has it, has a longer form of it, spells
it out (UN for United Nations) or has the word it is formed from (Russian for Russia). What the
capitals of English cannot show is out of reach: texts without capitals, a common word used as a
name at the start of a sentence.
"""

from __future__ import annotations

import re
from functools import cached_property

from ..article import Article
from ..names import Name, words_of
from ..text.spans import Span
from ..text.terms import stem
from .result import NameCheck
from .verdicts import Verdict

_ENDINGS = ("n", "an", "ian", "ish", "ese", "i", "er", "ers", "s", "ans", "ians", "ic", "ean", "o")
_SMALL_WORDS = frozenset(
    "the of and for de la van der von den bin al el du di da del in on at to a an".split()
)
_NAMED_SO = "named so in the source"
_MOST_LOOKS = 20
_LONGEST_ACRONYM = 4
_SAME_PLACE = (
    frozenset(["us", "usa", "america", "american", "americans"]) | {"united states"},
    frozenset(["uk", "britain", "british", "briton", "britons"])
    | {"united kingdom", "great britain"},
    frozenset(["eu", "european"]) | {"european union"},
    frozenset({"un", "united nations"}),
    frozenset({"france", "french", "frenchman"}),
    frozenset({"netherlands", "dutch", "holland"}),
    frozenset({"spain", "spanish", "spaniard"}),
    frozenset({"wales", "welsh", "welshman"}),
    frozenset({"ireland", "irish", "irishman"}),
    frozenset({"scotland", "scottish", "scot", "scots"}),
    frozenset({"england", "english", "englishman"}),
    frozenset({"germany", "german", "germans"}),
    frozenset({"greece", "greek", "greeks"}),
    frozenset({"switzerland", "swiss"}),
    frozenset({"denmark", "danish", "dane"}),
    frozenset({"sweden", "swedish", "swede"}),
    frozenset({"turkey", "turkish", "turk"}),
    frozenset({"poland", "polish", "pole"}),
    frozenset({"thailand", "thai"}),
    frozenset({"afghanistan", "afghan", "afghans"}),
    frozenset({"philippines", "filipino", "philippine"}),
    frozenset({"belgium", "belgian"}),
    frozenset({"norway", "norwegian"}),
    frozenset({"new zealand", "kiwi"}),
    frozenset({"ukraine", "ukrainian"}),
)


class _Lexicon:
    """The words of a source, prepared for looking names up; built at the first name not found."""

    def __init__(self, source: Article) -> None:
        self.source = source

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.source.tokens.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(self.source.contexts.sentence_postings)

    @cached_property
    def flat(self) -> str:
        return self.source.words.text

    @cached_property
    def initials(self) -> frozenset[str]:
        spelled = (
            [w for w in words_of(n.text) if w not in _SMALL_WORDS] for n in self.source.names
        )
        return frozenset("".join(w[0] for w in words) for words in spelled if len(words) > 1)


def check_names(text: Article, source: Article) -> list[NameCheck]:
    """Judge every name of a text by its source: exact, short or unsupported."""
    if not text.names:
        return []
    lexicon = _Lexicon(source)
    return [_check(name, source, lexicon) for name in text.names]


def check_name(text: str, source: Article) -> NameCheck:
    """Judge a text that is one name as a whole."""
    name = Name(0, len(text), text, 0, 0, (), False)
    return _check(name, source, _Lexicon(source))


def _check(name: Name, source: Article, lexicon: _Lexicon) -> NameCheck:
    if span := _written(name.text, source):
        return NameCheck(
            name.start, name.end, name.text, Verdict.EXACT, f"{name.text}: {_NAMED_SO}", [span]
        )
    words = [w for w in words_of(name.text) if w not in _SMALL_WORDS]
    flat = " ".join(words)
    acronym = name.text.isupper() and len(name.text) <= _LONGEST_ACRONYM  # US is not "us"
    if not acronym and f" {flat} " in lexicon.flat:
        return _accepted(name, source, words, Verdict.EXACT, _NAMED_SO)
    unknown = [
        piece
        for piece in name.text.split()
        if piece.lower() not in lexicon.words  # "McCoy" where the source writes "mccoy"
        for word in words_of(piece)
        if word not in _SMALL_WORDS and not _is_known(word, lexicon)
    ]
    if not unknown or _is_same_place(flat, lexicon) or _is_acronym(name.text, words, lexicon):
        return _accepted(name, source, words, Verdict.SHORT, "a form of a name of the source")
    reason = f"{name.text}: “{' '.join(unknown)}” is nowhere in the source"
    return NameCheck(name.start, name.end, name.text, Verdict.UNSUPPORTED, reason)


def _written(name: str, source: Article) -> Span | None:
    """The first place where a name stands in the source as it is, and not inside a word."""
    text, at = source.text, source.text.find(name)
    for _ in range(_MOST_LOOKS):
        if at < 0:
            return None
        end = at + len(name)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return source.span(at, end)
        at = text.find(name, end)
    return None


def _accepted(
    name: Name, source: Article, words: list[str], verdict: Verdict, how: str
) -> NameCheck:
    reason = f"{name.text}: {how}"
    return NameCheck(name.start, name.end, name.text, verdict, reason, _evidence(source, words))


def _evidence(source: Article, words: list[str]) -> list[Span]:
    """The first mention in the source of the longest word of a name."""
    for word in sorted(words, key=len, reverse=True):
        match = re.search(rf"\b{re.escape(word)}\b", source.text, re.IGNORECASE)
        if match:
            return [source.span(*match.span())]
    return []


def _is_known(word: str, lexicon: _Lexicon) -> bool:
    """True for a word of the source, its possessive, or what is formed from it (Russian, Russia)."""
    if word in lexicon.words or word.isdecimal() or stem(word) in lexicon.stems:
        return True  # stems, for headlines In Capitals: "Handles" where the source has "handled"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            root = word[: -len(ending)]
            if root in lexicon.words or root + "e" in lexicon.words or root + "a" in lexicon.words:
                return True
        if word + ending in lexicon.words or (
            word[:-1] + ending in lexicon.words and len(word) > 4
        ):
            return True
    return _is_same_place(word, lexicon)


def _is_same_place(flat: str, lexicon: _Lexicon) -> bool:
    return any(
        flat in names and any(f" {n} " in lexicon.flat or n in lexicon.words for n in names)
        for names in _SAME_PLACE
    )


def _is_acronym(text: str, words: list[str], lexicon: _Lexicon) -> bool:
    """UN for United Nations, or the other way round."""
    letters = "".join(c for c in text if c.isalpha())
    if len(words) == 1 and 2 <= len(letters) <= 6 and letters.isupper():
        return letters.lower() in lexicon.initials
    spelled = "".join(w[0] for w in words)
    return len(words) > 1 and spelled in lexicon.words and len(spelled) > 1
