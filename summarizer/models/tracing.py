"""OpenTelemetry spans of the questions, by the conventions for generative AI (extra `otel`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any


class Span:
    """What is noted about one question; this one notes nothing."""

    def answered(self, answer: Any) -> None:
        """Note what the answer took."""


@contextlib.contextmanager
def chat_span(name: str, settings: dict[str, Any]) -> Iterator[Span]:
    """A span around one question, as a child of whatever span is current.

    Args:
        name: "provider/model", or the bare name of the model.
        settings: Arguments of the request; the temperature and the limit of tokens are noted.
    """
    tracer = _tracer()
    if tracer is None:
        yield Span()
        return
    provider, _, model = name.rpartition("/")
    attributes: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": provider or "openai",
        "gen_ai.request.model": model,
        "gen_ai.output.type": "json",
    }
    for ours, theirs in (("temperature", "temperature"), ("max_tokens", "max_tokens")):
        if ours in settings:
            attributes[f"gen_ai.request.{theirs}"] = settings[ours]
    with tracer.start_as_current_span(f"chat {model}", attributes=attributes) as span:
        yield _Traced(span)


class _Traced(Span):
    def __init__(self, span: Any) -> None:
        self.span = span

    def answered(self, answer: Any) -> None:
        if answer.input_tokens is not None:
            self.span.set_attribute("gen_ai.usage.input_tokens", answer.input_tokens)
            self.span.set_attribute("gen_ai.usage.output_tokens", answer.output_tokens)
        self.span.set_attribute("summarizer.requests", answer.requests)


@lru_cache(maxsize=1)
def _tracer() -> Any:
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace.get_tracer("summarizer")
