"""The verdict on each number of a summary."""

from __future__ import annotations

from decimal import Decimal

from ...article import Article
from ...numbers import Number
from ...numbers.context import Context
from ...text.spans import Span
from ..result import NumberCheck
from ..verdicts import Verdict
from ..wording import cite, phrase, sentence_of, sentences_of, span_of
from .ages import find_other_age
from .alignment import Alignment, Match, align, exchanged
from .counts import counts_the_text, find_implied, find_list
from .derived import derive
from .directions import stands_otherwise, turned_round
from .scores import find_result, find_years
from .vague import check_vague_counts
from .weekdays import check_days

THRESHOLD = 0.4
"""Support below which a number that the source does contain counts as misplaced; chosen on
human-marked summaries, see docs/accuracy.md for the curve."""

_NEIGHBOURS = 4
"""Numbers behind one that are tried for an exchange of places."""


def check_numbers(text: Article, source: Article) -> list[NumberCheck]:
    """Judge every number of a text by its source.

    Args:
        text: The summary.
        source: What it must agree with.

    Returns:
        One check for each number of the summary, each vague count ("hundreds"), weekday and month,
        in its order.
    """
    contexts = text.contexts.numbers
    aligned = {
        index: align(claimed, text.contexts, source.contexts)
        for index, claimed in enumerate(contexts)
        if claimed.number.kind != "identifier"
    }
    exchanges = _exchanges(contexts, aligned)
    checks = [
        _check(index, claimed, text, source, aligned.get(index), exchanges.get(index))
        for index, claimed in enumerate(contexts)
    ]
    checks += check_vague_counts(text, source)
    checks += check_days(text, source)
    return sorted(checks, key=lambda check: check.start)


def _exchanges(contexts: list[Context], aligned: dict[int, Alignment]) -> dict[int, Alignment]:
    """Numbers that took each other's place: index -> the alignment of the other."""
    found: dict[int, Alignment] = {}
    for index, one in aligned.items():
        for other in range(index + 1, index + 1 + _NEIGHBOURS):
            if other not in aligned or contexts[other].sentence != contexts[index].sentence:
                continue
            if exchanged(one, aligned[other]):
                found[index], found[other] = aligned[other], one
    return found


def _check(
    index: int,
    claimed: Context,
    text: Article,
    source: Article,
    found: Alignment | None,
    exchange: Alignment | None,
) -> NumberCheck:
    number = claimed.number
    if found is None:
        return _identifier(number, source)
    if counts_the_text(claimed, text):
        return _result(number, Verdict.IDENTIFIER, "counts what the summary itself describes")
    if number.kind == "score":
        return _score(index, claimed, text, source, found)
    if number.kind == "year" and (years := find_years(index, text, source)):
        place = sentence_of(source, years.start)
        reason = f"{number.text}: the source says “{years.text}” ({place})"
        return _result(number, Verdict.CONTRADICTED, reason, [years], 0.1)
    if number.kind == "age" and (age := find_other_age(number, text, source)):
        reason = f"{phrase(text, number)}: the source says {cite(source, age)} of this person"
        return _result(number, Verdict.CONTRADICTED, reason, [span_of(source, age)], 0.1, age.text)
    if exchange and exchange.best and found.best:
        there = exchange.best.context.number
        reason = (
            f"{phrase(text, number)}: the source says {cite(source, there)} of this;"
            f" {found.best.context.number.text} stands there for the other"
        )
        spans = [span_of(source, there), span_of(source, found.best.context.number)]
        doubt = min(found.support, 0.3)
        return _result(number, Verdict.MISPLACED, reason, spans, doubt, there.text)
    return _stated(claimed, text, source, found)


def _result(
    number: Number,
    verdict: Verdict,
    reason: str,
    evidence: list[Span] | None = None,
    confidence: float = 1.0,
    suggestion: str | None = None,
) -> NumberCheck:
    return NumberCheck(
        number.start,
        number.end,
        number.text,
        number.value,
        verdict,
        reason,
        evidence or [],
        round(confidence, 3),
        suggestion,
    )


def _score(
    index: int, claimed: Context, text: Article, source: Article, found: Alignment
) -> NumberCheck:
    """A side of a result: the whole result must be one of the source's."""
    number = claimed.number
    result = find_result(index, text, source)
    if result is None:
        return _stated(claimed, text, source, found)
    span = result.same or result.nearest
    if span:
        reason = f"{result.text}: the source says “{span.text}” ({sentence_of(source, span.start)})"
        if result.same:
            return _result(number, Verdict.EXACT, reason, [span])
        return _result(number, Verdict.CONTRADICTED, reason, [span], 0.1)
    check = _stated(claimed, text, source, found)
    if check.verdict.accepted and not result.sides_stated:
        reason = f"{result.text}: no such result in the source"
        return _result(number, Verdict.UNSUPPORTED, reason, [], 0.2)
    return check


