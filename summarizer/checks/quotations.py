"""The verdict on each quotation of a summary: its words, then its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..article import Article
from ..names import is_same_name
from ..quotations import Quotation
from ..text.spans import Span
from .result import QuoteCheck
from .verdicts import Verdict
from .wording import sentence_of

_ELLIPSIS = re.compile(r"[\[(]?\s?(?:…|\.\s?\.\s?\.\.?)\s?[\])]?")
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]")
_NEGATIONS = frozenset(
    "not no never none nothing nobody neither nor without hardly cannot t cant dont wont".split()
)
_FARTHEST_CUT = 1500
"""Characters of the source that an ellipsis may stand for."""
_BRACKET_STANDS_FOR = 6
"""Words of the source that a bracketed word may stand for, at most."""
_ALTERED_SCORE = 72.0
"""Similarity from 0 to 100 above which a quotation is one of the source's with changed words."""
_FEWEST_FUZZY = 3
_WIDEST = 4
"""Words by which the source's wording may be longer on either side than what matched."""
_OWN_SHARE = 0.7
_STATEMENT_COVERED = 0.6
_PROSE_AROUND = 2
"""Sentences around a quotation in which an unresolved speaker is looked for."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the words of a quotation stand in the source."""

    verdict: Verdict
    spans: list[Span]
    reason: str
    suggestion: str | None = None


def check_quotes(text: Article, source: Article) -> list[QuoteCheck]:
    """Judge every quotation of a text by its source: its words, then who said them.

    Reported statements without marks are paraphrases, and no words of theirs can be checked; they
    come up here only if the source gives what they say to somebody else. Nor do words in marks
    that nobody is said to have spoken ("suspicious"), unless the source does not have them: marks
    say that they are somebody's.
    """
    checks = []
    for quotation in text.quotations:
        if quotation.direct:
            check: QuoteCheck | None = _direct(quotation, source)
        else:
            check = _reported(quotation, text, source)
        if check:
            checks.append(check)
    spoken = {quotation.start for quotation in text.quotations if quotation.direct}
    for mark in text.marked:
        if mark.start not in spoken:
            words = text.text[mark.start : mark.end]
            check = _direct(Quotation(mark.start, mark.end, words, None, True), source)
            if check.verdict.flagged:
                checks.append(check)
    return sorted(checks, key=lambda check: check.start)


def _result(quotation: Quotation, found: _Found) -> QuoteCheck:
    return QuoteCheck(
        quotation.start,
        quotation.end,
        quotation.text,
        quotation.speaker,
        found.verdict,
        found.reason,
        found.spans,
        found.suggestion,
    )


def _direct(quotation: Quotation, source: Article) -> QuoteCheck:
    found = find_words(quotation.text, source)
    if found.verdict.accepted and quotation.speaker:
        found = _spoken(quotation.speaker, found, source)
    return _result(quotation, found)


def find_words(quoted: str, source: Article) -> _Found:
    """Find quoted words in a source: exact, normalised, abridged, altered or unsupported."""
    words = source.words
    at = source.text.find(quoted)
    if at >= 0 and quoted:
        span = source.span(at, at + len(quoted))
        return _Found(
            Verdict.EXACT, [span], f"“{_cut(quoted)}” stands in {sentence_of(source, at)}"
        )
    phrase = _phrase(quoted)
    if not phrase:
        return _Found(Verdict.NORMALISED, [], "no words are quoted")
    whole = words.find(phrase)
    if whole:
        span = _span(source, *whole)
        return _Found(
            Verdict.NORMALISED, [span], f"“{_cut(span.text)}” in {sentence_of(source, span.start)}"
        )
    parts = [p for p in (_phrase(part) for part in _ELLIPSIS.split(quoted)) if p]
    if len(parts) > 1 and (abridged := _abridged(parts, source)):
        return abridged
    if bracketed := _bracketed(quoted, source):
        return bracketed
    return _altered(phrase, source)


def _phrase(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _spaced_digits(text.lower())))


def _spaced_digits(text: str) -> str:
    """Letters and digits apart, as tokens are: "1m" is two."""
    return re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", text)


def _abridged(parts: list[str], source: Article) -> _Found | None:
    """The parts in order, near enough, with nothing cut out that turns the meaning."""
    words = source.words
    first = words.find(parts[0])
    while first:
        spans, at, cuts = [first], first[1], []
        for part in parts[1:]:
            following = words.find(part, at)
            if following is None:
                break
            cuts.append((at, following[0]))
            spans.append(following)
            at = following[1]
        found = [_span(source, *s) for s in spans]
        if len(found) == len(parts) and found[-1].start - found[0].end < _FARTHEST_CUT * len(cuts):
            return _judge_cuts(found, cuts, source)
        first = words.find(parts[0], first[0] + 1)
    return None


