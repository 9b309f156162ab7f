"""An article and honest answers to it, for tests that script a server."""

from __future__ import annotations

ARTICLE = (
    "Fire crews were called to the old mill in Kent on Friday. Chief Ann Lee said that 12 engines"
    " fought the blaze for six hours. Four people were hurt. The mill, built in 1890, employs 250"
    " workers. Owner Bob Hall said that it would be rebuilt within two years. Police are"
    " investigating the cause of the fire."
)
"""Sentences: 1 crews, 2 engines, 3 hurt, 4 workers, 5 rebuilt, 6 police."""

GOOD = {
    "figures": [1, 3],
    "quotes": [1, 2],
    "beginning": [
        {"sentence": 1, "text": "Fire crews were called to the old mill in Kent on Friday."},
        {"sentence": 2, "text": "Ann Lee said 12 engines fought the blaze for six hours."},
    ],
    "middle": [
        {"sentence": 3, "text": "Four people were hurt."},
        {"sentence": 4, "text": "The mill employs 250 workers."},
    ],
    "end": [
        {"sentence": 5, "text": "Bob Hall said the mill would be rebuilt within two years."},
        {"sentence": 6, "text": "Police are investigating the cause of the fire."},
    ],
    "headline": "Fire at the old mill in Kent hurts four people",
}

BAD_CLAIM = "Nine people were hurt."


def with_bad_claim() -> dict[str, object]:
    """The good answer with one invented number."""
    middle = [{"sentence": 3, "text": BAD_CLAIM}, GOOD["middle"][1]]  # type: ignore[index]
    return {**GOOD, "middle": middle}
