"""Where sentences begin and end, by character offset, without touching the text."""

from __future__ import annotations

import re

from ..languages.english_names import ABBREVIATED_TITLES

# A run of sentence-ending signs with the quotation marks and brackets that close behind it, or a
# line feed. Both begin with a sign of one class, so that the search skips from one to the next,
# and both are possessive: no text makes them look twice at a character.
_CANDIDATE = re.compile(r"""[.!?…。！？｡۔؟।]++["'”’»)\]」』）]*+|\n""")
_FULL_WIDTH = frozenset("。！？｡۔؟।")
"""Stops that need no space behind them: CJK, Arabic, Devanagari."""
_NEW_BLOCK = re.compile(r"[^\S\n]*+(?:\n|(?:[-*•–]|\d{1,2}[.)])[^\S\n])")
"""Behind a line feed: an empty line, or the next item of a list."""
_ABBREVIATIONS = ABBREVIATED_TITLES | frozenset(
    "sr jr st cmdr maj pres hon fr messrs inc corp co ltd plc bros llc dept univ assn no nos"
    " vs etc e.g i.e cf al fig figs sec eq approx jan feb mar apr jun jul aug sep sept oct nov"
    " dec mon tue tues wed thu thur thurs fri sat sun u.s u.k u.n e.u d.c a.m p.m ph.d b.a m.a"
    " mt ft vol ed pp spc pvt".split()
)
# Abbreviations that usually end a sentence when a capital letter follows ("U.S." goes on: "U.S. Steel").
_MAY_END = frozenset("inc corp co ltd plc llc etc a.m p.m jr sr al ph.d".split())
_LOOK_BACK = 24
LONGEST = 2000
"""Characters; what has no full stop for longer, a table or a log, is cut, so that it can be shown."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, without the white space around it.

    Every character that is not white space lies in exactly one sentence; a "sentence" without any
    letter or digit (a stray full stop) belongs to the one before it.

    >>> text = "Mr. Xi met U.S. officials. . It rose 4.5% (sic.) They left."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Mr. Xi met U.S. officials. .', 'It rose 4.5% (sic.)', 'They left.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        stop, end = match.span()
        if text[stop] == "\n":
            if not _NEW_BLOCK.match(text, end):
                continue
        elif text[stop] not in _FULL_WIDTH and not (
            text[end : end + 1].isspace() and _ends_sentence(text, start, stop, end)
        ):
            continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    while end - start > LONGEST:
        cut = _best_cut(text, start)
        spans.append((start, len(text[start:cut].rstrip()) + start))
        start = cut
        while text[start].isspace():
            start += 1
    if spans and end - start < 6 and not any(map(str.isalnum, text[start:end])):
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _best_cut(text: str, start: int) -> int:
    """Where to cut a run of text without a full stop: behind a line, a clause, a word, or anywhere."""
    low, high = start + LONGEST // 2, start + LONGEST
    for sign in ("\n", "; ", ", ", " "):
        cut = text.rfind(sign, low, high)
        if cut != -1:
            return cut + len(sign)
    while high > low and text[high - 1].isalnum() and text[high].isalnum():  # not within a number
        high -= 1
    return high if high > low else start + LONGEST


def _ends_sentence(text: str, sentence: int, stop: int, end: int) -> bool:
    """True if the stop at `stop` is more than the point of an abbreviation or an initial."""
    if text[stop] != "." or text[stop : stop + 2] in ("..", ".!", ".?"):
        following = text[end : end + 2].strip()
        return not (text[stop] in ".…" and following[:1].islower())
    word = _word_before(text, max(sentence, stop - _LOOK_BACK), stop)
    following = _following(text, end)
    if not word:
        return True
    lower = word.lower()
    if lower in _ABBREVIATIONS:
        if lower == "no":  # "No." before a number only
            return not following[:1].isdecimal()
        return lower in _MAY_END and following[:1].isupper() and end - stop <= 2
    if len(word) == 1 and word.isalpha():  # an initial: "J. Smith", but "plan B. Then"
        return not (word.isupper() and following[:1].isupper()) and not following[:1].islower()
    if end - stop > 1 and following[:1].islower():  # ." he said
        return False
    return True


def _word_before(text: str, least: int, stop: int) -> str:
    """The word that ends at `stop`, with the points inside it: "e.g", "U.S"."""
    start = stop
    while start > least and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:stop].lstrip(".")


def _following(text: str, index: int) -> str:
    while index < len(text) and (text[index].isspace() or text[index] in "\"'“‘("):
        index += 1
    return text[index : index + 2]
