"""One question to one model: a request in, a validated answer with its usage out."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from ..errors import AccessError, ModelError
from ..events import OnEvent, RequestSent, RetryPlanned, emit
from ..fields import checking
from .base import Answer, Piece, Request, Slots, T
from .cost import cost
from .faults import (
    describe,
    is_access_refused,
    is_transport_fault,
    retry_after,
    status_of,
    trouble_in,
)
from .late import Late
from .retry import Budget, Limits, async_retrying, sync_retrying
from .tracing import chat_span

_SHORTEST_SECRET = 8

# instructor logs every failed attempt as an error; what matters of it is in our own exception.
logging.getLogger("instructor").addHandler(logging.NullHandler())


@dataclass
class InstructorModel:
    """A model behind an instructor client, sync or async.

    Attributes:
        name: What is reported as `summary.model`.
        model: The provider's name for it; None if the client knows already.
        client: An `instructor.Instructor`, or None if there is only an async one.
        async_client: An `instructor.AsyncInstructor`, or None.
        context_tokens: How much it can read and write together; None if unknown.
        settings: Further arguments of each request (temperature, seed, …).
        limits: How often and how long to try.
        secret: An API key to keep out of error messages.
        address: The server's base URL, if it is not the provider's own.
        on_event: Told of requests and retries.
        gate: Where async requests wait for their turn; None to send them at once.
        at_once: How many questions it takes side by side.
    """

    name: str
    model: str | None
    client: Any = None
    async_client: Any = None
    context_tokens: int | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    secret: str | None = None
    address: str | None = None
    gate: Slots | None = None
    at_once: int = 8
    on_event: OnEvent | None = None

    @property
    def identity(self) -> str:
        """Name, address and settings as JSON."""
        return json.dumps([self.name, self.model, self.address, self.settings], sort_keys=True)

    def ask(self, request: Request[T]) -> Answer[T]:
        """Ask and wait; see `Limits` for how many requests that can make.

        Raises:
            ModelError: No usable answer within the limits.
        """
        if self.client is None:
            raise ModelError(
                f"{self.name}: the client is async: use asummarize(), or give a sync client."
            )
        meter = self._meter(request)
        with chat_span(self.name, self.settings) as span:
            try:
                for attempt in sync_retrying(meter.budget, self._on_retry):
                    with attempt, checking(request.source):
                        value = self.client.create(**self._arguments(request, meter))
            except Exception as error:
                raise self._explained(error, meter) from self._cause(error)
            answer = meter.answer(value, self)
            span.answered(answer)
        return answer

    async def aask(self, request: Request[T]) -> Answer[T]:
        """The same without blocking; a client that is only sync is asked in a thread."""
        if self.async_client is None:
            async with self._slot(request):
                return await asyncio.to_thread(self.ask, request)
        meter = self._meter(request)
        with chat_span(self.name, self.settings) as span:
            try:
                async for attempt in async_retrying(meter.budget, self._on_retry):
                    with attempt, checking(request.source):
                        async with self._slot(request):  # given back while a retry waits
                            arguments = self._arguments(request, meter)
                            value = await self.async_client.create(**arguments)
            except Exception as error:
                raise self._explained(error, meter) from self._cause(error)
            answer = meter.answer(value, self)
            span.answered(answer)
        return answer

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """Give out the answer as it grows, then whole; asked again without a stream if it breaks."""
        meter, last = self._meter(request), None
        try:
            with checking(request.source):
                for last in self.client.create_partial(**self._arguments(request, meter)):
                    yield last, None
        except Exception:  # whatever broke the stream, ask() meets it again and says so
            last = None
        yield None, self._whole(last, request, meter) or self.ask(request)

    async def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """The same without blocking."""
        meter, last = self._meter(request), None
        try:
            with checking(request.source):
                stream = self.async_client.create_partial(**self._arguments(request, meter))
                async for last in stream:
                    yield last, None
        except Exception:  # as above
            last = None
        yield None, self._whole(last, request, meter) or await self.aask(request)

    async def aclose(self) -> None:
        """Close the connections of the async client; it cannot be asked again."""
        if isinstance(self.async_client, Late) and not self.async_client.is_made:
            return
        close = getattr(getattr(self.async_client, "client", None), "close", None)
        closing = close() if callable(close) else None  # some providers' clients close at once
        if inspect.isawaitable(closing):
            await closing

    def _whole(self, last: Any, request: Request[T], meter: _Meter) -> Answer[T] | None:
        """The finished stream as an answer; None if it does not fit the schema."""
        if last is None:
            return None
        try:
            value = request.schema.model_validate(last.model_dump())
        except ValidationError:
            return None
        meter.known = False  # the usage of a stream does not come through instructor
        return meter.answer(value, self)

    def _on_retry(self, error: BaseException, seconds: float) -> None:
        reason = self._redacted(describe(error))
        emit(RetryPlanned(self.name, reason, round(seconds, 3)), self.on_event)

    def _slot(self, request: Request[Any]) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self.gate is None else self.gate.slot(request)

    def _meter(self, request: Request[Any]) -> _Meter:
        limits = self.limits
        if request.schema_retries is not None:
            limits = replace(limits, schema_retries=request.schema_retries)
        return _Meter(limits, lambda n: emit(RequestSent(self.name, n), self.on_event))

    def _arguments(self, request: Request[Any], meter: _Meter) -> dict[str, Any]:
        schema: type[BaseModel] = request.schema
        arguments: dict[str, Any] = {
            "messages": [dict(m) for m in request.messages],
            "response_model": _prepared(schema),
            "max_retries": meter.budget.schema_retries_left,
            "hooks": meter.hooks(),
            **self.settings,
        }
        if self.model is not None:
            arguments["model"] = self.model
        return arguments

    def _explained(self, error: Exception, meter: _Meter) -> ModelError:
        said = meter.trouble if meter.trouble and status_of(error) is None else describe(error)
        message = f"{self.name}: {said} ({meter.budget.sent} request(s) made)"
        refused = is_access_refused(error)
        spent = meter.spent(self)
        return (AccessError if refused else ModelError)(
            self._redacted(message),
            temporary=refused or is_transport_fault(error),
            retry_after=retry_after(error),
            requests=spent.requests,
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            cost=spent.cost,
        )

    def _redacted(self, message: str) -> str:
        return message.replace(str(self.secret), "***") if self._is_secret() else message

    def _is_secret(self) -> bool:
        """A placeholder like "k" or "none" is no secret, and would blot out half the message."""
        return self.secret is not None and len(self.secret) >= _SHORTEST_SECRET

    def _cause(self, error: Exception) -> Exception | None:
        """The original error, unless its text gives away the key."""
        return None if self._is_secret() and str(self.secret) in str(error) else error


@lru_cache(maxsize=64)
def _prepared(schema: Any) -> Any:
    """A schema as instructor wants it, made once: by itself it makes a new class each request."""
    import instructor

    described = schema.model_json_schema()

    class Prepared(instructor.openai_schema(schema)):  # type: ignore[misc]
        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return dict(described)

    Prepared.__name__ = Prepared.__qualname__ = schema.__name__
    return Prepared


class _Meter:
    """Counts the requests and tokens of one question, over all its attempts."""

    def __init__(self, limits: Limits, on_request: Callable[[int], object]) -> None:
        self.budget = Budget(limits)
        self.on_request = on_request
        self.input_tokens = 0
        self.output_tokens = 0
        self.known = True
        self.trouble: str | None = None
        """What the last response itself says about why there is no answer in it."""

    def hooks(self) -> Any:
        from instructor.core.hooks import HookName, Hooks

        hooks = Hooks()
        hooks.on(HookName.COMPLETION_KWARGS, self._on_request)
        hooks.on(HookName.COMPLETION_RESPONSE, self._on_response)
        hooks.on(HookName.PARSE_ERROR, self._on_parse_error)
        return hooks

    def _on_request(self, *_: Any, **__: Any) -> None:
        self.budget.sent += 1
        self.on_request(self.budget.sent)

    def _on_parse_error(self, *_: Any, **__: Any) -> None:
        self.budget.unusable += 1

    def _on_response(self, response: Any) -> None:
        self.trouble = trouble_in(response)
        usage = getattr(response, "usage", None)
        sent = getattr(usage, "prompt_tokens", getattr(usage, "input_tokens", None))
        received = getattr(usage, "completion_tokens", getattr(usage, "output_tokens", None))
        if sent is None or received is None:
            self.known = False
            return
        self.input_tokens += sent
        self.output_tokens += received

    def answer(self, value: T, model: InstructorModel) -> Answer[T]:
        """An answer with what it took."""
        return replace(self.spent(model), value=value)

    def spent(self, model: InstructorModel) -> Answer[Any]:
        """What it took so far, without an answer."""
        if not self.known:
            return Answer(None, None, None, self.budget.sent)
        paid = cost(model.name, model.address, self.input_tokens, self.output_tokens)
        return Answer(None, self.input_tokens, self.output_tokens, self.budget.sent, paid)
