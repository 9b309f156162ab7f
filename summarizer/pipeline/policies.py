"""Policies: what happens to a line that failed its check, without asking the model again."""

from __future__ import annotations

from ..checks.result import NumberCheck, QuoteCheck
from ..checks.verdicts import Verdict
from ..options import OnProblem
from ..summary import Claim
from .lines import Line


def apply_policy(line: Line, on_problem: OnProblem) -> Line:
    """Leave a failed line as the policy wants it, with new checks if the policy rewrites it."""
    if on_problem == "repair":
        text = repaired(line.claim)
    elif callable(on_problem):
        kept = on_problem(line.claim, line.problems)
        text = line.claim.text if kept is None else kept.text
    else:
        return line
    return line if text == line.claim.text else line.reworded(text)


def repaired(claim: Claim) -> str:
    """The text of a claim with the source's own values and words where its checks name them.

    Only what a check is sure to have found in the source is put in: another value of the same
    thing, the true wording of a quotation. Other faults stay, and fail the next check.
    """
    text = claim.text
    for check in sorted(claim.checks, key=lambda c: -c.start):
        suggestion = getattr(check, "suggestion", None)
        fixable = isinstance(check, NumberCheck) or (
            isinstance(check, QuoteCheck) and check.verdict is Verdict.ALTERED
        )
        if suggestion and fixable and check.verdict.flagged:
            text = text[: check.start] + suggestion + text[check.end :]
    return text
