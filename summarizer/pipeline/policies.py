"""What is done with lines that failed their check, short of asking the model again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from ..checks.result import NumberCheck, QuoteCheck
from ..checks.verdicts import Verdict
from ..errors import InputError
from ..summary import Claim
from .lines import Line

Policy = Literal["reask", "repair", "flag", "drop", "raise"]
Decide = Callable[[Claim, list[str]], Claim | None]
"""A user's own policy: the item and its problems in; the item to keep, or None to withdraw it."""

OnProblem = Policy | Decide


def check_policy(on_problem: object) -> None:
    """Refuse what is neither the name of a policy nor a function.

    Raises:
        InputError: It is neither.
    """
    if on_problem not in get_args(Policy) and not callable(on_problem):
        names = ", ".join(get_args(Policy))
        raise InputError(f"on_problem={on_problem!r}: choose one of {names}, or give a function.")


def settle(line: Line, on_problem: OnProblem) -> Line:
    """A failed line as the policy leaves it, checked again if it was changed."""
    if on_problem == "repair":
        text = repaired(line.claim)
    elif callable(on_problem):
        kept = on_problem(line.claim, line.problems)
        text = line.claim.text if kept is None else kept.text
    else:
        return line
    return line if text == line.claim.text else line.reworded(text)


def repaired(claim: Claim) -> str:
    """A claim with the source's own values and words where its checks name them.

    Only what a check is sure to have found in the source is put in: another value of the same
    thing, the true wording of a quotation. Whatever else is wrong stays, and is found again.
    """
    text = claim.text
    for check in sorted(claim.checks, key=lambda c: -c.start):
        fixable = isinstance(check, NumberCheck) or (
            isinstance(check, QuoteCheck) and check.verdict is Verdict.ALTERED
        )
        if fixable and check.verdict.flagged and getattr(check, "suggestion", None):
            text = text[: check.start] + check.suggestion + text[check.end :]  # type: ignore[union-attr, operator]
    return text
