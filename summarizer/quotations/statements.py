"""find_quotations: marks, attributions and the article's names, joined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from ..languages.english_numbers import ORDINALS
from ..names import Cast, Name, find_names
from ..text.sentences import split_sentences
from ..text.tokens import Tokens, tokenize
from .attribution import PRONOUNS, REPORTING_VERBS, SPEECH_VERBS, Attribution, find_attributions
from .marks import MARKS, Marked, find_marked
from .quotation import Quotation

_FAR = 90
"""Characters between a quotation and the verb that introduces it, at most."""
_FEWEST_WORDS_REPORTED = 4
_SCARE_WORDS = 3
_FIRST_PERSON = frozenset("we us our ourselves i me my myself ours".split())
_PERSON_PRONOUNS = frozenset({"he", "she"})
_BEFORE_THINGS = frozenset(ORDINALS) | {"a", "an", "the", "another", "this"}
_TITLE_TOKENS = 3
_FORGET_SPEAKER = 6
"""Sentences after which "he" no longer means the last speaker."""


def find_quotations(text: str) -> list[Quotation]:
    """Find every quotation of a text, in marks or reported, with its speaker.

    Marks may be straight, curly, low-high, guillemets or corner brackets; a quotation that is
    broken by "he said" or reopened in a new paragraph comes as several, with one speaker.
    Apostrophes, feet and inches, and marks around a few words that nobody is said to have spoken
    are not quotations.

    Args:
        text: Any text; offsets count its characters as given.

    Returns:
        The quotations in the order of the text, `text[q.start:q.end] == q.text` for each.

    Example:
        >>> text = 'Mayor Ann Lee left. "We will," she said, "survive." Police said that nobody had been hurt.'
        >>> for q in find_quotations(text):
        ...     print(q.speaker, "|", q.text, "|", q.direct)
        Ann Lee | We will, | True
        Ann Lee | survive. | True
        Police | nobody had been hurt | False
    """
    tokens = tokenize(text)
    sentences = split_sentences(text)
    names = find_names(tokens, {start for start, _ in sentences})
    return quotations_in(tokens, sentences, names, Cast(names), find_marked(text))


_TELLING = SPEECH_VERBS | {"according", *MARKS}


def may_quote(tokens: Tokens) -> bool:
    """False for a text with neither a quotation mark nor a verb of speaking: nothing to find."""
    return not _TELLING.isdisjoint(tokens.words)


def quotations_in(
    tokens: Tokens,
    sentences: list[tuple[int, int]],
    names: list[Name],
    cast: Cast,
    marked: list[Marked],
) -> list[Quotation]:
    """The same for a text whose tokens, sentences, names and marks are known."""
    return _Reader(tokens, sentences, names, cast, marked).read()


class _Reader:
    """One pass over the sentences; remembers who spoke last."""

    def __init__(
        self,
        tokens: Tokens,
        sentences: list[tuple[int, int]],
        names: list[Name],
        cast: Cast,
        marked: list[Marked],
    ) -> None:
        self.tokens, self.sentences, self.names, self.cast = tokens, sentences, names, cast
        self.text = tokens.text
        self.marked = marked
        self.mark_starts = [m.start for m in self.marked]
        self.name_firsts = [n.first for n in names]
        self.things = self._things()
        self.speakers: dict[int, str | None] = {}  # by marked stretch
        self.last_speaker: str | None = None
        self.last_spoke = -_FORGET_SPEAKER
        self.last_reported = -2  # the sentence of the last statement without marks
        self.found: list[Quotation] = []

    def read(self) -> list[Quotation]:
        for index, (start, end) in enumerate(self.sentences):
            attributions = self._attributions(start, end)
            resolved = [(a, self._speaker(a, index)) for a in attributions]
            inside = self._marked_in(start, end)
            for k in inside:
                self._attribute(k, resolved)
            self._report(index, start, end, resolved, inside)
            for _, speaker in resolved:
                if speaker:
                    self.last_speaker, self.last_spoke = speaker, index
        self._inherit()
        for k, mark in enumerate(self.marked):
            speaker = self.speakers.get(k)
            if k in self.speakers or not self._is_scare(mark):
                self.found.append(self._quotation(mark.start, mark.end, speaker, True))
        self.found.sort(key=lambda q: (q.start, q.end))
        return self.found

    def _quotation(self, start: int, end: int, speaker: str | None, direct: bool) -> Quotation:
        return Quotation(start, end, self.text[start:end], speaker, direct)

    def _marked_in(self, start: int, end: int) -> list[int]:
        """Marked stretches that share a character with a sentence."""
        first = max(0, bisect_right(self.mark_starts, start) - 1)
        last = bisect_left(self.mark_starts, end)
        return [k for k in range(first, last) if self.marked[k].end > start]

    def _token_at(self, offset: int) -> int:
        return bisect_left(self.tokens.starts, offset, 0, self.tokens.count)

    def _names_in(self, first: int, stop: int) -> list[Name]:
        low, high = bisect_left(self.name_firsts, first), bisect_left(self.name_firsts, stop)
        return [n for n in self.names[low:high] if n.stop <= stop]

    def _attributions(self, start: int, end: int) -> list[Attribution]:
        """Attributions in what of a sentence lies outside quotation marks."""
        found: list[Attribution] = []
        at = start
        for k in [*self._marked_in(start, end), -1]:
            stop = min(self.marked[k].start, end) if k >= 0 else end
            if at < stop:
                first, last = self._token_at(at), self._token_at(stop)
                names = self._names_in(first, last)
                found += find_attributions(self.tokens, names, self.cast, first, last)
            at = max(at, self.marked[k].end) if k >= 0 else end
        return found

    def _speaker(self, attribution: Attribution, sentence: int) -> str | None:
        if attribution.speaker:
            return attribution.speaker
        if attribution.pronoun not in _PERSON_PRONOUNS:
            return None
        first = self._token_at(self.sentences[sentence][0])
        before = [n for n in self._names_in(first, attribution.start) if self._is_person(n)]
        if before and not attribution.inverted:
            return self.cast.full(before[0].text)
        recent = sentence - self.last_spoke < _FORGET_SPEAKER
        for back in range(sentence - 1, self.last_spoke if recent else sentence, -1):
            if subject := self._subject_of(back):  # somebody else took the stage since
                return subject
        if recent and self.last_speaker:
            return self.last_speaker
        for back in range(sentence - 1, max(-1, sentence - 3), -1):
            start, end = self.sentences[back]
            people = [
                n
                for n in self._names_in(self._token_at(start), self._token_at(end))
                if self._is_person(n)
            ]
            if people:
                return self.cast.full(people[0].text)
        return None

    def _subject_of(self, sentence: int) -> str | None:
        """The person with whose name a sentence begins, titles before it allowed."""
        start, end = self.sentences[sentence]
        first = self._token_at(start)
        names = self._names_in(first, self._token_at(end))
        if names and names[0].first - first <= _TITLE_TOKENS and self._is_person(names[0]):
            return self.cast.full(names[0].text)
        return None

    def _is_person(self, name: Name) -> bool:
        """More than one word or a title; no acronym, no "X of Y", and no thing ("the World Cup")."""
        full = self.cast.full(name.text)
        thing = " of " in full or full.isupper() or full in self.things
        return not thing and (bool(name.role) or " " in full)

    def _things(self) -> frozenset[str]:
        """Names that mostly follow an article or a number: a third Grand Slam, the 2011 World Cup."""
        mentions: Counter[str] = Counter()
        with_article: Counter[str] = Counter()
        for name in self.names:
            full = self.cast.full(name.text)
            mentions[full] += 1
            before = self.tokens.words[name.first - 1]
            with_article[full] += before in _BEFORE_THINGS or before.isdecimal()
        return frozenset(name for name, times in mentions.items() if 2 * with_article[name] > times)

    def _attribute(self, k: int, resolved: list[tuple[Attribution, str | None]]) -> None:
        """Give a marked stretch the speaker of the attribution that touches it."""
        if self.speakers.get(k):
            return
        mark, tokens = self.marked[k], self.tokens
        best: tuple[int, str | None] | None = None
        for attribution, speaker in resolved:
            start, end = tokens.starts[attribution.start], tokens.ends[attribution.stop - 1]
            if end <= mark.start:
                distance = mark.start - end
                between = self.text[end : mark.start]
                blocked = any(
                    m.end > end and m.end < mark.start for m in self.marked[max(0, k - 1) : k]
                )
                if blocked and not between.strip(" \"“”'‘’,"):
                    blocked = False
                distance += 0 if ":" in between or "," in between else 4
            elif start >= mark.end:
                distance = start - mark.end
                between = self.text[mark.end : start]
                blocked = (
                    any(m.start < start for m in self.marked[k + 1 : k + 2])
                    or "." in between.strip("\"”'’ .")[:1]
                )
                distance -= 3 if self.text[mark.end - 1] in ",!?" else 0
            else:
                continue
            if not blocked and distance < _FAR and (best is None or distance < best[0]):
                best = (distance, speaker)
        if best:
            self.speakers[k] = best[1]

    def _inherit(self) -> None:
        """A quotation goes on with its speaker where nothing but an attribution lies between."""
        for k in range(1, len(self.marked)):
            if self.speakers.get(k):
                continue
            before, mark = self.marked[k - 1], self.marked[k]
            gap = self.text[before.end : mark.start]
            only_marks = not gap.strip(" \n\r\t\"“”'‘’«»")
            if only_marks or mark.continued or self._is_aside(gap):
                self.speakers[k] = self.speakers.get(k - 1)

    def _is_aside(self, gap: str) -> bool:
        """True for ' he said. ' and the like: one short clause with a verb of speaking."""
        words = gap.lower().strip(" \"”’'.,").split()
        return (
            0 < len(words) <= 12
            and "." not in gap.strip('"”’ .')[:-1]
            and any(w.strip(".,:") in REPORTING_VERBS for w in words)
        )

    def _is_scare(self, mark: Marked) -> bool:
        """A few words nobody is said to have spoken, or a title in capitals."""
        words = self.text[mark.start : mark.end].split()
        if len(words) <= _SCARE_WORDS:
            return self.text[mark.end - 1] not in ".!?。！？"
        capitals = sum(w[:1].isupper() or len(w) < 4 for w in words)
        return capitals == len(words) and self.text[mark.end - 1] not in ".!?,"

    def _report(
        self,
        index: int,
        start: int,
        end: int,
        resolved: list[tuple[Attribution, str | None]],
        inside: list[int],
    ) -> None:
        """Statements reported without marks in one sentence."""
        if inside or not resolved:
            self._continue_speech(index, start, end, inside)
            return
        told_until = -1  # end of the statement read last: "Xi said that China has noted that …"
        closing = self._closing_attribution(resolved)
        for attribution, speaker in resolved:
            word = self.tokens.words[attribution.verb]
            if word not in REPORTING_VERBS and word != "according":
                continue
            stop = end
            if closing and attribution is not closing:
                stop = self.tokens.starts[closing.start]
            if self.tokens.starts[attribution.verb] < told_until:
                continue
            span = self._content(attribution, start, stop)
            told_until = span[1] if span else told_until
            if span and len(self.text[span[0] : span[1]].split()) >= _FEWEST_WORDS_REPORTED:
                self.found.append(self._quotation(*span, speaker, False))
                self.last_reported = index

    def _closing_attribution(
        self, resolved: list[tuple[Attribution, str | None]]
    ) -> Attribution | None:
        """An attribution behind the last comma, that covers the whole sentence: ", CCTV reported"."""
        last = resolved[-1][0]
        words, behind = self.tokens.words, last.stop
        ends = words[behind] in (".", "") or (words[behind] in ("on", "in") and len(resolved) > 1)
        return last if words[last.start - 1] == "," and ends and len(resolved) > 1 else None

    def _content(self, attribution: Attribution, start: int, end: int) -> tuple[int, int] | None:
        """The statement in a sentence, without the words that attribute it."""
        tokens, words = self.tokens, self.tokens.words
        before = (start, self._stripped(start, tokens.starts[attribution.start]))
        if words[attribution.verb] == "according" or attribution.inverted:
            if attribution.verb == self._token_at(start):  # "According to X, …"
                return self._trim(tokens.ends[attribution.stop - 1], end)
            return self._trim(*before)
        behind = self._after_verb(attribution.stop, self._token_at(end))
        if behind is not None and self._token_at(end) - behind >= _FEWEST_WORDS_REPORTED:
            return self._trim(tokens.starts[behind], end)
        comma = self.text[before[1] : tokens.starts[attribution.start]].strip()
        return (
            self._trim(*before)
            if comma == "," or before[1] < tokens.starts[attribution.start]
            else None
        )

    def _stripped(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in " ,\n":
            end -= 1
        return end

    def _after_verb(self, index: int, stop: int) -> int | None:
        """The token at which the reported clause begins, over "on Friday", "told reporters that"."""
        words = self.tokens.words
        verb = words[index - 1]
        limit = min(stop, index + 16)
        for k in range(index, limit):
            if words[k] == "that":
                return k + 1
            if words[k] in (",", ";", ":"):
                break
        if verb in ("told", "tells", "warned", "reported", "pointed"):
            names = self._names_in(index, limit)
            return names[0].stop if names and names[0].first == index else index
        if words[index] in ("on", "in", "at", "through", "during", "after", "before"):
            return None
        return index

    def _trim(self, start: int, end: int) -> tuple[int, int] | None:
        """Without white space, commas and the full stop around."""
        while start < end and self.text[start] in " ,:\n\r\t":
            start += 1
        while end > start and self.text[end - 1] in " .,\n\r\t":
            end -= 1
        return (start, end) if start < end else None

    def _continue_speech(self, index: int, start: int, end: int, inside: list[int]) -> None:
        """First person outside marks, right behind a statement: still the same speaker's words."""
        if inside or not self.found or self.found[-1].direct or index != self.last_reported + 1:
            return
        first, stop = self._token_at(start), self._token_at(end)
        words = set(self.tokens.words[first:stop])
        if words & _FIRST_PERSON and not words & PRONOUNS - _FIRST_PERSON - {"they", "it"}:
            span = self._trim(start, end)
            if span and self.found[-1].speaker:
                self.found.append(self._quotation(*span, self.found[-1].speaker, False))
                self.last_reported = index
