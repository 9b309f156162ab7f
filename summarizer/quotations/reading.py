"""Reading: a text with all that is known of it before its quotations are looked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..names import Name, NameIndex, names_between
from ..text.tokens import Tokens
from .attribution import Attribution
from .clause import Stretch
from .marks import Marked


@dataclass(frozen=True)
class Reading:
    """What the passes look things up in; none of them changes it.

    Attributes:
        tokens: Its tokens, with the text itself.
        sentences: Start and end (exclusive) of each sentence.
        names: Its names in order.
        name_index: The full form of each name.
        marked: The stretches between quotation marks in order, and `mark_starts`, their offsets.
    """

    tokens: Tokens
    sentences: Sequence[tuple[int, int]]
    names: list[Name]
    name_index: NameIndex
    marked: list[Marked]
    mark_starts: list[int]

    @property
    def text(self) -> str:
        """The text as given."""
        return self.tokens.text

    def token_at(self, offset: int) -> int:
        """The first token that starts at an offset or after it."""
        return bisect_left(self.tokens.starts, offset, 0, self.tokens.count)

    def sentence_tokens(self, index: int) -> tuple[int, int]:
        """The first token of a sentence and the token after its last one."""
        return self._bounds[index]

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return [(self.token_at(start), self.token_at(end)) for start, end in self.sentences]

    def names_of(self, index: int) -> list[Name]:
        """The names in a sentence."""
        return names_between(self.names, *self.sentence_tokens(index))

    def marks_of(self, index: int) -> list[int]:
        """The marked stretches that share a character with a sentence, as indices of `marked`."""
        if not self.marked:
            return []
        start, end = self.sentences[index]
        first = max(0, bisect_right(self.mark_starts, start) - 1)
        last = bisect_left(self.mark_starts, end)
        return [k for k in range(first, last) if self.marked[k].end > start]

    def outside_marks(self, index: int) -> list[Stretch]:
        """The parts of a sentence that lie outside quotation marks."""
        marks = self.marks_of(index)
        if not marks:
            return [self._between(*self.sentence_tokens(index))]
        at, end = self.sentences[index]
        stretches = []
        for k in marks:
            stop = min(self.marked[k].start, end)
            if at < stop:
                stretches.append(self._stretch(at, stop))
            at = max(at, self.marked[k].end)
        if at < end:
            stretches.append(self._stretch(at, end))
        return stretches

    def _stretch(self, start: int, end: int) -> Stretch:
        return self._between(self.token_at(start), self.token_at(end))

    def _between(self, begin: int, stop: int) -> Stretch:
        return Stretch(self.tokens, self.names, self.name_index, begin, stop)


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution with its speaker, pronouns resolved; None if it is not known who speaks."""

    attribution: Attribution
    speaker: str | None