def _stated(claimed: Context, text: Article, source: Article, found: Alignment) -> NumberCheck:
    """A number that must be in the source, of the same thing, or follow from what is."""
    number = claimed.number
    best = found.best
    if best and best.sameness and (way := turned_round(claimed, best.context)):
        said = phrase(text, number)
        reason = f"{said}: the source has it going {way}: {cite(source, best.context.number)}"
        where = [span_of(source, best.context.number)]
        return _result(number, Verdict.CONTRADICTED, reason, where, 0.2)
    same = [m.context for m in found.matches if m.sameness in ("exact", "equivalent")]
    if other := stands_otherwise(claimed, same, text.contexts, source.contexts):
        how, given = other
        reason = f"{phrase(text, number)}: {how}: {cite(source, given.number)}"
        where = [span_of(source, given.number)]
        return _result(number, Verdict.CONTRADICTED, reason, where, 0.2)
    if best and best.sameness and found.support >= THRESHOLD:
        verdict = Verdict(best.sameness)
        reason = f"{phrase(text, number)}: the source says {cite(source, best.context.number)}"
        return _result(
            number, verdict, reason, [span_of(source, best.context.number)], found.support
        )
    words = text.contexts.sentences[claimed.sentence] if text.sentences else frozenset[str]()
    if derivation := derive(claimed, words, source.contexts):
        how, operands = derivation
        where = [span_of(source, n) for n in operands]
        reason = f"{phrase(text, number)}: {how} ({sentences_of(source, operands)})"
        return _result(number, Verdict.DERIVED, reason, where, 0.8)
    if best is None and (listed := find_list(claimed, source)):
        reason = f"{phrase(text, number)}: the source lists them: “{listed.text}” ({sentence_of(source, listed.start)})"
        return _result(number, Verdict.DERIVED, reason, [listed], 0.7)
    if best is None and (implied := find_implied(claimed, source)):
        reason = f"{phrase(text, number)}: the source says “{implied.text}” ({sentence_of(source, implied.start)})"
        return _result(number, Verdict.EQUIVALENT, reason, [implied], 0.7)
    return _flagged(claimed, found, text, source)


def _flagged(claimed: Context, found: Alignment, text: Article, source: Article) -> NumberCheck:
    """Misplaced, contradicted or unsupported, with what the source says instead."""
    number, said = claimed.number, phrase(text, claimed.number)
    best, rival = found.best, found.rival
    says = _is_about_the_same(claimed, rival) if rival else False
    evidence = [span_of(source, rival.context.number)] if rival and says else []
    instead = evidence[0].text if evidence else None
    if best is not None:
        where = best.context.number
        evidence.append(span_of(source, where))
        other = _thing(source, best.context)
        if rival and says:
            reason = (
                f"{said}: the source says {cite(source, rival.context.number)};"
                f" {where.text} is its number of {other}" if other else
                f"{said}: the source says {cite(source, rival.context.number)};"
                f" {where.text} stands there for something else ({sentence_of(source, where.start)})"
            )  # fmt: skip
        else:
            reason = f"{said}: the source has this value for another thing: {cite(source, where)}"
        return _result(number, Verdict.MISPLACED, reason, evidence, found.support, instead)
    if rival and says:
        reason = f"{said}: the source says {cite(source, rival.context.number)}"
        return _result(number, Verdict.CONTRADICTED, reason, evidence, found.support, instead)
    return _result(number, Verdict.UNSUPPORTED, f"{said}: nowhere in the source", [], found.support)


def _is_about_the_same(claimed: Context, rival: Match) -> bool:
    """True if a number of another value stands in the source where the claimed one should."""
    if rival.head >= 1 and (rival.near > 0.25 or rival.sentence > 0.35):
        return True
    return rival.near > 0.45 and rival.head >= 0


def _identifier(number: Number, source: Article) -> NumberCheck:
    """COVID-19 names a thing; COVID-99 where the source has COVID-19 is wrong all the same."""
    name = _name_of(number.text)
    if name and _digits_of(number.text):
        wanted = _digits_of(number.text)
        others = []
        for given in source.numbers:
            if given.kind == "identifier" and _name_of(given.text) == name:
                if _digits_of(given.text) == wanted:
                    return _result(
                        number, Verdict.IDENTIFIER, "names something", [span_of(source, given)]
                    )
                others.append(given)
        if others and number.text not in source.text:
            reason = f"{number.text}: the source says {cite(source, others[0])}"
            return _result(number, Verdict.CONTRADICTED, reason, [span_of(source, others[0])], 0.1)
    return _result(number, Verdict.IDENTIFIER, "names something and claims no quantity")


def _name_of(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalpha())


def _digits_of(text: str) -> str:
    return "".join(c if c.isdecimal() else " " for c in text).strip()


def _thing(source: Article, context: Context) -> str:
    """What a number of the source counts, in the source's word; "" if it is not plain."""
    number = context.number
    return number.unit or "" if number.kind == "cardinal" and number.value != Decimal(1) else ""
