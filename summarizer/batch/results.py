"""The results of a batch in a file of JSON lines: each on disk before it counts, none lost or twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ..article import Article
from ..errors import BatchError, InputError, ModelError, SummarizerError
from .items import Item, Outcome

_COPY = 1 << 20


class ResultFile:
    """Results that survive a kill at any moment, and say what is still to be done.

    A line has "id", "sha256" (the start of the text's hash), "settings" (their fingerprint), and
    "summary", "error" or both. What was cut off while it was written is dropped when the file is
    opened again, and so are errors that may pass, so that their articles are tried again.

    Args:
        path: The file; it is made if need be.
        fingerprint: Of the settings: results of other settings are not mixed in.
        retry_failed: True to drop all errors, also those that will hardly pass.

    Raises:
        InputError: The file is in use, has results of other settings, or is something else.
        BatchError: It cannot be written.
    """

    def __init__(self, path: Path, fingerprint: str, *, retry_failed: bool = False) -> None:
        self.path = path
        self.fingerprint = fingerprint
        self.kept = 0
        self._ids: dict[int, int] = {}
        self._done: set[int] = set()
        self._added: set[int] = set()
        self._file = self._opened()
        try:
            self._take_up(retry_failed)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> ResultFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def is_done(self, item: Item) -> bool:
        """True if the article has its line."""
        return _key(item.id, text_hash(item)) in self._done

    def still_to_do(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items that have no line yet, each once.

        A second text under an id that another one has is an Item with an error: results could not
        be told apart.
        """
        begun: set[int] = set()
        skipped = 0
        for item in items:
            name, key = _key(item.id), _key(item.id, text_hash(item))
            if key in self._done or key in begun:
                skipped += key not in self._added
                self.kept = max(self.kept, skipped)
                continue
            begun.add(key)
            if self._ids.setdefault(name, key) != key and item.error is None:
                reason = InputError(
                    f"id {item.id!r}: another text has the same id (if that one failed,"
                    " --retry-failed forgets it)."
                )
                item = Item(item.id, item.text, reason)
            yield item

    def add(self, outcome: Outcome) -> None:
        """Write the line of an article; it is on disk when this returns.

        Raises:
            BatchError: It could not be written; the file ends behind the last whole line.
        """
        digest = text_hash(outcome.item)
        line = as_line(outcome, digest, self.fingerprint)
        file = self._file.fileno()
        end = os.fstat(file).st_size
        try:
            _write(file, line)
            os.fsync(file)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(file, end)
            raise BatchError(
                f"{self.path}: {error.strerror or error}. {len(self._done):,} results are saved;"
                " make room and start the same command again."
            ) from error
        key = _key(outcome.id, digest)
        self._done.add(key)
        self._added.add(key)

    def _opened(self) -> BinaryIO:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = open(self.path, "ab")  # noqa: SIM115 - open as long as the batch goes on
        except OSError as error:
            raise InputError(f"{self.path}: {error.strerror or error}.") from error
        if not _lock(file):
            file.close()
            raise InputError(f"{self.path} is in use by another batch.")
        return file

    def _take_up(self, retry_failed: bool) -> None:
        """Note what is done; drop the torn last line and the errors that are to be tried again."""
        good, dropped = 0, False
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break  # torn by a kill
                row = _row(line)
                if row is None:
                    raise InputError(
                        f"{self.path} has a line that is no result of a batch (byte {good}):"
                        " name another file with -o."
                    )
                good += len(line)
                if _is_to_retry(row, retry_failed):
                    dropped = True
                    continue
                if row["settings"] != self.fingerprint:
                    raise InputError(
                        f"{self.path} has results of other settings or of another model: name"
                        " another file with -o, or remove it."
                    )
                key = _key(row["id"], row["sha256"])
                self._ids[_key(row["id"])] = key
                self._done.add(key)
        self._file.truncate(good)
        if dropped:
            self._drop_failed(retry_failed)

    def _drop_failed(self, retry_failed: bool) -> None:
        """Write the file again without the errors that are to be tried again, and put it in place."""
        aside = self.path.with_name(f"{self.path.name}.tmp")
        try:
            with aside.open("wb") as kept, self.path.open("rb") as file:
                for line in file:
                    row = _row(line)
                    if row is not None and not _is_to_retry(row, retry_failed):
                        kept.write(line)
                kept.flush()
                os.fsync(kept.fileno())
            os.replace(aside, self.path)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise BatchError(f"{self.path}: {error.strerror or error}.") from error
        self._file.close()
        self._file = self._opened()


def _write(file: int, data: bytes) -> None:
    """Write past any buffer: one that could not be emptied would be written again at the end."""
    while data:
        data = data[os.write(file, data) :]


def as_line(outcome: Outcome, digest: str, fingerprint: str) -> bytes:
    """An outcome as its line of JSON."""
    row: dict[str, Any] = {"id": outcome.id, "sha256": digest, "settings": fingerprint}
    if outcome.summary is not None:
        row["summary"] = outcome.summary.model_dump(mode="json")
    if outcome.error is not None:
        row["error"] = {
            "type": type(outcome.error).__name__,
            "message": str(outcome.error),
            "temporary": _is_temporary(outcome.error),
        }
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def text_hash(item: Item) -> str:
    """The start of the SHA-256 of an article's text."""
    text = item.text.text if isinstance(item.text, Article) else item.text
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_temporary(error: SummarizerError) -> bool:
    return isinstance(error, ModelError) and error.temporary


def _is_to_retry(row: dict[str, Any], retry_failed: bool) -> bool:
    error = row.get("error")
    return error is not None and (retry_failed or bool(error.get("temporary")))


def _row(line: bytes) -> dict[str, Any] | None:
    """A line of the file as a mapping; None if it is none, or not whole."""
    if not line.endswith(b"\n"):
        return None
    try:
        row = json.loads(line)
    except ValueError:
        return None
    whole = isinstance(row, dict) and {"id", "sha256", "settings"} <= row.keys()
    return row if whole else None


def _key(*parts: str) -> int:
    """Eight bytes for a name, so that a hundred thousand take no room."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def _lock(file: Any) -> bool:
    """Keep other batches away from the file while it is open; True where locks are not known."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