def _judge_cuts(found: list[Span], cuts: list[tuple[int, int]], source: Article) -> _Found:
    whole = source.text[found[0].start : found[-1].end]
    for start, stop in cuts:
        cut = [source.tokens.words[source.words.tokens[k]] for k in range(start, stop)]
        if _turns_meaning(cut):
            reason = f"the ellipsis cuts out “{' '.join(cut[:8])}”, which turns the meaning"
            return _Found(Verdict.ALTERED, found, reason, whole)
    speakers = sorted({s for span in found if (s := _speaker_at(source, span)) and _is_named(s)})
    if any(not is_same_speaker(speakers[0], other, source) for other in speakers[1:]):
        reason = f"it joins words of {' and '.join(speakers)}"
        return _Found(Verdict.ALTERED, found, reason, found[0].text)
    return _Found(Verdict.ABRIDGED, found, f"abridged from {sentence_of(source, found[0].start)}")


def _turns_meaning(cut: list[str]) -> bool:
    """True if a negation was cut out beside the words that were kept."""
    edges = cut if len(cut) <= 4 else [*cut[:2], *cut[-2:]]
    return bool(_NEGATIONS.intersection(edges))


def _bracketed(quoted: str, source: Article) -> _Found | None:
    """Words in square brackets are the quoter's: they may stand for up to six of the source's."""
    parts = [p for p in (_phrase(part) for part in _BRACKETED.split(quoted)) if p]
    if "[" not in quoted or not parts:
        return None
    words = source.words
    first = words.find(parts[0])
    while first:
        spans = [first]
        for part in parts[1:]:
            following = words.find(part, spans[-1][1])
            if following is None or following[0] - spans[-1][1] > _BRACKET_STANDS_FOR:
                break
            spans.append(following)
        if len(spans) == len(parts):
            span = _span(source, spans[0][0], spans[-1][1])
            return _Found(
                Verdict.NORMALISED,
                [span],
                f"“{_cut(span.text)}” in {sentence_of(source, span.start)}",
            )
        first = words.find(parts[0], first[0] + 1)
    return None


def _altered(phrase: str, source: Article) -> _Found:
    """The most similar words of the source, if they are similar enough to be meant."""
    words = source.words
    nowhere = _Found(Verdict.UNSUPPORTED, [], "these words are nowhere in the source")
    if phrase.count(" ") + 1 < _FEWEST_FUZZY or not words.offsets:
        return nowhere
    from rapidfuzz import fuzz  # only for what is not found word by word

    match = fuzz.partial_ratio_alignment(phrase, words.text, score_cutoff=_ALTERED_SCORE)
    if match is None:
        return nowhere
    first = max(0, bisect_right(words.offsets, match.dest_start + 1) - 1)
    stop = bisect_left(words.offsets, match.dest_end)
    first, stop = _widened(phrase.split(), source, first, max(stop, first + 1))
    span = _span(source, first, stop)
    difference = _difference(phrase, _phrase(span.text))
    return _Found(
        Verdict.ALTERED,
        [span],
        f"the source says “{_cut(span.text)}” ({sentence_of(source, span.start)}); {difference}",
        span.text,
    )


def _widened(quoted: list[str], source: Article, first: int, stop: int) -> tuple[int, int]:
    """Take in the words around a match with which the quotation begins and ends."""
    words, tokens = source.words, source.tokens.words
    ahead = range(first - 1, max(-1, first - 1 - _WIDEST), -1)
    behind = range(stop, min(len(words.tokens), stop + _WIDEST))
    for index in ahead if tokens[words.tokens[first]] != quoted[0] else ():
        if tokens[words.tokens[index]] == quoted[0]:
            first = index
            break
    for index in behind if tokens[words.tokens[stop - 1]] != quoted[-1] else ():
        if tokens[words.tokens[index]] == quoted[-1]:
            stop = index + 1
            break
    return first, stop


def _difference(quoted: str, given: str) -> str:
    """What was changed, in words: the first two differences."""
    ours, theirs = quoted.split()[:200], given.split()[:200]
    changes = []
    for tag, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if tag == "replace":
            changes.append(f"“{' '.join(theirs[a:b])}” became “{' '.join(ours[c:d])}”")
        elif tag == "delete":
            changes.append(f"“{' '.join(theirs[a:b])}” was left out")
        elif tag == "insert":
            changes.append(f"“{' '.join(ours[c:d])}” was added")
    return " and ".join(changes[:2]) or "its words are in another order"


