"""Revise: failed lines go back to the model, and what still fails is left to the policy."""

from __future__ import annotations

import re

from ..errors import ModelError
from ..events import LineChecked, Reasked, emit
from ..judge import judge_request
from ..models import Request
from ..options import Options
from .draft import Repair, repair_schema
from .flow import Flow, unwrap
from .language import in_other_languages
from .lines import Line
from .listing import Messages, ask_again
from .policies import apply_policy
from .session import Session

_MEANING = re.compile(r"\w+(?:[.,:/]\w+)*|[-+−$€£%](?=\d)|(?<=\d)[%°]")
_REPEATED = "sent back, the model wrote the same line again"


def revise(lines: list[Line], asked: Messages, answered: str, session: Session) -> Flow:
    """Send failed lines back while the policy says so, and apply the policy to what still fails.

    Each new wording is checked as the first one was, by the judge too. If a request fails, only
    the lines that it was to revise are lost. Lines in another language than was asked for are sent
    back once.

    Args:
        lines: The lines; only those that are sent can change.
        asked: The messages that the lines are an answer to.
        answered: That answer, as JSON.
        session: The policy and the number of re-asks.

    Returns:
        All lines in their order; those that failed for good still have problems.
    """
    options = session.options
    for number in range(options.max_reasks if options.on_problem == "reask" else 0):
        # Asked for once: a line in the wrong language is not false, and is kept.
        strayed = in_other_languages(lines, options.language) if number == 0 else {}
        sent = [line for line in lines if (line.problems or line in strayed) and not line.notes]
        if not sent:
            break
        emit(Reasked(len(sent), number + 1), options.on_event)
        items = [(line.claim.text, _complaints(line, strayed, options)) for line in sent]
        revised = yield from _reask(sent, ask_again(asked, answered, items), session)
        lines = _replace(lines, sent, revised)
    return (yield from _settle(lines, session))


def _complaints(line: Line, strayed: dict[Line, str], options: Options) -> list[str]:
    """What the model is told about a line."""
    if line not in strayed:
        return line.problems
    return [*line.problems, f"it is written in {strayed[line]}, not in {options.language}"]


def _reask(sent: list[Line], messages: Messages, session: Session) -> Flow:
    """Ask for another wording of each line, and check it."""
    [reply] = yield [Request(messages, repair_schema(len(sent)))]
    try:
        repair: Repair = unwrap(reply)
    except ModelError as error:
        return [line.noted(f"it could not be sent back ({error})") for line in sent]
    lines = [line.reworded(text) for line, text in zip(sent, repair.items, strict=True)]
    lines = yield from judge_lines(lines, session)
    report_checks(lines, session)
    return [_accepted(line, before) for line, before in zip(lines, sent, strict=True)]


def _accepted(line: Line, before: Line) -> Line:
    """The line that goes on: the new wording, unless it is worse than the earlier one.

    A wording that was refused before is noted, so that it is not asked for a third time: at
    temperature 0 it would come back again.
    """
    if not line.problems:
        return line
    if not before.problems:  # it was sent back for its language alone
        return before
    earlier = {_normal(attempt) for attempt in before.attempts}
    return line.noted(_REPEATED) if _normal(line.claim.text) in earlier else line


def _normal(text: str) -> str:
    """A wording without what does not change it: case, spaces and punctuation.

    Signs stay that belong to numbers, so that "-5%" and "1.5" are not "5" and "15".
    """
    return " ".join(_MEANING.findall(text.casefold()))


def _settle(lines: list[Line], session: Session) -> Flow:
    """Apply the policy to the lines that failed; what it rewrites goes to the judge too."""
    failed = [line for line in lines if line.problems]
    settled = [apply_policy(line, session.options.on_problem) for line in failed]
    rewritten = [now for now, before in zip(settled, failed, strict=True) if now is not before]
    judged = yield from judge_lines(rewritten, session)
    return _replace(lines, failed, _replace(settled, rewritten, judged))


def judge_lines(lines: list[Line], session: Session) -> Flow:
    """Put the doubtful lines, and no others, to the judge: a yes or no each.

    If the judge cannot be asked, they are not confirmed and fail.

    Returns:
        All lines in their order.
    """
    doubtful = [line for line in lines if line.is_doubtful]
    if session.judge is None or not doubtful:
        return lines
    items = [
        {"source": " ".join(s.text for s in line.claim.evidence), "statement": line.claim.text}
        for line in doubtful
    ]
    [reply] = yield [judge_request(items, "judge_claims")]
    try:
        answers = unwrap(reply).answers
    except ModelError as error:
        why = f"the judge could not be asked ({error})"
        judged = [line.denied("not confirmed by the judge").noted(why) for line in doubtful]
    else:
        denial = f"the judge ({session.judge.name}) says that the source does not support this"
        judged = [
            line.denied(denial) if answer == "no" else line
            for line, answer in zip(doubtful, answers, strict=True)
        ]
    return _replace(lines, doubtful, judged)


def report_checks(lines: list[Line], session: Session) -> None:
    """Emit an event for each line that was checked."""
    for line in lines:
        event = LineChecked(line.kind, line.claim.text, tuple(line.problems))
        emit(event, session.options.on_event)


def _replace(lines: list[Line], old: list[Line], new: list[Line]) -> list[Line]:
    """The lines with some of them replaced, each by the one at the same index."""
    replacements = dict(zip(old, new, strict=True))
    return [replacements.get(line, line) for line in lines]
