"""A reader for what code cannot decide: a model's yes or no on the doubtful numbers alone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from .article import Article
from .checks.result import NumberCheck
from .checks.verdicts import Verdict

if TYPE_CHECKING:
    from pydantic import BaseModel

SURE_WRONG, SURE_RIGHT = 0.15, 0.75
"""Between these confidences a number is doubtful; outside nobody is asked."""
_MOST_ASKED = 12
"""Numbers in one request."""
_SENTENCES_AROUND = 1


def is_doubtful(check: NumberCheck) -> bool:
    """True if the source has the value and the words around it leave open of what."""
    return bool(check.evidence) and SURE_WRONG < check.confidence < SURE_RIGHT


def judge_numbers(
    checks: list[NumberCheck], text: Article, source: Article, judge: Any
) -> list[NumberCheck]:
    """Let a model decide the doubtful checks; all others stay as they are.

    Args:
        checks: The verdicts of the code.
        text: The summary.
        source: The article.
        judge: Any model that `summarize` takes.

    Raises:
        ModelError: The model could not be reached or gave no usable answer.
    """
    doubtful = [i for i, check in enumerate(checks) if is_doubtful(check)]
    if not doubtful:
        return checks
    from .models import Request, resolve_model
    from .prompts import render_judge

    model = resolve_model(judge)
    judged = list(checks)
    for first in range(0, len(doubtful), _MOST_ASKED):
        asked = doubtful[first : first + _MOST_ASKED]
        items = [_item(checks[i], text, source) for i in asked]
        messages = [{"role": "user", "content": render_judge(items)}]
        answer: Any = model.ask(Request(messages, judgement(len(asked)))).value
        for index, said in zip(asked, answer.answers, strict=True):
            judged[index] = _judged(checks[index], said == "yes", model.name)
    return judged


@lru_cache(maxsize=16)
def judgement(count: int) -> type[BaseModel]:
    """The answer to so many questions: a list of yes and no under `answers`."""
    from pydantic import Field, create_model

    field: Any = (list[Literal["yes", "no"]], Field(min_length=count, max_length=count))
    return create_model("Judgement", answers=field)


def _item(check: NumberCheck, text: Article, source: Article) -> dict[str, str]:
    """The statement, and the sentences of the source around the number's evidence."""
    sentence = text.sentence_at(check.start)
    place = source.sentence_at(check.evidence[-1].start)
    around = ""
    if place is not None:
        low = max(0, place.index - 1 - _SENTENCES_AROUND)
        around = " ".join(s.text for s in source.sentences[low : place.index + _SENTENCES_AROUND])
    statement = sentence.text if sentence else check.text
    return {"source": around, "statement": statement, "number": check.text}


def _judged(check: NumberCheck, supported: bool, name: str) -> NumberCheck:
    if supported == check.verdict.accepted:
        return replace(check, reason=f"{check.reason} ({name} agrees)")
    verdict = Verdict.EXACT if supported else Verdict.MISPLACED
    word = "the same" if supported else "another"
    reason = f"{check.text}: of {word} thing, says {name}; by its words alone: {check.reason}"
    return replace(check, verdict=verdict, reason=reason)
