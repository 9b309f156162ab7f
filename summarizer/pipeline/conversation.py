"""The whole course of a summary as a flow, without I/O: ask, check, revise, merge, assemble."""

from __future__ import annotations

from dataclasses import replace

from ..article import Article
from ..checks.omissions import find_omissions, rank_figures
from ..errors import InputError, ModelError
from ..events import emit
from ..fields import checking
from ..models import Request
from ..options import Options
from ..prompts import prompt_version
from ..summary import Summary
from ..text.token_count import estimated_tokens, tokens_of
from .chunks import MOST_TOKENS, split_article
from .draft import Draft
from .flow import Flow, gather, unwrap
from .language import language_ignored
from .lines import Line, Source, check_draft
from .listing import Listing, ask_to_fill, list_article
from .merge import Digest, ask_for, merge, notes_on
from .revise import judge_lines, report_checks, revise
from .selection import key_figures, key_statements, resolve_figure, resolve_quote, select
from .session import Session

CLAIMS_PER_CHUNK = 3
"""From its beginning, its middle and its end; the best of all chunks are chosen afterwards."""
_SMALLEST_CHUNK = 700
_TOKENS_OF_LISTS = 2200
"""Maximum of the numbered candidates and the task around a chunk."""


def summary_flow(article: Article, session: Session) -> Flow:
    """Make the requests of one call; its result is a Summary, or an instance of the user's schema."""
    return _fill(article, session) if session.schema is not None else _summarize(article, session)


def _summarize(article: Article, session: Session) -> Flow:
    listings = list_in_chunks(article, session)
    try:
        digests = yield from gather(_digest(listing, session) for listing in listings)
        digest: Digest = yield from merge(digests, Source.whole(article), session)
    except ModelError as error:
        if len(listings) > 1 and not session.keeps_answers:
            error.add_note("With cache=True the same call continues with the answers it has.")
        raise
    return _assemble(digest, article, session)


def list_in_chunks(article: Article, session: Session) -> list[Listing]:
    """An article as the model sees it: whole if it can read it at once, else in chunks.

    Raises:
        InputError: The context of the model is too small for any chunk.
    """
    options, room = session.options, session.prompt_tokens
    if estimated_tokens(article.text) <= min(room, MOST_TOKENS):
        listing = list_article(article, options)
        if tokens_of(listing.messages) <= room:
            return [listing]
    room -= _TOKENS_OF_LISTS + estimated_tokens(f"{options.instructions}{options.focus}")
    if room < _SMALLEST_CHUNK:
        raise InputError(
            f"{session.model.name} reads {session.context_tokens:,} tokens at once: too few for a"
            " part of the text and the instructions. Choose a model with a larger context."
        )
    options = replace(options, max_claims=min(options.max_claims, CLAIMS_PER_CHUNK))
    chunks = split_article(article, min(room, MOST_TOKENS))
    return [list_article(article, options, chunk) for chunk in chunks]


def _digest(listing: Listing, session: Session) -> Flow:
    """Ask about one listing, check the answer and revise it."""
    draft: Draft = yield from ask_for(listing.messages, listing.schema, session)
    source = Source.of(listing)
    lines = check_draft(draft, source, translated=session.options.is_translation)
    lines = yield from judge_lines(lines, session)
    report_checks(lines, session)
    lines = yield from revise(lines, listing.messages, draft.model_dump_json(), session)
    return Digest(
        lines[0],
        lines[1:],
        select(draft.figure_ids, listing.figures),
        key_statements(draft.statement_ids, listing.statements),
        notes=notes_on(draft),
    )


def _fill(article: Article, session: Session) -> Flow:
    """Fill in the user's own schema: its annotated types check, and instructor asks again."""
    assert session.schema is not None
    options, room = session.options, session.prompt_tokens
    messages = ask_to_fill(article, options)
    if (size := tokens_of(messages)) > room:
        raise InputError(
            f"The text has {len(article.text):,} characters, about {size:,} tokens;"
            f" {session.model.name} reads {room:,} at once, and a schema of your own is filled in"
            " from one reading. Pass the part that matters, or choose a model with a larger context."
        )
    retries = options.max_reasks if options.on_problem == "reask" else 0
    request = Request(messages, session.schema, lambda: checking(article), retries)
    [reply] = yield [request]
    return unwrap(reply)


def _assemble(digest: Digest, article: Article, session: Session) -> Summary:
    """The summary of a digest: what passed, what was withdrawn, what the source has besides."""
    options = session.options
    shown, withdrawn = _sort(digest, options)
    ranked = rank_figures(article)
    figures = key_figures(digest.figures, article, ranked, options.max_figures)
    summary = Summary(
        headline=_headline(digest.headline, shown),
        claims=[line.claim for line in shown],
        quotes=[resolve_quote(c, article) for c in digest.statements],
        figures=[resolve_figure(c, article) for c in figures],
        rejected=[line.rejected() for line in withdrawn],
        model=session.model.name,
        prompt=prompt_version(options.prompt_file),
        notes=list(digest.notes),
    )
    headline = [] if digest.headline.problems else [digest.headline]
    if (ignored := language_ignored([*headline, *shown], options.language)) is not None:
        summary.notes.append(str(ignored))
        emit(ignored, options.on_event)
    spans = [q.evidence[0] for q in summary.quotes] + [f.evidence[0] for f in summary.figures]
    summary.missed = find_omissions(Article(summary.text), article, ranked, spans)
    return summary.with_source(article)


def _sort(digest: Digest, options: Options) -> tuple[list[Line], list[Line]]:
    """The claims to show, and the lines to report as withdrawn."""
    if options.on_problem == "flag":
        shown, failed = digest.claims, []
    else:
        shown = [line for line in digest.claims if not line.problems]
        failed = [line for line in digest.claims if line.problems]
    # A headline is one string, with no place for a mark: a failed one is never shown.
    headline = [digest.headline] if digest.headline.problems else []
    return shown, [*headline, *failed, *digest.withdrawn]


def _headline(headline: Line, shown: list[Line]) -> str:
    """The headline; instead of one that failed, the first claim that passed."""
    passed = [line.claim.text for line in (headline, *shown) if not line.problems]
    return passed[0] if passed else ""
