"""Conversations: what is asked, round by round, without any I/O."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any, Union

from ..errors import ModelError
from ..summary import Usage
from .settings import Settings

if TYPE_CHECKING:
    from ..models import Answer, Request

TOKENS_FOR_ANSWER = 1200
"""Kept free for what the model writes, and for its first answer when lines are sent back."""
UNKNOWN_CONTEXT = 32_000
"""What a model whose context nobody told is taken to read."""

Reply = Union["Answer[Any]", ModelError]
"""An answer, or why there is none: what follows from that, the conversation knows."""
Conversation = Generator["list[Request[Any]]", "list[Reply]", Any]
"""Yields requests that may be asked side by side, is sent the replies, returns the result."""


def side_by_side(conversations: Iterable[Conversation]) -> Conversation:
    """Several conversations at once: each round holds the requests of all that still go on.

    Returns:
        Their results, in their order.
    """
    running = list(conversations)
    results: list[Any] = [None] * len(running)
    turns: dict[int, list[Reply] | None] = dict.fromkeys(range(len(running)))
    while turns:
        asked: dict[int, list[Request[Any]]] = {}
        for index, answers in turns.items():
            try:
                asked[index] = running[index].send(answers)  # type: ignore[arg-type]  # None begins
            except StopIteration as done:
                results[index] = done.value
        if not asked:
            break
        replies = iter((yield [request for requests in asked.values() for request in requests]))
        turns = {index: [next(replies) for _ in requests] for index, requests in asked.items()}
    return results


def room_for_reading(settings: Settings) -> int:
    """Tokens of the messages that the model can take, with room for its answer."""
    return (settings.model.context_tokens or UNKNOWN_CONTEXT) - TOKENS_FOR_ANSWER


def taken(reply: Reply, usage: Usage) -> Answer[Any]:
    """The answer in a reply, once what it took is counted.

    Raises:
        ModelError: There is none.
    """
    count(usage, reply)
    if isinstance(reply, ModelError):
        raise reply
    return reply


def count(usage: Usage, answer: Reply | Usage) -> None:
    """Add what an answer took, or a whole summary: what is unknown once stays unknown."""
    usage.requests += answer.requests
    for name in ("input_tokens", "output_tokens", "cost"):
        known, more = getattr(usage, name), getattr(answer, name)
        total = None if known is None or more is None else known + more
        setattr(usage, name, round(total, 8) if isinstance(total, float) else total)
