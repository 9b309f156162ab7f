"""A pytest plugin that checks summaries against their sources: `assert_grounded`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .article import Article


def assert_grounded(summary: Any, source: str | Article, *, max_problems: int = 0) -> None:
    """Fail unless every number, quotation and name of a summary agrees with its source.

    Args:
        summary: A text, an Article or a Summary.
        source: The text or Article that it must agree with.
        max_problems: How many problems are tolerated, 0 or more.

    Raises:
        AssertionError: There are more problems. The message says where each one is and what the
            source says.
        InputError: One of the two is not a text.

    Example:
        >>> assert_grounded("Four people were hurt.", "Police said four people were hurt in Kent.")
        >>> assert_grounded("Nine people were hurt.", "Police said four people were hurt in Kent.")
        Traceback (most recent call last):
        AssertionError: 1 problem in the summary:
          characters 0–4, contradicted: Nine people: the source says “four people” (sentence 1)
    """
    __tracebackhide__ = True
    from .checking import crosscheck  # pytest loads this file in every run: keep it light

    problems = crosscheck(summary, source).problems
    if len(problems) <= max_problems:
        return
    word = "problem" if len(problems) == 1 else "problems"
    allowed = f", of which {max_problems} may be" if max_problems else ""
    lines = [f"{len(problems)} {word} in the summary{allowed}:"]
    lines += [f"  characters {p.start}–{p.end}, {p.verdict.value}: {p.reason}" for p in problems]
    raise AssertionError("\n".join(lines))


@pytest.fixture(name="assert_grounded")
def assert_grounded_fixture() -> Callable[..., None]:
    """The function `assert_grounded`, as a fixture for tests that do not import it."""
    return assert_grounded
