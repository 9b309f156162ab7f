"""OpenAI's Batch API: half the price, within a day; submitted, left alone, collected, checked."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ..errors import BatchError, InputError, SummarizerError
from ..models import Request
from ..models.cached_model import CachedModel, request_key
from ..models.instructor_model import InstructorModel
from ..models.wire import answer_from, body_of
from ..pipeline.call import Call, as_article
from ..pipeline.flow import Reply
from ..pipeline.run import ask_all
from ..pipeline.session import Session
from .items import Item, Outcome, failed

ENDPOINT = "/v1/chat/completions"
POLL_SECONDS = 30.0
_MOST_REQUESTS = 50_000
_MOST_BYTES = 190 << 20
"""What one batch may hold, by the provider's rules; a round makes as many as it needs."""
_MOST_ROUNDS = 12
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})


@dataclass
class State:
    """Which batches are under way: on disk before anything can be lost.

    Attributes:
        path: The file, beside the results.
        batches: Their ids.
        submitting: The digest of what is being submitted right now: after a kill at this moment
            the batch may exist without its id being known, and is found by its digest.
    """

    path: Path
    batches: list[str] = field(default_factory=list)
    submitting: str | None = None

    @classmethod
    def load(cls, path: Path) -> State:
        """What a file says; nothing is under way if there is none.

        Raises:
            InputError: The file cannot be read.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, list(data["batches"]), data["submitting"])
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} is no list of batches ({error}): remove it.") from error

    def save(self) -> None:
        """Write the file, or remove it if nothing is under way."""
        if not self.batches and self.submitting is None:
            self.path.unlink(missing_ok=True)
            return
        aside = self.path.with_name(self.path.name + ".tmp")
        data = {"batches": self.batches, "submitting": self.submitting}
        aside.write_text(json.dumps(data), encoding="utf-8")
        aside.replace(self.path)


def run_by_batch_api(
    read: Callable[[], Iterator[Item]],
    session: Session,
    state: State,
    *,
    poll_seconds: float = POLL_SECONDS,
    say: Callable[[str], object] = lambda _: None,
) -> Generator[Outcome]:
    """Summarize many articles through batches: round by round, each a question of each article.

    Killed at any moment, it goes on when it is called again with the same arguments: answers that
    were collected are in the cache, and batches that are under way in the state.

    Args:
        read: Gives the items that have no outcome yet; called once a round.
        session: With an OpenAI model and a cache.
        state: Which batches are under way.
        poll_seconds: How often a batch is asked whether it has ended.
        say: Told what goes on, a line at a time.

    Yields:
        An Outcome for each item.

    Raises:
        InputError: The model is not one of OpenAI's, or there is no cache.
        BatchError: A batch failed as a whole.
    """
    desk = _Desk(session, state, poll_seconds, say)
    desk.recover()
    for _ in range(_MOST_ROUNDS):
        desk.collect_all()
        with tempfile.TemporaryDirectory() as folder:
            tray = _Tray(Path(folder))
            for item in read():
                outcome = desk.advance(item, tray)
                if outcome is not None:
                    yield outcome
            if not tray.files:
                return
            for file in tray.closed():
                desk.submit(file)
    raise BatchError(f"Not finished after {_MOST_ROUNDS} rounds: start the same command again.")


class _Tray:
    """The requests of a round, in files that are ready to be uploaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []
        self._keys: set[str] = set()
        self._file: IO[bytes] | None = None
        self._count = self._bytes = 0

    def add(self, key: str, body: dict[str, Any]) -> None:
        """Put in one request, once."""
        if key in self._keys:
            return
        self._keys.add(key)
        row = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
        line = json.dumps(row).encode() + b"\n"
        is_full = self._count >= _MOST_REQUESTS or self._bytes + len(line) > _MOST_BYTES
        if self._file is None or is_full:
            self._begin()
        assert self._file is not None
        self._file.write(line)
        self._count += 1
        self._bytes += len(line)

    def _begin(self) -> None:
        if self._file is not None:
            self._file.close()
        path = self.folder / f"{len(self.files)}.jsonl"
        self._file = path.open("wb")
        self.files.append(path)
        self._count = self._bytes = 0

    def closed(self) -> list[Path]:
        """The files, all written."""
        if self._file is not None:
            self._file.close()
        return self.files


