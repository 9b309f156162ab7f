"""OpenTelemetry spans of the questions, by the semantic conventions for generative AI (extra `otel`).

Ours, because opentelemetry-instrumentation-openai-v2 (2.4b0) imports httpx, which openai 3 no
longer installs (it speaks through httpx2); and because a span here covers a question with its
retries, whichever provider's client sends it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .base import Answer

_NOTED_SETTINGS = ("temperature", "max_tokens")


class ChatSpan:
    """The span of one question; without OpenTelemetry it notes nothing."""

    def __init__(self, span: Any = None) -> None:
        self._span = span

    def note(self, answer: Answer[Any]) -> None:
        """Note the usage of the answer."""
        if self._span is None:
            return
        if answer.input_tokens is not None:
            self._span.set_attribute("gen_ai.usage.input_tokens", answer.input_tokens)
            self._span.set_attribute("gen_ai.usage.output_tokens", answer.output_tokens)
        self._span.set_attribute("summarizer.requests", answer.requests)


@contextlib.contextmanager
def chat_span(name: str, settings: dict[str, Any]) -> Iterator[ChatSpan]:
    """A span around one question, as a child of the current span.

    Args:
        name: "provider/model", or the bare name of the model.
        settings: Arguments of the request, of which the temperature and max_tokens are noted.
    """
    tracer = _tracer()
    if tracer is None:
        yield ChatSpan()
        return
    provider, _, model = name.rpartition("/")
    attributes: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": provider or "openai",
        "gen_ai.request.model": model,
        "gen_ai.output.type": "json",
        **{f"gen_ai.request.{key}": settings[key] for key in _NOTED_SETTINGS if key in settings},
    }
    with tracer.start_as_current_span(f"chat {model}", attributes=attributes) as span:
        yield ChatSpan(span)


@lru_cache(maxsize=1)
def _tracer() -> Any:
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace.get_tracer("summarizer")
