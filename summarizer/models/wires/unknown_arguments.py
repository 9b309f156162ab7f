"""Arguments that an SDK does not know, for the servers that do."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


def taking_more(method: Callable[..., Any]) -> Callable[..., Any]:
    """An SDK's method that also takes arguments unknown to it, which go into the request as they are.

    For methods that have `extra_body`: what a server takes beyond the SDK's own provider, such as
    vLLM's `top_k`, needs no other spelling.
    """
    known = inspect.signature(method).parameters
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in known.values()):
        return method

    def call(**arguments: Any) -> Any:
        more = {name: arguments.pop(name) for name in list(arguments) if name not in known}
        if more:
            arguments["extra_body"] = {**more, **(arguments.get("extra_body") or {})}
        return method(**arguments)

    return call
