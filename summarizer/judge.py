"""The judge: a second reader that says yes or no where code cannot decide.

It is handed sentences, so it knows neither articles nor summaries: `summarizer.checking` asks it
about doubtful numbers, `summarizer.pipeline.revise` about doubtful claims.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .checks.result import NumberCheck
from .checks.verdicts import Verdict

# Models and prompts are imported where they are used: they load pydantic and jinja2, and most
# cross-checks never ask a judge.
if TYPE_CHECKING:
    from pydantic import BaseModel

    from .models import Request

SURE_WRONG, SURE_RIGHT = 0.15, 0.75
"""The judge is asked about confidences between these two.

Of the levels in `checks.numbers.confidence` these are UNLIKELY, DOUBTFUL and PLAUSIBLE, and besides
them the support of any alignment in between.
"""
_NUMBERS_PER_REQUEST = 12


class Question(NamedTuple):
    """What the judge compares.

    Attributes:
        source: The sentences of the source.
        statement: The sentence of the summary.
        number: The number in question, as the summary writes it.
    """

    source: str
    statement: str
    number: str


class Opinion(NamedTuple):
    """The judge's answer to a question.

    Attributes:
        is_supported: True if the source gives the number for the same thing as the statement.
        judge: The name of the model.
    """

    is_supported: bool
    judge: str


def is_doubtful(check: NumberCheck) -> bool:
    """True if the source has something like a number, but perhaps of another thing.

    Args:
        check: The verdict of the rules.
    """
    return bool(check.evidence) and SURE_WRONG < check.confidence < SURE_RIGHT


def ask_judge(questions: list[Question], judge: Any) -> list[Opinion]:
    """Ask a judge about doubtful numbers, several in one request.

    Args:
        questions: One for each number; without any, the judge is not even looked up.
        judge: Any model that `summarize` takes.

    Returns:
        The opinions, in the order of the questions.

    Raises:
        ModelError: The model could not be reached or gave no usable answer.
    """
    if not questions:
        return []
    from .models import resolve_model

    model, opinions = resolve_model(judge), list[Opinion]()
    for first in range(0, len(questions), _NUMBERS_PER_REQUEST):
        items = [q._asdict() for q in questions[first : first + _NUMBERS_PER_REQUEST]]
        answer: Any = model.ask(judge_request(items)).value
        opinions += [Opinion(said == "yes", model.name) for said in answer.answers]
    return opinions


def judge_request(items: list[dict[str, str]], prompt: str = "judge") -> Request[Any]:
    """The request for a yes or no to each of several questions.

    Args:
        items: The variables of each question.
        prompt: The template: "judge" for numbers, "judge_claims" for claims.
    """
    from .models import Request
    from .prompts import render_judge

    messages = [{"role": "user", "content": render_judge(items, prompt)}]
    return Request(messages, judgement(len(items)), for_judge=True)


@lru_cache(maxsize=16)
def judgement(count: int) -> type[BaseModel]:
    """The schema of the answer to so many questions: a list of yes and no under `answers`.

    Args:
        count: The number of questions.
    """
    from pydantic import Field, create_model

    field: Any = (list[Literal["yes", "no"]], Field(min_length=count, max_length=count))
    return create_model("Judgement", answers=field)


def with_opinion(check: NumberCheck, opinion: Opinion) -> NumberCheck:
    """A doubtful check as the judge decides it; the reason keeps what the rules said.

    Args:
        check: The verdict of the rules.
        opinion: The judge's.

    Example:
        >>> from decimal import Decimal
        >>> check = NumberCheck(0, 2, "35", Decimal(35), Verdict.EXACT, "35: the source says “35”")
        >>> with_opinion(check, Opinion(True, "m")).reason
        '35: the source says “35” (confirmed by the judge, m)'
        >>> with_opinion(check, Opinion(False, "m")).verdict.value
        'misplaced'
    """
    supported, judge = opinion
    if supported == check.verdict.accepted:
        return replace(check, reason=f"{check.reason} (confirmed by the judge, {judge})")
    verdict = Verdict.EXACT if supported else Verdict.MISPLACED
    thing = "the same thing" if supported else "something else"
    opinion_text = f"the judge ({judge}) says that the number refers to {thing} in the source"
    reason = f"{check.text}: {opinion_text}; rule-based check: {check.reason}"
    return replace(check, verdict=verdict, reason=reason)
