"""Amazon Bedrock's Converse and ConverseStream, with what they refuse.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from tests.support.event_stream import TYPE, frame
from tests.support.providers.anthropic import check_schema
from tests.support.providers.base import (
    KEY,
    RECEIVED,
    SENT,
    Asked,
    ProviderServer,
    Refused,
    Say,
    schemas_in,
)
from tests.support.server import Reply

PARAMETERS = frozenset(
    "messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields"
    " promptVariables additionalModelResponseFieldPaths requestMetadata performanceConfig"
    " serviceTier outputConfig".split()
)
_STOPS = {
    "end": "end_turn",
    "refusal": "content_filtered",
    "cut": "max_tokens",
    "filter": "guardrail_intervened",
}
MODEL_FIELDS = frozenset({"top_k", "thinking", "inferenceConfig"})
"""What models take as fields of their own: Claude the first two, Nova the last."""


def error(status: int, kind: str, message: str, **headers: str) -> Reply:
    """An error as the service sends it."""
    fields = {"Content-Type": "application/json", "x-amzn-errortype": f"{kind}:http://internal/"}
    return Reply(status, json.dumps({"message": message}), fields | headers)


def invalid(message: str) -> Refused:
    return Refused(error(400, "ValidationException", message))


class BedrockServer(ProviderServer):
    """Attributes:
    lacks: "outputConfig" for a model without structured outputs, "toolChoice" if it cannot be
        forced to call a tool, "temperature", "caching", "streaming tools".
    cached: How many tokens of a request come from the cache, and how many are put into it, if it
        has a `cachePoint`.
    """

    stream_type = TYPE

    def reset(self) -> None:
        super().reset()
        self.cached = (0, 800)

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        called = re.fullmatch(r"/model/([^/]+)/converse(-stream)?", path)
        if called is None:
            raise Refused(error(404, "UnknownOperationException", "no such operation"))
        self._check_key(headers.get("authorization", ""))
        streamed = called[2] is not None
        self._check_model(unquote(called[1]), body, streamed)
        self._check_messages(body["messages"])
        return Asked(
            self._schema(body),
            "".join(block["text"] for block in body.get("system", [])),
            [m["content"][0]["text"] for m in body["messages"]],
            streamed,
        )

    def _check_key(self, authorization: str) -> None:
        if authorization.startswith("Bearer ") and authorization != f"Bearer {KEY}":
            raise Refused(error(403, "AccessDeniedException", "Authentication failed"))
        if not authorization.startswith(("Bearer ", f"AWS4-HMAC-SHA256 Credential={KEY}/")):
            words = "The security token included in the request is invalid."
            raise Refused(error(403, "UnrecognizedClientException", words))

    def _check_model(self, model: str, body: dict[str, Any], streamed: bool) -> None:
        if not re.match(r"(\w+\.)?(anthropic|amazon|meta)\.", model):
            raise invalid("The provided model identifier is invalid.")
        if model.startswith("anthropic."):
            raise invalid(
                f"Invocation of model ID {model} with on-demand throughput isn’t supported. Retry your"
                " request with the ID or ARN of an inference profile that contains this model."
            )
        if unknown := body.keys() - PARAMETERS:
            raise invalid(f"Malformed input request: #: extraneous key {sorted(unknown)}")
        for name in body.get("additionalModelRequestFields", {}).keys() - MODEL_FIELDS:
            raise invalid(
                f"Malformed input request: #: extraneous key [{name}] is not permitted, please"
                " reformat your input and try again."
            )
        if "temperature" in self.lacks and "temperature" in body.get("inferenceConfig", {}):
            raise invalid(
                "The model returned the following errors: `temperature` is deprecated for this model."
            )
        if "streaming tools" in self.lacks and streamed and "toolConfig" in body:
            raise invalid("This model doesn't support tool use in streaming mode.")

    def _check_messages(self, messages: list[dict[str, Any]]) -> None:
        for number, message in enumerate(messages):
            if message["role"] != ("user", "assistant")[number % 2]:
                raise invalid("A conversation must alternate between user and assistant roles.")
            text, *rest = message["content"]
            if not text["text"].strip():
                raise invalid(
                    f"The text field in the ContentBlock object at messages.{number}.content.0 is"
                    " blank. Add text to the text field, and try again."
                )
            if rest and "caching" in self.lacks:
                words = (
                    "You invoked an unsupported model or your request did not allow prompt caching."
                )
                raise Refused(error(403, "AccessDeniedException", words))

    def _schema(self, body: dict[str, Any]) -> dict[str, Any] | None:
        if form := body.get("outputConfig", {}).get("textFormat"):
            # https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
            if "outputConfig" in self.lacks:
                raise invalid(
                    "Malformed input request: #: extraneous key [outputConfig] is not permitted"
                )
            schema = json.loads(form["structure"]["jsonSchema"]["schema"])
            try:
                check_schema(schema)
            except Refused as refused:
                words = json.loads(refused.reply.body)["error"]["message"]
                raise invalid(f"The model returned the following errors: {words}") from None
            return dict(schema)
        if config := body.get("toolConfig"):
            if "toolChoice" in self.lacks and "tool" in config["toolChoice"]:
                raise invalid(
                    "This model doesn't support the toolConfig.toolChoice.tool field. Remove"
                    " toolConfig.toolChoice.tool and try again."
                )
            schema = config["tools"][0]["toolSpec"]["inputSchema"]["json"]
            # https://docs.aws.amazon.com/nova/latest/userguide/tool-use-definition.html
            if schema.keys() - {"type", "properties", "required"}:
                raise invalid("toolConfig: the schema has fields that are not supported at its top")
            if any("$ref" in each for each in schemas_in(schema)):
                raise invalid("toolConfig: $ref is not supported")
            return dict(schema)
        return None

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        thought = {"reasoningContent": {"reasoningText": {"text": '{"headline": "no"}'}}}
        content: list[dict[str, Any]] = [thought, {"text": text}]
        if "toolConfig" in body:
            name = body["toolConfig"]["tools"][0]["toolSpec"]["name"]
            called = json.loads(text) if say.stop == "end" else {}
            content = [{"toolUse": {"toolUseId": "t1", "name": name, "input": called}}]
        return {
            "output": {"message": {"role": "assistant", "content": content}},
            "stopReason": _stop(body, say),
            "usage": self._usage(body),
            "metrics": {"latencyMs": 1},
        }

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[bytes]:
        yield frame("messageStart", {"role": "assistant"})
        thought = {"reasoningContent": {"text": '{"headline": "no"}'}}
        yield frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": thought})
        is_tool = "toolConfig" in body
        if is_tool:
            name = body["toolConfig"]["tools"][0]["toolSpec"]["name"]
            start = {"toolUse": {"toolUseId": "t1", "name": name}}
            yield frame("contentBlockStart", {"contentBlockIndex": 1, "start": start})
        for text in texts:
            for at in range(0, len(text), 50):
                piece = text[at : at + 50]
                delta: dict[str, Any] = (
                    {"toolUse": {"input": piece}} if is_tool else {"text": piece}
                )
                yield frame("contentBlockDelta", {"contentBlockIndex": 1, "delta": delta})
        if not say.breaks:
            yield frame("contentBlockStop", {"contentBlockIndex": 1})
            yield frame("messageStop", {"stopReason": _stop(body, say)})
            usage = {"usage": self._usage(body), "metrics": {"latencyMs": 1}}
            yield frame("metadata", usage)

    def _usage(self, body: dict[str, Any]) -> dict[str, int]:
        marked = any("cachePoint" in block for m in body["messages"] for block in m["content"])
        read, written = self.cached if marked else (0, 0)
        return {
            "inputTokens": SENT - read - written,
            "outputTokens": RECEIVED,
            "totalTokens": SENT + RECEIVED,
            "cacheReadInputTokens": read,
            "cacheWriteInputTokens": written,
        }


def _stop(body: dict[str, Any], say: Say) -> str:
    return "tool_use" if "toolConfig" in body and say.stop == "end" else _STOPS[say.stop]
