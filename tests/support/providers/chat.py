"""Chat completions as OpenAI, Azure OpenAI, Groq, OpenRouter, DeepSeek, Ollama, vLLM, LM Studio and
llama.cpp serve them: one server, and a profile for each with what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.providers.base import (
    KEY,
    RECEIVED,
    SENT,
    Asked,
    ProviderServer,
    Refused,
    Say,
)
from tests.support.providers.strict import strict_fault
from tests.support.server import Reply

JSON = {"Content-Type": "application/json"}
SSE = {"Content-Type": "text/event-stream"}
REFUSAL = "It could enable harm, so I cannot help with that."
CACHED = 600
"""How many of the tokens sent are from a cache, where a provider tells it."""

# https://platform.openai.com/docs/api-reference/chat/create
OPENAI_PARAMETERS = frozenset(
    "messages model audio frequency_penalty function_call functions logit_bias logprobs"
    " max_completion_tokens max_tokens metadata modalities n parallel_tool_calls prediction"
    " presence_penalty prompt_cache_key prompt_cache_retention reasoning_effort response_format"
    " safety_identifier seed service_tier stop store stream stream_options temperature tool_choice"
    " tools top_logprobs top_p user verbosity web_search_options".split()
)
# https://console.groq.com/docs/api-reference#chat-create
GROQ_PARAMETERS = (OPENAI_PARAMETERS - {"audio", "modalities", "prediction", "verbosity"}) | {
    "reasoning_format",
    "include_reasoning",
    "disable_tool_validation",
    "search_settings",
}

Check = Callable[["ChatServer", dict[str, Any]], None]


def openai_error(status: int, message: str, param: str | None = None, code: Any = None) -> Reply:
    """An error as OpenAI sends it, and most that speak its protocol."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    fields = {"message": message, "type": kind, "param": param, "code": code}
    return Reply(status, json.dumps({"error": fields}), JSON)


def azure_error(status: int, message: str, param: str | None = None, code: Any = None) -> Reply:
    """An error of Azure's own, before the model is reached."""
    return Reply(
        status, json.dumps({"error": {"code": str(code or status), "message": message}}), JSON
    )


def text_error(status: int, message: str, param: str | None = None, code: Any = None) -> Reply:
    """An error of LM Studio."""
    return Reply(status, json.dumps({"error": message}), JSON)


def flat_error(status: int, message: str, param: str | None = None, code: Any = None) -> Reply:
    """An error of vLLM before 0.10: https://github.com/vllm-project/vllm/issues/4667"""
    fields = {"object": "error", "message": message, "type": "BadRequestError", "param": param}
    return Reply(status, json.dumps({**fields, "code": status}), JSON)


def numbered_error(status: int, message: str, param: str | None = None, code: Any = None) -> Reply:
    """An error of OpenRouter, or of llama.cpp: its code is the status."""
    return Reply(status, json.dumps({"error": {"code": status, "message": message}}), JSON)


@dataclass(frozen=True)
class Profile:
    """How one provider differs.

    Attributes:
        paths: Where completions are.
        error: How it writes an error.
        parameters: Those that it knows; None if it ignores others.
        checks: What it refuses besides.
        formats: The types of `response_format` that it takes.
        enforces: True if it holds an answer to its schema; False if it ignores `response_format`.
        has_usage: How a stream tells its usage: "asked" for by stream_options, "always", or "groq".
        key_is_checked: False for a server that needs no key.
    """

    paths: tuple[str, ...] = ("/v1/chat/completions",)
    error: Callable[..., Reply] = openai_error
    parameters: frozenset[str] | None = None
    checks: tuple[Check, ...] = ()
    formats: frozenset[str] = frozenset({"json_schema", "json_object", "text"})
    enforces: bool = True
    has_usage: str = "asked"
    key_is_checked: bool = True


