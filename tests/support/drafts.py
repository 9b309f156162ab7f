"""An article and answers to it, for tests that script a server."""

from __future__ import annotations

from typing import Any

ARTICLE = (
    "Fire crews were called to the old mill in Kent on Friday. Chief Ann Lee said that 12 engines"
    " fought the blaze for six hours. Four people were hurt. The mill, built in 1890, employs 250"
    " workers. Owner Bob Hall said that it would be rebuilt within two years. Police are"
    " investigating the cause of the fire."
)
"""Sentences: 1 crews, 2 engines, 3 hurt, 4 workers, 5 rebuilt, 6 police."""

CLAIMS = {
    1: "Fire crews were called to the old mill in Kent on Friday.",
    2: "Ann Lee said 12 engines fought the blaze for six hours.",
    3: "Four people were hurt.",
    4: "The mill employs 250 workers.",
    5: "Bob Hall said the mill would be rebuilt within two years.",
    6: "Police are investigating the cause of the fire.",
}
"""A true claim about each sentence."""

BAD_CLAIM = "Nine people were hurt."
_PARTS = {"beginning": (1, 2), "middle": (3, 4), "end": (5, 6)}


def draft(claims: dict[int, str | tuple[int, str]] | None = None, **fields: Any) -> dict[str, Any]:
    """The good answer, with some claims or fields replaced.

    Args:
        claims: For a number of `CLAIMS`, another wording; or another sentence and the wording.
        **fields: Of the answer, such as `headline`, `figures` or `quotes`.
    """
    replaced = {**CLAIMS, **(claims or {})}
    parts = {
        part: [_claim(number, replaced[number]) for number in numbers]
        for part, numbers in _PARTS.items()
    }
    headline = "Fire at the old mill in Kent hurts four people"
    return {"figures": [1, 3], "quotes": [1, 2], **parts, "headline": headline, **fields}


def _claim(number: int, claim: str | tuple[int, str]) -> dict[str, Any]:
    sentence, text = (number, claim) if isinstance(claim, str) else claim
    return {"sentence": sentence, "text": text}


GOOD = draft()


def with_bad_claim() -> dict[str, Any]:
    """The good answer with one invented number."""
    return draft({3: BAD_CLAIM})
