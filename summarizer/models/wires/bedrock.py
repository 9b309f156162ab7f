"""Amazon Bedrock's Converse, by boto3, which has no async client: it is asked in a thread."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

from ...errors import ModelError
from ..clients import Access, Clients, environment
from ..json_schema import ANTHROPIC, BEDROCK_TOOL
from .base import (
    Ask,
    Collector,
    Messages,
    Mode,
    Reply,
    TextCollector,
    Tokens,
    Wire,
    fields_of,
    tokens,
    with_schema,
)

ADDRESS_VARIABLE = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"
_KEY_VARIABLE = "AWS_BEARER_TOKEN_BEDROCK"
_MOST_CONNECTIONS = 50
_INFERENCE = frozenset({"temperature", "topP", "maxTokens", "stopSequences"})
_PARAMETERS = frozenset(
    "guardrailConfig performanceConfig serviceTier requestMetadata promptVariables projectIdentifier"
    " additionalModelRequestFields additionalModelResponseFieldPaths".split()
)
"""Settings that Converse has itself; any other one is the model's."""
_TOP = ("type", "properties", "required")
"""What Amazon's models take at the top of a tool's schema."""
_CUT_OFF = frozenset({"max_tokens", "model_context_window_exceeded"})
_FILTERED = frozenset({"guardrail_intervened", "content_filtered"})


@dataclass(frozen=True)
class Bedrock(Wire):
    """Converse and ConverseStream, for all models that Bedrock has.

    A setting `cachePoint` is put after the article, the end of what requests have in common.
    """

    modes: tuple[Mode, ...] = (Mode.STRICT, Mode.TOOL, Mode.TEXT)

    names: ClassVar[Mapping[str, str]] = {
        "max_tokens": "maxTokens",
        "stop": "stopSequences",
        "top_p": "topP",
    }
    defaults: ClassVar[Mapping[str, Any]] = {"temperature": 0.0}
    lacks: ClassVar[frozenset[str]] = frozenset({"seed", "headers", "timeout"})
    is_sync: ClassVar[bool] = True

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """The arguments of `converse` and `converse_stream`."""
        settings = self.named(ask.settings)
        cache_point = settings.pop("cachePoint", None)
        output_config = settings.pop("outputConfig", None) or {}
        if ask.mode is Mode.TEXT:
            ask = replace(ask, messages=with_schema(ask))
        arguments = {
            "modelId": ask.model,
            "messages": _messages(ask.dialogue, cache_point),
            **_format(ask, output_config),
            **_parameters(settings),
        }
        if ask.system:
            arguments["system"] = [{"text": ask.system}]
        return arguments

    def method(self, client: Any, *, streamed: bool, is_async: bool) -> Callable[..., Any]:
        """`converse`, or `converse_stream` down to its events."""
        if streamed:
            return lambda **arguments: client.converse_stream(**arguments)["stream"]
        return client.converse  # type: ignore[no-any-return]

    def reply(self, response: Any) -> Reply:
        """Read an answer."""
        blocks = response.get("output", {}).get("message", {}).get("content") or []
        stopped = _stopped(response)
        text = "".join(block.get("text") or "" for block in blocks)
        called = "".join(json.dumps(b["toolUse"]["input"]) for b in blocks if "toolUse" in b)
        if stopped["is_cut_off"]:  # what is there of a call looks like a whole one
            called = ""
        return Reply(called or text, _tokens(response.get("usage")), **stopped)

    def collector(self) -> Collector:
        """Puts the events of a stream together."""
        return TextCollector(_read, needs_end=True)


def _messages(dialogue: Messages, cache_point: Any) -> Messages:
    """The messages, of which the first has the article."""
    messages: Messages = [
        {"role": m["role"], "content": [{"text": m["content"]}]} for m in dialogue
    ]
    if cache_point is not None:
        messages[0]["content"].append({"cachePoint": cache_point})
    return messages


