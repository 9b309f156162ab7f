"""Chat completions: OpenAI, Azure OpenAI, and the many servers that speak their protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

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
    tokens,
    with_schema,
)

_INTERNAL_ERROR = 500
_STATUSES = range(400, 600)


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
            "messages": ask.messages,
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
                "tool_choice": {"type": "function", "function": {"name": ask.name}},
            }
        formats = {"response_format": {"type": "json_object"}} if ask.mode is Mode.JSON else {}
        return {"messages": with_schema(ask), **formats}

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`chat.completions.create`, sync or async as the client is."""
        return client.chat.completions.create  # type: ignore[no-any-return]

    def reply(self, response: Any) -> Reply:
        """Read a completion."""
        if not hasattr(response, "model_dump"):
            raise NoAnswerError("the server's answer is not a JSON completion: check base_url")
        whole = TextCollector(lambda data: _read(data, "message"))
        whole.add(response.model_dump(warnings=False))
        return whole.reply()

    def collector(self) -> Collector:
        """Puts the chunks of a streamed completion together."""
        return TextCollector(lambda chunk: _read(chunk.model_dump(warnings=False), "delta"))


def _read(data: dict[str, Any], part: str) -> dict[str, Any]:
    """What a completion or one of its chunks says, as attributes of a Reply.

    Args:
        data: The completion or the chunk.
        part: "message" or "delta".
    """
    if error := data.get("error"):
        raise _error(error)
    read: dict[str, Any] = {"text": "", "tokens": _tokens(data.get("usage"))}
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return read
    if isinstance(error := choice.get("error"), dict):  # a fault of the provider behind a gateway
        raise _error(error)
    finish = choice.get("finish_reason")
    message = choice.get(part) or {}
    return read | {
        "text": _text(message.get("content")) or _called(message),
        "refusal": message.get("refusal") or None,
        "is_cut_off": True if finish == "length" else None,
        "is_filtered": True if finish == "content_filter" else None,
    }


def _text(content: Any) -> str:
    """The content of a message, which some servers send as a list of parts."""
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, dict))
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


def _called(message: dict[str, Any]) -> str:
    """The arguments of the first tool call."""
    calls = message.get("tool_calls") or [message]
    call = calls[0] if isinstance(calls[0], dict) else {}
    if call.get("index"):  # another call of a stream
        return ""
    function = call.get("function") or call.get("function_call") or {}
    return function.get("arguments") or "" if isinstance(function, dict) else ""


def _tokens(usage: Any) -> Tokens | None:
    if not isinstance(usage, dict):
        return None
    details = usage.get("prompt_tokens_details") or {}
    return tokens(
        usage.get("prompt_tokens"), usage.get("completion_tokens"), details.get("cached_tokens")
    )


def _error(error: Any) -> ErrorInAnswerError:
    """The error in the body of a response that was sent with status 200."""
    fields = error if isinstance(error, dict) else {"message": error}
    code = str(fields.get("code"))
    status = int(code) if code.isdecimal() and int(code) in _STATUSES else _INTERNAL_ERROR
    return ErrorInAnswerError(status, str(fields.get("message") or fields))
