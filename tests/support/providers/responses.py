"""OpenAI's Responses API, with what it refuses.

https://platform.openai.com/docs/api-reference/responses/create
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tests.support.providers.base import KEY, RECEIVED, SENT, Asked, ProviderServer, Refused, Say
from tests.support.providers.chat import CACHED, REFUSAL, openai_error
from tests.support.providers.strict import strict_fault

PARAMETERS = frozenset(
    "background context_management conversation include input instructions max_output_tokens"
    " max_tool_calls metadata model parallel_tool_calls previous_response_id prompt"
    " prompt_cache_key prompt_cache_retention reasoning safety_identifier service_tier store stream"
    " stream_options temperature text tool_choice tools top_logprobs top_p truncation user".split()
)
_LEAST_TOKENS = 16
_ROLES = ("user", "assistant", "system", "developer")
_REASONS = {"cut": "max_output_tokens", "filter": "content_filter"}


def refuse(message: str, param: str | None = None, code: str | None = None) -> Refused:
    return Refused(openai_error(400, message, param, code))


class ResponsesServer(ProviderServer):
    """Attributes:
    lacks: "format" for a model without JSON schemas.
    """

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        if path != "/v1/responses":
            raise Refused(openai_error(404, f"Invalid URL (POST {path})"))
        sent = headers.get("authorization", "").removeprefix("Bearer ")
        if sent != KEY:
            message = f"Incorrect API key provided: {sent}."
            raise Refused(openai_error(401, message, None, "invalid_api_key"))
        for name in sorted(body.keys() - PARAMETERS):
            raise refuse(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
        if body["model"].startswith("gpt-5") and "temperature" in body:
            raise refuse(
                "Unsupported parameter: 'temperature' is not supported with this model.",
                "temperature",
            )
        if body.get("max_output_tokens", _LEAST_TOKENS) < _LEAST_TOKENS:
            raise refuse(
                "Invalid 'max_output_tokens': integer below minimum value.",
                "max_output_tokens",
                "integer_below_min_value",
            )
        return self._asked(body)

    def _asked(self, body: dict[str, Any]) -> Asked:
        messages = body["input"]
        for number, message in enumerate(messages):
            if message["role"] not in _ROLES:
                raise refuse(f"Invalid value: '{message['role']}'.", f"input[{number}].role")
        form = body.get("text", {}).get("format", {})
        if form.get("type") == "json_object" and "json" not in json.dumps(messages).lower():
            raise refuse(
                "Response input messages must contain the word 'json' in some form to use"
                " 'text.format' of type 'json_object'.",
                "input",
            )
        if form.get("type") == "json_schema" and "format" in self.lacks:
            message = "Invalid parameter: 'text.format' of type 'json_schema' is not supported with this model."
            raise refuse(message, "text.format")
        if form.get("strict") and (fault := strict_fault(form["schema"])):
            message = f"Invalid schema for response_format '{form['name']}': {fault}"
            raise refuse(message, "text.format.schema", "invalid_json_schema")
        system = body.get("instructions", "") + "".join(
            m["content"] for m in messages if m["role"] == "system"
        )
        texts = [m["content"] for m in messages if m["role"] != "system"]
        return Asked(form.get("schema"), system, texts, bool(body.get("stream")))

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        part: dict[str, Any] = {"type": "output_text", "text": text, "annotations": []}
        if say.stop == "refusal":
            part = {"type": "refusal", "refusal": REFUSAL}
        reason = _REASONS.get(say.stop)
        details = {"cached_tokens": CACHED, "cache_write_tokens": 0}
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 0,
            "model": body["model"],
            "status": "incomplete" if reason else "completed",
            "incomplete_details": {"reason": reason} if reason else None,
            "error": None,
            "output": [
                {"type": "reasoning", "id": "rs_1", "summary": []},
                {
                    "type": "message",
                    "id": "msg_1",
                    "role": "assistant",
                    "status": "completed",
                    "content": [] if say.stop == "filter" else [part],
                },
            ],
            "usage": {
                "input_tokens": SENT,
                "input_tokens_details": details,
                "output_tokens": RECEIVED,
                "output_tokens_details": {"reasoning_tokens": 20},
                "total_tokens": SENT + RECEIVED,
            },
        }

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[str]:
        """https://platform.openai.com/docs/api-reference/responses-streaming"""
        place = {"item_id": "msg_1", "output_index": 1, "content_index": 0}
        yield event("response.created", response=self.whole(body, "", Say()) | {"output": []})
        if say.stop == "refusal":
            yield event("response.refusal.delta", **place, delta=REFUSAL[:8])
            yield event("response.refusal.done", **place, refusal=REFUSAL)
        said = ""
        for text in texts if say.stop in ("end", "cut") else ():
            said += text
            for at in range(0, len(text), 50):
                delta = text[at : at + 50]
                yield event("response.output_text.delta", **place, delta=delta, logprobs=[])
        if say.breaks:
            return
        if say.stop == "end":
            yield event("response.output_text.done", **place, text=said, logprobs=[])
        kind = "incomplete" if say.stop in _REASONS else "completed"
        yield event(f"response.{kind}", response=self.whole(body, said, say))


def event(kind: str, **fields: Any) -> str:
    """An event of a stream."""
    return f"event: {kind}\ndata: {json.dumps({'type': kind, 'sequence_number': 0, **fields})}\n\n"