class _Desk:
    """Submits, collects, and moves each article on as far as its answers are there."""

    def __init__(
        self,
        session: Session,
        state: State,
        poll_seconds: float,
        say: Callable[[str], object],
    ) -> None:
        model = session.model
        if not isinstance(model, CachedModel):
            raise InputError("The Batch API needs the cache, where its answers are kept.")
        inner = model.model
        client = getattr(getattr(inner, "client", None), "client", None)
        if not isinstance(inner, InstructorModel) or not hasattr(client, "batches"):
            raise InputError(f"{model.name} has no Batch API: name a model of OpenAI's.")
        self.session = session
        self.model = inner
        self.cache = model.cache
        self.client: Any = client
        self.state = state
        self.poll_seconds = poll_seconds
        self.say = say

    def advance(self, item: Item, tray: _Tray) -> Outcome | None:
        """The outcome of an article, or None with its next requests in the tray."""
        if item.error is not None:
            return failed(item, item.error)
        try:
            call = Call(as_article(item.text), self.session)
            while call.requests:
                keys = [request_key(self.model, request) for request in call.requests]
                replies = list(map(self._reply, call.requests, keys))
                if None in replies:
                    for request, key, reply in zip(call.requests, keys, replies, strict=True):
                        if reply is None:
                            tray.add(key, body_of(request, self.model))
                    return None
                call.send([reply for reply in replies if reply is not None])
            return Outcome(item, call.result)
        except Exception as error:
            return failed(item, error)

    def _reply(self, request: Request[Any], key: str) -> Reply | None:
        """What was collected or kept; what a batch could not answer is asked at once, at full price."""
        if request.for_judge:
            return ask_all([request], self.session)[0]
        text = self.cache.get(_place(key))
        if text is None:
            return self.session.model.kept(request)  # type: ignore[attr-defined, no-any-return]
        response = json.loads(text)
        try:
            if response is not None:
                return answer_from(request, self.model, response)
        except SummarizerError:
            pass
        return ask_all([request], self.session)[0]

    def submit(self, file: Path) -> None:
        """Upload a file of requests and make a batch of it."""
        with file.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        self.state.submitting = digest
        self.state.save()
        with _explained(self.model.name, "could not be submitted"), file.open("rb") as data:
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
        """Find the batch that was being submitted when the process was killed, if it exists."""
        digest = self.state.submitting
        if digest is None:
            return
        with _explained(self.model.name, "could not be listed"):
            for batch in self.client.batches.list(limit=100):
                if (batch.metadata or {}).get("summarizer") == digest:
                    self.state.batches.append(batch.id)
                    break
        self.state.submitting = None
        self.state.save()

    def collect_all(self) -> None:
        """Wait for the batches that are under way, and keep their answers."""
        for id in list(self.state.batches):
            with _explained(self.model.name, f"batch {id} could not be collected"):
                batch = self._ended(id)
                for file in (batch.output_file_id, batch.error_file_id):
                    if file is not None:
                        self._keep(self.client.files.content(file).iter_lines())
            self.state.batches.remove(id)
            self.state.save()
            self.say(f"batch {id}: {batch.status}")
            if batch.status == "failed":
                errors = getattr(batch.errors, "data", None) or []
                reasons = "; ".join(str(e.message) for e in errors) or "no reason given"
                raise BatchError(f"Batch {id} failed: {reasons}")

    def _ended(self, id: str) -> Any:
        while True:
            batch = self.client.batches.retrieve(id)
            if batch.status in _ENDED:
                return batch
            done = getattr(batch.request_counts, "completed", 0)
            total = getattr(batch.request_counts, "total", 0)
            self.say(f"batch {id}: {batch.status}, {done:,} of {total:,}")
            time.sleep(self.poll_seconds)

    def _keep(self, lines: Iterator[str]) -> None:
        """Put the answers of a batch's file into the cache; null for what it could not answer."""
        for line in lines:
            if not line.strip():
                continue
            row = json.loads(line)
            response = row.get("response") or {}
            expired = (row.get("error") or {}).get("code") == "batch_expired"
            if expired:
                continue  # never asked: it goes into the next batch
            body = response.get("body") if response.get("status_code") == 200 else None
            self.cache.put(_place(row["custom_id"]), json.dumps(body))


@contextlib.contextmanager
def _explained(name: str, what: str) -> Iterator[None]:
    """Turn an error of the client into one of ours."""
    from openai import OpenAIError

    from ..models.faults import describe

    try:
        yield
    except OpenAIError as error:
        raise BatchError(f"{name}: {what}: {describe(error)}") from None


def _place(key: str) -> str:
    """Where the cache has what a batch answered."""
    return f"batch:{key}"
