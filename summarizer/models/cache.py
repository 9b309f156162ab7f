"""The cache: answers on disk, shared by processes."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import platformdirs

from ..errors import InputError

R = TypeVar("R")

FORMAT = 1
"""Written into the file; another number means that it is of another version of this library."""
MOST_BYTES = 1 << 30
_BUSY_SECONDS = 30.0
_PUTS_BETWEEN_CHECKS = 50
_KEPT_SHARE = 0.9


class CacheWarning(UserWarning):
    """The cache could not be used as it was; the work continues with a new one, or without any."""


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The size of a cache.

    Attributes:
        path: The file.
        answers: The number of answers.
        bytes: Their size, without the file's own overhead.
        most_bytes: The limit of that size.
    """

    path: Path
    answers: int
    bytes: int
    most_bytes: int


def default_path() -> Path:
    """SUMMARIZER_CACHE if it is set, else a file in the user's cache directory."""
    named = os.environ.get("SUMMARIZER_CACHE")
    return (
        Path(named)
        if named
        else Path(platformdirs.user_cache_dir("grounded-summarizer"), "answers.sqlite")
    )


class Cache:
    """A file of answers by the hash of their requests.

    Several processes may use one at once (SQLite in WAL mode). It never gets in the way of the
    work: a file that is corrupt or of another version is renamed with a warning, and if none can
    be written, a warning says so and nothing is kept. It holds answers and hashes: no API keys, no
    headers, no articles.

    Args:
        path: The file; by default `default_path()`.
        most_bytes: When the answers take more, the least recently used are dropped.

    Example:
        >>> import tempfile
        >>> cache = Cache(Path(tempfile.mkdtemp(), "answers.sqlite"))
        >>> cache.put("a request", '{"headline": "…"}')
        >>> cache.get("a request"), cache.get("another")
        ('{"headline": "…"}', None)
        >>> cache.info().answers
        1
        >>> cache.close()
    """

    def __init__(self, path: str | Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.path = Path(path) if path is not None else default_path()
        self.most_bytes = most_bytes
        self._lock = threading.RLock()
        self._file: sqlite3.Connection | None = None
        self._is_off = False
        self._puts = 0

    @classmethod
    def of(cls, cache: Cache | str | Path | bool | None) -> Cache | None:
        """The cache that `cache=` means: True for the default file, a path, a Cache.

        Returns:
            None for None and False.

        Raises:
            InputError: The argument is of another type.
        """
        if cache is None or cache is False:
            return None
        if isinstance(cache, Cache):
            return cache
        if cache is True:
            return cls()
        if isinstance(cache, str | Path):
            return cls(cache)
        raise InputError(f"cache= takes True, a path or a Cache, not {type(cache).__name__}.")

    def get(self, key: str) -> str | None:
        """The answer under a key, or None."""

        def look_up(file: sqlite3.Connection) -> str | None:
            row = file.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            file.execute("UPDATE answers SET used = ? WHERE key = ?", (time.time(), key))
            return str(row[0])

        return self._try(look_up, None)

    def put(self, key: str, answer: str) -> None:
        """Keep an answer: when this returns, other processes have it, and a crash does not lose it."""
        size = len(key) + len(answer.encode("utf-8", "replace"))

        def write(file: sqlite3.Connection) -> None:
            file.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (key, answer, size, time.time()),
            )
            self._puts += 1
            if self._puts % _PUTS_BETWEEN_CHECKS == 1:
                self._make_room(file)

        self._try(write, None)

    def info(self) -> CacheInfo:
        """Its present size."""

        def count(file: sqlite3.Connection) -> tuple[int, int]:
            row = file.execute("SELECT COUNT(*), COALESCE(SUM(size), 0) FROM answers").fetchone()
            return int(row[0]), int(row[1])

        answers, size = self._try(count, (0, 0))
        return CacheInfo(self.path, answers, size, self.most_bytes)

    def clear(self) -> int:
        """Drop all answers; returns how many there were."""

        def delete(file: sqlite3.Connection) -> int:
            count = file.execute("DELETE FROM answers").rowcount
            file.execute("VACUUM")
            return count

        return self._try(delete, 0)

    def close(self) -> None:
        """Close the file, which opens again when it is used again."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _make_room(self, file: sqlite3.Connection) -> None:
        size = file.execute("SELECT COALESCE(SUM(size), 0) FROM answers").fetchone()[0]
        if size <= self.most_bytes:
            return
        surplus = size - int(self.most_bytes * _KEPT_SHARE)
        oldest = []
        for key, taken in file.execute("SELECT key, size FROM answers ORDER BY used"):
            oldest.append((key,))
            surplus -= taken
            if surplus <= 0:
                break
        file.executemany("DELETE FROM answers WHERE key = ?", oldest)

    def _try(self, work: Callable[[sqlite3.Connection], R], otherwise: R) -> R:
        """Work with the file; a damaged one is set aside once, one that cannot be used is given up."""
        with self._lock:
            for is_first in (True, False):
                if self._is_off:
                    return otherwise
                try:
                    return work(self._opened())
                except (sqlite3.Error, OSError) as error:
                    self.close()
                    if is_first and _is_damage(error):
                        self._set_aside(error)
                    else:
                        self._give_up(error)
        return otherwise

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):  # summaries are private
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))
            self._file = _open(self.path)
        return self._file

    def _set_aside(self, error: Exception) -> None:
        aside = self.path.with_name(f"{self.path.name}.set-aside-{time.time_ns()}")
        try:
            if not _is_damaged(self.path):  # another process has replaced it already
                return
            os.replace(self.path, aside)
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        except OSError as failure:
            self._give_up(failure)
            return
        _warn(f"The cache {self.path} is unusable ({error}): set aside as {aside.name}.")

    def _give_up(self, error: Exception) -> None:
        self._is_off = True
        _warn(f"The cache {self.path} cannot be used ({error}): nothing is kept.")


class _OtherFormatError(sqlite3.DatabaseError):
    pass


def _open(path: Path) -> sqlite3.Connection:
    # Autocommit: each statement is a transaction; with WAL it survives a kill as soon as it returns.
    file = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        version = file.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, FORMAT):
            raise _OtherFormatError(f"it has format {version}, this version writes {FORMAT}")
        for statement in _schema():
            file.execute(statement)
    except BaseException:
        file.close()
        raise
    return file


def _schema() -> Iterator[str]:
    yield (
        "CREATE TABLE IF NOT EXISTS answers"
        " (key TEXT PRIMARY KEY, answer TEXT NOT NULL, size INTEGER NOT NULL, used REAL NOT NULL)"
    )
    yield "CREATE INDEX IF NOT EXISTS by_use ON answers (used, size)"
    yield f"PRAGMA user_version = {FORMAT}"


def _is_damaged(path: Path) -> bool:
    try:
        file = _open(path)
    except sqlite3.Error as error:
        return _is_damage(error)
    try:
        return bool(file.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.Error as error:
        return _is_damage(error)
    finally:
        file.close()


def _is_damage(error: Exception) -> bool:
    """True if the file itself is bad, and not the disk full or the file locked."""
    if isinstance(error, _OtherFormatError):
        return True
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "no such column" in str(error)


def _warn(message: str) -> None:
    warnings.warn(message, CacheWarning, stacklevel=2)
