"""Counts the requests and tokens of one question, over all its attempts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .base import Answer
from .cost import cost
from .faults import trouble_in
from .retry import Budget, Limits


class Meter:
    """The usage of one question, told by instructor's hooks.

    Args:
        limits: How often and how long to try.
        on_request: Called with the number of each request, from 1, before it is sent.

    Attributes:
        budget: The retries that were used, and that are left.
        is_known: False once a response does not say how many tokens it took.
        trouble: Why there is no answer in the last response, by its own words; None if there is.
    """

    def __init__(self, limits: Limits, on_request: Callable[[int], object]) -> None:
        self.budget = Budget(limits)
        self.is_known = True
        self.trouble: str | None = None
        self._on_request = on_request
        self._input_tokens = 0
        self._output_tokens = 0

    def hooks(self) -> Any:
        """The `instructor.Hooks` of a request."""
        from instructor.core.hooks import HookName, Hooks

        hooks = Hooks()
        hooks.on(HookName.COMPLETION_KWARGS, self._count_request)
        hooks.on(HookName.COMPLETION_RESPONSE, self._count_response)
        hooks.on(HookName.PARSE_ERROR, self._count_unusable)
        return hooks

    def usage(self, name: str, address: str | None) -> Answer[Any]:
        """The usage so far, as an Answer without a value, at the prices of the model."""
        if not self.is_known:
            return Answer(None, None, None, self.budget.sent)
        sent, received = self._input_tokens, self._output_tokens
        paid = cost(name, address, sent, received)
        return Answer(None, sent, received, self.budget.sent, paid)

    def _count_request(self, *_: Any, **__: Any) -> None:
        self.budget.sent += 1
        self._on_request(self.budget.sent)

    def _count_unusable(self, *_: Any, **__: Any) -> None:
        self.budget.unusable += 1

    def _count_response(self, response: Any) -> None:
        self.trouble = trouble_in(response)
        usage = getattr(response, "usage", None)
        sent = getattr(usage, "prompt_tokens", getattr(usage, "input_tokens", None))
        received = getattr(usage, "completion_tokens", getattr(usage, "output_tokens", None))
        if sent is None or received is None:
            self.is_known = False
            return
        self._input_tokens += sent
        self._output_tokens += received
