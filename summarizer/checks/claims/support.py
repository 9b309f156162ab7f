"""Which sentences of the source carry a claim, and whether they say what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...article import Article
from ...languages.english import FALLING, RISING
from ...text.terms import stem
from ..result import SupportCheck
from ..verdicts import Verdict
from .roles import exchanged_names

UP, DOWN = frozenset(map(stem, RISING)), frozenset(map(stem, FALLING))
LEAST_COVERAGE = 0.4
"""Share of a claim's content words that its evidence must have. On human-written and model-written
summaries that people found faultless 9% of the sentences lie below, of sentences from other
articles 98% (docs/accuracy.md)."""

_MOST_SENTENCES = 3
_WORTH_ADDING = 0.12
_HINT_BONUS = 1.15
"""The sentence that the model named is taken unless another covers clearly more."""
_NEGATIONS = frozenset("not no never none nobody nothing neither nor without cannot".split())
_SAY_NO = frozenset(
    "failed fail fails failing failure unable lack lacks lacked refused declined rejected denied"
    " missed avoided prevented".split()
)
"""Words that deny without a negation: "failed to advance" is "has not advanced"."""
_TURN_BACK = frozenset("until unless unthinkable impossible inconceivable doubt".split())
"""Beside these a "not" denies nothing: "will not be final until Friday"."""
_TURNS_BEFORE, _TURNS_BEHIND = 8, 14
_CLAUSE_ENDS = re.compile(r"[,;:]|\b(?:and|but|while|as|after)\b")
_OPPOSITES = [
    (UP, DOWN),
    *(
        (frozenset(stem(w) for w in one.split()), frozenset(stem(w) for w in other.split()))
        for one, other in (
            ("approved accepted backed supported", "rejected refused opposed denied"),
            ("higher above", "lower below"),
            ("profit profits profitable", "loss losses"),
            ("surplus", "deficit deficits"),
            ("passed adopted carried", "defeated rejected"),
            ("convicted guilty", "acquitted cleared"),
            ("survived survivors alive", "died dead killed"),
            ("hired hires hiring", "fired sacked dismissed"),
            ("strengthened strengthen", "weakened weaken"),
        )
    ),
]
_DIRECTED = frozenset().union(*(side for pair in _OPPOSITES for side in pair))
"""Stems that give a claim a direction; without one there is nothing to turn round."""


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences that carry a claim.

    Attributes:
        sentences: Their indexes from 1, best first.
        coverage: Share of the claim's content that they contain, weighed by rarity, 0 to 1.
        missing: Stems of the claim that none of them has, the rarest first.
    """

    sentences: list[int]
    coverage: float
    missing: list[str]


def find_support(claim: Article, source: Article, hint: int | None = None) -> Support:
    """The one to three sentences of a source that cover a claim best.

    Args:
        claim: The claim as a text.
        source: The article.
        hint: Index from 1 of the sentence that the model named.

    Example:
        >>> source = Article("Four civilians were killed. Two drones were shot down over Kyiv.")
        >>> find_support(Article("Kyiv shot down drones"), source, 1).sentences
        [2]
    """
    contexts = source.contexts
    wanted = {word: contexts.weight(word) for word in claim.contexts.stems if word}
    total = sum(wanted.values())
    if not total or not source.sentences:
        return Support([hint] if hint else [], 1.0 if not total else 0.0, [])
    chosen: list[int] = []
    left = dict(wanted)
    while left and len(chosen) < _MOST_SENTENCES:
        gains: dict[int, float] = {}
        for word, weight in left.items():
            for index in contexts.sentence_postings.get(word, ()):
                gains[index + 1] = gains.get(index + 1, 0.0) + weight
        if not chosen and hint in gains:
            gains[hint] *= _HINT_BONUS
        best = max(gains, key=lambda i: (gains[i], -i), default=None)
        if best is None or (chosen and gains[best] < _WORTH_ADDING * total):
            break
        chosen.append(best)
        covered = contexts.sentences[best - 1]
        left = {w: v for w, v in left.items() if w not in covered}
    missing = sorted(left, key=lambda w: -left[w])
    return Support(chosen, 1 - sum(left.values()) / total, missing)


