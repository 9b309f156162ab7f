"""summarize and asummarize: one text, its conversation, and whoever is asked."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, overload

from pydantic import BaseModel

from ..article import Article
from ..errors import AccessError, ModelError
from ..summary import Summary
from .conversation import converse
from .flow import Conversation, Reply
from .settings import Options, Settings, make_settings, readable

if TYPE_CHECKING:
    from ..models import Request

T = TypeVar("T", bound=BaseModel)


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
        schema: A pydantic model of your own, with the types of `summarizer.fields`; its
            instance is returned instead of a Summary.
        **options: All optional:

            - `on_problem`: What to do with lines that fail their check: "reask" (default) sends
              them back with the problems and withdraws what still fails; "repair" puts in the
              source's own value or words where the check names them, without a request, and
              withdraws the rest; "flag" keeps them, marked by their checks (but for a headline,
              which has no place for a mark); "drop" withdraws them at once; "raise" raises
              CrossCheckError; a function `(claim, problems) -> claim or None` decides itself, and
              what it returns is checked again.
            - `max_reasks`: How often failed lines are sent back, from 0 to 5; by default 2.
            - `max_claims`: Claims at most, from 1 to 30; by default 6.
            - `max_figures`: Key figures at most, from 0 to 40; by default 16. The model's choice
              comes first, then the most prominent other numbers of the source.
            - `focus`: A question that the summary should answer.
            - `language`: Language of the headline and the claims ("German"); numbers and
              quotations are checked all the same, words only if it is the article's own.
            - `instructions`: Further sentences for the model.
            - `prompt`: A jinja file that replaces `summary.jinja`.
            - `judge`: A model that is asked about doubtful lines alone, a yes or no each; a line
              that it denies has failed its check.
            - `base_url`: Address of an OpenAI-compatible server; `model` is then its name for
              the model. `api_key`: its key, if not in the environment.
            - `cache`: True, a path or a `Cache`: answers are kept there, and no question is paid
              for twice. By default nothing is kept.
            - `context_tokens`: How much the model can read and write together, if it is not the
              128,000 of OpenAI's or the 32,000 that others are taken to have.
            - `on_event`: Told what goes on: a function of the events in `summarizer.events`.

    Returns:
        The Summary. What failed its check is in `summary.rejected`, never among the claims
        (unless `on_problem="flag"`). With `schema`, an instance of it.

    Raises:
        InputError: The text is empty or not text; an option is wrong; with `schema`, the text is
            too long for the model. (A Summary is made from a text of any length: the model reads
            it in chunks.)
        NoModelError: No model was named and none was found.
        ModelError: The model could not be reached or gave no usable answer.
        CrossCheckError: A check failed and `on_problem="raise"`.
    """
    article = readable(text)
    settings = make_settings(model, schema, **options)
    return run(converse(article, settings), settings)


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
    article = readable(text)
    settings = make_settings(model, schema, **options)
    try:
        return await arun(converse(article, settings), settings)
    finally:
        await settings.aclose()


def run(conversation: Conversation, settings: Settings, replies: list[Reply] | None = None) -> Any:
    """Ask what a conversation wants to know, round by round, to its end; its result.

    Args:
        conversation: One that has not begun, or that waits for `replies`.
        settings: Whom to ask.
        replies: The replies to the round that it waits for.
    """
    while True:
        try:
            requests = conversation.send(replies)  # type: ignore[arg-type]  # None begins
        except StopIteration as done:
            return done.value
        replies = ask_all(requests, settings)


async def arun(
    conversation: Conversation, settings: Settings, replies: list[Reply] | None = None
) -> Any:
    """The same without blocking."""
    while True:
        try:
            requests = conversation.send(replies)  # type: ignore[arg-type]  # None begins
        except StopIteration as done:
            return done.value
        replies = await aask_all(requests, settings)


def ask_all(requests: list[Request[Any]], settings: Settings) -> list[Reply]:
    """The replies to one round, asked side by side as far as the model takes that.

    One that fails does not end the others, unless it shows that all will be refused.
    """
    refusals = _Refusals()

    def ask(request: Request[Any]) -> Reply:
        if refusal := refusals.of(request):
            return refusal
        try:
            return settings.whom(request).ask(request)
        except ModelError as error:
            return refusals.noted(error, request)

    if len(requests) == 1 or settings.model.at_once == 1:
        return list(map(ask, requests))
    with ThreadPoolExecutor(settings.model.at_once) as threads:
        return list(threads.map(ask, requests))


async def aask_all(requests: list[Request[Any]], settings: Settings) -> list[Reply]:
    """The same without blocking."""
    places = asyncio.Semaphore(settings.model.at_once)
    refusals = _Refusals()

    async def ask(request: Request[Any]) -> Reply:
        async with places:
            if refusal := refusals.of(request):
                return refusal
            try:
                return await settings.whom(request).aask(request)
            except ModelError as error:
                return refusals.noted(error, request)

    return list(await asyncio.gather(*map(ask, requests)))


class _Refusals:
    """Who has refused a request in a way that shows that all will be refused."""

    def __init__(self) -> None:
        self._by_judge: dict[bool, AccessError] = {}

    def noted(self, error: ModelError, request: Request[Any]) -> ModelError:
        """The error, remembered if it speaks of all requests."""
        if isinstance(error, AccessError):
            self._by_judge[request.for_judge] = error
        return error

    def of(self, request: Request[Any]) -> AccessError | None:
        """The refusal that a request would meet; it is not made, and costs nothing."""
        known = self._by_judge.get(request.for_judge)
        return known and AccessError(str(known), temporary=known.temporary)
