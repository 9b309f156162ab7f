"""Merge: the digests of all chunks become one; the model chooses by ids, round by round."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from rapidfuzz import fuzz, utils

from ..checks.result import NumberCheck
from ..events import AnswerTrimmed, emit
from ..models import Request
from ..text.token_count import estimated_tokens
from .candidates import FigureCandidate, StatementCandidate
from .draft import Merge, merge_schema
from .flow import Flow, gather, unwrap
from .lines import Line, Source, check_line
from .listing import LONGEST_NOTE, Messages, ask_to_merge
from .revise import judge_lines, revise
from .salvage import Patience, Salvageable
from .selection import key_statements, select
from .session import Session

_TOKENS_OF_TASK = 600
_TOKENS_OF_AN_ITEM = 4
"""Its id, brackets and line break."""
_TOKENS_OF_A_STATEMENT = 5
"""Its id, brackets and line break, and the colon after the speaker."""
_FEWEST_PER_GROUP = 2
_SAME = 90
"""Similarity, from 0 to 100, above which two texts with the same numbers say the same."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Digest:
    """What an article, or a chunk of it, came to.

    Attributes:
        headline: The checked headline.
        claims: The checked claims, in the order of the article; some may have failed.
        figures: The chosen numbers.
        statements: The chosen statements.
        withdrawn: Failed lines of the digests that this one was merged from.
        notes: What was left out of the answers that it was made from.
    """

    headline: Line
    claims: list[Line]
    figures: list[FigureCandidate]
    statements: list[StatementCandidate]
    withdrawn: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def tokens(self) -> int:
        """Tokens that it takes in the question that merges it with others."""
        claims = (line.claim.text[:LONGEST_NOTE] for line in self.claims)
        phrases = (figure.phrase for figure in self.figures)
        said = (s.speaker + s.opening for s in self.statements)
        return (
            sum(estimated_tokens(text) + _TOKENS_OF_AN_ITEM for text in (*claims, *phrases))
            + sum(estimated_tokens(text) + _TOKENS_OF_A_STATEMENT for text in said)
        )  # fmt: skip


def merge(digests: list[Digest], source: Source, session: Session) -> Flow:
    """Choose, among the digests of all chunks, what a reader of the whole must know.

    The model answers with ids and a headline, so that checked lines stay as they are. It merges as
    many digests at once as it can read, group beside group, until one is left.

    Args:
        digests: Of the chunks, in order.
        source: The whole article, to check the headline against.
        session: Options and models.

    Returns:
        One Digest.
    """
    while len(digests) > 1:
        groups = group_digests(digests, session.prompt_tokens - _TOKENS_OF_TASK)
        digests = yield from gather(_merge_group(group, source, session) for group in groups)
    return digests[0]


def group_digests(digests: list[Digest], tokens: int) -> list[list[Digest]]:
    """Put neighbours together, as many as fit; at least two per group, so that merging ends."""
    groups: list[list[Digest]] = [[]]
    left = tokens
    for digest in digests:
        if len(groups[-1]) >= _FEWEST_PER_GROUP and digest.tokens > left:
            groups.append([])
            left = tokens
        groups[-1].append(digest)
        left -= digest.tokens
    return groups


def _merge_group(group: list[Digest], source: Source, session: Session) -> Flow:
    """One digest of several."""
    if len(group) == 1:
        return group[0]
    options = session.options
    pool = _pool(group, keep_failed=options.on_problem == "flag")
    texts = [line.claim.text for line in pool.claims]
    asked = ask_to_merge(texts, pool.figures, pool.statements, options)
    schema = merge_schema(
        len(pool.claims),
        len(pool.figures),
        len(pool.statements),
        options.max_claims,
        options.max_figures,
    )
    choice: Merge = yield from ask_for(asked, schema, session)
    headline = check_line(
        "headline", None, choice.headline, source, translated=options.is_translation
    )
    lines = yield from judge_lines([headline], session)
    [headline] = yield from revise(lines, asked, choice.model_dump_json(), session)
    claims = [pool.claims[i - 1] for i in sorted(choice.claims)]
    return Digest(
        headline,
        claims,
        select(choice.figure_ids, pool.figures),
        key_statements(choice.statement_ids, pool.statements),
        _withdrawn(group, claims),
        tuple(dict.fromkeys(chain(*(digest.notes for digest in group), notes_on(choice)))),
    )


def ask_for(messages: Messages, schema: type[Salvageable], session: Session) -> Flow:
    """Ask for an answer of which all that is valid is used, and report what is not."""
    [reply] = yield [Request(messages, schema, Patience().validating)]
    answer: Salvageable = unwrap(reply)
    if answer.left_out:
        emit(AnswerTrimmed(answer.left_out), session.options.on_event)
    return answer


def notes_on(answer: Salvageable) -> tuple[str, ...]:
    """What a reader of the summary should know about an answer."""
    notes = [str(AnswerTrimmed(answer.left_out))] if answer.left_out else []
    given, asked = answer.shortfall
    if given < asked:
        notes.append(f"The model gave {given} of {asked} claims that it was asked for.")
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class _Pool:
    """What the model may choose from: what the digests of a group have, each thing once."""

    claims: list[Line]
    figures: list[FigureCandidate]
    statements: list[StatementCandidate]


def _pool(group: list[Digest], *, keep_failed: bool) -> _Pool:
    claims = (line for d in group for line in d.claims if keep_failed or not line.problems)
    figures = (figure for d in group for figure in d.figures)
    statements = (statement for d in group for statement in d.statements)
    return _Pool(
        distinct(claims, _numbers_of, lambda line: line.claim.text),
        distinct(figures, lambda f: (f.number.value, f.number.unit), lambda f: f.phrase),
        distinct(statements, lambda s: s.speaker, lambda s: s.text),
    )


def _withdrawn(group: list[Digest], shown: list[Line]) -> tuple[Line, ...]:
    """All lines of a group that failed and are not shown."""
    lines = (line for d in group for line in (*d.withdrawn, d.headline, *d.claims))
    return tuple(line for line in lines if line.problems and line not in shown)


def distinct(
    items: Iterable[Item], group: Callable[[Item], Hashable], text: Callable[[Item], str]
) -> list[Item]:
    """Drop items that repeat an earlier one of their group in nearly the same words.

    Args:
        items: What to choose from, in order.
        group: What must be equal for one to repeat another: its numbers, its speaker.
        text: The words.

    >>> distinct(["Sales rose 5%", "sales rose 5%.", "Costs rose 5%"], lambda _: 5, str)
    ['Sales rose 5%', 'Costs rose 5%']
    """
    kept: list[Item] = []
    texts: dict[Hashable, list[str]] = {}
    for item in items:
        words = utils.default_process(text(item))
        earlier = texts.setdefault(group(item), [])
        if not any(fuzz.token_sort_ratio(words, other) >= _SAME for other in earlier):
            earlier.append(words)
            kept.append(item)
    return kept


def _numbers_of(line: Line) -> Hashable:
    return tuple(c.value for c in line.claim.checks if isinstance(c, NumberCheck))
