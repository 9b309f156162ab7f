"""The verdict on each number of a summary."""

from __future__ import annotations

import re
from decimal import Decimal

from ..article import Article
from ..contexts import Context, stem
from ..names import Name
from ..numbers import Number
from ..numbers.lexicon import IMPLIED
from ..spans import Span
from ..verdicts import Verdict
from .alignment import Alignment, Match, align, exchanged
from .derivation import derive
from .result import NumberCheck

THRESHOLD = 0.4
"""Support below which a number that the source does contain counts as misplaced; chosen on
human-marked summaries, see docs/accuracy.md for the curve."""

_ABOUT_THE_TEXT = re.compile(
    r"\b(?:passage|article|text|summary|document|report|excerpt|information|piece|paragraph|statements?)\b",
    re.IGNORECASE,
)
_DESCRIBING = frozenset(
    stem(w)
    for w in (
        "describes discusses mentions contains provides provided covers presents includes"
        " refers lists summarizes summarises outlines details talks highlights consists given"
        " about"
    ).split()
)
_PARTS_OF_TEXT = frozenset(
    stem(w)
    for w in (
        "point points statement statements topic topics piece pieces section sections part"
        " parts sentence sentences paragraph paragraphs passage passages entity entities item"
        " items fact facts takeaway takeaways works claims subject subjects"
    ).split()
)
_MOST_PARTS = 10
_MOST_DESCRIBED = 4
_NEIGHBOURS = 4
"""Numbers behind one that are tried for an exchange of places."""


def check_numbers(text: Article, source: Article) -> list[NumberCheck]:
    """Judge every number of a text by its source.

    Args:
        text: The summary.
        source: What it must agree with.

    Returns:
        One check for each number of the summary, in its order.
    """
    contexts = text.contexts.numbers
    aligned = {
        index: align(claimed, text.contexts, source.contexts)
        for index, claimed in enumerate(contexts)
        if claimed.number.kind != "identifier"
    }
    exchanges = _exchanges(contexts, aligned)
    return [
        _check(index, claimed, text, source, aligned.get(index), exchanges.get(index))
        for index, claimed in enumerate(contexts)
    ]


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
    if _counts_the_text(claimed, text):
        return _result(number, Verdict.IDENTIFIER, "counts what the summary itself describes")
    if number.kind == "score":
        return _score(index, claimed, text, source, found)
    if exchange and exchange.best and found.best:
        there = exchange.best.context.number
        reason = (
            f"{_phrase(text, number)}: the source says {_cite(source, there)} of this;"
            f" {found.best.context.number.text} stands there for the other"
        )
        spans = [_span(source, there), _span(source, found.best.context.number)]
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


def _stated(claimed: Context, text: Article, source: Article, found: Alignment) -> NumberCheck:
    """A number that must be in the source, of the same thing, or follow from what is."""
    number = claimed.number
    best = found.best
    if best and best.sameness and found.support >= THRESHOLD:
        verdict = Verdict(best.sameness)
        reason = f"{_phrase(text, number)}: the source says {_cite(source, best.context.number)}"
        return _result(number, verdict, reason, [_span(source, best.context.number)], found.support)
    words = text.contexts.sentences[claimed.sentence] if text.sentences else frozenset[str]()
    if derivation := derive(claimed, words, source.contexts):
        how, operands = derivation
        where = [_span(source, n) for n in operands]
        reason = f"{_phrase(text, number)}: {how} ({_sentences(source, operands)})"
        return _result(number, Verdict.DERIVED, reason, where, 0.8)
    if best is None and (listed := _listed(claimed, source)):
        reason = f"{_phrase(text, number)}: the source lists them: “{listed.text}” ({_sentence(source, listed.start)})"
        return _result(number, Verdict.DERIVED, reason, [listed], 0.7)
    if best is None and (implied := _implied(claimed, source)):
        reason = f"{_phrase(text, number)}: the source says “{implied.text}” ({_sentence(source, implied.start)})"
        return _result(number, Verdict.EQUIVALENT, reason, [implied], 0.7)
    return _flagged(claimed, found, text, source)


