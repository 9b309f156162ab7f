"""Mistral's chat completions, with what they refuse.

Its fields: https://docs.mistral.ai/api/endpoint/chat. Bodies of errors as they are quoted in issues of
its clients: 422 https://github.com/partITech/php-mistral/issues/76, 400
https://github.com/onyx-dot-app/onyx/issues/6458, 429 https://github.com/cline/cline/issues/9085, 401
https://github.com/diegosouzapw/OmniRoute/issues/7638.
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

MODELS = ("mistral-small-latest", "magistral-small-latest")
# Any other is "Extra inputs are not permitted": seed, stream_options and max_completion_tokens too.
PARAMETERS = frozenset(
    "model messages temperature top_p max_tokens stream stop random_seed metadata response_format"
    " tools tool_choice presence_penalty frequency_penalty n prediction parallel_tool_calls"
    " reasoning_effort prompt_mode guardrails prompt_cache_key service_tier safe_prompt".split()
)
_MESSAGE = frozenset({"role", "content"})
_FINISH = {"end": "stop", "cut": "length"}


def error(status: int, kind: str, message: str, code: str | None = None, **headers: str) -> Reply:
    """An error as the API sends it."""
    body = {"object": "error", "message": message, "type": kind, "param": None, "code": code}
    return Reply(status, json.dumps(body), {"Content-Type": "application/json", **headers})


def invalid(message: str, code: str | None = None) -> Refused:
    return Refused(error(400, "invalid_request_error", message, code))


def extra(*where: str) -> Refused:
    """A field that is not known."""
    detail = [
        {
            "type": "extra_forbidden",
            "loc": ["body", *where],
            "msg": "Extra inputs are not permitted",
            "input": 1,
        }
    ]
    body = {
        "object": "Error",
        "detail": detail,
        "message": detail,
        "type": "invalid_request_error",
        "code": 3001,
    }
    return Refused(Reply(422, json.dumps(body), {"Content-Type": "application/json"}))


class MistralServer(ProviderServer):
    """Attributes:
    lacks: "json_schema", "tools" and "json_object" for a model that takes none of them; or the name
        of a parameter.
    cached: How many tokens of a request come from the cache.
    """

    cached = 0

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        lost = '{"message":"no Route matched with those values"}'
        require(path == "/v1/chat/completions", lambda: Reply(404, lost, _JSON))
        if headers.get("authorization") != f"Bearer {KEY}":
            raise Refused(Reply(401, '{"detail":"Unauthorized"}', _JSON))
        for name in body:
            if name not in PARAMETERS or name in self.lacks:
                raise extra(name)
        if body["model"] not in MODELS:
            raise invalid(f"Invalid model: {body['model']}", "1500")
        self._check_messages(body["messages"])
        told, *rest = body["messages"]
        if told["role"] != "system":
            told, rest = {"content": ""}, body["messages"]
        texts = [message["content"] for message in rest]
        return Asked(self._schema(body), told["content"], texts, bool(body.get("stream")))

    def _check_messages(self, messages: list[dict[str, Any]]) -> None:
        before = None
        for number, message in enumerate(messages):
            role = message["role"]
            for name in message.keys() - _MESSAGE - {"prefix"}:
                raise extra("messages", str(number), role, name)
            if role == "system" and number:
                raise invalid(f"Unexpected role 'system' after role '{before}'", "3230")
            if role == "assistant" and not message.get("content"):
                raise invalid(
                    "Assistant message must have either content or tool_calls, but not none."
                )
            before = role
        if before != "user":
            raise invalid(
                "Expected last role User or Tool (or Assistant with prefix True) for serving but"
                f" got {before}",
                "3230",
            )

    def _schema(self, body: dict[str, Any]) -> dict[str, Any] | None:
        form = body.get("response_format", {"type": "text"})
        if form["type"] in self.lacks:
            raise invalid(f"response_format of type {form['type']} is not supported by this model")
        if form["type"] == "json_schema":
            described = form["json_schema"]
            for each in schemas_in(described["schema"]):
                is_open = each.get("additionalProperties") is not False
                if described["strict"] and each.get("type") == "object" and is_open:
                    raise invalid("Invalid schema: additionalProperties must be false", "3051")
            return dict(described["schema"])
        if "tools" in body:
            if "tools" in self.lacks:
                raise invalid("Function calling is not enabled for this model", "3000")
            if body["tool_choice"] not in ("any", "required"):
                raise invalid("A model that need not call the function may write prose.")
            [tool] = body["tools"]
            if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool["function"]["name"]):
                raise invalid("Function name must match ^[a-zA-Z0-9_-]{1,64}$")
            return dict(tool["function"]["parameters"])
        return None

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": _content(body, text)}
        finish = _FINISH[say.stop]
        if "tools" in body:
            message |= {"content": "", "tool_calls": [_call(body, text)]}
            finish = "tool_calls" if say.stop == "end" else finish
        return {
            "id": "cmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
            "usage": self._usage(),
        }

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[str]:
        """https://docs.mistral.ai/capabilities/completion/usage: the last chunk has the usage."""
        yield _chunk(body, {"role": "assistant", "content": ""})
        if "tools" in body:  # a call comes in one piece
            yield _chunk(body, {"tool_calls": [_call(body, "".join(texts))]})
        else:
            for text in texts:
                for at in range(0, len(text), 50):
                    yield _chunk(body, {"content": _content(body, text[at : at + 50])})
        if not say.breaks:
            yield _chunk(body, {"content": ""}, _FINISH[say.stop], self._usage())
            yield "data: [DONE]\n\n"

    def _usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": SENT,
            "completion_tokens": RECEIVED,
            "total_tokens": SENT + RECEIVED,
            "prompt_tokens_details": {"cached_tokens": self.cached},
        }


_JSON = {"Content-Type": "application/json"}


def _content(body: dict[str, Any], text: str) -> str | list[dict[str, Any]]:
    """An answer; of a model that reasons, with its thoughts before it."""
    if not body["model"].startswith("magistral"):
        return text
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": '{"headline": "no"}'}]}
    return [thought, {"type": "text", "text": text}]


def _call(body: dict[str, Any], text: str) -> dict[str, Any]:
    name = body["tools"][0]["function"]["name"]
    return {"id": "D681PevKs", "function": {"name": name, "arguments": text}, "index": 0}


def _chunk(
    body: dict[str, Any],
    delta: dict[str, Any],
    finish: str | None = None,
    usage: dict[str, Any] | None = None,
) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    data = {
        "id": "cmpl-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": body["model"],
        "choices": [choice],
        **({} if usage is None else {"usage": usage}),
    }
    return f"data: {json.dumps(data)}\n\n"
