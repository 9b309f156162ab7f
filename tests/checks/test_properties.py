"""Properties that hold for every text: offsets, monotonicity, no crash, linear work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article, crosscheck, find_numbers, find_quotations

FRAGMENTS = st.sampled_from(
    [
        "85 missiles", "two-thirds", "£1.5m", "nearly 90", "a dozen", "4-2", "14:00", "February 24", "in 2015",
        "COVID-19", "3/4", "half a million", "no one", "1,234.5", "12,34,567", "−3", "5½", "fifty", "and", "the",
        '"', "“", "”", "'", "he said", "said Ann Lee", "hundreds of people", "several million", "dozens", "on Friday", "in May", "according to Bob Hall", ".", ",", "\n\n", "…", "not",
        "Kyiv", "missiles", "were killed", "%", "-", "(", ")", "$", "€", "\u202e", "\x00", "👩‍👩‍👧", "é", "人", "٣", " ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(FRAGMENTS, max_size=40).map(" ".join),
    st.lists(FRAGMENTS, max_size=40).map("".join),
)


@given(TEXTS)
def test_numbers_slice_back_in_order_without_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert end <= number.start < number.end
        end = number.end


@given(TEXTS)
def test_quotations_and_sentences_slice_back(text: str) -> None:
    article = Article(text)
    for item in [*article.sentences, *article.quotations, *article.names]:
        assert text[item.start : item.end] == item.text
    covered = "".join(s.text for s in article.sentences)
    assert "".join(covered.split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_every_check_slices_back(summary: str, source: str) -> None:
    check = crosscheck(summary, source)
    for item in [*check.numbers, *check.quotes, *check.names]:
        assert summary[item.start : item.end] == item.text
        assert item.reason
        for span in item.evidence:
            assert source[span.start : span.end] == span.text
    for omission in check.missed:
        assert source[omission.span.start : omission.span.end] == omission.span.text


@given(TEXTS)
def test_a_text_agrees_with_itself_in_every_value(text: str) -> None:
    wrong = [n for n in crosscheck(text, text).numbers if n.verdict.value in ("unsupported",)]
    assert wrong == []


SENTENCES = [
    "Four people were hurt in Kent.",
    "The mill employs 250 workers.",
    "Profit rose to $1.2bn in March.",
    "They won 4-2 on Saturday.",
    "Two drones and five rockets were found.",
]


@given(st.lists(st.sampled_from(SENTENCES), max_size=4), st.sampled_from(SENTENCES))
def test_checking_is_monotone(more: list[str], claim: str) -> None:
    """Adding text to the source never makes a supported number unsupported."""
    assert crosscheck(claim, claim).ok
    assert not [n for n in crosscheck(claim, " ".join([claim, *more])).numbers if n.verdict.flagged]
    assert not [n for n in crosscheck(claim, " ".join([*more, claim])).numbers if n.verdict.flagged]


@given(TEXTS, TEXTS)
def test_adding_text_never_loses_a_value(source: str, more: str) -> None:
    claim = "85 missiles were fired."
    if all(n.verdict.accepted for n in crosscheck(claim, source).numbers):
        longer = source + "\n\n" + more
        assert not any(n.verdict.value == "unsupported" for n in crosscheck(claim, longer).numbers)


HOSTILE = {
    "dots": ".", "marks": '"', "singles": "'", "curly": "“", "digits": "7", "commas": "1,", "spaces": "1 ",
    "points": "1.", "ands": "one hundred and ", "hyphens": "twenty-", "brackets": "[", "at signs": "a@",
    "lines": "\n", "names": "Ann ", "said": "he said ", "numbers": "5 men, ", "words": "a ", "slashes": "1/2/",
    "one line": "word", "colons": "1:2:", "ellipses": "… ", "capitals": "A", "dashes": "4-2-", "money": "$5 ",
}  # fmt: skip


@dataclass
class Count:
    total: int = 0


@contextmanager
def counted_lines() -> Iterator[Count]:
    """Count the lines of Python that run: unlike seconds, they do not depend on the machine's load."""
    count = Count()

    def trace(_frame: FrameType, event: str, _arg: object) -> Any:
        count.total += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield count
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_linearly_with_hostile_text(unit: str) -> None:
    """Eight times the text runs at most eleven times the lines; a quadratic step would run 64 times.

    The time that regular expressions take is measured in benchmarks/hostile.py.
    """

    def lines_run(length: int) -> int:
        text = (unit * length)[:length]
        with counted_lines() as count:
            crosscheck(
                "Four men, 12% and “no words” of Ann Lee. Bob Hall said that it rained.", text
            )
            find_quotations(text)
        return count.total

    lines_run(500)  # fills what is cached for the whole process
    assert lines_run(16_000) / lines_run(2_000) < 11


SAME_EVERYWHERE = """
import pathlib, sys
from summarizer import Article, crosscheck
from summarizer.checks.claims.support import check_support
from summarizer.pipeline.listing import list_article
source = Article(pathlib.Path(sys.argv[1]).read_bytes().decode())
lines = ["Whales sang in Kyiv.", "Hundreds of drones hit 85 airstrikes.", "Putin met 35 missiles."]
lines += [sentence.text for sentence in source.sentences]
print(list_article(source).messages)
for line in lines:
    print(crosscheck(line, source), check_support(Article(line), source))
"""


def test_requests_and_verdicts_are_the_same_in_every_process(seed_path: Path) -> None:
    """No order depends on a set: reasons go into re-asks, and requests are cache keys."""
    said = {
        subprocess.run(
            [sys.executable, "-c", SAME_EVERYWHERE, str(seed_path)],
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            check=True,
        ).stdout
        for hashes in ("1", "2", "3")
    }
    assert len(said) == 1
