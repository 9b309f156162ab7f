"""Weights and thresholds of the number checks, each with where it comes from.

"Fitted": printed by `benchmarks/fit_alignment.py`, a logistic regression on numbers that people
marked right or wrong and on swapped numbers. "By hand": chosen by a person, for the reason given.
The curve of false alarms against recall is in `docs/accuracy.md`.

`benchmarks/by_hand.py` halves and doubles what was set by hand: of 2,608 marked numbers at most 3
verdicts change, except for FIT_HEAD (7 and 29), HEAD_NEARBY (0 and 13), SWAP_MARGIN (4 and 0) and
the weight "right_swapped" (5 and 9).
"""

from __future__ import annotations

THRESHOLD = 0.4
"""Support below which a value of the source counts as misplaced: read off the fit script's curve."""

# --- The logistic model of a number's support -------------------------------------------------

BIAS = 0.14
"""Fitted."""
FITTED: dict[str, float] = {
    "nothing_shared": -0.36,
    "near": 1.88,
    "sentence": 1.06,
    "adjacent": 1.30,
    "names": 0.45,
    "digits": 0.07,
    "mentions": 0.96,
    "no_rival": 0.64,
    "rival_fit": -1.94,
    "rival_near": -0.97,
    "rival_head": 0.58,
    "ordinal": -0.52,
    "score": 0.31,
    "age": 0.60,
    "date": 2.25,
}
"""Fitted, all of them."""
BY_HAND: dict[str, float] = {
    "noun_swapped": -3.00,  # by hand: decisive, but on 31 numbers only (26 of them wrong)
    "equivalent": 1.50,  # by hand: another way of writing a value is rarely a coincidence
    "rounded": 0.30,  # by hand: a rounded number that fits its surroundings is mostly meant
    "left_swapped": -0.25,  # by hand: fires too rarely to be fitted, and adjectives move freely
    "right_swapped": -1.50,  # by hand: fires too rarely to be fitted; the next word is the noun
}
"""Not fitted: they fire too rarely for that. The fit script holds them fixed."""
WEIGHTS = FITTED | BY_HAND

# --- The features of that model ---------------------------------------------------------------

NEAR_DECAY = 4
"""By hand: tokens at which a shared neighbour counts half, about half of a clause."""
NOTHING_SHARED = 0.08
"""By hand: overlap below which a shared word is chance."""
NO_CONTEXT_OVERLAP = 0.3
"""By hand: overlap of a number without content words around it, neither for nor against."""
UNKNOWN_WORD = 0.7
"""By hand: a word that the source lacks counts less than a shared one, for it may be a synonym."""
NO_NAMES = 0.5
"""By hand: names shared where the sentence has none, neither for nor against."""
MOST_DIGITS = 6
"""By hand: no more digits than this make a coincidence less likely."""

SAME_HEAD = 1.0
"""The scale of `head`: both numbers count the same noun."""
HEAD_NEARBY = 0.5
"""By hand, halfway: "four golds" for "four gold medals"."""
NOUN_OF_NO_HEAD = 0.3
"""By hand: the source counts what is only mentioned near the number of the summary."""
HEAD_MISSING = -0.3
"""By hand: the source counts nothing where the summary does; often only a change of wording."""
OTHER_HEAD = -1.0
"""The scale of `head`: the source counts something else."""
BESIDE = 3
"""By hand: tokens within which a noun may belong to a number besides its own."""

FIT_ADJACENT, FIT_HEAD, FIT_KIND = 0.3, 0.6, 0.3
"""By hand, beside 1 for the neighbours and 1 for the sentence: they only choose among mentions, and
the regression weighs the chosen one again."""
NOT_ROUNDED = 0.3
"""By hand, like the others of a fit: a mention that needs no rounding is preferred to one that does."""

# --- Rules ------------------------------------------------------------------------------------

RIVAL_NEAR, RIVAL_SENTENCE = 0.25, 0.35
"""By hand: overlap that makes a number with the same noun the source's own value of a thing."""
RIVAL_NEAR_ALONE = 0.45
"""By hand: without the same noun its neighbours have to say more."""
SWAP_MARGIN = 0.3
"""By hand: how much better two numbers must fit each other's mentions, so that the order of words
alone does not make a swap."""
SWAP_NEIGHBOURS = 4
"""By hand: numbers after one that are tried as its partner in a swap."""
DIRECTION_REACH = 4
"""By hand: tokens between a number and the word that says which way it went, about a clause."""
IMPLIED_SHARE = 0.4
"""By hand: "both" and "pair" are everywhere, so that two fifths of the words around a number must be
in their sentence."""
SAME_TOPIC = 0.35
"""By hand: share of a sentence's words, weighed by rarity, that makes two counts those of one thing."""
