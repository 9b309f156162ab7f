"""The embedded model: llama.cpp on loopback, one server process for each GGUF file."""

from __future__ import annotations

import asyncio
import atexit
import importlib.util
import json
import os
import secrets
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..errors import LocalModelError
from ..events import Assembling, Loading, OnEvent, emit
from ..redaction import without_secrets
from .base import Answer, Limiter, Piece, Request, T
from .instructor_model import InstructorModel
from .local_server import Launch, LocalServer
from .local_weights import INSTALL, WEIGHTS_NAME, WEIGHTS_SHA256, assemble_weights, stamp
from .openai import Server, openai_model
from .retry import Limits

CONTEXT_TOKENS = 8192
MAX_OUTPUT_TOKENS = 1200
SETTINGS = {"temperature": 0.0, "seed": 0, "max_tokens": MAX_OUTPUT_TOKENS}
TIMEOUT_SECONDS = 600.0

_servers: dict[str, tuple[LocalServer, InstructorModel]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class EmbeddedModel:
    """A GGUF file served by llama.cpp, which starts at the first request.

    Attributes:
        path: A GGUF file; None for the weights of the `local` extra.
        limits: How often and how long to try.
        limiter: Where each async request waits for a slot; None to send it at once.
        on_event: Told how far the weights are assembled, and of requests and retries.
        options: Further arguments of each request, beside or instead of SETTINGS.
    """

    path: str | None = None
    limits: Limits = field(default_factory=Limits)
    limiter: Limiter | None = None
    on_event: OnEvent | None = None
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The name of the weights."""
        return f"local/{Path(self.path).stem if self.path else WEIGHTS_NAME}"

    @property
    def context_tokens(self) -> int | None:
        """The context that the server is started with."""
        return CONTEXT_TOKENS

    @property
    def at_once(self) -> int:
        """One: more would share the same processor."""
        return 1

    @property
    def identity(self) -> str:
        """The weights, by their hash or by the file's size and time, and the settings."""
        weights: Any = WEIGHTS_SHA256
        if self.path is not None and Path(self.path).is_file():
            weights = [str(Path(self.path).resolve()), stamp(Path(self.path))]
        return json.dumps(
            [self.name, weights, without_secrets(self._settings)], sort_keys=True, default=str
        )

    @property
    def cache(self) -> None:
        """It has none; see CachedModel."""

    def with_options(
        self, *, context_tokens: int | None, on_event: OnEvent | None
    ) -> EmbeddedModel:
        """This model with another listener for its events; its context is the server's."""
        return replace(self, on_event=on_event)

    def with_limiter(self, limiter: Limiter) -> EmbeddedModel:
        """This model, whose async requests wait for a slot of the limiter."""
        return replace(self, limiter=limiter)

    def ask(self, request: Request[T]) -> Answer[T]:
        """Ask the server, and block until the answer is complete."""
        return self._started().ask(request)

    async def aask(self, request: Request[T]) -> Answer[T]:
        """Ask the server without blocking the event loop."""
        running = await asyncio.to_thread(self._started)
        return await running.aask(request)

    def stream(self, request: Request[T]) -> Iterator[Piece[T]]:
        """Ask the server, and yield each part of the answer when it is finished, then the whole."""
        return self._started().stream(request)

    async def astream(self, request: Request[T]) -> AsyncIterator[Piece[T]]:
        """Ask the server without blocking the event loop, and yield the parts and the whole."""
        running = await asyncio.to_thread(self._started)
        async for piece in running.astream(request):
            yield piece

    async def aclose(self) -> None:
        """Nothing to close: the server goes on for other calls, and keeps no connection open."""

    def batch_endpoint(self) -> None:
        """It has none."""

    def _started(self) -> InstructorModel:
        """The model of the running server, which is started if need be."""
        weights = Path(self.path) if self.path else self._assembled()
        key = str(weights.resolve()) if weights.exists() else str(weights)
        with _lock:
            if key not in _servers or not _servers[key][0].is_running:
                _servers[key] = _serve(weights, self.name, self.on_event)
            _, running = _servers[key]
        return replace(
            running,
            limits=self.limits,
            limiter=self.limiter,
            on_event=self.on_event,
            settings=self._settings,
        )

    @property
    def _settings(self) -> dict[str, Any]:
        return {**SETTINGS, **self.options}

    def _assembled(self) -> Path:
        with _lock:
            return assemble_weights(
                progress=lambda done, total: emit(Assembling(done, total), self.on_event)
            )


def _serve(
    weights: Path, name: str, on_event: OnEvent | None
) -> tuple[LocalServer, InstructorModel]:
    """Start a server for the weights.

    Raises:
        LocalModelError: The file or the `local` extra is missing, or llama.cpp cannot load it.
    """
    if not weights.is_file():
        raise LocalModelError(f"{weights}: no such file; local:PATH takes a GGUF file.")
    with weights.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise LocalModelError(f"{weights} is not a GGUF file.")
    if importlib.util.find_spec("xllamacpp") is None:
        raise LocalModelError(f"The embedded model is not installed: {INSTALL}")
    emit(Loading(name), on_event)
    key = secrets.token_hex(16)
    running = LocalServer(Launch(str(weights), key, CONTEXT_TOKENS, os.cpu_count() or 2))
    if not _servers:
        atexit.register(stop_servers)
    # One async client serves all event loops of the process, so that it keeps no connection.
    server = Server(running.address, key, TIMEOUT_SECONDS, keep_alive=False)
    model = openai_model(
        name,
        "local",
        server,
        limits=Limits(),
        context_tokens=CONTEXT_TOKENS,
        settings=SETTINGS,
    )
    return running, model


def serving_address(path: str | None = None) -> tuple[str, str]:
    """Start the embedded model if need be; its OpenAI-compatible address and key.

    Useful to point other tools at it, as the benchmarks do.
    """
    client = EmbeddedModel(path)._started().sender.batch_client
    return str(client.base_url), str(client.api_key)


def stop_servers() -> None:
    """Stop every embedded server of this process."""
    while _servers:
        _, (server, _) = _servers.popitem()
        server.stop()
