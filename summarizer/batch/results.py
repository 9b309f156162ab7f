"""The results of a batch in a file of JSON lines: each is on disk before it counts.

None is lost, and none is there twice, even if the process is killed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..article import Article
from ..errors import BatchError, InputError, ModelError
from .items import Item, Outcome
from .output import LONGEST_LINE, OutputFile

_HASH_DIGITS = 16
_KEY_BYTES = 8
_START = b'{"id": "'
_HEAD = re.compile(rb'\{"id": "(?:[^"\\]|\\.)*", "sha256": "[0-9a-f]{16}", "settings": "')
"""How every line of ours starts, written by `result_line`."""


class ResultFile:
    """Results that survive a kill at any moment, and tell which articles are still pending.

    A line has "id", "sha256" (the start of the text's hash), "settings" (the fingerprint of the
    session), and "summary", "error" or both. When the file is opened again, a line that was cut
    off is dropped, and so are temporary errors, so that their articles are tried again. A file
    with anything else in it is not touched.

    Args:
        path: The file; it is created if necessary, readable by its owner alone.
        fingerprint: Of the session: results of different sessions are not mixed.
        retry_failed: True to drop all errors, including permanent ones.

    Attributes:
        path: The file.
        kept: Number of items that were already done when the file was opened, as far as read.
        kept_failed: How many of those have an error.
        repeated: Number of items that are another item again, with its id and its text.
        shared_ids: Number of texts whose id another text has too; their hashes tell them apart.

    Raises:
        InputError: The file is in use, has results of other settings, or is something else.
        BatchError: It cannot be written.
    """

    def __init__(self, path: Path, fingerprint: str, *, retry_failed: bool = False) -> None:
        self.path = path
        self.fingerprint = fingerprint
        self.kept = self.kept_failed = self.repeated = self.shared_ids = 0
        self._ids: dict[int, int] = {}
        self._done: set[int] = set()
        self._failed: set[int] = set()
        self._added: set[int] = set()
        self._file = OutputFile(path)
        try:
            self._resume(retry_failed)
        except OSError as error:
            self._file.close()
            raise BatchError(f"{self.path}: {error.strerror or error}.") from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> ResultFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def pending(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items that have no line yet, each once; two texts with one id are two items."""
        seen: set[int] = set()
        counts = Counter[str]()
        for item in items:
            name, key = _key(item.id), _key(item.id, text_hash(item))
            is_repeated = key in seen
            seen.add(key)
            if is_repeated:
                counts["repeated"] += 1
            elif key in self._done:
                counts["kept"] += key not in self._added
                counts["kept_failed"] += key in self._failed
            if item.error is None and not is_repeated:
                counts["shared_ids"] += self._ids.setdefault(name, key) != key
            for attribute, count in counts.items():  # a later round reads all items again
                setattr(self, attribute, max(getattr(self, attribute), count))
            if not is_repeated and key not in self._done:
                yield item

    def add(self, outcome: Outcome) -> None:
        """Write the line of an article; it is on disk when this returns.

        Raises:
            BatchError: It could not be written, and the file ends after the last complete line; or
                the file was moved, replaced or changed by something else.
        """
        digest = text_hash(outcome.item)
        try:
            self._file.append(result_line(outcome, digest, self.fingerprint))
        except OSError as error:
            raise BatchError(
                f"{self.path}: {error.strerror or error}. {len(self._done):,} results are saved;"
                " make room and start the same command again."
            ) from error
        key = _key(outcome.id, digest)
        self._done.add(key)
        self._added.add(key)

    def check(self) -> None:
        """Make sure that all results that were added are still there.

        Raises:
            BatchError: The file was moved, replaced or changed by something else.
        """
        self._file.check()

    def _resume(self, retry_failed: bool) -> None:
        """Note which articles are done; drop a torn last line and errors to be tried again."""
        end, has_retries, is_whole = 0, False, True
        for line in self._file.lines():
            row = _row(line)
            if row is None:
                if not line.endswith(b"\n") and _is_torn(line, follows_results=end > 0):
                    break
                raise InputError(
                    f"{self.path} contains a line that is not a batch result (byte {end}):"
                    " name another file with -o."
                )
            end += len(line)
            is_whole = line.endswith(b"\n")
            if _is_to_retry(row, retry_failed):
                has_retries = True
            else:
                self._note(row)
        if end < self._file.size:
            self._file.truncate(end)
        if not is_whole:
            self._file.append(b"\n")
        if has_retries:
            self._file.rewrite(self._lines_to_keep(retry_failed))

    def _note(self, row: dict[str, Any]) -> None:
        if row["settings"] != self.fingerprint:
            raise InputError(
                f"{self.path} has results of other settings, of another model or of another version:"
                " name another file with -o, or remove it."
            )
        key = _key(row["id"], row["sha256"])
        self._done.add(key)
        if row.get("error") is None:
            self._ids.setdefault(_key(row["id"]), key)
        else:
            self._failed.add(key)

    def _lines_to_keep(self, retry_failed: bool) -> Iterator[bytes]:
        """The lines without the errors that are to be tried again."""
        for line in self._file.lines():
            row = _row(line)
            if row is not None and not _is_to_retry(row, retry_failed):
                yield line


def result_line(outcome: Outcome, digest: str, fingerprint: str) -> bytes:
    """An outcome as its line of JSON.

    The bytes of a file name that are not UTF-8 are lone surrogates in an id; JSON has them as
    escapes, so that the id that is read is the id that was written.
    """
    row: dict[str, Any] = {"id": outcome.id, "sha256": digest, "settings": fingerprint}
    if outcome.summary is not None:
        row["summary"] = outcome.summary.model_dump(mode="json")
    if (error := outcome.error) is not None:
        row["error"] = {
            "type": type(error).__name__,
            "message": str(error),
            "temporary": isinstance(error, ModelError) and error.temporary,
        }
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def starts_with_result(data: bytes) -> bool:
    """True if the start of a file is the start of a batch's results.

    >>> starts_with_result(b'{"id": "a1", "sha256": "0123456789abcdef", "settings": "f", "summ')
    True
    >>> starts_with_result(b'{"id": "a1", "text": "It burned."}')
    False
    """
    return _HEAD.match(data) is not None


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
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) and _is_result(row) else None


def _is_result(row: dict[str, Any]) -> bool:
    error = row.get("error")
    return (
        all(isinstance(row.get(name), str) for name in ("id", "sha256", "settings"))
        and isinstance(row.get("summary", {}), dict)
        and (error is None or (isinstance(error, dict) and isinstance(error.get("message"), str)))
    )


def _is_torn(piece: bytes, *, follows_results: bool) -> bool:
    """True if the last bytes of a file are the start of a result whose end was never written.

    Where nothing else shows that the file is ours, they must have all that a line starts with.
    """
    if len(piece) >= LONGEST_LINE:
        return False
    begins = piece.startswith(_START) or _START.startswith(piece)
    return starts_with_result(piece) or (follows_results and begins)


def _key(*parts: str) -> int:
    """A short hash of a name, so that a hundred thousand take little memory.

    In UTF-16, two halves of a surrogate pair are what JSON makes of them: one character.
    """
    data = "\0".join(parts).encode("utf-16-le", "surrogatepass")
    digest = hashlib.blake2b(data, digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big")
