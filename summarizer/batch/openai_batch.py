"""OpenAI's Batch API: half the price, within a day; submitted, left alone, collected, checked."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Generator, Iterator
from typing import Any

from ..errors import BatchError, InputError, ModelError, SummarizerError
from ..models import Answer, Request
from ..models.base import BatchEndpoint, T
from ..models.cached_model import recall, request_key
from ..models.cost import cost
from ..models.faults import trouble_in
from ..models.wires.base import Tokens
from ..pipeline.call import Call, as_article
from ..pipeline.flow import Reply
from ..pipeline.run import ask_all
from ..pipeline.session import Session
from .batch_api import BatchApi, RequestFile, RequestFiles, State
from .breaker import Attempt, Breaker
from .items import Item, Outcome, failed

POLL_SECONDS = 30.0
BATCH_DISCOUNT = 0.5
"""The price of a batch, as a share of the price of the same requests at once."""
_MOST_ROUNDS = 12
_MOST_BATCHES = 2
"""How often one request is put into a batch: the first may expire, be cancelled or lose a line."""


def run_by_batch_api(
    read: Callable[[], Iterator[Item]],
    session: Session,
    state: State,
    *,
    poll_seconds: float = POLL_SECONDS,
    say: Callable[[str], object] = lambda _: None,
) -> Generator[Outcome]:
    """Summarize many articles through batches: round by round, each a request for each article.

    Killed at any moment, it continues when it is called again with the same arguments: collected
    answers are in the cache, and batches in progress are in the state.

    Args:
        read: Gives the items that have no outcome yet; called once a round.
        session: With an OpenAI model and a cache.
        state: Which batches are in progress.
        poll_seconds: How often a batch is asked whether it has ended.
        say: Called with each line of progress.

    Yields:
        An Outcome for each item.

    Raises:
        InputError: The model is not one of OpenAI's, or there is no cache.
        BatchError: A batch failed as a whole.
    """
    run = BatchRun(session, state, poll_seconds, say)
    breaker = Breaker(slots=1)
    run.recover()
    for _ in range(_MOST_ROUNDS):
        run.collect_all()
        with RequestFiles() as files:
            outcomes = (run.step(item, files) for item in read())
            yield from _until_it_stops((o for o in outcomes if o is not None), breaker)
            if not files.files:
                run.forget()
                return
            for file in files.files:
                run.submit(file)
    raise BatchError(f"Not finished after {_MOST_ROUNDS} rounds: start the same command again.")


def _until_it_stops(outcomes: Iterator[Outcome], breaker: Breaker) -> Iterator[Outcome]:
    """The outcomes of one round, unless nothing that is asked at once can succeed."""
    for number, outcome in enumerate(outcomes, 1):
        if not breaker.stops(outcome):
            attempt = Attempt(number, outcome, number - 1, number)
            yield from (settled.outcome for settled in breaker.settled(attempt))
        if breaker.error is not None:
            raise breaker.error
    yield from (left.outcome for left in breaker.rest())


def body_of(request: Request[Any], endpoint: BatchEndpoint) -> dict[str, Any]:
    """The body that instructor would send to ask this at once."""
    import instructor
    from instructor.processing import handle_response_model

    _, body = handle_response_model(
        request.schema,
        mode=instructor.Mode.JSON_SCHEMA,
        model=endpoint.model,
        messages=[dict(m) for m in request.messages],
        **endpoint.settings,
    )
    return body


def answer_from(
    request: Request[T], endpoint: BatchEndpoint, response: dict[str, Any]
) -> Answer[T]:
    """The answer in the body of a batch's response, with its cost in the batch.

    Raises:
        ModelError: There is none, or it does not fit the schema.
    """
    from openai.types.chat import ChatCompletion

    completion: ChatCompletion | None = None
    try:
        completion = ChatCompletion.model_validate(response)
        value = _parsed(request, completion)
    except Exception as error:
        reason = completion and trouble_in(completion)
        raise ModelError(
            f"{endpoint.name}: {reason or 'the answer did not fit the schema'}"
        ) from error
    usage = completion.usage
    if usage is None:
        return Answer(value, None, None, 1)
    sent, received = usage.prompt_tokens, usage.completion_tokens
    paid = cost(endpoint.name, endpoint.address, Tokens(sent, received))
    return Answer(value, sent, received, 1, None if paid is None else paid * BATCH_DISCOUNT)


def _parsed(request: Request[T], completion: Any) -> T:
    """The validated answer in a completion, as instructor parses it."""
    import instructor
    from instructor.processing import process_response

    with request.validating():
        value: T = process_response(
            completion,
            response_model=instructor.response_schema(request.schema),
            stream=False,
            strict=True,
            mode=instructor.Mode.JSON_SCHEMA,
        )
    return value


class BatchRun:
    """Submits and collects batches, and takes each article as far as its answers go.

    Args:
        session: With an OpenAI model and a cache.
        state: Which batches are in progress.
        poll_seconds: How often a batch is asked whether it has ended.
        say: Called with each line of progress.

    Raises:
        InputError: The model is not one of OpenAI's, or there is no cache.
    """

    def __init__(
        self,
        session: Session,
        state: State,
        poll_seconds: float,
        say: Callable[[str], object],
    ) -> None:
        cache = session.model.cache
        if cache is None:
            raise InputError("The Batch API needs the cache, where its answers are kept.")
        endpoint = session.model.batch_endpoint()
        if endpoint is None:
            raise InputError(f"{session.model.name} has no Batch API: name a model of OpenAI's.")
        self.session = session
        self.cache = cache
        self.endpoint = endpoint
        self.api = BatchApi(endpoint, poll_seconds, say)
        self.state = state
        self.say = say

    def step(self, item: Item, files: RequestFiles) -> Outcome | None:
        """The outcome of an article, or None after its next requests were added to the files."""
        if item.error is not None:
            return failed(item, item.error)
        try:
            call = Call(as_article(item.text), self.session)
            while call.requests:
                replies = self._replies(call.requests, files)
                if replies is None:
                    return None
                call.send(replies)
            return Outcome(item, call.result)
        except Exception as error:
            return failed(item, error)

    def _replies(self, requests: list[Request[Any]], files: RequestFiles) -> list[Reply] | None:
        """The replies to all requests; None after those without one were added to the files."""
        replies = [self._reply(request) for request in requests]
        known = [reply for reply in replies if reply is not None]
        if len(known) == len(requests):
            return known
        for request, reply in zip(requests, replies, strict=True):
            if reply is None:
                files.add(self._key(request), body_of(request, self.endpoint))
        return None

    def _key(self, request: Request[Any]) -> str:
        return request_key(self.session.model, request)

    def _reply(self, request: Request[Any]) -> Reply | None:
        """The collected or cached reply; what a batch could not answer is asked at full price."""
        if request.for_judge:
            return ask_all([request], self.session)[0]
        text = self.cache.get(_batch_key(self._key(request)))
        if text is None:
            return recall(self.session.model, request) or self._given_up(request)
        response = json.loads(text)
        try:
            if response is not None:
                return answer_from(request, self.endpoint, response)
        except SummarizerError:
            pass
        return ask_all([request], self.session)[0]

    def _given_up(self, request: Request[Any]) -> ModelError | None:
        """An error for a request that has been in as many batches as it may be; else None."""
        if self.state.asked.get(self._key(request), 0) < _MOST_BATCHES:
            return None
        return ModelError(
            f"{self.endpoint.name}: {_MOST_BATCHES} batches have ended without an answer to this;"
            " the same command asks again",
            temporary=True,
        )

    def submit(self, file: RequestFile) -> None:
        """Make a batch of a file of requests."""
        self.state.submitting = uuid.uuid4().hex
        self.state.save()
        self._submitted(self.api.submit(file, self.state.submitting))
        self.state.asked.update({key: self.state.asked.get(key, 0) + 1 for key in file.keys})
        self.state.save()

    def recover(self) -> None:
        """Find the batch whose submission was interrupted by a kill, if it exists."""
        if self.state.submitting is None:
            return
        found = self.api.find(self.state.submitting)
        if found is not None:
            self._submitted(found)
        self.state.submitting = None
        self.state.save()

    def _submitted(self, id: str) -> None:
        self.state.batches.append(id)
        self.state.submitting = None
        self.state.save()
        self.say(f"submitted batch {id}")

    def collect_all(self) -> None:
        """Wait for the batches in progress, and keep their answers.

        Raises:
            BatchError: One failed as a whole, or cannot be collected.
        """
        for id in list(self.state.batches):
            batch = self.api.ended(id)
            lost = 0
            for answer in self.api.answers(batch):
                if answer is None:
                    lost += 1
                else:
                    key, body = answer
                    self.cache.put(_batch_key(key), body)
            self.state.batches.remove(id)
            self.state.save()
            self.say(f"batch {id}: {batch.status}" + (f", {lost:,} without an answer" * bool(lost)))
            if batch.status == "failed":
                self.forget()
                raise BatchError(f"Batch {id} failed: {_reasons(batch)}")

    def forget(self) -> None:
        """Forget what has been asked how often: all is done, or has to be done anew."""
        self.state.asked.clear()
        self.state.save()


def _reasons(batch: Any) -> str:
    errors = getattr(batch.errors, "data", None) or []
    return "; ".join(str(e.message) for e in errors) or "no reason given"


def _batch_key(key: str) -> str:
    """The key of a batch's raw answer in the cache."""
    return f"batch:{key}"
