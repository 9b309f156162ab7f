"""Where a source has quoted words: verbatim, in another spelling, abridged, altered or nowhere.

`RULES` lists the ways in which a quotation is looked for, in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from ..article import Article
from ..languages.english import CONTRACTED_NEGATIONS, NEGATIONS
from ..text.spans import Span
from ..text.tokens import WordText
from .misattribution import is_named, is_same_speaker, speaker_at
from .verdicts import Verdict
from .wording import sentence_of

_ELLIPSIS = re.compile(r"[\[(]?\s?(?:…|\.\s?\.\s?\.\.?)\s?[\])]?")
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]")
_DENYING = NEGATIONS | CONTRACTED_NEGATIONS | {"hardly"}
_WORD = re.compile(r"[^\W_]+")
_DIGITS_BESIDE_LETTERS = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")

# All by hand, on the quotations of benchmarks/quotations.py.
_FARTHEST_CUT = 1500
"""Characters of the source that one ellipsis can leave out: a long paragraph."""
_WORDS_AT_EDGE = 2
"""Words on either side of a cut in which a negation belongs to what was kept."""
_MOST_IN_BRACKETS = 6
"""Words of the source that a bracketed word can replace: "[the mayor]" for a name and its title."""
_ALTERED_SCORE = 72.0
"""Similarity from 0 to 100 above which a quotation is one of the source's with changed words."""
FEWEST_COMPARED = 3
"""Words; fewer are similar to something in any source."""
_MOST_WIDENED = 4
"""Words by which the source's wording can be longer on either side than what matched."""
_MOST_DIFFED = 200
"""Words of which the differences are looked for; keeps a quotation of a whole article cheap."""
_MOST_CHANGES_NAMED = 2
_MOST_CUT_NAMED = 8
_LONGEST_SHOWN = 160
"""Characters of a quotation that a reason shows."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of a quotation are in the source.

    Attributes:
        verdict: EXACT, NORMALISED, ABRIDGED, ALTERED or UNSUPPORTED.
        spans: The source's own words; several if the quotation was abridged.
        reason: Why.
        suggestion: The source's wording, if the quotation was altered.
    """

    verdict: Verdict
    spans: list[Span]
    reason: str
    suggestion: str | None = None


@dataclass(frozen=True)
class _Case:
    """Quoted words and the source in which a rule looks for them."""

    quoted: str
    source: Article

    @cached_property
    def phrase(self) -> str:
        """The quoted words alone, as `Article.words` has those of the source."""
        return _phrase(self.quoted)

    @property
    def words(self) -> WordText:
        return self.source.words

    def parts(self, between: re.Pattern[str]) -> list[str]:
        """The quoted words between signs of ellipsis or brackets, a phrase each."""
        return [phrase for part in between.split(self.quoted) if (phrase := _phrase(part))]


def find_words(quoted: str, source: Article) -> Found:
    """Find quoted words in a source.

    Args:
        quoted: The words, without their quotation marks.
        source: The article that should have them.

    Example:
        >>> source = Article("“We do not see demand slowing down,” said Ann Lee.")
        >>> find_words("We do not see demand", source).verdict.value
        'exact'
        >>> found = find_words("We do see demand slowing down", source)
        >>> found.verdict.value, found.suggestion
        ('altered', 'We do not see demand slowing down')
    """
    case = _Case(quoted, source)
    return next(found for rule in RULES if (found := rule(case)))


def verbatim(case: _Case) -> Found | None:
    """We will win, where the source has: We will win."""
    at = case.source.text.find(case.quoted)
    if at < 0 or not case.quoted:
        return None
    span = case.source.span(at, at + len(case.quoted))
    place = sentence_of(case.source, at)
    return Found(Verdict.EXACT, [span], f"“{_shortened(case.quoted)}” stands in {place}")


def wordless(case: _Case) -> Found | None:
    """…, or nothing at all."""
    return None if case.phrase else Found(Verdict.NORMALISED, [], "no words are quoted")


def normalised(case: _Case) -> Found | None:
    """we'll win - now, where the source has: We’ll win — now."""
    place = case.words.find(case.phrase)
    return _in_other_signs(case.source, *place) if place else None


def abridged(case: _Case) -> Found | None:
    """We will … win, where the source has: We will one day win. Not where it has: will never win."""
    first, *others = case.parts(_ELLIPSIS) or [""]
    if not others:
        return None
    for start in _places(first, case.words):
        places = _follow(start, others, case.words)
        if not places:
            continue
        spans = [_span(case.source, *place) for place in places]
        if spans[-1].start - spans[0].end < _FARTHEST_CUT * len(others):
            cuts = [(before[1], after[0]) for before, after in pairwise(places)]
            return _judge_cuts(spans, cuts, case.source)
    return None


def bracketed(case: _Case) -> Found | None:
    """[The mayor] will win, where the source has: She will win. What is in brackets is the quoter's."""
    parts = case.parts(_BRACKETED)
    if "[" not in case.quoted or not parts:
        return None
    for start in _places(parts[0], case.words):
        if places := _follow(start, parts[1:], case.words, _MOST_IN_BRACKETS):
            return _in_other_signs(case.source, places[0][0], places[-1][1])
    return None


def altered(case: _Case) -> Found | None:
    """We shall win the cup, where the source has: We will win the cup."""
    words = case.words
    if case.phrase.count(" ") + 1 < FEWEST_COMPARED or not words.offsets:
        return None
    from rapidfuzz import fuzz  # only for what is not found word by word

    match = fuzz.partial_ratio_alignment(case.phrase, words.text, score_cutoff=_ALTERED_SCORE)
    if match is None:
        return None
    first = max(0, bisect_right(words.offsets, match.dest_start + 1) - 1)
    stop = bisect_left(words.offsets, match.dest_end)
    span = _span(case.source, *_widened(case, first, max(stop, first + 1)))
    difference = _difference(case.phrase, _phrase(span.text))
    shown, place = _shortened(span.text), sentence_of(case.source, span.start)
    reason = f"the source says “{shown}” ({place}); {difference}"
    return Found(Verdict.ALTERED, [span], reason, span.text)


