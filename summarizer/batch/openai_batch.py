"""OpenAI's Batch API: half the price, within a day; submitted, left alone, collected, checked."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from ..errors import BatchError, InputError, ModelError, SummarizerError
from ..models import Answer, Request
from ..models.base import BatchEndpoint, T
from ..models.cached_model import recall, request_key
from ..models.cost import cost
from ..models.faults import describe, trouble_in
from ..models.wires.base import Tokens
from ..pipeline.call import Call, as_article
from ..pipeline.flow import Reply
from ..pipeline.run import ask_all
from ..pipeline.session import Session
from .items import Item, Outcome, failed

ENDPOINT = "/v1/chat/completions"
POLL_SECONDS = 30.0
BATCH_DISCOUNT = 0.5
"""The price of a batch, as a share of the price of the same requests at once."""
_MOST_REQUESTS = 50_000
_MOST_BYTES = 190 << 20
"""The provider's limits for one batch; a round is split into as many batches as it needs."""
_MOST_ROUNDS = 12
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})


@dataclass
class State:
    """Which batches are in progress: on disk before anything can be lost.

    Attributes:
        path: The file, beside the results.
        batches: Their ids.
        submitting: The digest of the file that is being submitted: after a kill at this moment
            the batch may exist without its id being known, and is found by its digest.
    """

    path: Path
    batches: list[str] = field(default_factory=list)
    submitting: str | None = None

    @classmethod
    def load(cls, path: Path) -> State:
        """Read the file; without one, no batch is in progress.

        Raises:
            InputError: The file cannot be read.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, list(data["batches"]), data["submitting"])
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} does not list batches ({error}): remove it.") from error

    def save(self) -> None:
        """Write the file, or remove it if no batch is in progress."""
        if not self.batches and self.submitting is None:
            self.path.unlink(missing_ok=True)
            return
        temporary = self.path.with_name(self.path.name + ".tmp")
        data = {"batches": self.batches, "submitting": self.submitting}
        temporary.write_text(json.dumps(data), encoding="utf-8")
        temporary.replace(self.path)


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
    run.recover()
    for _ in range(_MOST_ROUNDS):
        run.collect_all()
        with tempfile.TemporaryDirectory() as folder:
            files = RequestFiles(Path(folder))
            for item in read():
                outcome = run.step(item, files)
                if outcome is not None:
                    yield outcome
            if not files.paths:
                return
            for path in files.closed():
                run.submit(path)
    raise BatchError(f"Not finished after {_MOST_ROUNDS} rounds: start the same command again.")


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


class RequestFiles:
    """The requests of one round, in files that can be uploaded.

    Attributes:
        paths: The files, of which the last may not be complete yet.
    """

    def __init__(self, folder: Path) -> None:
        self.paths: list[Path] = []
        self._folder = folder
        self._keys: set[str] = set()
        self._file: IO[bytes] | None = None
        self._count = self._bytes = 0

    def add(self, key: str, body: dict[str, Any]) -> None:
        """Add one request, unless it has been added already."""
        if key in self._keys:
            return
        self._keys.add(key)
        row = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
        line = json.dumps(row).encode() + b"\n"
        self._file_for(line).write(line)
        self._count += 1
        self._bytes += len(line)

    def closed(self) -> list[Path]:
        """The complete files."""
        if self._file is not None:
            self._file.close()
        return self.paths

    def _file_for(self, line: bytes) -> IO[bytes]:
        """The open file; a new one if the line would be too much for it."""
        is_full = self._count >= _MOST_REQUESTS or self._bytes + len(line) > _MOST_BYTES
        if self._file is not None and not is_full:
            return self._file
        self.closed()
        path = self._folder / f"{len(self.paths)}.jsonl"
        self._file = path.open("wb")
        self.paths.append(path)
        self._count = self._bytes = 0
        return self._file


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
        self.client = endpoint.client
        self.state = state
        self.poll_seconds = poll_seconds
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
                key = request_key(self.session.model, request)
                files.add(key, body_of(request, self.endpoint))
        return None

    def _reply(self, request: Request[Any]) -> Reply | None:
        """The collected or cached reply; what a batch could not answer is asked at full price."""
        if request.for_judge:
            return ask_all([request], self.session)[0]
        text = self.cache.get(_batch_key(request_key(self.session.model, request)))
        if text is None:
            return recall(self.session.model, request)
        response = json.loads(text)
        try:
            if response is not None:
                return answer_from(request, self.endpoint, response)
        except SummarizerError:
            pass
        return ask_all([request], self.session)[0]

    def submit(self, file: Path) -> None:
        """Upload a file of requests and make a batch of it."""
        with file.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        self.state.submitting = digest
        self.state.save()
        with _explained(self.endpoint.name, "could not be submitted"), file.open("rb") as data:
            uploaded = self.client.files.create(file=data, purpose="batch")
            batch = self.client.batches.create(
                input_file_id=uploaded.id,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={"summarizer": digest},
            )
        self.state.batches.append(batch.id)
        self.state.submitting = None
        self.state.save()
        self.say(f"submitted batch {batch.id}")

    def recover(self) -> None:
        """Find the batch whose submission was interrupted by a kill, if it exists."""
        digest = self.state.submitting
        if digest is None:
            return
        with _explained(self.endpoint.name, "could not be listed"):
            for batch in self.client.batches.list(limit=100):
                if (batch.metadata or {}).get("summarizer") == digest:
                    self.state.batches.append(batch.id)
                    break
        self.state.submitting = None
        self.state.save()

    def collect_all(self) -> None:
        """Wait for the batches in progress, and keep their answers.

        Raises:
            BatchError: One failed as a whole, or cannot be collected.
        """
        for id in list(self.state.batches):
            with _explained(self.endpoint.name, f"batch {id} could not be collected"):
                batch = self._ended(id)
                for file in (batch.output_file_id, batch.error_file_id):
                    if file is not None:
                        self._keep(self.client.files.content(file).iter_lines())
            self.state.batches.remove(id)
            self.state.save()
            self.say(f"batch {id}: {batch.status}")
            if batch.status == "failed":
                raise BatchError(f"Batch {id} failed: {_reasons(batch)}")

    def _ended(self, id: str) -> Any:
        """The batch, once it has ended."""
        while True:
            batch = self.client.batches.retrieve(id)
            if batch.status in _ENDED:
                return batch
            done = getattr(batch.request_counts, "completed", 0)
            total = getattr(batch.request_counts, "total", 0)
            self.say(f"batch {id}: {batch.status}, {done:,} of {total:,}")
            time.sleep(self.poll_seconds)

    def _keep(self, lines: Iterator[str]) -> None:
        """Cache the answers in a batch's file; null for a request that the batch could not answer."""
        for line in lines:
            if not line.strip():
                continue
            row = json.loads(line)
            response = row.get("response") or {}
            expired = (row.get("error") or {}).get("code") == "batch_expired"
            if expired:
                continue  # never asked: it goes into the next batch
            body = response.get("body") if response.get("status_code") == HTTPStatus.OK else None
            self.cache.put(_batch_key(row["custom_id"]), json.dumps(body))


def _reasons(batch: Any) -> str:
    errors = getattr(batch.errors, "data", None) or []
    return "; ".join(str(e.message) for e in errors) or "no reason given"


@contextlib.contextmanager
def _explained(name: str, what: str) -> Iterator[None]:
    """Turn an error of the client into one of ours."""
    from openai import OpenAIError

    try:
        yield
    except OpenAIError as error:
        raise BatchError(f"{name}: {what}: {describe(error)}") from None


def _batch_key(key: str) -> str:
    """The key of a batch's raw answer in the cache."""
    return f"batch:{key}"
