"""Chat completions: OpenAI, Azure OpenAI, and the many servers that speak their protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from ..error_body import code_in, field_in, message_in, status_in
from ..json_schema import ANY, OPENAI_STRICT, Dialect
from .base import (
    Ask,
    Collector,
    ErrorInAnswerError,
    Mode,
    NoAnswerError,
    Reply,
    TextCollector,
    Tokens,
    Wire,
    fields_of,
    tokens,
    with_schema,
)
from .unknown_arguments import taking_more

_UNFIT_CODES = frozenset({"json_validate_failed", "tool_use_failed"})
"""Groq's errors for an answer that does not fit; the answer is in "failed_generation"."""
_CUT_OFF = ("length", "model_length")
_CUT_OFF_WORDS = "max completion tokens reached"


@dataclass(frozen=True)
class ChatCompletions(Wire):
    """OpenAI's chat completions, by the SDK of OpenAI or Groq.

    Attributes:
        modes: For OpenAI itself all of them; a server that is known to lack the first ones starts
            with another.
        dialect: What its JSON schemas may have, when they are strict.
    """

    modes: tuple[Mode, ...] = tuple(Mode)
    dialect: Dialect = OPENAI_STRICT

    names: ClassVar[Mapping[str, str]] = {"headers": "extra_headers"}
    defaults: ClassVar[Mapping[str, Any]] = {"temperature": 0.0, "seed": 0}
    streamed_defaults: ClassVar[Mapping[str, Any]] = {"stream_options": {"include_usage": True}}

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of `chat.completions.create`."""
        arguments: dict[str, Any] = {
            "messages": ask.conversation,
            "model": ask.model,
            **self._format(ask),
            **self.named(ask.settings),
        }
        if ask.streamed:
            arguments["stream"] = True
        return arguments

    def _format(self, ask: Ask) -> dict[str, Any]:
        """What makes the answer fit the schema."""
        if ask.mode in (Mode.STRICT, Mode.SCHEMA):
            described: dict[str, Any] = {"name": ask.name, "schema": ANY.fit(ask.schema)}
            if ask.mode is Mode.STRICT:
                described |= {"schema": self.dialect.fit(ask.schema), "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": described}}
        if ask.mode is Mode.TOOL:
            function = {
                "name": ask.name,
                "description": "Give the answer.",
                "parameters": ask.schema,
            }
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": "required",  # LM Studio and llama.cpp take no name here
            }
        formats = {"response_format": {"type": "json_object"}} if ask.mode is Mode.JSON else {}
        return {"messages": with_schema(ask), **formats}

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`chat.completions.create`, sync or async as the client is."""
        return taking_more(client.chat.completions.create)

    def reply(self, response: Any) -> Reply:
        """Read a completion."""
        if not hasattr(response, "model_dump"):
            raise NoAnswerError("the server's answer is not a JSON completion: check base_url")
        whole = TextCollector(lambda data: read_completion(data, "message"))
        whole.add(response.model_dump(warnings=False))
        return whole.reply()

    def collector(self) -> Collector:
        """Puts the chunks of a streamed completion together."""
        return TextCollector(
            lambda chunk: read_completion(chunk.model_dump(warnings=False), "delta"), needs_end=True
        )

    def answer_in(self, error: Exception) -> Reply | None:
        """The answer that Groq sends as an error."""
        body = getattr(error, "body", None)
        if code_in(body) not in _UNFIT_CODES:
            return None
        is_cut_off = _CUT_OFF_WORDS in (message_in(body) or "")
        return Reply(str(field_in(body, "failed_generation") or ""), is_cut_off=is_cut_off)


def read_completion(data: dict[str, Any], part: str) -> dict[str, Any]:
    """What a completion or one of its chunks says, as changes of a TextCollector.

    Args:
        data: The completion or the chunk.
        part: "message" or "delta".
    """
    if error := data.get("error"):
        raise error_in_answer(error)
    read: dict[str, Any] = {"text": "", "tokens": _tokens(data)}
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return read
    finish = choice.get("finish_reason")
    if choice.get("error") or finish == "error":  # a fault of the provider behind a gateway
        raise error_in_answer(choice.get("error") or "the provider broke off the answer")
    message = fields_of(choice.get(part))
    return read | {
        "text": _text(message.get("content")) or _called(message),
        "refusal": message.get("refusal") or None,
        "is_cut_off": True if finish in _CUT_OFF else None,
        "is_filtered": True if finish == "content_filter" else None,
        "is_finished": finish is not None,
    }


def error_in_answer(error: Any) -> ErrorInAnswerError:
    """The error in the body of a response that was sent with status 200."""
    status = status_in(error) or HTTPStatus.INTERNAL_SERVER_ERROR
    return ErrorInAnswerError(status, message_in(error) or str(error), error)


def _text(content: Any) -> str:
    """The content of a message, which some servers send as a list of parts."""
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, dict))
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


def _called(message: dict[str, Any]) -> str:
    """The arguments of the first tool call, as text even where a server sends them as an object."""
    calls = message.get("tool_calls")
    call = calls[0] if isinstance(calls, list) and calls else message
    if not isinstance(call, dict) or call.get("index"):  # another call of a stream
        return ""
    function = call.get("function") or call.get("function_call")
    arguments = function.get("arguments") if isinstance(function, dict) else None
    return json.dumps(arguments) if isinstance(arguments, dict) else str(arguments or "")


def _tokens(data: dict[str, Any]) -> Tokens | None:
    """The usage, which Groq's older streams have in a field of its own."""
    usage = data.get("usage") or fields_of(data.get("x_groq")).get("usage")
    counts = fields_of(usage)
    details = fields_of(counts.get("prompt_tokens_details"))
    return tokens(
        counts.get("prompt_tokens"),
        counts.get("completion_tokens"),
        details.get("cached_tokens") or counts.get("prompt_cache_hit_tokens"),  # DeepSeek
        details.get("cache_write_tokens"),
    )
