"""The problems of a checked file as GitHub annotations, which CI shows beside its lines."""

from __future__ import annotations

from ..article import Article
from ..checks.result import CrossCheck
from ..text.escape import one_line

_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def render_github(check: CrossCheck, text: Article, path: str) -> str:
    """One workflow command a problem, with file, line and column.

    >>> from summarizer import crosscheck
    >>> text = Article("It burned.\\nNine people were hurt.")
    >>> print(render_github(crosscheck(text, "It burned. Four people were hurt."), text, "a.txt"))
    ::error file=a.txt,line=2,endLine=2,col=1,endColumn=5,title=contradicted::Nine people: the source says “Four people” (sentence 2)
    <BLANKLINE>
    """
    rows = []
    for problem in check.problems:
        line, column = _line_and_column(text.text, problem.start)
        last, end = _line_and_column(text.text, problem.end)
        where = f"file={_escaped(path, _IN_PROPERTIES)},line={line},endLine={last},col={column},endColumn={end}"
        reason = _escaped(one_line(problem.reason, 1000), _IN_MESSAGES)
        rows.append(f"::error {where},title={problem.verdict.value}::{reason}\n")
    return "".join(rows)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both count from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(c, c) for c in text)
