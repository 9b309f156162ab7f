"""Results and errors go through process pools."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from summarizer import Article, Item, Outcome, Summary, crosscheck
from summarizer.errors import (
    AccessError,
    BatchError,
    CrossCheckError,
    DeadlineError,
    InputError,
    LocalModelError,
    ModelError,
    NoModelError,
    SummarizerError,
)

SOURCE = "On Friday Ann Lee stole 40 cars. “We left at once,” said Bob Hall. Four people were hurt."
TEXT = "Ann Lee stole 9 cars."


def check(text: str) -> Any:
    return crosscheck(text, SOURCE)


def fail(message: str) -> Any:
    raise CrossCheckError(message, Summary(headline="Fire", model="m"))


def test_results_and_errors_come_back_from_a_process() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(check, TEXT).result() == check(TEXT)
        with pytest.raises(CrossCheckError, match="a line failed") as caught:
            pool.submit(fail, "a line failed").result()
    assert caught.value.summary.headline == "Fire"


def test_a_cross_check_keeps_what_is_missed() -> None:
    result = check(TEXT)
    copied = pickle.loads(pickle.dumps(result))
    assert copied == result
    assert copied.missed == result.missed != []
    assert pickle.loads(pickle.dumps(copied)).missed == result.missed


@pytest.mark.parametrize(
    "value",
    [
        Summary(headline="Fire", model="m"),
        Article(SOURCE),
        Item("a", "It burned."),
        Outcome(Item("a", "It burned."), Summary(headline="Fire", model="m")),
    ],
)
def test_a_value_is_the_same(value: Any) -> None:
    copied = pickle.loads(pickle.dumps(value))
    assert getattr(copied, "text", copied) == getattr(value, "text", value)


KINDS = [SummarizerError, InputError, BatchError]
MODEL_KINDS = [ModelError, AccessError, DeadlineError, NoModelError, LocalModelError]


@pytest.mark.parametrize(
    "error",
    [kind("no") for kind in KINDS]
    + [kind("no", temporary=True, retry_after=2.5, requests=3, cost=None) for kind in MODEL_KINDS]
    + [CrossCheckError("no", Summary(headline="Fire", model="m"))],
    ids=lambda error: type(error).__name__,
)
def test_an_error_keeps_all_it_says(error: Exception) -> None:
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), str(copied), vars(copied)) == (type(error), str(error), vars(error))
