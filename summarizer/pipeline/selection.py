"""Selection: the candidates that the model chose, as quotes and figures in the source's own words."""

from __future__ import annotations

from typing import TypeVar

from ..article import Article
from ..checks.omissions import words_around
from ..checks.verdicts import Verdict
from ..checks.wording import phrase_end
from ..numbers import Number
from ..numbers.comparison import sameness
from ..numbers.precision import fixed_precision
from ..summary import Figure, Quote
from .candidates import FigureCandidate, StatementCandidate

C = TypeVar("C", FigureCandidate, StatementCandidate)


def select(ids: list[int], candidates: list[C]) -> list[C]:
    """Each chosen candidate once, in the order of choice; ids count from 1."""
    return [candidates[i - 1] for i in dict.fromkeys(ids) if 1 <= i <= len(candidates)]


def key_statements(
    ids: list[int], candidates: list[StatementCandidate]
) -> list[StatementCandidate]:
    """The statements that the model chose, and others for the choices that it made twice.

    Small models repeat the last id until the list is full. The others are the first of speakers who
    are not quoted yet, then the first of all.

    Args:
        ids: The model's choice, counted from 1.
        candidates: What it could choose from; speakers take turns.
    """
    chosen = select(ids, candidates)
    speakers = {candidate.speaker for candidate in chosen}
    rest = [candidate for candidate in candidates if candidate not in chosen]
    rest.sort(key=lambda candidate: candidate.speaker in speakers)
    return chosen + rest[: len(ids) - len(chosen)]


def distinct_figures(figures: list[FigureCandidate], article: Article) -> list[FigureCandidate]:
    """Each value of a thing once, where it is chosen first: "85 missiles" is one figure."""
    first: dict[tuple[object, ...], FigureCandidate] = {}
    for figure in figures:
        number = figure.number
        _, stop = article.token_range(number.start, number.end)
        counted = number.unit or article.tokens.words[stop]
        first.setdefault((number.value, number.kind, counted), figure)
    return list(first.values())


def key_figures(
    figures: list[FigureCandidate],
    article: Article,
    ranked: list[tuple[float, Number]],
    most: int,
) -> list[FigureCandidate]:
    """The figures that the model chose, then the most prominent others of the source.

    Small models stop after a few; code knows by itself which numbers a text has.

    Args:
        figures: The model's choice.
        article: The whole article.
        ranked: Its figures, as `rank_figures` ranks them.
        most: Maximum number of figures.
    """
    listed = distinct_figures(figures, article)[:most]
    for _, number in ranked:
        if len(listed) == most:
            break
        if not _is_listed(number, listed):
            sentence = article.sentence_at(number.start)
            assert sentence is not None
            listed.append(FigureCandidate(number, number.text, sentence.index))
    return listed


def _is_listed(number: Number, listed: list[FigureCandidate]) -> bool:
    with fixed_precision():
        return any(sameness(number, figure.number) for figure in listed)


def resolve_quote(candidate: StatementCandidate, article: Article) -> Quote:
    """A statement in the source's own characters."""
    quotation = candidate.quotation
    return Quote(
        text=quotation.text,
        speaker=quotation.speaker,
        evidence=[article.span(quotation.start, quotation.end)],
        verdict=Verdict.EXACT,
        reason=f"the source’s own words (sentence {candidate.sentence})",
        direct=quotation.direct,
    )


def resolve_figure(candidate: FigureCandidate, article: Article) -> Figure:
    """A number in the source's own characters."""
    number = candidate.number
    span = article.span(number.start, phrase_end(article, number))
    return Figure(
        text=span.text,
        value=number.value,
        unit=number.unit,
        what=words_around(article, number),
        evidence=[span, article.sentences[candidate.sentence - 1].span],
        verdict=Verdict.EXACT,
        reason=f"the source’s own characters (sentence {candidate.sentence})",
    )
