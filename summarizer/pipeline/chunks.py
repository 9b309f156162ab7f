"""Chunks: a long article cut at headings, paragraphs or sentences, so that a model can read it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..article import Article
from ..text.token_count import estimated_tokens

MOST_TOKENS = 15_000
"""Per chunk, even if the model could read more: an answer has room for a dozen figures, and a model
that reads a hundred pages at once takes its claims from the first ten."""
_TOKENS_OF_AN_ID = 4
_BREAKS_OF_A_PARAGRAPH = 2
"""Line breaks between two paragraphs."""
_LONGEST_HEADING = 90
_SENTENCE_ENDS = '.!?…:;,。！？”"'
_LOOK_BACK = 0.3
"""Share of a chunk, at its end, in which the best place for a cut is looked for."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole sentences of an article: numbers of the first and the last, from 1."""

    first: int
    last: int


def split_article(article: Article, tokens: int) -> list[Chunk]:
    """Cut an article into chunks with a maximum number of tokens, each sentence in exactly one.

    A cut is made before a heading if there is one near the end of the chunk, else between
    paragraphs, else between sentences. Chunks are about equally long.

    Args:
        article: The article.
        tokens: Maximum of a chunk, estimated on the high side; a single sentence may exceed it.

    >>> article = Article("\\n\\n".join(f"Part {n}\\n\\nIt has a sentence. And another." for n in "ABC"))
    >>> split_article(article, 40)
    [Chunk(first=1, last=3), Chunk(first=4, last=6), Chunk(first=7, last=9)]
    """
    sentences = article.sentences
    if not sentences:
        return []
    sizes = [estimated_tokens(s.text) + _TOKENS_OF_AN_ID for s in sentences]
    total = sum(sizes)
    most = min(tokens, 1.05 * total / math.ceil(total / tokens))
    chunks: list[Chunk] = []
    first, size = 0, 0
    for index, more in enumerate(sizes):
        if size and size + more > most:
            cut = _best_cut(article, sizes, first, index)
            chunks.append(Chunk(first + 1, cut))
            first, size = cut, sum(sizes[cut:index])
        size += more
    chunks.append(Chunk(first + 1, len(sentences)))
    return chunks


def _best_cut(article: Article, sizes: list[int], first: int, end: int) -> int:
    """The index of the sentence before which to cut: the latest of the best ones near the end."""
    left = sum(sizes[first:end]) * _LOOK_BACK
    best, rank = end, _rank(article, end)
    for index in range(end - 1, first, -1):
        left -= sizes[index]
        if left < 0:
            break
        if (here := _rank(article, index)) > rank:
            best, rank = index, here
    return best


def _rank(article: Article, index: int) -> int:
    """Rank a cut before a sentence: 2 before a heading, 1 between paragraphs, else 0."""
    start = article.sentences[index].start
    if article.text.count("\n", article.sentences[index - 1].end, start) < _BREAKS_OF_A_PARAGRAPH:
        return 0
    return 2 if _is_heading(article.text, start) else 1


def _is_heading(text: str, start: int) -> bool:
    """True if a short line starts here that is a paragraph of its own and not a sentence."""
    end = text.find("\n", start, start + _LONGEST_HEADING + 1)
    if text.startswith("#", start):
        return True
    return end != -1 and text[end - 1] not in _SENTENCE_ENDS and not text[end + 1 : end + 2].strip()
