"""summarize and asummarize: ask, resolve, check, ask again, withdraw what still fails."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, Unpack, overload

from pydantic import BaseModel

from .article import Article
from .crosscheck.judge import judgement
from .crosscheck.omissions import find_omissions
from .errors import CrossCheckError, InputError
from .policies import OnProblem, check_policy, settle
from .prompts import (
    Listing,
    Wishes,
    ask_again,
    fill_in,
    list_article,
    prompt_version,
    render_judge,
)
from .resolve import Line, check_line, resolve_figures, resolve_lines, resolve_quotes
from .schema import Draft, Rejected, Summary, Usage, draft_schema, repair_schema

if TYPE_CHECKING:
    from .models import Answer, Model, Request

T = TypeVar("T", bound=BaseModel)

MOST_REASKS = 5
MOST_CLAIMS = 30
_BYTES_A_TOKEN = 3.4
"""Of a prompt, on the low side: English with its ids has 4.2, other scripts fewer."""
_TOKENS_FOR_ANSWER = 1200

Conversation = Generator["Request[Any]", "Answer[Any]", Any]
"""The whole course of a summary without any I/O: yields requests, is sent the answers."""


@dataclass(frozen=True, slots=True)
class Task:
    """One call of summarize: what to do, validated, and whom to ask."""

    article: Article
    model: Model
    on_problem: OnProblem
    max_reasks: int
    wishes: Wishes
    schema: type[BaseModel] | None = None
    judge: Model | None = None

    def whom(self, request: Request[Any]) -> Model:
        """The model that a request goes to."""
        return self.judge if request.for_judge and self.judge else self.model

    def conversation(self) -> Conversation:
        """The requests of this call, one after the other, without any I/O."""
        return _fill(self) if self.schema is not None else _summarize(self)


class Options(TypedDict, total=False):
    """The options of `summarize`, where they are described."""

    on_problem: OnProblem
    max_reasks: int
    max_claims: int
    focus: str | None
    language: str | None
    instructions: str | None
    prompt: str | Path | None
    judge: Any
    base_url: str | None
    api_key: str | None


@overload
def summarize(
    text: str | Article, model: Any = None, *, schema: None = None, **options: Unpack[Options]
) -> Summary: ...


@overload
def summarize(
    text: str | Article, model: Any = None, *, schema: type[T], **options: Unpack[Options]
) -> T: ...


def summarize(
    text: str | Article,
    model: Any = None,
    *,
    schema: type[BaseModel] | None = None,
    **options: Unpack[Options],
) -> Any:
    """Summarize a text, with the proof of every figure, quotation and claim.

    Args:
        text: The article, as plain text.
        model: A provider string ("openai/gpt-4.1-mini", "anthropic/…", "ollama/…"), "local" for the
            embedded model, "local:/path/file.gguf", or a ready-made openai or instructor client.
            None: SUMMARIZER_MODEL, else OpenAI if OPENAI_API_KEY is set, else the embedded model
            if it is installed.
        schema: A pydantic model of your own, with the types of `summarizer.annotations`; its
            instance is returned instead of a Summary.
        **options: All optional:

            - `on_problem`: What to do with lines that fail their check: "reask" (default) sends
              them back with the problems and withdraws what still fails; "repair" puts in the
              source's own value or words where the check names them, without a request, and
              withdraws the rest; "flag" keeps them, marked by their checks; "drop" withdraws them
              at once; "raise" raises CrossCheckError; a function `(claim, problems) -> claim or
              None` decides itself, and what it returns is checked again.
            - `max_reasks`: How often failed lines are sent back, from 0 to 5; by default 2.
            - `max_claims`: Claims at most, from 1 to 30; by default 6.
            - `focus`: A question that the summary should answer.
            - `language`: Language of the headline and the claims ("German"); numbers and
              quotations are checked all the same, words only if it is the article's own.
            - `instructions`: Further sentences for the model.
            - `prompt`: A jinja file that replaces `summary.jinja`.
            - `judge`: A model that is asked about doubtful lines alone, a yes or no each; a line
              that it denies has failed its check.
            - `base_url`: Address of an OpenAI-compatible server; `model` is then its name for
              the model. `api_key`: its key, if not in the environment.

    Returns:
        The Summary. What failed its check is in `summary.rejected`, never among the claims
        (unless `on_problem="flag"`). With `schema`, an instance of it.

    Raises:
        InputError: The text is empty, not text, or too long for the model; an option is wrong.
        NoModelError: No model was named and none was found.
        ModelError: The model could not be reached or gave no usable answer.
        CrossCheckError: A check failed and `on_problem="raise"`.
    """
    task = make_task(text, model, schema, **options)
    conversation = task.conversation()
    try:
        request = next(conversation)
        while True:
            request = conversation.send(task.whom(request).ask(request))
    except StopIteration as done:
        return done.value


@overload
async def asummarize(
    text: str | Article, model: Any = None, *, schema: None = None, **options: Unpack[Options]
) -> Summary: ...


@overload
async def asummarize(
    text: str | Article, model: Any = None, *, schema: type[T], **options: Unpack[Options]
) -> T: ...


async def asummarize(
    text: str | Article,
    model: Any = None,
    *,
    schema: type[BaseModel] | None = None,
    **options: Unpack[Options],
) -> Any:
    """The same as `summarize`, without blocking."""
    task = make_task(text, model, schema, **options)
    conversation = task.conversation()
    try:
        request = next(conversation)
        while True:
            request = conversation.send(await task.whom(request).aask(request))
    except StopIteration as done:
        return done.value


def make_task(
    text: str | Article,
    model: Any,
    schema: type[BaseModel] | None = None,
    *,
    on_problem: OnProblem = "reask",
    max_reasks: int = 2,
    max_claims: int = 6,
    focus: str | None = None,
    language: str | None = None,
    instructions: str | None = None,
    prompt: str | Path | None = None,
    judge: Any = None,
    base_url: str | None = None,
    api_key: str | None = None,
) -> Task:
    """Refuse what is wrong before any model is looked for; then find the model."""
    article = Article.of(text)
    check_policy(on_problem)
    for name, value, low, high in (
        ("max_reasks", max_reasks, 0, MOST_REASKS),
        ("max_claims", max_claims, 1, MOST_CLAIMS),
    ):
        if not low <= value <= high:
            raise InputError(f"{name}={value}: choose {low} to {high}.")
    if not any(map(str.isalnum, article.text)):
        size = len(article.text)
        raise InputError(
            f"The text has no words to summarize ({size} characters, none a letter or digit)."
        )
    path = Path(prompt) if prompt else None
    if path and not path.is_file():
        raise InputError(f"prompt={str(path)!r}: no such file.")
    from .models import resolve_model  # loads openai and instructor, a second's work

    found = resolve_model(model, base_url=base_url, api_key=api_key)
    wishes = Wishes(instructions, language, focus, max_claims, path)
    reader = resolve_model(judge) if judge is not None else None
    return Task(article, found, on_problem, max_reasks, wishes, schema, reader)


def _summarize(task: Task) -> Conversation:
    from .models import Request

    article, model, wishes = task.article, task.model, task.wishes
    started = time.perf_counter()
    usage = Usage()
    listing = list_article(article, wishes)
    _fits(listing.messages, article, model)
    count, figures, statements = (
        len(article.sentences),
        len(listing.figures),
        len(listing.statements),
    )
    schema = draft_schema(count, figures, statements, wishes.max_claims)
    answer = yield Request(listing.messages, schema)
    _count(usage, answer)
    draft: Draft = answer.value
    lines = resolve_lines(draft, article, translated=wishes.language is not None)
    yield from _judge(task, lines, usage)
    for _ in range(task.max_reasks if task.on_problem == "reask" else 0):
        failed = [line for line in lines if line.problems]
        if not failed:
            break
        items = [(line.claim.text, line.problems) for line in failed]
        messages = ask_again(listing, draft.model_dump_json(), items)
        again = yield Request(messages, repair_schema(len(failed)))
        _count(usage, again)
        lines = _replaced(lines, failed, again.value.items, article)
    lines = [settle(line, task.on_problem, article) if line.problems else line for line in lines]
    summary = _assemble(draft, listing, lines, keep_all=task.on_problem == "flag")
    summary.model, summary.prompt = model.name, prompt_version(wishes.prompt)
    usage.seconds = round(time.perf_counter() - started, 3)
    summary.usage = usage
    if task.on_problem == "raise" and summary.rejected:
        reasons = "; ".join(reason for item in summary.rejected for reason in item.reasons)
        raise CrossCheckError(
            f"{len(summary.rejected)} line(s) failed their check: {reasons}", summary
        )
    return summary


def _judge(task: Task, lines: list[Line], usage: Usage) -> Conversation:
    """Put the doubtful lines, and only those, to the judge: a yes or no each."""
    doubtful = [line for line in lines if line.is_doubtful]
    if task.judge is None or not doubtful:
        return
    from .models import Request

    items = [
        {"source": " ".join(s.text for s in line.claim.evidence), "statement": line.claim.text}
        for line in doubtful
    ]
    messages = [{"role": "user", "content": render_judge(items, "judge_claims")}]
    answer = yield Request(messages, judgement(len(items)), for_judge=True)
    _count(usage, answer)
    for line, said in zip(doubtful, answer.value.answers, strict=True):
        if said == "no":
            line.denied(task.judge.name)


def _fill(task: Task) -> Conversation:
    """A schema of the user's own: its annotated types check, instructor asks again."""
    from .models import Request

    assert task.schema is not None
    messages = fill_in(task.article, task.wishes)
    _fits(messages, task.article, task.model)
    retries = task.max_reasks if task.on_problem == "reask" else 0
    answer = yield Request(messages, task.schema, task.article, retries)
    return answer.value


