"""Flows: generators that yield rounds of requests and are sent the replies, without any I/O.

Whoever drives a flow sends its requests: `run`, `arun`, the streams, and the Batch API.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from ..errors import ModelError
from ..models import Answer, Request

Reply = Answer[Any] | ModelError
"""The answer to a request, or why there is none: what follows from that is for the flow to decide."""
Flow = Generator[list[Request[Any]], list[Reply], Any]
"""Yields requests that may be sent side by side, is sent the replies, returns its result."""


def gather(flows: Iterable[Flow]) -> Flow:
    """Run several flows at once: each round holds the requests of all that have not ended.

    Returns:
        Their results, in the same order.
    """
    running = list(flows)
    results: list[Any] = [None] * len(running)
    turns: dict[int, list[Reply] | None] = dict.fromkeys(range(len(running)))
    while turns:
        pending: dict[int, list[Request[Any]]] = {}
        for index, replies in turns.items():
            try:
                pending[index] = running[index].send(replies)  # type: ignore[arg-type]  # None begins
            except StopIteration as done:
                results[index] = done.value
        if not pending:
            break
        arrived = iter((yield [request for requests in pending.values() for request in requests]))
        turns = {index: [next(arrived) for _ in requests] for index, requests in pending.items()}
    return results


def unwrap(reply: Reply) -> Any:
    """The value of an answer.

    Raises:
        ModelError: There is no answer.
    """
    if isinstance(reply, ModelError):
        raise reply
    return reply.value