def _flagged(claimed: Context, found: Alignment, text: Article, source: Article) -> NumberCheck:
    """Misplaced, contradicted or unsupported, with what the source says instead."""
    number, phrase = claimed.number, _phrase(text, claimed.number)
    best, rival = found.best, found.rival
    says = _is_about_the_same(claimed, rival) if rival else False
    evidence = [_span(source, rival.context.number)] if rival and says else []
    instead = evidence[0].text if evidence else None
    if best is not None:
        where = best.context.number
        evidence.append(_span(source, where))
        other = _thing(source, best.context)
        if rival and says:
            reason = (
                f"{phrase}: the source says {_cite(source, rival.context.number)};"
                f" {where.text} is its number of {other}" if other else
                f"{phrase}: the source says {_cite(source, rival.context.number)};"
                f" {where.text} stands there for something else ({_sentence(source, where.start)})"
            )  # fmt: skip
        else:
            reason = (
                f"{phrase}: the source has this value for another thing: {_cite(source, where)}"
            )
        return _result(number, Verdict.MISPLACED, reason, evidence, found.support, instead)
    if rival and says:
        reason = f"{phrase}: the source says {_cite(source, rival.context.number)}"
        return _result(number, Verdict.CONTRADICTED, reason, evidence, found.support, instead)
    return _result(
        number, Verdict.UNSUPPORTED, f"{phrase}: nowhere in the source", [], found.support
    )


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
                        number, Verdict.IDENTIFIER, "names something", [_span(source, given)]
                    )
                others.append(given)
        if others and number.text not in source.text:
            reason = f"{number.text}: the source says {_cite(source, others[0])}"
            return _result(number, Verdict.CONTRADICTED, reason, [_span(source, others[0])], 0.1)
    return _result(number, Verdict.IDENTIFIER, "names something and claims no quantity")


def _name_of(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalpha())


def _digits_of(text: str) -> str:
    return "".join(c if c.isdecimal() else " " for c in text).strip()


def _counts_the_text(claimed: Context, text: Article) -> bool:
    """True for "the passage describes two boxers", "these two statements": about the summary."""
    number = claimed.number
    if number.kind not in ("cardinal", "ordinal") or number.value > _MOST_PARTS:
        return False
    if _introduces_list(claimed, text):
        return True
    if claimed.head in _PARTS_OF_TEXT:
        sentence = text.sentences[claimed.sentence]
        return bool(_ABOUT_THE_TEXT.search(sentence.text)) or sentence.text.rstrip().endswith(":")
    if number.value > _MOST_DESCRIBED or number.kind != "cardinal":
        return False
    sentence = text.sentences[claimed.sentence]
    before = text.text[sentence.start : number.start]
    match = _ABOUT_THE_TEXT.search(before)
    if match is None or len(before) - match.end() > 60:
        return False
    between = before[match.end() :].lower().split()
    return any(stem(w.strip(",.:")) in _DESCRIBING for w in between) and len(between) <= 8


def _introduces_list(claimed: Context, text: Article) -> bool:
    """True for "two bands: A and B": the number counts what the summary itself lists."""
    number = claimed.number
    if number.kind != "cardinal" or not 2 <= number.value <= _MOST_PARTS:
        return False
    sentence = text.sentences[claimed.sentence]
    colon = text.text.find(":", number.end, min(sentence.end, number.end + 60))
    if colon < 0:
        return False
    bare = re.sub(r"\([^()]*\)", "", text.text[colon + 1 : sentence.end])
    items = [i for i in re.split(r",|;|\band\b", bare) if i.strip(" .")]
    return len(items) == number.value


def _score(
    index: int, claimed: Context, text: Article, source: Article, found: Alignment
) -> NumberCheck:
    """A result like 4-2 is one statement: both sides must come from one result of the source."""
    number = claimed.number
    pair = _pair(index, text.contexts.numbers, text.text)
    if pair is None:
        return _stated(claimed, text, source, found)
    given = source.contexts.numbers
    nearest: tuple[Number, Number] | None = None
    for k, context in enumerate(given):
        if context.number.kind != "score":
            continue
        other = _pair(k, given, source.text)
        if other is None or other[0] is not context.number:
            continue
        if {n.value for n in pair} == {n.value for n in other}:
            span = source.span(other[0].start, other[1].end)
            phrase = text.text[pair[0].start : pair[1].end]
            reason = f"{phrase}: the source says “{span.text}” ({_sentence(source, span.start)})"
            return _result(number, Verdict.EXACT, reason, [span])
        if number.value not in {n.value for n in other} and {n.value for n in pair} & {
            n.value for n in other
        }:
            nearest = nearest or other
    phrase = text.text[pair[0].start : pair[1].end]
    if nearest:
        span = source.span(nearest[0].start, nearest[1].end)
        reason = f"{phrase}: the source says “{span.text}” ({_sentence(source, span.start)})"
        return _result(number, Verdict.CONTRADICTED, reason, [span], 0.1)
    check = _stated(claimed, text, source, found)
    if check.verdict.accepted and len(pair) == 2 and not _both_stated(pair, source):
        return _result(
            number, Verdict.UNSUPPORTED, f"{phrase}: no such result in the source", [], 0.2
        )
    return check


