"""Places in a text, as tests of readers mark them: "the F-|16 jets" marks the token 16."""

from __future__ import annotations

from bisect import bisect_left

from summarizer.numbers.digits import Reading
from summarizer.numbers.match import Match
from summarizer.numbers.values import read_value
from summarizer.text.tokens import Tokens, tokenize


def marked(text: str) -> tuple[Tokens, int]:
    """The tokens of a text, and the index of the one after the bar."""
    before, after = text.split("|")
    tokens = tokenize(before + after)
    return tokens, bisect_left(tokens.starts, len(before), 0, tokens.count)


def numeral(text: str) -> tuple[Tokens, int, Reading]:
    """The tokens, the index of the one after the bar, and the numeral there."""
    tokens, index = marked(text)
    reading = read_value(tokens, index)
    assert reading is not None, text
    return tokens, index, reading


def written(tokens: Tokens, match: Match) -> str:
    """The characters of a match."""
    return tokens.text[tokens.starts[match.start] : tokens.ends[match.stop - 1]]
