"""The clients of a model, which are made when they are first used."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider.

    Attributes:
        api_key: The key; None for a provider that needs none, or that finds its own credentials.
        timeout: Seconds for one request.
    """

    api_key: str | None
    timeout: float


class Clients:
    """A sync and an async client of one server: of the two, a call mostly uses one.

    Args:
        make_sync: Makes the sync client; its result is None if there is only an async one.
        make_async: Makes the async client, or None.

    >>> clients = Clients(lambda: "made".upper(), lambda: None)
    >>> clients.sync
    'MADE'
    """

    def __init__(self, make_sync: Callable[[], Any], make_async: Callable[[], Any]) -> None:
        self._make_sync = make_sync
        self._make_async = make_async

    @classmethod
    def ready(cls, sync: Any = None, asynchronous: Any = None) -> Clients:
        """Clients that the caller has made already."""
        clients = cls(lambda: sync, lambda: asynchronous)
        clients.asynchronous  # noqa: B018  # counts as made, so that aclose() closes it
        return clients

    @cached_property
    def sync(self) -> Any:
        """The sync client, or None."""
        return self._make_sync()

    @cached_property
    def asynchronous(self) -> Any:
        """The async client, or None."""
        return self._make_async()

    async def aclose(self) -> None:
        """Close the connections of the async client, if it was made; it cannot be asked again."""
        made = vars(self).get("asynchronous")  # where cached_property keeps it
        inner = getattr(made, "client", made)  # instructor wraps the SDK's client
        close = getattr(inner, "close", None)
        closing = close() if callable(close) else None  # some providers' clients close at once
        if inspect.isawaitable(closing):
            await closing