def _spoken(speaker: str, found: _Found, source: Article) -> _Found:
    """Turn an accepted quotation into a misattributed one if the source gives it to another."""
    span = found.spans[0] if found.spans else None
    if span is None:
        return found
    given = _speaker_at(source, span)
    if given is None:
        if _is_near(speaker, span, source):
            return found
        reason = (
            f"the source does not give these words to {speaker} ({sentence_of(source, span.start)})"
        )
        return _Found(Verdict.MISATTRIBUTED, found.spans, reason)
    if is_same_speaker(speaker, given, source):
        return found
    reason = f"{given} said this, not {speaker} ({sentence_of(source, span.start)})"
    return _Found(Verdict.MISATTRIBUTED, found.spans, reason, given)


def is_same_speaker(claimed: str, given: str, source: Article) -> bool:
    """True if two names or descriptions mean one speaker in the light of the source."""
    if is_same_name(claimed, given):
        return True
    full = source.cast.full(claimed)
    described = source.cast.described(claimed.lower().split())
    return is_same_name(full, given) or (described is not None and is_same_name(described, given))


def _speaker_at(source: Article, span: Span) -> str | None:
    """Whom the source gives a stretch of text to: the innermost quotation around it, direct first."""
    best: Quotation | None = None
    for quotation in source.quotations_at(span.start, span.end):
        if best is None or (quotation.direct, -len(quotation.text)) > (
            best.direct,
            -len(best.text),
        ):
            best = quotation
    return best.speaker if best else None


def _is_near(speaker: str, span: Span, source: Article) -> bool:
    """True if a name stands within two sentences of a quotation whose speaker is left open."""
    sentence = source.sentence_at(span.start)
    last = source.sentence_at(span.end)
    if sentence is None or last is None:
        return False
    first = source.sentences[max(0, sentence.index - 1 - _PROSE_AROUND)]
    final = source.sentences[min(len(source.sentences), last.index + 1) - 1]
    around = set(re.findall(r"\w+", source.text[first.start : final.end].lower()))
    wanted = [
        w for w in re.findall(r"\w+", speaker.lower()) if w not in ("the", "a", "mr", "mrs", "ms")
    ]
    return bool(wanted) and wanted[-1] in around


def _is_named(speaker: str) -> bool:
    """True for a name, False for a description ("the military", "a spokesman")."""
    return any(word[:1].isupper() for word in speaker.split()[1:]) or (
        speaker[:1].isupper()
        and speaker.split(maxsplit=1)[0] not in ("The", "A", "An", "His", "Her", "Its")
    )


def _reported(quotation: Quotation, text: Article, source: Article) -> QuoteCheck | None:
    """A paraphrase that the source gives to somebody else, and to nobody of its speaker's name."""
    if not quotation.speaker or not _is_named(quotation.speaker):
        return None
    stated = text.stems_between(quotation.start, quotation.end)
    wanted = {w: source.contexts.weight(w) for w in sorted(stated)}
    total = sum(wanted.values())
    if len(wanted) < _FEWEST_FUZZY or not total:
        return None
    best: tuple[float, Quotation] | None = None
    own = 0.0
    for given, stems in source.statements:
        assert given.speaker is not None
        if not _is_named(given.speaker):
            continue
        covered = sum(v for w, v in wanted.items() if w in stems) / total
        if covered < _OWN_SHARE * _STATEMENT_COVERED:
            continue  # too little to matter, whoever said it
        if is_same_speaker(quotation.speaker, given.speaker, source):
            own = max(own, covered)
        elif best is None or covered > best[0]:
            best = (covered, given)
    if best is None or best[0] < _STATEMENT_COVERED or own >= _OWN_SHARE * best[0]:
        return None
    given = best[1]
    span = source.span(given.start, given.end)
    reason = (
        f"{given.speaker} said this, not {quotation.speaker} ({sentence_of(source, span.start)})"
    )
    return _result(quotation, _Found(Verdict.MISATTRIBUTED, [span], reason, given.speaker))


def _span(source: Article, first: int, stop: int) -> Span:
    """The characters of the source from one word to another."""
    tokens, words = source.tokens, source.words
    return source.span(
        tokens.starts[words.tokens[first]],
        tokens.ends[words.tokens[min(stop, len(words.tokens)) - 1]],
    )


def _cut(text: str, most: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"
