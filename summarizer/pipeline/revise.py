"""Lines that failed their check: sent back, and settled as the policy says."""

from __future__ import annotations

from ..errors import ModelError
from ..events import LineChecked, Reasked, emit
from ..judge import judgement
from ..prompts import render_judge
from ..summary import Usage
from .draft import repair_schema
from .flow import Conversation, taken
from .lines import Line
from .listing import ask_again
from .policies import settle
from .settings import Settings


def judge(lines: list[Line], settings: Settings, usage: Usage) -> Conversation:
    """Put the doubtful lines, and only those, to the judge: a yes or no each.

    A judge who cannot be asked has not confirmed them: they fail their check.
    """
    doubtful = [line for line in lines if line.is_doubtful]
    if settings.judge is None or not doubtful:
        return
    from ..models import Request

    items = [
        {"source": " ".join(s.text for s in line.claim.evidence), "statement": line.claim.text}
        for line in doubtful
    ]
    messages = [{"role": "user", "content": render_judge(items, "judge_claims")}]
    [reply] = yield [Request(messages, judgement(len(items)), for_judge=True)]
    try:
        answers = taken(reply, usage).value.answers
    except ModelError as error:
        for line in doubtful:
            line.denied("nobody has confirmed it")
            line.notes.append(f"the judge could not be asked ({error})")
        return
    for line, said in zip(doubtful, answers, strict=True):
        if said == "no":
            line.denied(f"the source does not say so, says {settings.judge.name}")


def mend(
    lines: list[Line],
    asked: list[dict[str, str]],
    answered: str,
    settings: Settings,
    usage: Usage,
) -> Conversation:
    """Send failed lines back while the policy says so, and settle what still fails.

    Each new wording is checked as the first one was, by the judge too. A request that fails costs
    nothing that is there already: the lines that it was to mend are withdrawn.

    Args:
        lines: The lines; only the failed ones are sent, and only they can change.
        asked: The messages they are an answer to.
        answered: That answer, as JSON.
        settings: The policy.
        usage: What the requests cost is added here.

    Returns:
        The lines as they are now; those that failed for good still have problems.
    """
    from ..models import Request

    for number in range(settings.max_reasks if settings.on_problem == "reask" else 0):
        failed = [line for line in lines if line.problems and not line.notes]
        if not failed:
            break
        items = [(line.claim.text, line.problems) for line in failed]
        emit(Reasked(len(failed), number + 1), settings.on_event)
        messages = ask_again(asked, answered, items)
        [reply] = yield [Request(messages, repair_schema(len(failed)))]
        try:
            texts = taken(reply, usage).value.items
        except ModelError as error:
            for line in failed:
                line.notes.append(f"it could not be sent back ({error})")
            continue
        reworded = [line.reworded(text) for line, text in zip(failed, texts, strict=True)]
        yield from judge(reworded, settings, usage)
        tell_of(reworded, settings)
        mended = dict(zip(map(id, failed), reworded, strict=True))
        lines = [mended.get(id(line), line) for line in lines]
    settled = [settle(line, settings.on_problem) if line.problems else line for line in lines]
    changed = [now for now, before in zip(settled, lines, strict=True) if now is not before]
    yield from judge(changed, settings, usage)
    return settled


def tell_of(lines: list[Line], settings: Settings) -> None:
    """Emit what the checks of some lines found."""
    for line in lines:
        event = LineChecked(line.kind, line.claim.text, tuple(line.problems))
        emit(event, settings.on_event)
