"""The verdict on each number of a summary: the first rule with something to say decides.

To add a rule, write a function `Case -> NumberCheck | None` in the file of its topic, begin its
docstring with an example (“summary” where the source has “source”), and put its name into `RULES`
where it is to be tried. `tests/checks/test_number_rules.py` tries the example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...article import Article
from ...numbers.context import Contexts
from ...numbers.precision import fixed_precision
from ..result import NumberCheck
from .ages import other_age
from .alignment import Alignment, align, sentence_overlaps
from .case import Case, Rule
from .counts import counts_the_summary, implied, listed
from .derived import derived
from .directions import opposite_direction, other_role
from .identifiers import names_something
from .scores import another_result, no_such_result, other_years, same_result
from .stated import flagged, stated
from .swaps import find_swaps, swapped
from .vague import check_vague_counts
from .weekdays import check_days

RULES: tuple[Rule, ...] = (
    names_something,
    counts_the_summary,
    same_result,
    another_result,
    other_years,
    other_age,
    swapped,
    opposite_direction,
    other_role,
    no_such_result,
    stated,
    derived,
    listed,
    implied,
    flagged,
)
"""In the order in which they are tried; the last one always decides."""


def check_numbers(text: Article, source: Article) -> list[NumberCheck]:
    """Judge every number of a text by its source.

    Args:
        text: The summary.
        source: What it must agree with.

    Returns:
        One check for each number of the summary, each vague count ("hundreds"), weekday and month,
        in its order.

    Example:
        >>> source = Article("They fired 85 missiles on Friday.")
        >>> for check in check_numbers(Article("95 missiles were fired on Friday."), source):
        ...     print(check.text, check.verdict, "|", check.reason)
        95 contradicted | 95 missiles: the source says “85 missiles” (sentence 1)
        Friday exact | Friday: the source says “Friday” (sentence 1)
    """
    with fixed_precision():
        checks = [check for find in FINDERS for check in find(text, source)]
    return sorted(checks, key=lambda check: check.start)


def check_written_numbers(text: Article, source: Article) -> list[NumberCheck]:
    """Judge the numbers of a text, identifiers included, by `RULES`."""
    return [decide(case) for case in cases(text, source)]


FINDERS: tuple[Callable[[Article, Article], list[NumberCheck]], ...] = (
    check_written_numbers,
    check_vague_counts,
    check_days,
)
"""What finds and judges quantities; all feed one list."""


def cases(text: Article, source: Article) -> Iterator[Case]:
    """The numbers of a text, each beside those of its source."""
    contexts = text.contexts.numbers
    alignments = _alignments(text.contexts, source.contexts)
    swaps = find_swaps(contexts, alignments)
    for index, context in enumerate(contexts):
        alignment = alignments.get(index, _UNALIGNED)
        yield Case(index, context, text, source, alignment, swaps.get(index))


_UNALIGNED = Alignment()


def _alignments(summary: Contexts, source: Contexts) -> dict[int, Alignment]:
    """Number of the summary -> its alignment; the numbers of a sentence share its words."""
    shares: dict[int, list[float]] = {}
    alignments = {}
    for index, context in enumerate(summary.numbers):
        if context.number.kind == "identifier":
            continue
        if context.sentence not in shares:
            shares[context.sentence] = sentence_overlaps(context, summary, source)
        alignments[index] = align(context, summary, source, shares[context.sentence])
    return alignments


def decide(case: Case) -> NumberCheck:
    """What the first rule says that has something to say."""
    return next(check for rule in RULES if (check := rule(case)))
