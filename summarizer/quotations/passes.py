"""find_quotations: the passes over a text that find its quotations, in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ..names import Name, NameIndex, find_names
from ..text.sentences import split_sentences
from ..text.tokens import Tokens, tokenize
from .attribution import VERBS, find_attributions
from .direct import attribute_marked, continue_marked, direct_quotations
from .marks import MARKS, Marked, find_marked
from .quotation import Quotation
from .reading import Reading
from .reported import continue_speech, reported_statements
from .speakers import resolve_speakers

_SIGNS_OF_SPEECH = VERBS.union(MARKS)


def find_quotations(text: str) -> list[Quotation]:
    """Find every quotation of a text, in marks or reported, with its speaker.

    Marks may be straight, curly, low-high, guillemets or corner brackets; a quotation that is
    interrupted by "he said" or reopened in a new paragraph comes as several, with one speaker.
    Apostrophes, feet and inches are not quotations, nor are marks around a few words that no one
    is said to have spoken.

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
    return quotations_in(tokens, sentences, names, NameIndex(names), find_marked(text))


def may_quote(tokens: Tokens) -> bool:
    """False for a text with neither a quotation mark nor a verb of speaking: nothing to find."""
    return not _SIGNS_OF_SPEECH.isdisjoint(tokens.vocabulary)


def quotations_in(
    tokens: Tokens,
    sentences: Sequence[tuple[int, int]],
    names: list[Name],
    name_index: NameIndex,
    marked: list[Marked],
) -> list[Quotation]:
    """Find every quotation of a text whose tokens, sentences, names and marks are known.

    Args:
        tokens: The tokens of the text.
        sentences: Start and end (exclusive) of each sentence.
        names: Its names, as `find_names` returns them.
        name_index: The full form of each name.
        marked: The stretches between quotation marks, as `find_marked` returns them.

    Returns:
        The quotations, as `find_quotations` returns them.
    """
    reading = Reading(tokens, sentences, names, name_index, marked, [m.start for m in marked])

    attributions = [
        [a for stretch in reading.outside_marks(index) for a in find_attributions(stretch)]
        for index in range(len(sentences))
    ]
    attributed = resolve_speakers(reading, attributions)

    utterances = attribute_marked(reading, attributed)
    utterances = continue_marked(reading, utterances)
    direct = direct_quotations(reading, utterances)

    statements = reported_statements(reading, attributed)
    statements = continue_speech(reading, attributed, statements)

    return sorted(chain(*statements, direct), key=lambda q: (q.start, q.end))
