"""Clients that are made when they are first used: of the two that a model has, one mostly never is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any


class Late:
    """Stands for an object until somebody wants something of it.

    Args:
        make: Makes it, once.

    >>> late = Late(lambda: "made".upper())
    >>> late.is_made, late.lower(), late.is_made
    (False, 'made', True)
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Any:
        return self._make()

    @property
    def is_made(self) -> bool:
        """True if it exists already."""
        return "_made" in self.__dict__

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)