def nowhere(case: _Case) -> Found:
    """We will win the cup, where the source has: It rained. The last rule always decides."""
    return Found(Verdict.UNSUPPORTED, [], "these words are nowhere in the source")


RULES: tuple[Callable[[_Case], Found | None], ...] = (
    verbatim,
    wordless,
    normalised,
    abridged,
    bracketed,
    altered,
    nowhere,
)
"""How quoted words are looked for; the first rule that finds something decides."""


def _phrase(text: str) -> str:
    """The words of a text in lower case, letters and digits apart as in tokens: "1m" is two."""
    return " ".join(_WORD.findall(_DIGITS_BESIDE_LETTERS.sub(" ", text.lower())))


def _in_other_signs(source: Article, first: int, stop: int) -> Found:
    span = _span(source, first, stop)
    reason = f"“{_shortened(span.text)}” in {sentence_of(source, span.start)}"
    return Found(Verdict.NORMALISED, [span], reason)


# --- Parts in order -------------------------------------------------------------------------


def _places(phrase: str, words: WordText) -> Iterator[tuple[int, int]]:
    """Every place of a phrase: its first word, and its end (exclusive)."""
    place = words.find(phrase)
    while place:
        yield place
        place = words.find(phrase, place[0] + 1)


def _follow(
    start: tuple[int, int], parts: list[str], words: WordText, most_between: int | None = None
) -> list[tuple[int, int]]:
    """The places of parts in order from a start on; none if a part is missing or too far away."""
    places = [start]
    for part in parts:
        end = places[-1][1]
        place = words.find(part, end)
        if place is None or (most_between is not None and place[0] - end > most_between):
            return []
        places.append(place)
    return places


def _judge_cuts(spans: list[Span], cuts: list[tuple[int, int]], source: Article) -> Found:
    """Accept an abridged quotation unless a cut changes the meaning or it joins two speakers."""
    for start, stop in cuts:
        cut = [source.tokens.words[source.words.tokens[k]] for k in range(start, stop)]
        if _changes_meaning(cut):
            shown = " ".join(cut[:_MOST_CUT_NAMED])
            reason = f"the ellipsis cuts out “{shown}”, which turns the meaning"
            whole = source.text[spans[0].start : spans[-1].end]
            return Found(Verdict.ALTERED, spans, reason, whole)
    said_by = {speaker for span in spans if (speaker := speaker_at(source, span))}
    speakers = sorted(filter(is_named, said_by))
    if any(not is_same_speaker(speakers[0], other, source) for other in speakers[1:]):
        reason = f"it joins words of {' and '.join(speakers)}"
        return Found(Verdict.ALTERED, spans, reason, spans[0].text)
    return Found(Verdict.ABRIDGED, spans, f"abridged from {sentence_of(source, spans[0].start)}")


def _changes_meaning(cut: list[str]) -> bool:
    """True if a negation was cut out next to words that were kept.

    >>> _changes_meaning(["never"]), _changes_meaning("who had one day not been there".split())
    (True, False)
    """
    edges = [*cut[:_WORDS_AT_EDGE], *cut[-_WORDS_AT_EDGE:]]
    return not _DENYING.isdisjoint(edges)


# --- Changed words --------------------------------------------------------------------------


def _widened(case: _Case, first: int, stop: int) -> tuple[int, int]:
    """Take in the words around a match with which the quotation begins and ends."""
    quoted, words = case.phrase.split(), case.words
    written = [
        case.source.tokens.words[words.tokens[k]]
        for k in range(max(0, first - _MOST_WIDENED), min(len(words.tokens), stop + _MOST_WIDENED))
    ]
    offset = max(0, first - _MOST_WIDENED)
    before, after = first - offset, stop - offset
    if written[before] != quoted[0]:
        first -= _distance_to(quoted[0], written[:before][::-1])
    if written[after - 1] != quoted[-1]:
        stop += _distance_to(quoted[-1], written[after:])
    return first, stop


def _distance_to(word: str, words: list[str]) -> int:
    """How many words are read until one is found, itself included; 0 if it is not there."""
    return words.index(word) + 1 if word in words else 0


def _difference(quoted: str, written: str) -> str:
    """What was changed, in words: the first two differences.

    >>> _difference("we shall win", "we will win it")
    '“will” became “shall” and “it” was left out'
    """
    ours, theirs = quoted.split()[:_MOST_DIFFED], written.split()[:_MOST_DIFFED]
    changes = []
    for tag, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if tag == "replace":
            changes.append(f"“{' '.join(theirs[a:b])}” became “{' '.join(ours[c:d])}”")
        elif tag == "delete":
            changes.append(f"“{' '.join(theirs[a:b])}” was left out")
        elif tag == "insert":
            changes.append(f"“{' '.join(ours[c:d])}” was added")
    return " and ".join(changes[:_MOST_CHANGES_NAMED]) or "its words are in another order"


def _span(source: Article, first: int, stop: int) -> Span:
    """The characters of the source from one word to another (exclusive)."""
    tokens, words = source.tokens, source.words
    last = words.tokens[min(stop, len(words.tokens)) - 1]
    return source.span(tokens.starts[words.tokens[first]], tokens.ends[last])


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= _LONGEST_SHOWN:
        return flat
    return flat[:_LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
