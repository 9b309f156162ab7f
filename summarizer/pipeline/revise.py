"""Revise: failed lines go back to the model, and what still fails is left to the policy."""

from __future__ import annotations

from ..errors import ModelError
from ..events import LineChecked, Reasked, emit
from ..judge import judge_request
from ..models import Request
from .draft import Repair, repair_schema
from .flow import Flow, unwrap
from .lines import Line
from .listing import Messages, ask_again
from .policies import apply_policy
from .session import Session


def revise(lines: list[Line], asked: Messages, answered: str, session: Session) -> Flow:
    """Send failed lines back while the policy says so, and apply the policy to what still fails.

    Each new wording is checked as the first one was, by the judge too. If a request fails, only
    the lines that it was to revise are lost.

    Args:
        lines: The lines; only the failed ones are sent, and only they can change.
        asked: The messages that the lines are an answer to.
        answered: That answer, as JSON.
        session: The policy and the number of re-asks.

    Returns:
        All lines in their order; those that failed for good still have problems.
    """
    options = session.options
    for number in range(options.max_reasks if options.on_problem == "reask" else 0):
        failed = [line for line in lines if line.problems and not line.notes]
        if not failed:
            break
        emit(Reasked(len(failed), number + 1), options.on_event)
        messages = ask_again(asked, answered, [(f.claim.text, f.problems) for f in failed])
        revised = yield from _reask(failed, messages, session)
        lines = _replace(lines, failed, revised)
    return (yield from _settle(lines, session))


def _reask(failed: list[Line], messages: Messages, session: Session) -> Flow:
    """Ask for another wording of each failed line, and check it."""
    [reply] = yield [Request(messages, repair_schema(len(failed)))]
    try:
        repair: Repair = unwrap(reply)
    except ModelError as error:
        return [line.noted(f"it could not be sent back ({error})") for line in failed]
    lines = [line.reworded(text) for line, text in zip(failed, repair.items, strict=True)]
    lines = yield from judge_lines(lines, session)
    report_checks(lines, session)
    return lines


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
