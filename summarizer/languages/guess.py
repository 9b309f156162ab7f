"""In which language a text is written, by its script and its function words; None if in doubt."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain

from .function_words import ALIASES, FUNCTION_WORDS, LANGUAGES, LETTERS, SCRIPTS

_READ = 20_000
"""Characters that are looked at."""
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT = {name: re.compile(f"[{ranges}]") for name, ranges in SCRIPTS.items()}
_MOST_LETTERS = 0.6
"""Share of the letters from which on a script is that of the text; the rest may be names."""
_FEWEST_LETTERS, _FEWEST_HAN = 12, 16
"""Letters of the script; a Japanese headline may be written without kana."""
_FEWEST_WORDS = 5
_FEWEST_DIFFERENT = 3
"""Different function words: one that is repeated may be a name."""
_FEWEST_LONG = 2
"""Those of them that are not single letters, which initials and formulas have too."""
_SHARE_OF_WORDS = 0.25
"""Share of the words that function words are in running text, at the very least."""
_LEAD = 1.6
"""How many times as much its function words weigh as those of the next language."""
_WEIGHTS = {
    word: (1 if len(word) > 1 else 0.3) / count
    for word, count in Counter(chain(*FUNCTION_WORDS.values())).items()
}
"""A word counts the less, the more languages have it; a letter may be an initial."""
_KANA = 0.1
"""Share of kana from which on Chinese characters are Japanese."""


def guess(text: str) -> str | None:
    """The language of a text, if it is long and clear enough to tell.

    Args:
        text: Any text; its first 20,000 characters count.

    Returns:
        A code of `LANGUAGES`; None for a few words, a list of names, a mixture, or another language.

    >>> guess("Four people were hurt in the fire at the mill."), guess("Ann Lee, Kent")
    ('en', None)
    >>> guess("Bei dem Brand in der Mühle wurden vier Menschen verletzt.")
    'de'
    """
    return _guess(text[:_READ])


@lru_cache(maxsize=64)
def _guess(text: str) -> str | None:
    script = _script_of(text)
    if script == "latin":
        return _by_function_words(text)
    if script == "cyrillic":
        return _by_letters(text.lower())
    return next((code for code, (of, _) in LANGUAGES.items() if of == script), None)


def language_code(name: str) -> str | None:
    """The language that a user names: by its name in several languages, or by its code.

    >>> [language_code(name) for name in ("German", "deutsch", "de-AT", "pt_BR", "Klingon")]
    ['de', 'de', 'de', 'pt', None]
    """
    words = _WORD.findall(name.lower())
    named = {code for word in words if (code := _names().get(word))}
    if len(named) == 1:
        return named.pop()
    code = words[0] if words and not named else ""
    code = ALIASES.get(code, code)
    return code if code in LANGUAGES and re.fullmatch(r"\w{2}(?:[-_]\w+)*", name.strip()) else None


def language_name(code: str) -> str:
    """The English name of a language.

    >>> language_name("de")
    'German'
    """
    return LANGUAGES[code][1].split()[0]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name: code for code, (_, names) in LANGUAGES.items() for name in names.lower().split()}


def _script_of(text: str) -> str | None:
    """The script of most letters; Chinese characters with kana between them are Japanese."""
    letters = sum(map(len, _WORD.findall(text)))
    if letters == 0:
        return None
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPT.items()}
    if counts["kana"] >= _KANA * (counts["kana"] + counts["han"]) > 0:
        counts["kana"] += counts.pop("han")
    script = max(counts, key=lambda name: counts[name])
    is_short = counts[script] < (_FEWEST_HAN if script == "han" else _FEWEST_LETTERS)
    return None if is_short or counts[script] < _MOST_LETTERS * letters else script


def _by_function_words(text: str) -> str | None:
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    found = {code: counts.keys() & listed for code, listed in FUNCTION_WORDS.items()}
    scores = Counter({c: sum(counts[w] * _WEIGHTS[w] for w in some) for c, some in found.items()})
    (best, most), (_, second) = scores.most_common(2)
    hits, letters = sum(counts[w] for w in found[best]), sum(len(w) == 1 for w in found[best])
    is_clear = most >= _LEAD * second and hits >= _SHARE_OF_WORDS * len(words)
    is_varied = len(found[best]) >= _FEWEST_DIFFERENT and len(found[best]) - letters >= _FEWEST_LONG
    return best if is_clear and is_varied else None


def _by_letters(text: str) -> str | None:
    """Of two languages of one script, the one whose own letters occur and the other's do not."""
    found = [code for code, letters in LETTERS.items() if any(map(text.count, letters))]
    return found[0] if len(found) == 1 else None
