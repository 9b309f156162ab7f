"""The clients of a model, which are made when they are first used."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..redaction import guard_logs, remember_from


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider.

    Attributes:
        api_key: The key; None for a provider that needs none, or that finds its own credentials.
        timeout: Seconds for one request.
    """

    api_key: str | None = field(repr=False)
    timeout: float


class Clients:
    """A sync and an async client of one server: of the two, a call mostly uses one.

    Args:
        make_sync: Makes the sync client; its result is None if there is only an async one.
        make_async: Makes the async client, or None.
        close_async: Closes the async client; by default its own method does.

    >>> clients = Clients(lambda: "made".upper(), lambda: None)
    >>> clients.sync
    'MADE'
    """

    def __init__(
        self,
        make_sync: Callable[[], Any],
        make_async: Callable[[], Any],
        close_async: Callable[[Any], Any] | None = None,
    ) -> None:
        self._make_sync = make_sync
        self._make_async = make_async
        self._close_async = close_async or _close

    @classmethod
    def ready(cls, sync: Any = None, asynchronous: Any = None) -> Clients:
        """Clients that the caller has made already."""
        clients = cls(lambda: sync, lambda: asynchronous)
        # Both count as made: their keys are known from now on, and aclose() closes the async one.
        _ = clients.sync, clients.asynchronous
        return clients

    @cached_property
    def sync(self) -> Any:
        """The sync client, or None."""
        return _known(self._make_sync())

    @cached_property
    def asynchronous(self) -> Any:
        """The async client, or None."""
        return _known(self._make_async())

    async def aclose(self) -> None:
        """Close the connections of the async client, if it was made; it cannot be asked again."""
        made = vars(self).get("asynchronous")  # where cached_property keeps it
        closing = None if made is None else self._close_async(made)
        if inspect.isawaitable(closing):  # some providers' clients close at once
            await closing


def environment(*prefixes: str) -> tuple[object, ...]:
    """What a client that is used again depends on besides its arguments.

    The variables that its SDK and HTTP library read when it is made, and the process: after a fork,
    two processes must not write to the same sockets.

    Args:
        prefixes: How the names of its SDK's variables begin.
    """
    names = (n for n in os.environ if n.startswith(prefixes) or n.lower().endswith("_proxy"))
    return os.getpid(), *((name, os.environ[name]) for name in sorted(names))


def _known(client: Any) -> Any:
    """A client whose secrets are kept out of errors and logs from now on."""
    remember_from(client)
    guard_logs()
    return client


def _close(client: Any) -> Any:
    """Close a client, which instructor may have wrapped."""
    inner = getattr(client, "client", client)
    close = getattr(inner, "aclose", None) or getattr(inner, "close", None)
    return close() if callable(close) else None
