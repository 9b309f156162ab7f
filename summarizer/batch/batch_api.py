"""OpenAI's Batch API through its client: each request with the retries of any other."""

from __future__ import annotations

import io
import itertools
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, TypeVar

from ..errors import BatchError, InputError
from ..models.base import BatchEndpoint
from ..models.faults import describe, is_transport_fault
from ..models.retry import Budget, Limits, sync_retrying
from .output import replace_file

ENDPOINT = "/v1/chat/completions"
_MOST_REQUESTS = 50_000
_MOST_BYTES = 190 << 20
"""The provider's limits for one batch; a round is split into as many batches as it needs."""
_MOST_LISTED = 1_000
"""The newest batches, among which an interrupted submission is looked for."""
_UNDER_WAY = frozenset({"validating", "in_progress", "finalizing", "cancelling"})
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_MOST_UNKNOWN = 20
"""How often a batch may have a status that is not known, before it is given up for now."""
_LONGEST_WAIT = 25 * 3600.0
"""Seconds: a batch has a day."""

R = TypeVar("R")


@dataclass
class State:
    """Which batches are in progress: on disk before anything can be lost.

    Attributes:
        path: The file, beside the results.
        batches: Their ids.
        submitting: The mark of the batch that is being submitted: after a kill at this moment the
            batch may exist without its id being known, and is found by its mark.
        asked: How often each request, by its key, has gone into a batch.
    """

    path: Path
    batches: list[str] = field(default_factory=list)
    submitting: str | None = None
    asked: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> State:
        """Read the file; without one, no batch is in progress.

        Raises:
            InputError: The file cannot be read.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            asked = {str(key): int(n) for key, n in data.get("asked", {}).items()}
            return cls(path, [str(id) for id in data["batches"]], data["submitting"], asked)
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(f"{path} does not list batches ({error}): remove it.") from error

    def save(self) -> None:
        """Write the file, or remove it if there is nothing to be remembered.

        Raises:
            BatchError: It cannot be written.
        """
        try:
            if self.batches or self.submitting is not None or self.asked:
                data = {"batches": self.batches, "submitting": self.submitting, "asked": self.asked}
                replace_file(self.path, json.dumps(data).encode())
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise BatchError(f"{self.path}: {error.strerror or error}.") from error


@dataclass
class RequestFile:
    """Requests to be uploaded, in a file without a name: it is gone when the process is.

    Attributes:
        file: The file.
        keys: The keys of its requests.
        size: Its bytes.
    """

    file: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    keys: list[str] = field(default_factory=list)
    size: int = 0

    def has_room(self, line: bytes) -> bool:
        """True if another request is not too much for one batch."""
        return len(self.keys) < _MOST_REQUESTS and self.size + len(line) <= _MOST_BYTES


class RequestFiles:
    """The requests of one round, in as many files as they need.

    Attributes:
        files: The files.
    """

    def __init__(self) -> None:
        self.files: list[RequestFile] = []
        self._keys: set[str] = set()

    def __enter__(self) -> RequestFiles:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self.files:
            each.file.close()

    def add(self, key: str, body: dict[str, Any]) -> None:
        """Add one request, unless it has been added already."""
        if key in self._keys:
            return
        self._keys.add(key)
        row = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
        line = json.dumps(row).encode() + b"\n"
        if not self.files or not self.files[-1].has_room(line):
            self.files.append(RequestFile())
        last = self.files[-1]
        last.file.write(line)
        last.keys.append(key)
        last.size += len(line)


class BatchApi:
    """Submits, finds, awaits and downloads batches.

    Args:
        endpoint: Where they go.
        poll_seconds: How often a batch is asked whether it has ended.
        say: Called with each line of progress.
    """

    def __init__(
        self, endpoint: BatchEndpoint, poll_seconds: float, say: Callable[[str], object]
    ) -> None:
        self._client = endpoint.client
        self._name = endpoint.name
        self._poll_seconds = poll_seconds
        self._limits = Limits(first_wait=min(Limits().first_wait, poll_seconds))
        self._say = say

    def submit(self, requests: RequestFile, mark: str) -> str:
        """Upload a file of requests and make a batch of it; returns the batch's id.

        Raises:
            BatchError: It was refused, or the server could not be reached.
        """

        def upload(_: int) -> str:
            requests.file.seek(0)
            named = ("requests.jsonl", requests.file)
            return _id(self._client.files.create(file=named, purpose="batch"))

        def create(attempt: int) -> str:
            # A request whose answer was lost may have made a batch, which would be paid for twice.
            if attempt > 1 and (found := self._found(mark)) is not None:
                return found
            batch = self._client.batches.create(
                input_file_id=uploaded,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={"summarizer": mark},
            )
            return _id(batch)

        uploaded = self._retried("the requests could not be uploaded", upload)
        return self._retried("the batch could not be submitted", create)

    def find(self, mark: str) -> str | None:
        """The id of the batch with a mark, if it is among the newest ones.

        Raises:
            BatchError: The batches could not be listed.
        """
        return self._retried("the batches could not be listed", lambda _: self._found(mark))

    def ended(self, id: str) -> Any:
        """The batch, once it has ended.

        Raises:
            BatchError: It cannot be asked for, or it is not going to end.
        """
        unknown, deadline = 0, time.monotonic() + _LONGEST_WAIT
        while True:
            batch = self._retried(
                f"batch {id} could not be looked at", lambda _: self._client.batches.retrieve(id)
            )
            status = getattr(batch, "status", None)
            if status in _ENDED:
                return batch
            unknown += status not in _UNDER_WAY
            if unknown >= _MOST_UNKNOWN or time.monotonic() > deadline:
                raise BatchError(
                    f"{self._name}: batch {id} does not end: its status is {status!r}. The"
                    " same command looks at it again."
                )
            counts = getattr(batch, "request_counts", None)
            done, total = getattr(counts, "completed", 0), getattr(counts, "total", 0)
            self._say(f"batch {id}: {status}, {done:,} of {total:,}")
            time.sleep(self._poll_seconds)

    def answers(self, batch: Any) -> Iterator[tuple[str, str] | None]:
        """For each line of a batch's files the key of the request and the answer's body as JSON.

        The body is "null" for a request that could not be answered. A line that cannot be read, or
        that was never asked, is None.

        Raises:
            BatchError: A file could not be downloaded.
        """
        for file in (batch.output_file_id, batch.error_file_id):
            if file is None:
                continue
            data = self._retried(
                f"the answers of batch {batch.id} could not be downloaded",
                lambda _, file=file: self._client.files.content(file).content,  # type: ignore[misc]
            )
            yield from (_answer(line) for line in io.BytesIO(data) if line.strip())

    def _found(self, mark: str) -> str | None:
        for batch in itertools.islice(self._client.batches.list(limit=100), _MOST_LISTED):
            if (batch.metadata or {}).get("summarizer") == mark:
                return _id(batch)
        return None

    def _retried(self, what: str, ask: Callable[[int], R]) -> R:
        """The result of a request, which is told the number of its attempt, from 1."""
        from openai import OpenAIError

        budget = Budget(self._limits)
        try:
            for attempt in sync_retrying(budget, self._on_retry):
                with attempt:
                    budget.sent += 1
                    return ask(budget.sent)
        except OpenAIError as error:
            again = " The same command goes on." if is_transport_fault(error) else ""
            raise BatchError(f"{self._name}: {what}: {describe(error)}{again}") from None
        except (AttributeError, TypeError, ValueError) as error:  # a page in an answer's place
            raise BatchError(f"{self._name}: {what}: the answer is not of this API.") from error
        raise AssertionError("the last attempt either returns or raises")

    def _on_retry(self, error: BaseException, seconds: float) -> None:
        self._say(f"{describe(error)} Next try in {seconds:.0f} s.")


def _answer(line: bytes) -> tuple[str, str] | None:
    try:
        row = json.loads(line)
        key, response, error = (row.get(n) for n in ("custom_id", "response", "error"))
        response, error = ({} if part is None else part for part in (response, error))
        if not isinstance(key, str) or error.get("code") == "batch_expired":
            return None
        is_good = response.get("status_code") == HTTPStatus.OK
        return key, json.dumps(response.get("body") if is_good else None)
    except (ValueError, AttributeError, RecursionError):
        return None


def _id(made: Any) -> str:
    """The id of what was made.

    Raises:
        TypeError: It has none.
    """
    if isinstance(made.id, str):
        return made.id
    raise TypeError("no id")
