"""OutputFile: a file that one batch appends to, locked, and noticed when anything else changes it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import BatchError, InputError

LONGEST_LINE = 64 << 20
"""In bytes: a longer line is neither an article nor a result."""
_MODE = 0o600
"""Of a new file: articles and their summaries may be private."""
_MOST_OPENINGS = 5
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
"""A pipe that nobody reads would wait for ever to be opened."""
_SPECIAL = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class OutputFile:
    """A regular file, made if necessary, of which nobody else may write a byte while it is open.

    It holds a lock against other batches. Whatever else moves, replaces or changes the file is
    noticed by `check`, which every `append` begins and ends with.

    Args:
        path: The file; a link is followed.

    Attributes:
        path: The file.
        size: Its length in bytes, as far as this batch knows.

    Raises:
        InputError: It cannot be opened, is not a regular file, or is in use by another batch.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._real = Path(os.path.realpath(path))
        self._file = self._open()
        self.size = os.fstat(self._file).st_size
        for leftover in self._real.parent.glob(f"{self._temporary_prefix}*"):
            leftover.unlink(missing_ok=True)  # of a batch that was killed: the lock is ours

    def close(self) -> None:
        """Close the file, and give up its lock."""
        os.close(self._file)

    def lines(self) -> Iterator[bytes]:
        """Its lines, each with its line feed; a line of more than `LONGEST_LINE` comes in pieces."""
        with os.fdopen(os.dup(self._file), "rb") as file:
            file.seek(0)
            while line := file.readline(LONGEST_LINE):
                yield line

    def append(self, data: bytes) -> None:
        """Write to its end; the data is on disk when this returns.

        Raises:
            OSError: It could not be written; the file ends where it ended before.
            BatchError: The file was moved, replaced or changed by something else.
        """
        self.check()
        try:
            os.lseek(
                self._file, self.size, os.SEEK_SET
            )  # a file that was rewritten does not append
            _write(self._file, data)
            os.fsync(self._file)
            self.size += len(data)
        except BaseException:  # also an interrupt, after which nothing half-written may be left
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self.size)
            raise
        self.check()

    def truncate(self, size: int) -> None:
        """Cut it to so many bytes."""
        os.ftruncate(self._file, size)
        self.size = size

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Put other lines in place of all; after a kill it has either the old ones or the new.

        Its mode is kept. The lock passes to the new file before that takes the old one's place, so
        that no other batch comes between.

        Raises:
            OSError: They could not be written; the file is as it was.
        """
        new, name = tempfile.mkstemp(prefix=self._temporary_prefix, dir=self._real.parent)
        try:
            _lock(new)
            for line in lines:
                _write(new, line)
            os.chmod(name, stat.S_IMODE(os.fstat(self._file).st_mode))
            os.fsync(new)
            os.replace(name, self._real)
        except BaseException:
            os.close(new)
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(self._real.parent)
        os.close(self._file)
        self._file, self.size = new, os.lseek(new, 0, os.SEEK_END)

    def check(self) -> None:
        """Make sure that the path still names this file, and that it has just what was written.

        Raises:
            BatchError: It does not; what has been written can no longer be relied on.
        """
        if (change := self._change()) is not None:
            raise BatchError(
                f"{self.path} {change} while the batch was running, so its results cannot be"
                " counted on. Put the file back if you can, and start the same command again:"
                " what is missing is done again, from the cache where that has the answers."
            )

    def _change(self) -> str | None:
        """What has happened to the file, or None."""
        ours = os.fstat(self._file)
        try:
            if not os.path.samestat(os.stat(self.path), ours):
                return "was replaced by another file"
        except OSError:
            return "was removed or moved"
        if ours.st_size < self.size:
            return "was cut short"
        return "was written to by another program" if ours.st_size > self.size else None

    @property
    def _temporary_prefix(self) -> str:
        name = os.fsencode(self._real.name)
        return f".summarizer-{hashlib.sha256(name).hexdigest()[:16]}-"

    def _open(self) -> int:
        for _ in range(_MOST_OPENINGS):
            file = self._opened()
            if not _lock(file):
                os.close(file)
                raise InputError(f"{self.path} is in use by another batch.")
            with contextlib.suppress(OSError):
                if os.path.samestat(os.stat(self.path), os.fstat(file)):
                    return file
            os.close(file)  # replaced between its opening and its locking: the lock is of no use
        raise InputError(f"{self.path} is replaced again and again: name another file with -o.")

    def _opened(self) -> int:
        try:
            if self.path.exists():
                self._refuse_special(self.path.stat().st_mode)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            is_new = not self.path.exists()
            file = os.open(self._real, _FLAGS | _NO_WAITING, _MODE)
        except OSError as error:
            raise InputError(f"{self.path}: {error.strerror or error}.") from error
        if is_new:
            _sync_folder(self._real.parent)
        try:
            self._refuse_special(os.fstat(file).st_mode)
        except InputError:
            os.close(file)
            raise
        return file

    def _refuse_special(self, mode: int) -> None:
        for applies, kind in _SPECIAL:
            if applies(mode):
                raise InputError(
                    f"{self.path} is {kind}: name a regular file with -o, from which the batch can"
                    " be resumed."
                )


def replace_file(path: Path, data: bytes) -> None:
    """Put data into a file, readable by its owner alone: after a kill it has the old or the new.

    Raises:
        OSError: It could not be written; the file is as it was.
    """
    new, name = tempfile.mkstemp(prefix=".summarizer-", dir=path.parent)
    try:
        _write(new, data)
        os.fsync(new)
        os.close(new)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(file: int, data: bytes) -> None:
    """Write without a buffer: one that could not be flushed would be written again at the end."""
    while data:
        data = data[os.write(file, data) :]


def _sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder survives a power cut, where the system allows it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(file: int) -> bool:
    """Lock a file against other batches while it is open; True where locks are not supported."""
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
