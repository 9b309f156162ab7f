"""Gemini, by Google's API or by Vertex AI: the SDK google-genai serves both, sync and async."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import ValidationError

from ...errors import NoModelError
from ..clients import Access, Clients, environment
from ..json_schema import GEMINI, Schema
from .base import (
    Ask,
    Collector,
    Messages,
    Mode,
    Reply,
    SdkError,
    TextCollector,
    Tokens,
    Wire,
    dialogue_of,
    problems_of,
    system_of,
    tokens,
    with_schema,
)

_ROLES = {"user": "user", "assistant": "model"}
_MILLISECONDS = 1000
_API_VERSION = "v1beta"
"""The SDK's own default, v1, lacks the models that are named "latest", and some previews."""
_WITH_TEMPERATURE = re.compile(r"gemini-[12]\b|gemma")
_FILTERED = frozenset(
    "SAFETY RECITATION LANGUAGE BLOCKLIST PROHIBITED_CONTENT SPII MODEL_ARMOR ESCALATION"
    " PUP_LIMITED_DISABLED".split()
)
"""Reasons to stop that withhold the answer."""


@dataclass(frozen=True)
class Gemini(Wire):
    """Google's generateContent.

    Attributes:
        modes: Older and open models lack the first ones.
    """

    modes: tuple[Mode, ...] = (Mode.SCHEMA, Mode.TOOL, Mode.JSON, Mode.TEXT)

    names: ClassVar[Mapping[str, str]] = {
        "max_tokens": "max_output_tokens",
        "stop": "stop_sequences",
    }
    defaults: ClassVar[Mapping[str, Any]] = {"temperature": 0.0, "seed": 0}
    serves_both: ClassVar[bool] = True

    def defaults_of(self, model: str) -> Mapping[str, Any]:
        """Google advises against a temperature other than its own from Gemini 3 on.

        >>> "temperature" in Gemini().defaults_of("gemini-2.5-flash")
        True
        >>> "temperature" in Gemini().defaults_of("gemini-3-flash-preview")
        False
        """
        if _WITH_TEMPERATURE.match(model.rpartition("/")[2]):
            return self.defaults
        return {name: value for name, value in self.defaults.items() if name != "temperature"}

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of `models.generate_content`."""
        from google.genai.types import GenerateContentConfig

        settings = self.named(ask.settings)
        if isinstance(stop := settings.get("stop_sequences"), str):
            settings["stop_sequences"] = [stop]
        http_options = _http_options(settings)
        system, dialogue = _told(ask)
        config = {
            "system_instruction": system or None,
            **_format(ask),
            "automatic_function_calling": {"disable": True},
            **settings,
            "http_options": http_options,
        }
        try:
            checked = GenerateContentConfig(**config)
        except ValidationError as error:
            raise SdkError(f"google-genai takes no such setting. {problems_of(error)}") from None
        return {"model": ask.model, "contents": _contents(dialogue), "config": checked}

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`models.generate_content` or `models.generate_content_stream`."""
        models = client.models
        return models.generate_content_stream if streamed else models.generate_content  # type: ignore[no-any-return]

    def asynchronous(self, client: Any) -> Any:
        """The `aio` of a client."""
        return getattr(client, "aio", client)

    def address(self, client: Any) -> str | None:
        """The base URL of a client, which has it in its HTTP options."""
        inner = getattr(client, "_api_client", None)  # the SDK shows neither this nor the key
        return inner and inner.get_read_only_http_options().get("base_url")

    def key(self, client: Any) -> str | None:
        """The API key of a client; None if it has other credentials."""
        return getattr(getattr(client, "_api_client", None), "api_key", None)

    def reply(self, response: Any) -> Reply:
        """Read a GenerateContentResponse."""
        whole = TextCollector(_read)
        whole.add(response)
        return whole.reply()

    def collector(self) -> Collector:
        """Puts the responses of a stream together, of which each brings the next piece of text."""
        return TextCollector(_read, needs_end=True)


def _http_options(settings: dict[str, Any]) -> dict[str, Any]:
    """The HTTP options of one request, taken out of the settings; without the SDK's own retries."""
    options = dict(settings.pop("http_options", None) or {})
    if headers := settings.pop("headers", None):
        options["headers"] = {**options.get("headers", {}), **headers}
    if timeout := settings.pop("timeout", None):
        options["timeout"] = round(timeout * _MILLISECONDS)
    return {**options, "retry_options": {"attempts": 1}}


def _told(ask: Ask) -> tuple[str, Messages]:
    """The system instruction, and the dialogue.

    A model that takes no system instruction ends in the last mode: there, it is the beginning of
    what the user says.
    """
    messages = with_schema(ask) if ask.mode in (Mode.JSON, Mode.TEXT) else ask.messages
    if ask.mode is Mode.TEXT:
        messages = [{**m, "role": m["role"].replace("system", "user")} for m in messages]
    return system_of(messages), dialogue_of(messages)


