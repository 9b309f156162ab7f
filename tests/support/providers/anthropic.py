"""Anthropic's Messages API of version 2026-10-21, with what it refuses.

The statuses and bodies of errors: https://platform.claude.com/docs/en/api/errors
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tests.support.providers.base import (
    KEY,
    RECEIVED,
    SENT,
    Asked,
    ProviderServer,
    Refused,
    Say,
    require,
    schemas_in,
)
from tests.support.server import Reply

# https://platform.claude.com/docs/en/api/messages/create; any other is "Extra inputs …".
PARAMETERS = frozenset(
    "model messages max_tokens system stream stop_sequences metadata thinking tools tool_choice"
    " output_config service_tier cache_control inference_geo container diagnostics speed".split()
)
# Gone with version 2026-10-21 of the API; before, newer models refused them:
# https://platform.claude.com/docs/en/api/versioning
SAMPLING = frozenset({"temperature", "top_p", "top_k"})
VERSIONS = ("2023-06-01", "2026-10-21")
# https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
SCHEMA_KEYWORDS = frozenset(
    "type properties required additionalProperties items enum const anyOf allOf $ref $defs"
    " minItems description title format".split()
)
_STOPS = {"end": "end_turn", "refusal": "refusal", "cut": "max_tokens", "filter": "refusal"}
NEWER = "claude-opus-5-5"
"""A model that takes no sampling parameters in any version."""


def error(status: int, kind: str, message: str, **headers: str) -> Reply:
    """An error as the API sends it."""
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}
    return Reply(status, json.dumps(body), {"Content-Type": "application/json", **headers})


def invalid(message: str) -> Refused:
    return Refused(error(400, "invalid_request_error", message))


class AnthropicServer(ProviderServer):
    """Attributes:
    lacks: "format" for a model without structured outputs, "grammar" if its schema is too large
        for one, "tools" for one that thinks and cannot be forced to call a tool, "cache".
    most_tokens: The largest `max_tokens`.
    cached: How many tokens of a request come from the cache, and how many are put into it, if it
        has a `cache_control`.
    """

    def reset(self) -> None:
        super().reset()
        self.most_tokens = 64_000
        self.cached = (0, 800)

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        require(path == "/v1/messages", lambda: error(404, "not_found_error", "Not found"))
        self._check_headers(headers)
        return self.check(body, headers["anthropic-version"])

    def check(self, body: dict[str, Any], version: str) -> Asked:
        """What a request of a version of the API asks for."""
        self._check_parameters(body, version)
        self._check_messages(body["messages"])
        schema = self._schema(body)
        system = body.get("system") or ""
        return Asked(
            schema,
            system if isinstance(system, str) else "".join(block["text"] for block in system),
            ["".join(block["text"] for block in _blocks(m)) for m in body["messages"]],
            bool(body.get("stream")),
        )

    def _check_headers(self, headers: dict[str, str]) -> None:
        sent = headers.get("authorization", "").removeprefix("Bearer ") or headers.get("x-api-key")
        if sent != KEY:
            raise Refused(error(401, "authentication_error", f"invalid bearer token {sent}"))
        if headers.get("anthropic-version") not in VERSIONS:
            raise invalid("anthropic-version: a valid API version is required")

    def _check_parameters(self, body: dict[str, Any], version: str) -> None:
        for name in ("model", "max_tokens", "messages"):
            if name not in body:
                raise invalid(f"{name}: Field required")
        allowed = PARAMETERS | (SAMPLING if version == VERSIONS[0] else frozenset())
        for name in body.keys() - allowed:
            raise invalid(f"{name}: Extra inputs are not permitted")
        if body["model"] == NEWER and (given := SAMPLING & body.keys()):
            raise invalid(f"`{min(given)}` is deprecated for this model.")
        if "claude-" not in body["model"]:
            raise Refused(error(404, "not_found_error", f"model: {body['model']}"))
        if body["max_tokens"] > self.most_tokens:
            raise invalid(
                f"max_tokens: {body['max_tokens']} > {self.most_tokens}, which is the maximum allowed"
                f" number of output tokens for {body['model']}"
            )
        if not isinstance(body.get("stop_sequences", []), list):
            raise invalid("stop_sequences: Input should be a valid list")

    def _check_messages(self, messages: list[dict[str, Any]]) -> None:
        if messages[-1]["role"] != "user":
            raise invalid(
                "This model does not support assistant message prefill. The conversation must end"
                " with a user message."
            )
        for number, message in enumerate(messages):
            where = f"messages.{number}"
            if message.keys() - {"role", "content"}:
                raise invalid(f"{where}: Extra inputs are not permitted")
            if message["role"] not in ("user", "assistant"):
                raise invalid(f"{where}: use the top-level `system` parameter, not a system role")
            for block in _blocks(message):
                if not block["text"].strip():
                    raise invalid(f"{where}: text content blocks must contain non-whitespace text")
                if "cache_control" in block and "cache" in self.lacks:
                    raise invalid(
                        f"{where}.content.0.cache_control: Extra inputs are not permitted"
                    )

    def _schema(self, body: dict[str, Any]) -> dict[str, Any] | None:
        if form := body.get("output_config", {}).get("format"):
            if "format" in self.lacks:
                raise invalid(f"'{body['model']}' does not support output format.")
            check_schema(form["schema"])
            if "grammar" in self.lacks:
                raise invalid(
                    "The compiled grammar is too large, which would cause performance issues."
                    " Simplify your tool schemas or reduce the number of strict tools."
                )
            return dict(form["schema"])
        if "tools" in body:
            if "tools" in self.lacks and body["tool_choice"]["type"] != "auto":
                raise invalid("Thinking may not be enabled when tool_choice forces tool use.")
            [tool] = body["tools"]
            if not re.fullmatch(r"[a-zA-Z0-9_-]{1,128}", tool["name"]):
                raise invalid("tools.0.custom.name: String should match pattern")
            if tool["input_schema"].get("type") != "object":
                raise invalid("tools.0.custom.input_schema.type: Field required")
            return dict(tool["input_schema"])
        return None

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        thought = {"type": "thinking", "thinking": '{"headline": "no"}', "signature": "s"}
        if "tools" in body:
            call = {"type": "tool_use", "id": "toolu_1", "name": body["tools"][0]["name"]}
            content = [{**call, "input": json.loads(text) if say.stop == "end" else {}}]
        else:
            content = [thought, {"type": "text", "text": text}]
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "usage": self._usage(body) | {"output_tokens": RECEIVED},
            **_stopped(body, say),
        }

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[str]:
        """https://platform.claude.com/docs/en/build-with-claude/streaming"""
        start = self.whole(body, "{}", Say()) | {"content": [], "stop_reason": None}
        usage = self._usage(body) | {"output_tokens": 1}
        yield event("message_start", message=start | {"usage": usage})
        yield event("ping")
        is_tool = "tools" in body
        if not is_tool:
            yield event(
                "content_block_start", index=0, content_block={"type": "thinking", "thinking": ""}
            )
            thought = {"type": "thinking_delta", "thinking": '{"headline": "no"}'}
            yield event("content_block_delta", index=0, delta=thought)
            yield event("content_block_stop", index=0)
        block = {"type": "text", "text": ""}
        if is_tool:
            block = {
                "type": "tool_use",
                "id": "toolu_1",
                "name": body["tools"][0]["name"],
                "input": {},
            }
        yield event("content_block_start", index=1, content_block=block)
        for text in texts:
            for at in range(0, len(text), 50):
                piece = text[at : at + 50]
                delta = {"type": "text_delta", "text": piece}
                if is_tool:
                    delta = {"type": "input_json_delta", "partial_json": piece}
                yield event("content_block_delta", index=1, delta=delta)
        if not say.breaks:
            yield event("content_block_stop", index=1)
            usage = {"output_tokens": RECEIVED}
            yield event("message_delta", delta=_stopped(body, say), usage=usage)
            yield event("message_stop")

    def _usage(self, body: dict[str, Any]) -> dict[str, int]:
        marked = any("cache_control" in b for m in body["messages"] for b in _blocks(m))
        read, written = self.cached if marked else (0, 0)
        return {
            "input_tokens": SENT - read - written,
            "cache_read_input_tokens": read,
            "cache_creation_input_tokens": written,
        }


def event(name: str, **data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n"


def _stopped(body: dict[str, Any], say: Say) -> dict[str, Any]:
    """Why the answer ends: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons"""
    reason = "tool_use" if "tools" in body and say.stop == "end" else _STOPS[say.stop]
    details = {
        "type": "refusal",
        "category": "bio",
        "explanation": "It could enable biological harm.",
    }
    return {
        "stop_reason": reason,
        "stop_sequence": None,
        "stop_details": details if reason == "refusal" else None,
    }


def _blocks(message: dict[str, Any]) -> list[dict[str, Any]]:
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def check_schema(schema: dict[str, Any]) -> None:
    where = "output_config.format.schema"
    for each in schemas_in(schema):
        for name in each.keys() - SCHEMA_KEYWORDS:
            raise invalid(
                f"{where}: For '{each.get('type')}' type, property '{name}' is not supported"
            )
        if each.get("minItems", 0) > 1:
            raise invalid(
                f"{where}: For 'array' type, 'minItems' values other than 0 or 1 are not supported"
            )
        if each.get("type") == "object" and each.get("additionalProperties") is not False:
            raise invalid(
                f"{where}: For 'object' type, 'additionalProperties' must be explicitly set to false"
            )
