"""summarize and asummarize: ask, resolve, check, ask again, withdraw what still fails."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Literal, get_args

from .article import Article
from .crosscheck.omissions import find_omissions
from .errors import CrossCheckError, InputError
from .prompts import Listing, ask_again, list_article, prompt_version
from .resolve import Line, check_line, resolve_figures, resolve_lines, resolve_quotes
from .schema import Draft, Rejected, Summary, Usage, draft_schema, repair_schema

if TYPE_CHECKING:
    from .models import Answer, Model, Request

OnProblem = Literal["reask", "flag", "drop", "raise"]

MOST_REASKS = 5
_BYTES_A_TOKEN = 3.4
"""Of a prompt, on the low side: English with its ids has 4.2, other scripts fewer."""
_TOKENS_FOR_ANSWER = 1200

Conversation = Generator["Request[Any]", "Answer[Any]", Summary]
"""The whole course of a summary without any I/O: yields requests, is sent the answers."""


def summarize(
    text: str | Article,
    model: Any = None,
    *,
    on_problem: OnProblem = "reask",
    max_reasks: int = 2,
    base_url: str | None = None,
    api_key: str | None = None,
) -> Summary:
    """Summarize a text, with the proof of every figure, quotation and claim.

    Args:
        text: The article, as plain text.
        model: A provider string ("openai/gpt-4.1-mini", "anthropic/…", "ollama/…"), "local" for the
            embedded model, "local:/path/file.gguf", or a ready-made openai or instructor client.
            None: SUMMARIZER_MODEL, else OpenAI if OPENAI_API_KEY is set, else the embedded model
            if it is installed.
        on_problem: What to do with lines that fail their check: "reask" sends them back with the
            problems and withdraws what still fails; "flag" keeps them, marked by their checks;
            "drop" withdraws them at once; "raise" raises CrossCheckError.
        max_reasks: How often failed lines are sent back, from 0 to 5.
        base_url: Address of an OpenAI-compatible server; `model` is then its name for the model.
        api_key: Its key, if not in the environment.

    Returns:
        The Summary. What failed its check is in `summary.rejected`, never among the claims
        (unless `on_problem="flag"`).

    Raises:
        InputError: The text is empty, not text, or too long for the model.
        NoModelError: No model was named and none was found.
        ModelError: The model could not be reached or gave no usable answer.
        CrossCheckError: A check failed and `on_problem="raise"`.
    """
    article = _readable(text, on_problem, max_reasks)
    asked = _model(model, base_url, api_key)
    conversation = _converse(article, asked, on_problem, max_reasks)
    try:
        request = next(conversation)
        while True:
            request = conversation.send(asked.ask(request))
    except StopIteration as done:
        return _delivered(done.value, on_problem)


async def asummarize(
    text: str | Article,
    model: Any = None,
    *,
    on_problem: OnProblem = "reask",
    max_reasks: int = 2,
    base_url: str | None = None,
    api_key: str | None = None,
) -> Summary:
    """The same as `summarize`, without blocking."""
    article = _readable(text, on_problem, max_reasks)
    asked = _model(model, base_url, api_key)
    conversation = _converse(article, asked, on_problem, max_reasks)
    try:
        request = next(conversation)
        while True:
            request = conversation.send(await asked.aask(request))
    except StopIteration as done:
        return _delivered(done.value, on_problem)


def _model(model: Any, base_url: str | None, api_key: str | None) -> Model:
    from .models import resolve_model  # loads openai and instructor, a second's work

    return resolve_model(model, base_url=base_url, api_key=api_key)


def _readable(text: str | Article, on_problem: str, max_reasks: int) -> Article:
    article = Article.of(text)
    if on_problem not in get_args(OnProblem):
        raise InputError(
            f"on_problem={on_problem!r}: choose one of {', '.join(get_args(OnProblem))}."
        )
    if not 0 <= max_reasks <= MOST_REASKS:
        raise InputError(f"max_reasks={max_reasks}: choose 0 to {MOST_REASKS}.")
    if not any(map(str.isalnum, article.text)):
        size = len(article.text)
        raise InputError(
            f"The text has no words to summarize ({size} characters, none a letter or digit)."
        )
    return article


def _converse(
    article: Article, model: Model, on_problem: OnProblem, max_reasks: int
) -> Conversation:
    from .models import Request

    started = time.perf_counter()
    usage = Usage()
    listing = list_article(article)
    _fits(listing, model)
    schema = draft_schema(len(article.sentences), len(listing.figures), len(listing.statements))
    answer = yield Request(listing.messages, schema)
    _count(usage, answer)
    draft: Draft = answer.value
    lines = resolve_lines(draft, article)
    if on_problem == "reask":
        for _ in range(max_reasks):
            failed = [line for line in lines if line.problems]
            if not failed:
                break
            items = [(line.claim.text, line.problems) for line in failed]
            messages = ask_again(listing, draft.model_dump_json(), items)
            again = yield Request(messages, repair_schema(len(failed)))
            _count(usage, again)
            _replace(lines, failed, again.value.items, article)
    summary = _assemble(draft, listing, lines, on_problem)
    summary.model, summary.prompt = model.name, prompt_version()
    usage.seconds = round(time.perf_counter() - started, 3)
    summary.usage = usage
    return summary


def _fits(listing: Listing, model: Model) -> None:
    """Refuse what the model cannot read at once, before anything is paid for."""
    if model.context_tokens is None:
        return
    size = sum(len(m["content"].encode("utf-8")) for m in listing.messages)
    room = (model.context_tokens - _TOKENS_FOR_ANSWER) * _BYTES_A_TOKEN
    if size > room:
        share = len(listing.article.text) / max(1, size)
        raise InputError(
            f"The text has {len(listing.article.text):,} characters; {model.name} reads about"
            f" {int(room * share):,} of it at once ({model.context_tokens:,} tokens). Shorten or split it,"
            " or choose a model with a larger context."
        )


def _count(usage: Usage, answer: Answer[Any]) -> None:
    usage.requests += answer.requests
    for name in ("input_tokens", "output_tokens"):
        known, more = getattr(usage, name), getattr(answer, name)
        setattr(usage, name, None if known is None or more is None else known + more)


def _replace(lines: list[Line], failed: list[Line], texts: list[str], article: Article) -> None:
    """Put the second wording of each failed line in its place; the others stay as they are."""
    for line, text in zip(failed, texts, strict=True):
        again = check_line(line.kind, line.sentence, text, article)
        again.attempts = [*line.attempts, *again.attempts]
        lines[lines.index(line)] = again


def _assemble(draft: Draft, listing: Listing, lines: list[Line], on_problem: OnProblem) -> Summary:
    keep_all = on_problem == "flag"
    headline, *claims = lines
    standing = [line.claim for line in claims if keep_all or not line.problems]
    rejected = [_rejected(line) for line in lines if line.problems and not keep_all]
    title = headline.claim.text
    if headline.problems and not keep_all:
        title = standing[0].text if standing else ""
    summary = Summary(
        headline=title,
        claims=standing,
        quotes=resolve_quotes(draft, listing),
        figures=resolve_figures(draft, listing),
        rejected=rejected,
        model="",
    )
    spans = [q.evidence[0] for q in summary.quotes] + [f.evidence[0] for f in summary.figures]
    summary.missed = find_omissions(Article(summary.text), listing.article, spans)
    return summary


def _rejected(line: Line) -> Rejected:
    kind: Literal["headline", "claim"] = "headline" if line.kind == "headline" else "claim"
    return Rejected(kind=kind, text=line.claim.text, reasons=line.problems, attempts=line.attempts)


def _delivered(summary: Summary, on_problem: OnProblem) -> Summary:
    if on_problem == "raise" and summary.rejected:
        reasons = "; ".join(reason for item in summary.rejected for reason in item.reasons)
        raise CrossCheckError(
            f"{len(summary.rejected)} line(s) failed their check: {reasons}", summary
        )
    return summary
