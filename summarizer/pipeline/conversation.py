"""The whole course of a summary without any I/O: ask, resolve, check, ask again, withdraw."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Literal

from ..article import Article
from ..checks.omissions import find_omissions, rank_figures
from ..errors import CrossCheckError, InputError, ModelError
from ..events import Finished, emit
from ..prompts import prompt_version
from ..summary import Rejected, Summary, Usage
from ..text.token_count import estimated_tokens, tokens_of
from .chunks import MOST_TOKENS, split_article
from .draft import Draft
from .flow import UNKNOWN_CONTEXT, Conversation, room_for_reading, side_by_side, taken
from .lines import Line, Source, chosen, key_figures, resolve_figure, resolve_lines, resolve_quote
from .listing import Listing, fill_in, list_article
from .merge import Digest, merge
from .revise import judge, mend, tell_of
from .settings import Settings

CLAIMS_A_CHUNK = 3
"""From its beginning, its middle and its end; the best of all chunks are chosen afterwards."""
_SMALLEST_CHUNK = 700
_TOKENS_OF_LISTS = 2200
"""What the numbered candidates and the task around a chunk take at most."""


def converse(article: Article, settings: Settings) -> Conversation:
    """The requests of one call and, at the end, its result: a Summary, or the user's schema."""
    return _fill(article, settings) if settings.schema is not None else _digested(article, settings)


def _digested(article: Article, settings: Settings) -> Conversation:
    started = time.perf_counter()
    usage = Usage(cost=0.0)
    listings = list_in_chunks(article, settings)
    try:
        digests = yield from side_by_side(_digest(each, settings, usage) for each in listings)
        digest: Digest = yield from merge(digests, Source.whole(article), settings, usage)
    except ModelError as error:
        if len(listings) > 1 and not settings.keeps_answers:
            error.add_note("With cache=True the same call goes on with the answers it has.")
        raise
    summary = _assemble(digest, article, settings)
    usage.seconds = round(time.perf_counter() - started, 3)
    summary.usage = usage
    shown, withdrawn = len(summary.claims), len(summary.rejected)
    emit(Finished(shown, withdrawn, usage.requests, usage.seconds), settings.on_event)
    if settings.on_problem == "raise" and summary.rejected:
        reasons = "; ".join(reason for item in summary.rejected for reason in item.reasons)
        raise CrossCheckError(
            f"{len(summary.rejected)} line(s) failed their check: {reasons}", summary
        )
    return summary


def list_in_chunks(article: Article, settings: Settings) -> list[Listing]:
    """An article as the model sees it: whole if it can read it at once, else in chunks.

    Raises:
        InputError: The model reads so little that not even a chunk fits.
    """
    room, wishes = room_for_reading(settings), settings.wishes
    if estimated_tokens(article.text) <= min(room, MOST_TOKENS):
        listing = list_article(article, wishes)
        if tokens_of(listing.messages) <= room:
            return [listing]
    room -= _TOKENS_OF_LISTS + estimated_tokens(f"{wishes.instructions}{wishes.focus}")
    if room < _SMALLEST_CHUNK:
        raise InputError(
            f"{settings.model.name} reads {settings.model.context_tokens or UNKNOWN_CONTEXT:,}"
            " tokens at once: too few for a part of the text beside the instructions. Choose a"
            " model with a larger context."
        )
    wishes = replace(wishes, max_claims=min(wishes.max_claims, CLAIMS_A_CHUNK))
    chunks = split_article(article, min(room, MOST_TOKENS))
    return [list_article(article, wishes, chunk) for chunk in chunks]


def _digest(listing: Listing, settings: Settings, usage: Usage) -> Conversation:
    """One listing, asked about, checked and mended."""
    from ..models import Request

    [reply] = yield [Request(listing.messages, listing.schema)]
    draft: Draft = taken(reply, usage).value
    translated = settings.wishes.language is not None
    lines = resolve_lines(draft, Source.of(listing), translated=translated)
    yield from judge(lines, settings, usage)
    tell_of(lines, settings)
    written = draft.model_dump_json()
    lines = yield from mend(lines, listing.messages, written, settings, usage)
    return Digest(
        lines[0],
        lines[1:],
        chosen(draft.figures, listing.figures),
        chosen(draft.quotes, listing.statements),
    )


def _fill(article: Article, settings: Settings) -> Conversation:
    """A schema of the user's own: its annotated types check, instructor asks again."""
    from ..models import Request

    assert settings.schema is not None
    messages = fill_in(article, settings.wishes)
    room = room_for_reading(settings)
    if (size := tokens_of(messages)) > room:
        raise InputError(
            f"The text has {len(article.text):,} characters, about {size:,} tokens;"
            f" {settings.model.name} reads {room:,} at once, and a schema of your own is filled in"
            " from one reading. Give it the part that matters, or choose a model with a larger context."
        )
    retries = settings.max_reasks if settings.on_problem == "reask" else 0
    [reply] = yield [Request(messages, settings.schema, article, retries)]
    return taken(reply, Usage()).value


def _assemble(digest: Digest, article: Article, settings: Settings) -> Summary:
    keep_all = settings.on_problem == "flag"
    headline, lines = digest.headline, [digest.headline, *digest.claims]
    standing = [line.claim for line in digest.claims if keep_all or not line.problems]
    # A headline is one string, with no place for a mark: it never stays when it has failed.
    failed = [line for line in lines if line.problems and not (keep_all and line is not headline)]
    title = headline.claim.text
    if headline.problems:
        title = next((claim.text for claim in standing if not claim.problems), "")
    ranked = rank_figures(article)
    figures = key_figures(digest.figures, article, ranked, settings.wishes.max_figures)
    summary = Summary(
        headline=title,
        claims=standing,
        quotes=[resolve_quote(c, article) for c in digest.statements],
        figures=[resolve_figure(c, article) for c in figures],
        rejected=[_rejected(line) for line in (*failed, *digest.withdrawn)],
        model=settings.model.name,
        prompt=prompt_version(settings.wishes.prompt),
    )
    spans = [q.evidence[0] for q in summary.quotes] + [f.evidence[0] for f in summary.figures]
    summary.missed = find_omissions(Article(summary.text), article, ranked, spans)
    summary._source = article
    return summary


def _rejected(line: Line) -> Rejected:
    kind: Literal["headline", "claim"] = "headline" if line.kind == "headline" else "claim"
    reasons = [*line.problems, *line.notes]
    return Rejected(kind=kind, text=line.claim.text, reasons=reasons, attempts=line.attempts)