def _parameters(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings, each where it belongs: of the inference, of Converse, or of the model."""
    inference = {name: value for name, value in settings.items() if name in _INFERENCE}
    if isinstance(stop := inference.get("stopSequences"), str):
        inference["stopSequences"] = [stop]
    converse = {name: value for name, value in settings.items() if name in _PARAMETERS}
    rest = {n: value for n, value in settings.items() if n not in _INFERENCE | _PARAMETERS}
    model = {**rest, **(converse.pop("additionalModelRequestFields", None) or {})}
    placed = {"inferenceConfig": inference, "additionalModelRequestFields": model}
    return converse | {name: value for name, value in placed.items() if value}


def _format(ask: Ask, output_config: Mapping[str, Any]) -> dict[str, Any]:
    """What makes the answer fit the schema, with the user's own configuration of the output."""
    formats: dict[str, Any] = {}
    if ask.mode is Mode.STRICT:
        described = {"name": ask.name, "schema": json.dumps(ANTHROPIC.fit(ask.schema))}
        enforced = {"type": "json_schema", "structure": {"jsonSchema": described}}
        output_config = {**output_config, "textFormat": enforced}
    if ask.mode is Mode.TOOL:
        schema = BEDROCK_TOOL.fit(ask.schema)
        tool = {
            "name": ask.name,
            "description": "Give the answer.",
            "inputSchema": {"json": {name: schema[name] for name in _TOP if name in schema}},
        }
        formats["toolConfig"] = {
            "tools": [{"toolSpec": tool}],
            "toolChoice": {"tool": {"name": ask.name}},
        }
    return formats | ({"outputConfig": output_config} if output_config else {})


def _read(event: Mapping[str, Any]) -> dict[str, Any]:
    """What an event of a stream says, as attributes of a Reply."""
    delta = fields_of(fields_of(event.get("contentBlockDelta")).get("delta"))
    read = {"text": delta.get("text") or fields_of(delta.get("toolUse")).get("input")}
    if (stop := event.get("messageStop")) is not None:
        read |= {"is_finished": True, **_stopped(stop)}
    if (metadata := event.get("metadata")) is not None:
        read["tokens"] = _tokens(metadata.get("usage"))
    return read


def _stopped(data: Mapping[str, Any]) -> dict[str, Any]:
    """Why the answer ends, as attributes of a Reply."""
    reason = data.get("stopReason")
    return {"is_cut_off": reason in _CUT_OFF, "is_filtered": reason in _FILTERED}


def _tokens(usage: Any) -> Tokens | None:
    """The usage; what was read from the cache, and put into it, is not in its input tokens."""
    counts = fields_of(usage)
    cached = counts.get("cacheReadInputTokens") or 0
    written = counts.get("cacheWriteInputTokens") or 0
    fresh = counts.get("inputTokens")
    sent = None if fresh is None else fresh + cached + written
    return tokens(sent, counts.get("outputTokens"), cached, written)


def bedrock_clients(access: Access) -> Clients:
    """A client with the region, credentials and profile that boto3 finds.

    A key is one of Bedrock's own, as in AWS_BEARER_TOKEN_BEDROCK.
    """
    return Clients(lambda: _client(access, environment("AWS_")), lambda: None)


@lru_cache(maxsize=8)
def _client(access: Access, _environment: Any) -> Any:
    """One client for all calls: making it takes longer than a request."""
    import boto3
    import botocore.session
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, NoRegionError
    from botocore.tokens import ScopedEnvTokenProvider

    more: dict[str, Any] = {}
    session = botocore.session.get_session()
    if access.api_key is not None:
        provider = ScopedEnvTokenProvider(session, {_KEY_VARIABLE: access.api_key})
        session.register_component("token_provider", provider)
        more["signature_version"] = "bearer"
    config = Config(
        read_timeout=access.timeout,
        connect_timeout=access.timeout,
        retries={"total_max_attempts": 1},
        max_pool_connections=_MOST_CONNECTIONS,
        **more,
    )
    region = os.environ.get("AWS_REGION")
    try:
        return boto3.Session(botocore_session=session, region_name=region).client(
            "bedrock-runtime", config=config
        )
    except NoRegionError as error:
        raise ModelError("bedrock needs a region: set AWS_REGION.") from error
    except BotoCoreError as error:
        raise ModelError(f"bedrock: {error}") from error
