"""The results of a batch in a file of JSON lines: each is on disk before it counts.

None is lost, and none is there twice, even if the process is killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ..article import Article
from ..errors import BatchError, InputError, ModelError
from .items import Item, Outcome

_HASH_DIGITS = 16
_KEY_BYTES = 8


class ResultFile:
    """Results that survive a kill at any moment, and tell which articles are still pending.

    A line has "id", "sha256" (the start of the text's hash), "settings" (the fingerprint of the
    session), and "summary", "error" or both. When the file is opened again, a line that was cut
    off is dropped, and so are temporary errors, so that their articles are tried again.

    Args:
        path: The file; it is created if necessary.
        fingerprint: Of the session: results of different sessions are not mixed.
        retry_failed: True to drop all errors, including permanent ones.

    Attributes:
        kept: Number of items that were already done when the file was opened, as far as read.

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
        self._file = self._open()
        try:
            self._resume(retry_failed)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> ResultFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def pending(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items that have no line yet, each once.

        A second text with the id of another one comes out as an Item with an error: their results
        could not be told apart.
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
                yield Item(item.id, item.text, reason)
            else:
                yield item

    def add(self, outcome: Outcome) -> None:
        """Write the line of an article; it is on disk when this returns.

        Raises:
            BatchError: It could not be written; the file ends after the last complete line.
        """
        digest = text_hash(outcome.item)
        line = result_line(outcome, digest, self.fingerprint)
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

    def _open(self) -> BinaryIO:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = open(self.path, "ab")  # noqa: SIM115 - open until the batch ends
        except OSError as error:
            raise InputError(f"{self.path}: {error.strerror or error}.") from error
        if not _lock(file):
            file.close()
            raise InputError(f"{self.path} is in use by another batch.")
        return file

    def _resume(self, retry_failed: bool) -> None:
        """Note which articles are done; drop a torn last line and errors to be tried again."""
        end, has_retries = 0, False
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break  # torn by a kill
                row = _row(line)
                if row is None:
                    raise InputError(
                        f"{self.path} contains a line that is not a batch result (byte {end}):"
                        " name another file with -o."
                    )
                end += len(line)
                if _is_to_retry(row, retry_failed):
                    has_retries = True
                else:
                    self._note(row)
        self._file.truncate(end)
        if has_retries:
            self._drop_errors(retry_failed)

    def _note(self, row: dict[str, Any]) -> None:
        if row["settings"] != self.fingerprint:
            raise InputError(
                f"{self.path} has results of other settings, of another model or of another version:"
                " name another file with -o, or remove it."
            )
        key = _key(row["id"], row["sha256"])
        self._ids[_key(row["id"])] = key
        self._done.add(key)

    def _drop_errors(self, retry_failed: bool) -> None:
        """Rewrite the file without the errors that are to be tried again, and put it in place."""
        temporary = self.path.with_name(f"{self.path.name}.tmp")
        try:
            with temporary.open("wb") as kept, self.path.open("rb") as file:
                for line in file:
                    row = _row(line)
                    if row is not None and not _is_to_retry(row, retry_failed):
                        kept.write(line)
                kept.flush()
                os.fsync(kept.fileno())
            os.replace(temporary, self.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise BatchError(f"{self.path}: {error.strerror or error}.") from error
        self._file.close()
        self._file = self._open()


def _write(file: int, data: bytes) -> None:
    """Write without a buffer: one that could not be flushed would be written again at the end."""
    while data:
        data = data[os.write(file, data) :]


def result_line(outcome: Outcome, digest: str, fingerprint: str) -> bytes:
    """An outcome as its line of JSON."""
    row: dict[str, Any] = {"id": outcome.id, "sha256": digest, "settings": fingerprint}
    if outcome.summary is not None:
        row["summary"] = outcome.summary.model_dump(mode="json")
    if (error := outcome.error) is not None:
        row["error"] = {
            "type": type(error).__name__,
            "message": str(error),
            "temporary": isinstance(error, ModelError) and error.temporary,
        }
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def text_hash(item: Item) -> str:
    """The start of the SHA-256 of an article's text."""
    text = item.text.text if isinstance(item.text, Article) else item.text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:_HASH_DIGITS]


def _is_to_retry(row: dict[str, Any], retry_failed: bool) -> bool:
    error = row.get("error")
    return error is not None and (retry_failed or bool(error.get("temporary")))


def _row(line: bytes) -> dict[str, Any] | None:
    """A line of the file as a mapping; None if it is not a result, or not complete."""
    if not line.endswith(b"\n"):
        return None
    try:
        row = json.loads(line)
    except ValueError:
        return None
    is_result = isinstance(row, dict) and {"id", "sha256", "settings"} <= row.keys()
    return row if is_result else None


def _key(*parts: str) -> int:
    """A short hash of a name, so that a hundred thousand take little memory."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(data, digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big")


def _lock(file: Any) -> bool:
    """Lock the file against other batches while it is open; True where locks are not supported."""
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
