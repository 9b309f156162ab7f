"""The problems of a checked file as GitHub annotations, which CI shows beside the lines."""

from __future__ import annotations

from ..text.escape import one_line
from .view import Problem, View

_MESSAGE_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES = {**_MESSAGE_ESCAPES, **str.maketrans({":": "%3A", ",": "%2C"})}
_MAX_REASON = 1000


def render_github(view: View, path: str) -> str:
    """One workflow command per problem, with file, line and column.

    Args:
        view: A checked text.
        path: The file that it was read from, as the repository names it.

    >>> from summarizer.report.view import Cost, Finding, Position
    >>> from summarizer.checks.verdicts import Verdict
    >>> finding = Finding(Verdict.CONTRADICTED, "Nine people: the source says “Four people”")
    >>> problem = Problem(finding, "Nine", Position(2, 1), Position(2, 5))
    >>> print(render_github(View("a.txt", "", Cost("code"), problems=(problem,)), "a.txt"), end="")
    ::error file=a.txt,line=2,endLine=2,col=1,endColumn=5,title=contradicted::Nine people: the source says “Four people”
    """
    file = path.translate(_PROPERTY_ESCAPES)
    return "".join(_annotation(problem, file) for problem in view.problems)


def _annotation(problem: Problem, file: str) -> str:
    start, end, finding = problem.start, problem.end, problem.finding
    place = f"file={file},line={start.line},endLine={end.line},col={start.column},endColumn={end.column}"
    reason = one_line(finding.reason, _MAX_REASON).translate(_MESSAGE_ESCAPES)
    return f"::error {place},title={finding.verdict.value}::{reason}\n"