class ChatServer(ProviderServer):
    """A server of one profile.

    Attributes:
        lacks: "format", "tools", "stream": what the model refuses besides.
    """

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile

    def refuse(self, message: str, param: str | None = None, code: Any = None) -> Refused:
        return Refused(self.profile.error(400, message, param, code))

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        profile = self.profile
        place, _, _ = path.partition("?")
        if place not in profile.paths:
            raise Refused(profile.error(404, f"Invalid URL (POST {place})"))
        sent = headers.get("api-key") or headers.get("authorization", "").removeprefix("Bearer ")
        if profile.key_is_checked and sent != KEY:
            raise Refused(
                profile.error(401, f"Incorrect API key provided: {sent}.", None, "invalid_api_key")
            )
        if profile.parameters is not None:
            for name in sorted(body.keys() - profile.parameters):
                raise self.refuse(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
        for check in profile.checks:
            check(self, body)
        kind = body.get("response_format", {}).get("type", "text")
        schema = None
        if kind == "json_schema" and profile.enforces:
            schema = body["response_format"]["json_schema"]["schema"]
        elif "tools" in body:
            schema = body["tools"][0]["function"]["parameters"]
        texts = [m["content"] for m in body["messages"] if m["role"] != "system"]
        system = "".join(m["content"] for m in body["messages"] if m["role"] == "system")
        return Asked(schema, system, texts, bool(body.get("stream")))

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if say.stop == "refusal":
            message |= {"content": None, "refusal": REFUSAL}
        elif say.stop == "filter":
            message["content"] = None
        elif "tools" in body:
            message |= {"content": None, "tool_calls": [_call(body, text)]}
        choice = {"index": 0, "message": message, "finish_reason": _FINISHES[say.stop]}
        return {
            **_base(body, "chat.completion"),
            "choices": [choice],
            "usage": _usage(),
        }

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[str]:
        base = _base(body, "chat.completion.chunk")

        def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
            return {**base, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

        yield ": a comment, as gateways send one while they wait\n\n"
        yield data(chunk(role="assistant", content=""))
        if say.stop == "refusal":
            for piece in (REFUSAL[:8], REFUSAL[8:]):
                yield data(chunk(refusal=piece))
        elif say.stop != "filter":
            for text in texts:
                for at in range(0, len(text), 50):
                    yield data(chunk(**_delta(body, text[at : at + 50])))
        if say.breaks:
            return
        last = chunk(_FINISHES[say.stop])
        way = self.profile.has_usage
        if way == "groq":
            last["x_groq"] = {"id": "req_1", "usage": _usage()}
        yield data(last)
        if way == "always" or body.get("stream_options", {}).get("include_usage"):
            yield data({**base, "choices": [], "usage": _usage()})
        yield "data: [DONE]\n\n"


_FINISHES = {"end": "stop", "refusal": "stop", "cut": "length", "filter": "content_filter"}


def data(event: Any) -> str:
    """An event of a stream."""
    return f"data: {json.dumps(event)}\n\n"


def _base(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": body["model"]}


def _usage() -> dict[str, Any]:
    counts = {"prompt_tokens": SENT, "completion_tokens": RECEIVED, "total_tokens": SENT + RECEIVED}
    return {**counts, "prompt_tokens_details": {"cached_tokens": CACHED}}


def _call(body: dict[str, Any], arguments: str) -> dict[str, Any]:
    name = body["tools"][0]["function"]["name"]
    function = {"name": name, "arguments": arguments}
    return {"index": 0, "id": "call_1", "type": "function", "function": function}


def _delta(body: dict[str, Any], piece: str) -> dict[str, Any]:
    return {"tool_calls": [_call(body, piece)]} if "tools" in body else {"content": piece}


# What is refused. Each cites where the refusal is documented or reported.


def takes_formats(server: ChatServer, body: dict[str, Any]) -> None:
    kind = body.get("response_format", {}).get("type", "text")
    if kind not in server.profile.formats or ("format" in server.lacks and kind != "text"):
        raise server.refuse(_FORMAT_WORDS.get(server.profile.error, _FORMAT_WORDS[openai_error]))


_FORMAT_WORDS = {
    # https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189
    text_error: "'response_format.type' must be 'json_schema' or 'text'",
    # https://api-docs.deepseek.com/guides/json_mode; https://github.com/bytedance/deer-flow/issues/545
    openai_error: "This response_format type is unavailable now",
}


def is_strict(server: ChatServer, body: dict[str, Any]) -> None:
    """https://platform.openai.com/docs/guides/structured-outputs#supported-schemas"""
    described = body.get("response_format", {}).get("json_schema", {})
    if described.get("strict") and (fault := strict_fault(described["schema"])):
        message = f"Invalid schema for response_format '{described['name']}': {fault}"
        raise server.refuse(message, "response_format")


def speaks_of_json(server: ChatServer, body: dict[str, Any]) -> None:
    """https://platform.openai.com/docs/guides/structured-outputs#json-mode"""
    is_object = body.get("response_format", {}).get("type") == "json_object"
    if is_object and "json" not in json.dumps(body["messages"]).lower():
        raise server.refuse(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
            " 'json_object'.",
            "messages",
        )


def reasons(server: ChatServer, body: dict[str, Any]) -> None:
    """https://platform.openai.com/docs/guides/reasoning; the bodies as users report them."""
    if not _is_reasoning(server, body["model"]):
        return
    if "max_tokens" in body:
        raise server.refuse(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead.",
            "max_tokens",
            "unsupported_parameter",
        )
    if body.get("temperature", 1) != 1:
        raise server.refuse(
            f"Unsupported value: 'temperature' does not support {body['temperature']} with this"
            " model. Only the default (1) value is supported.",
            "temperature",
            "unsupported_value",
        )


def _is_reasoning(server: ChatServer, model: str) -> bool:
    return model.startswith(("o1", "o3", "gpt-5")) or "temperature" in server.lacks


def streams(server: ChatServer, body: dict[str, Any]) -> None:
    """https://github.com/continuedev/continue/issues/8209"""
    if body.get("stream") and "stream" in server.lacks:
        raise server.refuse(
            "Your organization must be verified to stream this model.",
            "stream",
            "unsupported_value",
        )


def knows_the_model(server: ChatServer, body: dict[str, Any]) -> None:
    if body["model"].startswith("tea"):
        name = body["model"]
        raise Refused(server.profile.error(404, f"The model `{name}` does not exist or you do not have access to it.", None, "model_not_found"))  # fmt: skip


def is_pulled(server: ChatServer, body: dict[str, Any]) -> None:
    """https://github.com/netease-youdao/QAnything/issues/555"""
    if body["model"].startswith("tea"):
        fields = {"message": f'model "{body["model"]}" not found, try pulling it first'}
        fields |= {"type": "api_error"}
        body_ = {"error": {**fields, "param": None, "code": None}}
        raise Refused(Reply(404, json.dumps(body_), JSON))


def calls_tools(server: ChatServer, body: dict[str, Any]) -> None:
    if "tools" in body and "tools" in server.lacks:
        raise server.refuse(f"{body['model']} does not support tools")


def chooses_by_word(server: ChatServer, body: dict[str, Any]) -> None:
    """https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/670"""
    if isinstance(body.get("tool_choice", ""), dict):
        raise server.refuse(
            "Invalid tool_choice type: 'object'. Supported string values: none, auto, required"
        )


def needs_jinja(server: ChatServer, body: dict[str, Any]) -> None:
    """https://github.com/defilantech/LLMKube/issues/126"""
    if "tools" in body:
        raise Refused(numbered_error(500, "tools param requires --jinja flag"))


def groq_schemas(server: ChatServer, body: dict[str, Any]) -> None:
    """https://console.groq.com/docs/structured-outputs#supported-models"""
    described = body.get("response_format", {}).get("json_schema", {})
    if not described:
        return
    if "schema" in server.lacks:
        raise server.refuse("This model does not support response format `json_schema`.")
    schemas = json.dumps(described["schema"])
    if "minItems" in schemas and "minItems" in server.lacks:
        # https://github.com/i-am-bee/beeai-framework/issues/1215
        raise server.refuse(
            "invalid schema for response format: response_format/json_schema/Draft: minItems is not"
            " supported"
        )


def dated(server: ChatServer, body: dict[str, Any]) -> None:
    """Azure's dated versions: https://github.com/Azure/azure-sdk-for-net/issues/46579"""
    if "json_schema" in server.lacks and "json_schema" in body.get("response_format", {}):
        raise server.refuse(
            "response_format value as json_schema is enabled only for api versions"
            " 2024-08-01-preview and later",
            None,
            "BadRequest",
        )
    if "stream_options" in server.lacks and "stream_options" in body:
        raise server.refuse("Unrecognized request argument supplied: stream_options")


_OPENAI_CHECKS = (knows_the_model, streams, reasons, is_strict, speaks_of_json, takes_formats)
DEPLOYMENT = "our-summaries"
OPENAI = Profile(parameters=OPENAI_PARAMETERS, checks=_OPENAI_CHECKS)
AZURE_DATED = Profile(
    paths=(f"/openai/deployments/{DEPLOYMENT}/chat/completions",),
    parameters=OPENAI_PARAMETERS,
    checks=(dated, *_OPENAI_CHECKS),
)
AZURE = Profile(paths=("/openai/v1/chat/completions",), checks=_OPENAI_CHECKS)
GROQ = Profile(
    paths=("/openai/v1/chat/completions",),
    parameters=GROQ_PARAMETERS,
    checks=(knows_the_model, groq_schemas, is_strict, speaks_of_json, calls_tools),
    has_usage="groq",
)
OPENROUTER = Profile(
    paths=("/api/v1/chat/completions",),
    error=numbered_error,
    checks=(speaks_of_json,),
    has_usage="always",
)
DEEPSEEK = Profile(
    paths=("/v1/chat/completions", "/chat/completions"),
    checks=(takes_formats, speaks_of_json),
    formats=frozenset({"json_object", "text"}),
)
OLLAMA = Profile(checks=(is_pulled, calls_tools), key_is_checked=False)
VLLM = Profile(error=flat_error, checks=(knows_the_model,))
LM_STUDIO = Profile(
    error=text_error,
    checks=(takes_formats, chooses_by_word),
    formats=frozenset({"json_schema", "text"}),
    key_is_checked=False,
)
LLAMA_CPP = Profile(error=numbered_error, checks=(needs_jinja,), key_is_checked=False)
IGNORANT = Profile(enforces=False, key_is_checked=False)
"""A server that takes any `response_format`, and ignores it."""
