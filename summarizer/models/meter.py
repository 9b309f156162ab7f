"""Counts the requests and tokens of one question, over all its attempts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..redaction import SHORTEST_IN_ANSWERS, cleaned, guard_logs
from .base import Answer, Part
from .cost import cost
from .json_parts import PartReader
from .retry import Budget, Limits
from .wires.base import OnText, Reply, Tokens, tokens


class Meter:
    """What one question takes, and the parts of its answer while it is streamed.

    Args:
        limits: How often and how long to try.
        on_request: Called with the number of each request, from 1, before it is sent.
        on_part: Told of each finished part of a streamed answer; None if it is not streamed.

    Attributes:
        budget: The retries that were used, and that are left.
        is_known: False once a response does not say how many tokens it took.
        trouble: Why there is no answer in the last response; None if there is one.
        on_text: Told of the text of a streamed answer while it arrives.
    """

    def __init__(
        self,
        limits: Limits,
        on_request: Callable[[int], object],
        on_part: Callable[[Part], object] | None = None,
    ) -> None:
        self.budget = Budget(limits)
        self.is_known = True
        self.trouble: str | None = None
        self.on_text: OnText | None = None
        self._on_request = on_request
        self._on_part = on_part
        self._tokens = Tokens(0, 0)

    @property
    def is_streamed(self) -> bool:
        """True if the answer is wanted in parts."""
        return self._on_part is not None

    def hooks(self, *, counts_requests: bool = False) -> Any:
        """The `instructor.Hooks` of a question.

        Args:
            counts_requests: True for a client that instructor sends with itself; else the sender
                counts.
        """
        from instructor.core.hooks import HookName, Hooks

        hooks = Hooks()
        hooks.on(HookName.PARSE_ERROR, self._count_unusable)
        if counts_requests:
            hooks.on(HookName.COMPLETION_KWARGS, lambda *_, **__: self.count_request())
            hooks.on(HookName.COMPLETION_RESPONSE, self._count_response)
        return hooks

    def usage(self, name: str, address: str | None) -> Answer[Any]:
        """The usage so far, as an Answer without a value, at the prices of the model."""
        if not self.is_known:
            return Answer(None, None, None, self.budget.sent)
        paid = cost(name, address, self._tokens)
        return Answer(None, self._tokens.sent, self._tokens.received, self.budget.sent, paid)

    def count_request(self) -> None:
        """Count a request that is about to be sent; a stream begins anew."""
        guard_logs()  # what this request needs is loaded by now, and has made its loggers
        self.budget.sent += 1
        self._on_request(self.budget.sent)
        if self._on_part is not None:
            self.on_text = _reading(PartReader(), self._on_part)

    def count_reply(self, reply: Reply) -> None:
        """Count what a request took, and note whether it brought an answer."""
        self.trouble = None if reply.text.strip() else "the completion has no answer in it"
        self._count_tokens(reply.tokens)

    def _count_tokens(self, spent: Tokens | None) -> None:
        if spent is None:
            self.is_known = False
        else:
            self._tokens += spent

    def _count_unusable(self, *_: Any, **__: Any) -> None:
        self.budget.unusable += 1

    def _count_response(self, response: Any) -> None:
        """Count a response of whichever provider the caller's client asks."""
        usage = getattr(response, "usage", None)
        sent = getattr(usage, "prompt_tokens", getattr(usage, "input_tokens", None))
        received = getattr(usage, "completion_tokens", getattr(usage, "output_tokens", None))
        self._count_tokens(tokens(sent, received))


def _reading(reader: PartReader, on_part: Callable[[Part], object]) -> OnText:
    def on_text(text: str) -> None:
        for part in reader.feed(text):
            on_part(replace(part, value=cleaned(part.value, SHORTEST_IN_ANSWERS)))

    return on_text
