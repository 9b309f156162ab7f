"""Where sentences begin and end, by character offset; the text is never changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from ..languages.english_abbreviations import ABBREVIATIONS, MAY_END_SENTENCE
from .spans import strip_span

# A run of sentence-ending signs with the quotation marks and brackets that close after it, or a
# line feed. Both begin with a sign of one class, so that the search skips from one to the next,
# and both are possessive: no text makes them look twice at a character.
_CANDIDATE = re.compile(r"""[.!?…。！？｡۔؟।]++["'”’»)\]」』）]*+|\n""")
_FULL_WIDTH = frozenset("。！？｡۔؟।")
"""Stops that need no space after them: CJK, Arabic, Devanagari."""
_NEW_BLOCK = re.compile(r"[^\S\n]*+(?:\n|(?:[-*•–]|\d{1,2}[.)])[^\S\n])")
"""After a line feed: an empty line, or the next item of a list."""
_LONGEST_WORD = 24
"""Characters before a full stop in which its word is looked for."""
LONGEST = 2000
"""Characters; a longer run without a full stop, a table or a log, is cut so it can be shown."""
_LONGEST_STRAY = 5
"""Characters; without a letter or digit among them, they belong to the sentence before them."""
_CUTS = ("\n", "; ", ", ", " ")
"""Where a sentence that is too long is cut, best first: after a line, a clause, a word."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences.

    Every character that is not white space belongs to exactly one sentence; a "sentence" without a
    letter or digit (a stray full stop) belongs to the one before it. A line feed ends a sentence
    only before an empty line or a list item.

    Args:
        text: Any text.

    Returns:
        The start and end (exclusive) of each sentence, without the white space around it.

    >>> text = "Mr. Xi met U.S. officials. . It rose 4.5% (sic.) They left."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Mr. Xi met U.S. officials. .', 'It rose 4.5% (sic.)', 'They left.']
    """
    spans: list[tuple[int, int]] = []
    for start, end in pairwise((0, *_boundaries(text), len(text))):
        start, end = strip_span(text, start, end)
        if start == end:
            continue
        while end - start > LONGEST:
            cut = _best_cut(text, start)
            spans.append(strip_span(text, start, cut))
            start = cut
            while text[start].isspace():
                start += 1
        if spans and _is_stray(text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _boundaries(text: str) -> Iterator[int]:
    """The offsets after which a new sentence begins."""
    start = 0
    for match in _CANDIDATE.finditer(text):
        stop, end = match.span()
        if _is_boundary(text, start, stop, end):
            yield end
            start = end


def _is_boundary(text: str, start: int, stop: int, end: int) -> bool:
    """True if the signs from `stop` to `end` end the sentence that begins at `start`."""
    if text[stop] == "\n":
        return bool(_NEW_BLOCK.match(text, end))
    if text[stop] in _FULL_WIDTH:
        return True
    return text[end : end + 1].isspace() and _ends_sentence(text, start, stop, end)


def _is_stray(text: str) -> bool:
    return len(text) <= _LONGEST_STRAY and not any(map(str.isalnum, text))


def _best_cut(text: str, start: int) -> int:
    """Where to cut a sentence that is too long: after a line, a clause, a word, or anywhere."""
    low, high = start + LONGEST // 2, start + LONGEST
    for sign in _CUTS:
        cut = text.rfind(sign, low, high)
        if cut != -1:
            return cut + len(sign)
    while high > low and text[high - 1].isalnum() and text[high].isalnum():  # not within a number
        high -= 1
    return high if high > low else start + LONGEST


def _ends_sentence(text: str, start: int, stop: int, end: int) -> bool:
    """True if the stop at `stop` is more than the point of an abbreviation or an initial."""
    if text[stop] != "." or text.startswith(("..", ".!", ".?"), stop):
        return not (text[stop] in ".…" and text[end : end + 2].strip()[:1].islower())
    word = _word_before(text, max(start, stop - _LONGEST_WORD), stop)
    closing = end - stop - 1
    if len(word) > 1 and not closing and word.lower() not in ABBREVIATIONS:
        return True  # nearly every full stop: no rule below has anything to say
    following = _character_after(text, end)
    for rule in _RULES:
        ends = rule(word, following, closing)
        if ends is not None:
            return ends
    return True


def _without_word(word: str, following: str, closing: int) -> bool | None:
    """It rose (by 5%). They left."""
    return None if word else True


def _number_sign(word: str, following: str, closing: int) -> bool | None:
    """No. 5 goes on; "We said no. They left." does not."""
    return not following.isdecimal() if word.lower() == "no" else None


def _abbreviation(word: str, following: str, closing: int) -> bool | None:
    """Mr. Xi met Acme Inc. They left."""
    word = word.lower()
    if word not in ABBREVIATIONS:
        return None
    return word in MAY_END_SENTENCE and following.isupper() and closing <= 1


def _initial(word: str, following: str, closing: int) -> bool | None:
    """J. Smith goes on; "They have no plan b. Then what?" does not."""
    if len(word) != 1 or not word.isalpha():
        return None
    return not following.islower() and not (word.isupper() and following.isupper())


def _quoted(word: str, following: str, closing: int) -> bool | None:
    """“We left.” he said."""
    return False if closing and following.islower() else None


_RULES: tuple[Callable[[str, str, int], bool | None], ...] = (
    _without_word,
    _number_sign,
    _abbreviation,
    _initial,
    _quoted,
)
"""Whether a full stop ends a sentence, by the word before it, the next letter or digit, and the
number of marks that close after it; the first rule that knows decides, and else it does."""


def _word_before(text: str, least: int, stop: int) -> str:
    """The word that ends at `stop`, with the points inside it: "e.g", "U.S"."""
    start = stop
    while start > least and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:stop].lstrip(".")


def _character_after(text: str, index: int) -> str:
    """The first character that is not white space or an opening mark; "" at the end."""
    while index < len(text) and (text[index].isspace() or text[index] in "\"'“‘("):
        index += 1
    return text[index : index + 1]