def _fits(messages: list[dict[str, str]], article: Article, model: Model) -> None:
    """Refuse what the model cannot read at once, before anything is paid for."""
    if model.context_tokens is None:
        return
    size = sum(len(m["content"].encode("utf-8")) for m in messages)
    room = (model.context_tokens - _TOKENS_FOR_ANSWER) * _BYTES_A_TOKEN
    if size > room:
        share = len(article.text) / max(1, size)
        raise InputError(
            f"The text has {len(article.text):,} characters; {model.name} reads about"
            f" {int(room * share):,} of it at once ({model.context_tokens:,} tokens). Shorten or"
            " split it, or choose a model with a larger context."
        )


def _count(usage: Usage, answer: Answer[Any]) -> None:
    usage.requests += answer.requests
    for name in ("input_tokens", "output_tokens"):
        known, more = getattr(usage, name), getattr(answer, name)
        setattr(usage, name, None if known is None or more is None else known + more)


def _replaced(
    lines: list[Line], failed: list[Line], texts: list[str], article: Article
) -> list[Line]:
    """The lines with the next wording of each failed one in its place; the others as they are."""
    again: dict[int, Line] = {}
    for line, text in zip(failed, texts, strict=True):
        changed = check_line(line.kind, line.sentence, text, article, translated=line.translated)
        changed.attempts = [*line.attempts, *changed.attempts]
        again[id(line)] = changed
    return [again.get(id(line), line) for line in lines]


def _assemble(draft: Draft, listing: Listing, lines: list[Line], *, keep_all: bool) -> Summary:
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
