"""One question to one model through instructor: a Request in, a validated Answer out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic

from ..errors import AccessError, ModelError
from ..events import Adapted, OnEvent, RequestSent, RetryPlanned, emit
from ..redaction import remember_from, shows_secret
from .base import Answer, BatchEndpoint, Limiter, Piece, Request, T
from .faults import Fault, describe, is_access_refused, is_transport_fault, retry_after
from .identity import INDIFFERENT, identity_of
from .meter import Meter
from .retry import Limits, async_retrying, sync_retrying
from .sender import Sender
from .streaming import OnPart, in_task, in_thread
from .tracing import chat_span

# instructor logs every failed attempt as an error; what matters of it is in our own exception.
logging.getLogger("instructor").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class InstructorModel:
    """A model that is asked through instructor.

    Attributes:
        name: What is reported as `summary.model`.
        sender: How its provider is asked.
        context_tokens: How many tokens it can read and write together; None if unknown.
        settings: Further arguments of each request (temperature, seed, …).
        limits: How often and how long to try.
        address: The server's base URL, if it is not the provider's own.
        limiter: Where each async request waits for a slot; None to send it at once.
        at_once: How many requests it takes concurrently.
        on_event: Told of requests, retries and adaptations.
    """

    name: str
    sender: Sender
    context_tokens: int | None = None
    settings: dict[str, Any] = field(default_factory=dict, repr=False)
    limits: Limits = field(default_factory=Limits, metadata=INDIFFERENT)
    address: str | None = None
    limiter: Limiter | None = field(default=None, metadata=INDIFFERENT)
    at_once: int = field(default=8, metadata=INDIFFERENT)
    on_event: OnEvent | None = field(default=None, metadata=INDIFFERENT)

    @property
    def identity(self) -> str:
        """Name, server, context and settings as JSON, without keys."""
        return identity_of(self)

    @property
    def cache(self) -> None:
        """It has none; see CachedModel."""

    def with_options(
        self, *, context_tokens: int | None, on_event: OnEvent | None
    ) -> InstructorModel:
        """This model with another context, if one is given, and another listener for its events."""
        context = context_tokens or self.context_tokens
        return replace(self, context_tokens=context, on_event=on_event)

    def with_limiter(self, limiter: Limiter) -> InstructorModel:
        """This model, whose async requests wait for a slot of the limiter."""
        return replace(self, limiter=limiter)

    def ask(self, request: Request[T]) -> Answer[T]:
        """Ask, and block until the answer is complete; see `Limits` for the number of requests.

        Raises:
            ModelError: No usable answer within the limits.
        """
        return self._ask(request, None)

    async def aask(self, request: Request[T]) -> Answer[T]:
        """Ask without blocking the event loop; a client that is only sync is asked in a thread.

        Raises:
            ModelError: No usable answer within the limits.
        """
        return await self._aask(request, None)

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """Ask, and yield each part of the answer when it is finished, then the whole.

        A part may come again if the answer breaks off, or does not fit and is asked for again.

        Raises:
            ModelError: No usable answer within the limits.
        """
        return in_thread(lambda on_part: self._ask(request, on_part))

    def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """Ask without blocking the event loop, and yield the parts and the whole.

        Raises:
            ModelError: No usable answer within the limits.
        """
        return in_task(lambda on_part: self._aask(request, on_part))

    def _ask(self, request: Request[T], on_part: OnPart | None) -> Answer[T]:
        if not self.sender.has_sync:
            raise ModelError(
                f"{self.name}: the client is async: use asummarize(), or give a sync client."
            )
        with self._question(request, on_part) as question:
            create = self.sender.create(question.meter, self._on_adapted)
            for attempt in sync_retrying(question.meter.budget, self._on_retry):
                with attempt, request.validating():
                    question.value = create(**question.arguments())
        return question.answer()

    async def _aask(self, request: Request[T], on_part: OnPart | None) -> Answer[T]:
        if not self.sender.has_async:
            async with self._slot(request):
                return await asyncio.to_thread(self._ask, request, _in_this_loop(on_part))
        with self._question(request, on_part) as question:
            create = self.sender.acreate(question.meter, self._on_adapted)
            async for attempt in async_retrying(question.meter.budget, self._on_retry):
                with attempt, request.validating():
                    async with self._slot(request):  # given back while a retry waits
                        question.value = await create(**question.arguments())
        return question.answer()

    async def aclose(self) -> None:
        """Close the connections of the async client; it cannot be asked again."""
        await self.sender.aclose()

    def batch_endpoint(self) -> BatchEndpoint | None:
        """Where OpenAI's Batch API takes its requests; None if the client has no Batch API."""
        client = self.sender.batch_client
        if client is None:
            return None
        return BatchEndpoint(client, self.name, self.sender.model, self.settings, self.address)

    @contextlib.contextmanager
    def _question(self, request: Request[T], on_part: OnPart | None) -> Iterator[_Question[T]]:
        """A question whose span and errors are taken care of."""
        question = self._new_question(request, on_part)
        with chat_span(self.name, self.settings) as span:
            try:
                yield question
            except Exception as error:
                remember_from(self.sender)  # a token may have been renewed
                failure = self._explained(error, question.meter)
                if not shows_secret(error):
                    raise failure from error
                try:
                    raise failure from None
                finally:
                    failure.__context__ = None
            span.note(question.answer())

    def _new_question(self, request: Request[T], on_part: OnPart | None) -> _Question[T]:
        limits = self.limits
        if request.schema_retries is not None:
            limits = replace(limits, schema_retries=request.schema_retries)
        meter = Meter(limits, lambda n: emit(RequestSent(self.name, n), self.on_event), on_part)
        return _Question(self, request, meter)

    def _on_adapted(self, change: str, error: Exception) -> None:
        reason = Fault(error).detail
        emit(Adapted(self.name, change, reason), self.on_event)

    def _on_retry(self, error: BaseException, seconds: float) -> None:
        reason = describe(error)
        emit(RetryPlanned(self.name, reason, round(seconds, 3)), self.on_event)

    def _slot(self, request: Request[Any]) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self.limiter is None else self.limiter.slot(request)

    def _explained(self, error: Exception, meter: Meter) -> ModelError:
        is_unusable = meter.trouble is not None and Fault(error).is_schema_mismatch()
        reason = meter.trouble if is_unusable else describe(error)
        wait = retry_after(error) or 0.0
        if wait > self.limits.longest_wait:
            reason = f"{reason} The server asks to wait {wait:,.0f} s, too long to go on here"
        message = f"{self.name}: {reason} ({meter.budget.sent} request(s) made)"
        refused = is_access_refused(error)
        usage = meter.usage(self.name, self.address)
        return (AccessError if refused else ModelError)(
            message,
            temporary=refused or is_transport_fault(error),
            retry_after=retry_after(error),
            requests=usage.requests,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost=usage.cost,
        )


@dataclass
class _Question(Generic[T]):
    """A request under way: its arguments, its meter, and the value once there is one."""

    model: InstructorModel
    request: Request[T]
    meter: Meter
    value: T | None = None

    def arguments(self) -> dict[str, Any]:
        """The arguments of instructor's `create` for the next attempt."""
        return {
            "messages": [dict(m) for m in self.request.messages],
            "response_model": _prepared(self.request.schema),
            "max_retries": self.meter.budget.schema_retries_left,
            **self.model.settings,
        }

    def answer(self) -> Answer[T]:
        """The value with its usage."""
        return replace(self.meter.usage(self.model.name, self.model.address), value=self.value)


def _in_this_loop(on_part: OnPart | None) -> OnPart | None:
    """A callback for a thread, which calls `on_part` in the running event loop."""
    if on_part is None:
        return None
    loop = asyncio.get_running_loop()
    return lambda part: loop.call_soon_threadsafe(on_part, part)


@lru_cache(maxsize=64)
def _prepared(schema: Any) -> Any:
    """A schema as instructor wants it; made once, as it would otherwise be for each request."""
    import instructor

    return instructor.response_schema(schema)