def check_support(claim: Article, source: Article, hint: int | None = None) -> SupportCheck:
    """Judge a claim as a whole: its words are in its evidence, and nothing there is turned round.

    Example:
        >>> source = Article("Profit did not rise in March. Sales fell by a third in April.")
        >>> check_support(Article("Profit did rise in March"), source).verdict.value
        'contradicted'
    """
    support = find_support(claim, source, hint)
    evidence = [source.sentences[i - 1].span for i in support.sentences]
    coverage = round(support.coverage, 3)
    place = ", ".join(str(source.sentences_before + i) for i in support.sentences)

    def result(verdict: Verdict, reason: str) -> SupportCheck:
        return SupportCheck(0, len(claim.text), claim.text, verdict, reason, evidence, coverage)

    if coverage < LEAST_COVERAGE:
        reason = "no sentence of the source carries this claim"
        if support.missing:
            reason += f"; nothing there about {', '.join(_words(claim, support.missing[:4]))}"
        return result(Verdict.UNSUPPORTED, reason)
    if support.sentences and (pair := exchanged_names(claim, source, support.sentences[0])):
        reason = f"the source has {pair[0]} and {pair[1]} the other way round (sentence {place})"
        return result(Verdict.CONTRADICTED, reason)
    if turned := _turned(claim, source, support):
        return result(Verdict.CONTRADICTED, f"{turned} (sentence {place})")
    return result(Verdict.EXACT, f"carried by sentence {place}")


def _words(claim: Article, stems: list[str]) -> list[str]:
    """The words of a claim behind some stems, as it writes them."""
    tokens = claim.tokens
    found = []
    for wanted in stems:
        for index in range(tokens.count):
            if stem(tokens.words[index]) == wanted:
                found.append(f"“{tokens.original(index)}”")
                break
    return found


def _turned(claim: Article, source: Article, support: Support) -> str | None:
    """What the claim says the other way round than its evidence, or None."""
    said = list(claim.tokens.words[: claim.tokens.count])
    given = [_sentence_words(source, i) for i in support.sentences]
    everything = [w for words in given for w in words]
    denies = _is_negated(everything) or not _SAY_NO.isdisjoint(everything)
    if _is_negated(said) and not denies:
        return "the claim denies what the source does not deny"
    content = frozenset(stem(w) for w in said)
    if not _is_negated(said) and given and (denied := _denied(given[0], content)):
        return f"the source says “{denied}”, the claim leaves the denial out"
    for start, end in _clauses(claim.text) if content & _DIRECTED else ():
        if _turns_direction(claim, start, end, source):
            clause = claim.text[start:end].strip()
            return f"“{clause}” turns the direction of the source round"
    return None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a claim lie, between its commas and conjunctions."""
    start = 0
    for between in _CLAUSE_ENDS.finditer(text):
        yield start, between.start()
        start = between.end()
    yield start, len(text)


def _turns_direction(claim: Article, start: int, end: int, source: Article) -> bool:
    """True for "gas prices rise" where the only sentence about gas has it losing."""
    first, stop = claim.token_range(start, end)
    content = frozenset(map(stem, claim.tokens.words[first:stop]))
    directed = [
        (ours, theirs)
        for one, other in _OPPOSITES
        for ours, theirs in ((one, other), (other, one))
        if content & ours and not content & theirs
    ]
    if not directed:
        return False
    support = find_support(Article(claim.text[start:end]), source)
    if not support.sentences:
        return False
    there = frozenset(stem(w) for w in _sentence_words(source, support.sentences[0]))
    return any(
        there & theirs and not there & ours and (content & there) - ours
        for ours, theirs in directed
    )


def _sentence_words(source: Article, index: int) -> list[str]:
    sentence = source.sentences[index - 1]
    first, stop = source.token_range(sentence.start, sentence.end)
    return source.tokens.words[first:stop]


def _is_negated(words: list[str]) -> bool:
    return any(w in _NEGATIONS for w in words) or any(
        words[i : i + 2] in (["'", "t"], ["’", "t"]) for i in range(len(words) - 1)
    )


def _denied(words: list[str], content: frozenset[str]) -> str | None:
    """A denial in a sentence whose denied word the claim repeats: "did not rise"."""
    for index, word in enumerate(words[:-1]):
        apostrophe = word == "t" and index and words[index - 1] in ("'", "’")
        if word in ("not", "never") or apostrophe:
            following = [w for w in words[index + 1 : index + 3] if len(w) > 2]
            around = words[max(0, index - _TURNS_BEFORE) : index + _TURNS_BEHIND]
            if following and _TURN_BACK.isdisjoint(around) and _says(content, following[0]):
                return " ".join(words[max(0, index - 1) : index + 3])
    return None


def _says(content: frozenset[str], word: str) -> bool:
    """True if some stems have a word, in this form or another: "rose" for "rise"."""
    denied = stem(word)
    return denied in content or any(denied in way and content & way for way in (UP, DOWN))
