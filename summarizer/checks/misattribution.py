"""Whom a source gives its words to, and which names and descriptions mean one speaker."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..article import Article
from ..names import is_same_name
from ..quotations import Quotation
from ..text.spans import Span
from .wording import sentence_of

_SENTENCES_AROUND = 2
"""Sentences around a quotation in which a speaker is looked for that the source leaves open; by
hand: a speaker is often named one paragraph earlier, of which two sentences are typical."""
_DETERMINERS = frozenset({"The", "A", "An", "His", "Her", "Its"})
_WORD = re.compile(r"\w+")


class Misattribution(NamedTuple):
    """Why words are not those of the speaker they are given to, and who said them if that is known."""

    reason: str
    said_by: str | None


def find_misattribution(speaker: str, spans: list[Span], source: Article) -> Misattribution | None:
    """Compare a speaker with the one that the source gives the same words to.

    Args:
        speaker: Whom a text gives the words to.
        spans: Where the source has them.
        source: The article.

    Returns:
        What is wrong; None if this speaker can have said them.

    Example:
        >>> source = Article('“We will win the cup,” said Ann Lee. Bob Roy left.')
        >>> find_misattribution("Bob Roy", [source.span(1, 20)], source).reason
        'Ann Lee said this, not Bob Roy (sentence 1)'
        >>> find_misattribution("Lee", [source.span(1, 20)], source)
    """
    if not spans:
        return None
    stated, place = speaker_at(source, spans[0]), sentence_of(source, spans[0].start)
    if stated is None:
        reason = f"the source does not give these words to {speaker} ({place})"
        return None if _is_near(speaker, spans[0], source) else Misattribution(reason, None)
    if is_same_speaker(speaker, stated, source):
        return None
    return Misattribution(f"{stated} said this, not {speaker} ({place})", stated)


def is_same_speaker(claimed: str, stated: str, source: Article) -> bool:
    """True if two names or descriptions mean one speaker, given what the source calls whom.

    >>> source = Article("We met Mayor Ann Lee and Bob Roy.")
    >>> is_same_speaker("the mayor", "Ann Lee", source), is_same_speaker("Roy", "Ann Lee", source)
    (True, False)
    """
    if is_same_name(claimed, stated):
        return True
    full = source.name_index.full(claimed)
    described = source.name_index.described(claimed.lower().split())
    return is_same_name(full, stated) or (described is not None and is_same_name(described, stated))


def speaker_at(source: Article, span: Span) -> str | None:
    """Whom the source gives a stretch of text to: the innermost quotation around it, direct first."""

    def rank(quotation: Quotation) -> tuple[bool, int]:
        return quotation.direct, -len(quotation.text)

    innermost = max(source.quotations_at(span.start, span.end), key=rank, default=None)
    return innermost.speaker if innermost else None


def is_named(speaker: str) -> bool:
    """True for a name, False for a description.

    >>> is_named("Ann Lee"), is_named("the Kremlin"), is_named("The military"), is_named("police")
    (True, True, False, False)
    """
    first, *others = speaker.split() or [""]
    return any(word[:1].isupper() for word in others) or (
        speaker[:1].isupper() and first not in _DETERMINERS
    )


def _is_near(speaker: str, span: Span, source: Article) -> bool:
    """True if a speaker is named near a quotation whose speaker the source leaves open."""
    sentence = source.sentence_at(span.start)
    last = source.sentence_at(span.end)
    if sentence is None or last is None:
        return False
    first = source.sentences[max(0, sentence.index - 1 - _SENTENCES_AROUND)]
    final = source.sentences[min(len(source.sentences), last.index + 1) - 1]
    around = set(_WORD.findall(source.text[first.start : final.end].lower()))
    wanted = [w for w in _WORD.findall(speaker.lower()) if w not in ("the", "a", "mr", "mrs", "ms")]
    return bool(wanted) and wanted[-1] in around