def _pair(index: int, contexts: list[Context], text: str) -> tuple[Number, Number] | None:
    """The two sides of the result that a score number belongs to."""
    number = contexts[index].number
    for first, second in ((index, index + 1), (index - 1, index)):
        if first < 0 or second >= len(contexts):
            continue
        one, other = contexts[first].number, contexts[second].number
        gap = text[one.end : other.start].strip()
        if (
            one.kind == other.kind == "score"
            and gap in ("-", "–", "‑", "−")
            and number in (one, other)
        ):
            return one, other
    return None


def _both_stated(pair: tuple[Number, Number], source: Article) -> bool:
    values = {n.value for n in source.numbers if n.kind in ("score", "cardinal")}
    return all(n.value in values for n in pair)


def _listed(claimed: Context, source: Article) -> Span | None:
    """A list of so many names behind the noun that is counted: "frigates HMS Kent, HMS Iron and …"."""
    number = claimed.number
    if number.kind != "cardinal" or not claimed.head or not 2 <= number.value <= _MOST_PARTS:
        return None
    for index in source.contexts.sentence_postings.get(claimed.head, ()):
        sentence = source.sentences[index]
        first, stop = source.token_range(sentence.start, sentence.end)
        for run in _runs_of_names(source.names_between(first, stop), source):
            before = source.tokens.words[max(first, run[0].first - 4) : run[0].first]
            if len(run) == number.value and any(stem(w) == claimed.head for w in before):
                return source.span(run[0].start, run[-1].end)
    return None


def _runs_of_names(names: list[Name], source: Article) -> list[list[Name]]:
    """Names with nothing but commas and "and" between them."""
    runs: list[list[Name]] = []
    for name in names:
        joined = runs and source.text[runs[-1][-1].end : name.start].strip(" ,") in ("", "and", "&")
        if joined:
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _implied(claimed: Context, source: Article) -> Span | None:
    """A word of the source that says how many without a number: both, twins, a decade."""
    number = claimed.number
    if number.kind not in ("cardinal", "duration", "multiple") or number.value > 100:
        return None
    tokens = source.tokens
    for index in range(tokens.count):
        word = tokens.words[index]
        if word in IMPLIED:
            value, unit = IMPLIED[word]
            if value == number.value and (unit is None or unit == number.unit):
                return source.span(tokens.starts[index], tokens.ends[index])
    return None


def _span(source: Article, number: Number) -> Span:
    return source.span(number.start, number.end)


def _phrase(article: Article, number: Number) -> str:
    """The number with the noun it counts, as its text has them: "85 missiles"."""
    return article.text[number.start : phrase_end(article, number)]


def phrase_end(article: Article, number: Number) -> int:
    """Where the words of a number end, its noun included."""
    if number.unit and number.kind in ("cardinal", "ordinal"):
        window = article.text[number.end : number.end + 60].lower()
        at = window.find(number.unit.lower())
        if at >= 0 and "\n" not in window[:at]:
            return number.end + at + len(number.unit)
    return number.end


def _cite(source: Article, number: Number) -> str:
    return f"“{' '.join(_phrase(source, number).split())}” ({_sentence(source, number.start)})"


def _sentence(source: Article, offset: int) -> str:
    sentence = source.sentence_at(offset)
    return f"sentence {sentence.index}" if sentence else "the source"


def _sentences(source: Article, numbers: list[Number]) -> str:
    indexes = sorted({s.index for n in numbers if (s := source.sentence_at(n.start))})
    word = "sentence" if len(indexes) == 1 else "sentences"
    return f"{word} {', '.join(map(str, indexes))}"


def _thing(source: Article, context: Context) -> str:
    """What a number of the source counts, in the source's word; "" if it is not plain."""
    number = context.number
    return number.unit or "" if number.kind == "cardinal" and number.value != Decimal(1) else ""
