"""What the chunks of a long article came to, made one: the model chooses by ids, in a tournament."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz, utils

from ..checks.result import NumberCheck
from ..summary import Usage
from ..text.token_count import estimated_tokens
from .candidates import FigureCandidate, StatementCandidate
from .draft import Merge, merge_schema
from .flow import Conversation, room_for_reading, side_by_side, taken
from .lines import Line, Source, check_line, chosen
from .listing import LONGEST_NOTE, ask_to_merge
from .revise import judge, mend
from .settings import Settings

_TOKENS_OF_TASK = 600
_SAME = 90
"""Of rapidfuzz, from 0 to 100: two lines or phrases with the same numbers say the same from here."""

Item = TypeVar("Item")


@dataclass
class Digest:
    """What an article, or a chunk of it, came to.

    Attributes:
        headline: The checked headline.
        claims: The checked claims, in the order of the article; some may have failed.
        figures: The chosen numbers.
        statements: The chosen statements.
        withdrawn: Failed lines of the chunks that this one was merged from.
    """

    headline: Line
    claims: list[Line]
    figures: list[FigureCandidate]
    statements: list[StatementCandidate]
    withdrawn: list[Line] = field(default_factory=list)


def merge(digests: list[Digest], source: Source, settings: Settings, usage: Usage) -> Conversation:
    """Choose, among what the chunks came to, what a reader of the whole must know.

    The model answers with ids and a headline, so that what was checked stays as it is. As many
    chunks as it can read are merged at once, side by side with the others, until one is left.

    Args:
        digests: Of the chunks, in order.
        source: The whole article, for the headline.
        settings: Wishes and policy.
        usage: What the requests cost is added here.

    Returns:
        One Digest.
    """
    while len(digests) > 1:
        groups = _groups(digests, room_for_reading(settings) - _TOKENS_OF_TASK)
        digests = yield from side_by_side(
            _merged(group, source, settings, usage) for group in groups
        )
    return digests[0]


def _groups(digests: list[Digest], room: int) -> list[list[Digest]]:
    """Neighbours together, as many as fit; at least two, so that there is an end."""
    groups: list[list[Digest]] = [[]]
    left = room
    for digest in digests:
        size = _size(digest)
        if len(groups[-1]) >= 2 and size > left:
            groups.append([])
            left = room
        groups[-1].append(digest)
        left -= size
    return groups


def _size(digest: Digest) -> int:
    claims = sum(estimated_tokens(line.claim.text[:LONGEST_NOTE]) + 4 for line in digest.claims)
    figures = sum(estimated_tokens(figure.phrase) + 4 for figure in digest.figures)
    said = sum(estimated_tokens(s.speaker + s.opening) + 5 for s in digest.statements)
    return claims + figures + said


def _merged(group: list[Digest], source: Source, settings: Settings, usage: Usage) -> Conversation:
    if len(group) == 1:
        return group[0]
    from ..models import Request

    wishes, is_translated = settings.wishes, settings.wishes.language is not None
    keep_all = settings.on_problem == "flag"
    standing = [c for d in group for c in d.claims if keep_all or not c.problems]
    claims = different(standing, _numbers_of, lambda line: line.claim.text)
    figures = different((f for d in group for f in d.figures), _value_of, lambda f: f.phrase)
    statements = different((s for d in group for s in d.statements), _speaker_of, lambda s: s.text)
    asked = ask_to_merge([c.claim.text for c in claims], figures, statements, wishes)
    schema = merge_schema(
        len(claims), len(figures), len(statements), wishes.max_claims, wishes.max_figures
    )
    [reply] = yield [Request(asked, schema)]
    choice: Merge = taken(reply, usage).value
    headline = check_line("headline", None, choice.headline, source, translated=is_translated)
    yield from judge([headline], settings, usage)
    written = choice.model_dump_json()
    [headline] = yield from mend([headline], asked, written, settings, usage)
    picked = [claims[i - 1] for i in sorted(choice.claims)]
    return Digest(
        headline,
        picked,
        chosen(choice.figures, figures),
        chosen(choice.quotes, statements),
        _withdrawn(group, picked),
    )


def _withdrawn(group: list[Digest], picked: list[Line]) -> list[Line]:
    """All lines that failed and are not shown."""
    shown = {id(line) for line in picked}
    lines = (line for d in group for line in (*d.withdrawn, d.headline, *d.claims))
    return [line for line in lines if line.problems and id(line) not in shown]


def different(
    items: Iterable[Item], kind: Callable[[Item], Hashable], text: Callable[[Item], str]
) -> list[Item]:
    """Those that say something new: of two of a kind with nearly the same words, the first.

    Args:
        items: What to choose from, in order.
        kind: What must be equal for one to repeat another: its numbers, its speaker.
        text: The words.

    >>> different(["Sales rose 5%", "sales rose 5%.", "Costs rose 5%"], lambda _: 5, str)
    ['Sales rose 5%', 'Costs rose 5%']
    """
    kept: list[Item] = []
    of_kind: dict[Hashable, list[str]] = {}
    for item in items:
        words = utils.default_process(text(item))
        same = of_kind.setdefault(kind(item), [])
        if not any(fuzz.token_sort_ratio(words, other) >= _SAME for other in same):
            same.append(words)
            kept.append(item)
    return kept


def _numbers_of(line: Line) -> Hashable:
    return tuple(c.value for c in line.claim.checks if isinstance(c, NumberCheck))


def _value_of(figure: FigureCandidate) -> Hashable:
    return figure.number.value, figure.number.unit


def _speaker_of(statement: StatementCandidate) -> Hashable:
    return statement.speaker