def _contents(dialogue: Messages) -> list[dict[str, Any]]:
    return [{"role": _ROLES[m["role"]], "parts": [{"text": m["content"]}]} for m in dialogue]


def _format(ask: Ask) -> dict[str, Any]:
    """What makes the answer fit the schema."""
    if ask.mode is Mode.TOOL:
        function = {
            "name": ask.name,
            "description": "Give the answer.",
            "parameters_json_schema": GEMINI.fit(ask.schema),
        }
        calling = {"mode": "ANY", "allowed_function_names": [ask.name]}
        return {
            "tools": [{"function_declarations": [function]}],
            "tool_config": {"function_calling_config": calling},
        }
    if ask.mode is Mode.TEXT:
        return {}
    schema: Schema = {}
    if ask.mode is not Mode.JSON:
        schema = {"response_json_schema": GEMINI.fit(ask.schema)}
    return {"response_mime_type": "application/json", **schema}


def _read(response: Any) -> dict[str, Any]:
    """What a response, whole or a piece of a stream, changes of a Reply."""
    read = {"text": "", "tokens": _tokens(response.usage_metadata)}
    feedback = response.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        words = f"the prompt was blocked: {_name(feedback.block_reason)}"
        return read | _withheld(words, feedback.block_reason_message)
    if not response.candidates:
        return read
    candidate = response.candidates[0]
    parts = (candidate.content and candidate.content.parts) or ()
    read["text"] = "".join(map(_text, parts))
    finish = _name(candidate.finish_reason)
    if finish in _FILTERED:
        return read | _withheld(finish, candidate.finish_message)
    return read | {
        "is_finished": True if finish else None,
        "is_cut_off": True if finish == "MAX_TOKENS" else None,
    }


def _withheld(reason: str, message: str | None) -> dict[str, Any]:
    words = f"{reason}. {message}" if message else reason
    return {"refusal": words, "is_filtered": True, "is_finished": True}


def _name(reason: Any) -> str:
    """The name of an enumeration's member, which is new to the SDK if the service is newer."""
    return "" if reason is None else str(getattr(reason, "value", reason))


def _text(part: Any) -> str:
    """The text of a part that is no thought, or the arguments of a call."""
    if part.function_call is not None:
        return json.dumps(part.function_call.args or {})
    return "" if part.thought else part.text or ""


def _tokens(usage: Any) -> Tokens | None:
    if usage is None or usage.prompt_token_count is None:
        return None
    return tokens(
        usage.prompt_token_count + (usage.tool_use_prompt_token_count or 0),
        (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0),
        usage.cached_content_token_count,
    )


def google_clients(access: Access) -> Clients:
    """Clients of the Gemini API; the SDK reads GOOGLE_GEMINI_BASE_URL."""
    return _clients({"vertexai": False, "api_key": access.api_key or "none"}, access.timeout)


def vertex_clients(access: Access) -> Clients:
    """Clients of Vertex AI.

    With a key they are in its express mode; else the project and the location are those of
    GOOGLE_CLOUD_PROJECT and GOOGLE_CLOUD_LOCATION, and the credentials the application default ones.
    The SDK reads GOOGLE_VERTEX_BASE_URL.
    """
    if access.api_key:
        return _clients({"vertexai": True, "api_key": access.api_key}, access.timeout)
    place: dict[str, Any] = {"vertexai": True}
    if project := os.environ.get("GOOGLE_CLOUD_PROJECT"):
        place["project"] = project
        place["location"] = os.environ.get("GOOGLE_CLOUD_LOCATION") or "global"
    return _clients(place, access.timeout)


def _clients(place: dict[str, Any], timeout: float) -> Clients:
    """A sync client for all calls, and an async one for this model, which is closed with it."""
    arguments = tuple(place.items())
    surroundings = environment("GOOGLE_", "GEMINI_", "CLOUDSDK_", "SSL_")
    return Clients(
        lambda: _sync_client(arguments, timeout, surroundings),
        lambda: _client(arguments, timeout).aio,
    )


@lru_cache(maxsize=8)
def _sync_client(arguments: Any, timeout: float, _environment: Any) -> Any:
    return _client(arguments, timeout)


def _client(arguments: tuple[tuple[str, Any], ...], timeout: float) -> Any:
    """A new client.

    Raises:
        NoModelError: The environment names no project, and there are no credentials that do.
    """
    from google import genai
    from google.auth.exceptions import GoogleAuthError
    from google.genai.types import HttpOptions

    place = dict(arguments)
    options: dict[str, Any] = {"timeout": round(timeout * _MILLISECONDS)}
    if not place["vertexai"] and "GOOGLE_GENAI_API_VERSION" not in os.environ:
        options["api_version"] = _API_VERSION
    try:
        return genai.Client(**place, http_options=HttpOptions(**options))
    except (GoogleAuthError, ValueError) as error:
        raise NoModelError(
            "Vertex AI needs application default credentials (gcloud auth application-default login)"
            f" and GOOGLE_CLOUD_PROJECT, or api_key=. {error}"
        ) from error
