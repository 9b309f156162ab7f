"""summarize and asummarize: drive the flow of one text with a model, sync or async."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, Unpack, overload

from pydantic import BaseModel

from ..article import Article
from ..errors import AccessError, ModelError
from ..models import Model, Request
from ..options import lists_options
from ..summary import Summary
from .call import Call, as_article
from .flow import Reply
from .keywords import OptionKeywords
from .session import Session, make_session

T = TypeVar("T", bound=BaseModel)


@overload
def summarize(
    text: str | Article,
    model: Any = None,
    *,
    schema: None = None,
    **options: Unpack[OptionKeywords],
) -> Summary: ...


@overload
def summarize(
    text: str | Article, model: Any = None, *, schema: type[T], **options: Unpack[OptionKeywords]
) -> T: ...


@lists_options
def summarize(
    text: str | Article,
    model: Any = None,
    *,
    schema: type[BaseModel] | None = None,
    **options: Unpack[OptionKeywords],
) -> Any:
    """Summarize a text, with evidence and verdicts for every claim, quotation and figure.

    Args:
        text: The article, as plain text.
        model: A provider string ("openai/gpt-4.1-mini", "anthropic/…", "ollama/…"), "local" for the
            embedded model, "local:/path/file.gguf", or a ready-made openai or instructor client.
            None: SUMMARIZER_MODEL, else OpenAI if OPENAI_API_KEY is set, else the embedded model
            if it is installed.
        schema: A pydantic model of your own, with the types of `summarizer.fields`; its
            instance is returned instead of a Summary.
        **options: The fields of `summarizer.options.Options`, all optional.

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

    Example:
        ```python
        summary = summarize(text, "openai/gpt-4.1-mini", max_claims=3)
        print(summary.headline, summary.rejected)
        ```
    """
    article = as_article(text)
    return run(Call(article, make_session(model, schema, **options)))


@overload
async def asummarize(
    text: str | Article,
    model: Any = None,
    *,
    schema: None = None,
    **options: Unpack[OptionKeywords],
) -> Summary: ...


@overload
async def asummarize(
    text: str | Article, model: Any = None, *, schema: type[T], **options: Unpack[OptionKeywords]
) -> T: ...


@lists_options
async def asummarize(
    text: str | Article,
    model: Any = None,
    *,
    schema: type[BaseModel] | None = None,
    **options: Unpack[OptionKeywords],
) -> Any:
    """Summarize a text without blocking the event loop.

    Args:
        text: The article, as plain text.
        model: As in `summarize`.
        schema: A pydantic model of your own, whose instance is returned instead of a Summary.
        **options: The fields of `summarizer.options.Options`, all optional.

    Returns:
        The Summary; with `schema`, an instance of it.

    Raises:
        InputError, NoModelError, ModelError, CrossCheckError: As `summarize` does.

    Example:
        ```python
        summary = asyncio.run(asummarize(text, "openai/gpt-4.1-mini"))
        ```
    """
    article = as_article(text)
    session = make_session(model, schema, **options)
    try:
        return await arun(Call(article, session))
    finally:
        await session.aclose()


def run(call: Call) -> Any:
    """Send the requests of a call, round by round, until its result is there."""
    while call.requests:
        call.send(ask_all(call.requests, call.session))
    return call.result


async def arun(call: Call) -> Any:
    """Send the requests of a call without blocking, until its result is there."""
    while call.requests:
        call.send(await aask_all(call.requests, call.session))
    return call.result


def ask_all(requests: list[Request[Any]], session: Session) -> list[Reply]:
    """Send one round of requests, as many side by side as the model takes.

    A request that fails does not end the others, unless it shows that all will be refused.
    """
    round = _Round(session)

    def ask(request: Request[Any]) -> Reply:
        try:
            return round.model_for(request).ask(request)
        except ModelError as error:
            return round.failed(request, error)

    if len(requests) == 1 or session.model.at_once == 1:
        return list(map(ask, requests))
    with ThreadPoolExecutor(session.model.at_once) as threads:
        return list(threads.map(ask, requests))


async def aask_all(requests: list[Request[Any]], session: Session) -> list[Reply]:
    """Send one round of requests without blocking, as many side by side as the model takes."""
    round = _Round(session)
    slots = asyncio.Semaphore(session.model.at_once)

    async def ask(request: Request[Any]) -> Reply:
        async with slots:
            try:
                return await round.model_for(request).aask(request)
            except ModelError as error:
                return round.failed(request, error)

    return list(await asyncio.gather(*map(ask, requests)))


class _Round:
    """One round of requests: which model each goes to, and which model refuses all of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._refusals: dict[bool, AccessError] = {}

    def model_for(self, request: Request[Any]) -> Model:
        """The model to ask.

        Raises:
            AccessError: It has refused another request in a way that shows that it will refuse
                this one; nothing is sent.
        """
        if (refusal := self._refusals.get(request.for_judge)) is not None:
            raise AccessError(str(refusal), temporary=refusal.temporary)
        return self.session.model_for(request)

    def failed(self, request: Request[Any], error: ModelError) -> ModelError:
        """The error, remembered if it holds for all requests to the same model."""
        if isinstance(error, AccessError):
            self._refusals.setdefault(request.for_judge, error)
        return error
