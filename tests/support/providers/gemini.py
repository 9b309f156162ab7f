"""Gemini's generateContent, of the Gemini API and of Vertex AI, with what it refuses.

Its fields: https://ai.google.dev/api/generate-content. Its errors:
https://ai.google.dev/gemini-api/docs/troubleshooting
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

TOKEN = "ya29.a-token-of-the-tests"
PROJECT, LOCATION = "desk", "europe-west4"
MODELS = ("gemini-2.5-flash", "gemini-3-flash-preview", "gemma-3-27b-it")
# https://ai.google.dev/api/generate-content#v1beta.GenerationConfig; others are unknown names.
CONFIG = frozenset(
    "temperature topP topK candidateCount maxOutputTokens stopSequences presencePenalty"
    " frequencyPenalty seed responseMimeType responseJsonSchema responseSchema responseModalities"
    " thinkingConfig responseLogprobs logprobs mediaResolution".split()
)
BODY = frozenset(
    "contents systemInstruction generationConfig tools toolConfig safetySettings cachedContent"
    " labels".split()
)
# "only the following properties are supported": _responseJsonSchema in the page above.
SCHEMA_KEYWORDS = frozenset(
    "$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems"
    " minimum maximum anyOf oneOf properties additionalProperties required propertyOrdering".split()
)
_PATHS = (
    re.compile(r"/(v1|v1beta)/models/(?P<model>[^:/]+):(?P<method>\w+)(\?alt=sse)?"),
    re.compile(
        rf"/v1beta1/(projects/{PROJECT}/locations/{LOCATION}/)?publishers/google/models/"
        r"(?P<model>[^:/]+):(?P<method>\w+)(\?alt=sse)?"
    ),
)
_THOUGHTS = 20
# Longer ones are "too many states": https://github.com/googleapis/python-genai/issues/950
_MOST_ENUMERATED = 100
_FINISH = {"end": "STOP", "cut": "MAX_TOKENS", "filter": "SAFETY"}


def error(code: int, status: str, message: str, *details: dict[str, Any]) -> Reply:
    """An error as the API sends it."""
    body = {"code": code, "message": message, "status": status, "details": list(details)}
    return Reply(code, json.dumps({"error": body}), {"Content-Type": "application/json"})


def invalid(message: str, *details: dict[str, Any]) -> Refused:
    return Refused(error(400, "INVALID_ARGUMENT", message, *details))


def unknown(name: str, where: str) -> Refused:
    message = (
        f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field."
    )
    kind = "type.googleapis.com/google.rpc.BadRequest"
    return invalid(
        message, {"@type": kind, "fieldViolations": [{"field": where, "description": message}]}
    )


def exhausted(quota: str, seconds: str) -> Reply:
    """Too many requests: https://ai.google.dev/gemini-api/docs/rate-limits"""
    return error(
        429,
        "RESOURCE_EXHAUSTED",
        "You exceeded your current quota, please check your plan and billing details.",
        {
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{"quotaId": quota, "quotaValue": "20"}],
        },
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": seconds},
    )


class GeminiServer(ProviderServer):
    """Attributes:
    lacks: "schema", "bare" (the same without saying so), "tools", "json" and "system" for a model
        that takes none of them; or the name of a field of the configuration.
    cached: How many tokens of a request come from the cache.
    stop: A reason to stop other than that which an answer asks for.
    tokens_made: How often credentials were exchanged for an access token.
    """

    cached = 0
    stop: str | None = None
    tokens_made = 0

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        if path == "/token":  # of Google's OAuth server
            self.tokens_made += 1
            body = {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}
            return Reply(body=json.dumps(body), headers={"Content-Type": "application/json"})
        return super().reply(path, headers, data)

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        found = next(filter(None, (pattern.fullmatch(path) for pattern in _PATHS)), None)
        require(found, lambda: error(404, "NOT_FOUND", f"{path} was not found on this server."))
        assert found is not None
        self._check_key(headers)
        model = found["model"]
        if model not in MODELS:
            message = f"models/{model} is not found for API version v1beta"
            raise Refused(error(404, "NOT_FOUND", message))
        self._check_fields(body)
        self._check_contents(body)
        system = body.get("systemInstruction")
        if system and "system" in self.lacks:
            raise invalid(f"Developer instruction is not enabled for models/{model}")
        schema = self._schema(body, model)
        texts = ["".join(part["text"] for part in c["parts"]) for c in body["contents"]]
        told = "".join(part["text"] for part in system["parts"]) if system else texts[0]
        return Asked(schema, told, texts, found["method"] == "streamGenerateContent")

    def _check_key(self, headers: dict[str, str]) -> None:
        if (bearer := headers.get("authorization")) is not None:
            if bearer != f"Bearer {TOKEN}":
                message = "Request had invalid authentication credentials."
                raise Refused(error(401, "UNAUTHENTICATED", message))
            return
        key = headers.get("x-goog-api-key")
        if key is None:
            message = "Method doesn't allow unregistered callers."
            raise Refused(error(403, "PERMISSION_DENIED", message))
        if key != KEY:
            info = {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
            raise invalid("API key not valid. Please pass a valid API key.", info)

    def _check_fields(self, body: dict[str, Any]) -> None:
        for name in body.keys() - BODY:
            raise unknown(name, "")
        config = body.get("generationConfig", {})
        for name in config:
            if name not in CONFIG or name in self.lacks:
                raise unknown(name, "generation_config")
        if not 0 <= config.get("temperature", 0) <= 2:
            raise invalid("temperature must be in the range [0.0, 2.0].")
        if config.get("maxOutputTokens", 1) < 1:
            raise invalid("max_output_tokens must be positive.")

    def _check_contents(self, body: dict[str, Any]) -> None:
        for number, content in enumerate(body["contents"]):
            if content["role"] not in ("user", "model"):
                raise invalid("Please use a valid role: user, model.")
            if not any(part.get("text") for part in content["parts"]):
                where = f"GenerateContentRequest.contents[{number}].parts"
                raise invalid(f"* {where}: contents.parts must not be empty.")

    def _schema(self, body: dict[str, Any], model: str) -> dict[str, Any] | None:
        config = body.get("generationConfig", {})
        is_json = config.get("responseMimeType") == "application/json"
        if is_json and "json" in self.lacks:
            raise invalid(f"JSON mode is not enabled for models/{model}")
        if "tools" in body:
            if "tools" in self.lacks:
                raise invalid(f"Function calling is not enabled for models/{model}")
            if is_json:
                raise invalid(
                    "Function calling with a response mime type: 'application/json' is unsupported"
                )
            [function] = body["tools"][0]["functionDeclarations"]
            if not re.fullmatch(r"[a-zA-Z_][\w.-]{0,63}", function["name"]):
                raise invalid("Invalid function name.")
            calling = body["toolConfig"]["functionCallingConfig"]
            if calling != {"mode": "ANY", "allowedFunctionNames": [function["name"]]}:
                raise invalid("A model that need not call the function may write prose.")
            # The names of protocol buffers are taken as well as those of JSON.
            return self._checked(function["parameters_json_schema"])
        schema = config.get("responseJsonSchema")
        if schema is None:
            return None
        if not is_json:
            raise invalid("A response schema needs the response mime type application/json.")
        if "schema" in self.lacks:
            raise unknown("responseJsonSchema", "generation_config")
        return self._checked(schema)

    def _checked(self, schema: dict[str, Any]) -> dict[str, Any]:
        # A schema that is too large is refused with these words alone:
        # https://github.com/googleapis/python-genai/issues/2170
        bare = invalid("Request contains an invalid argument.")
        if "bare" in self.lacks:
            raise bare
        for each in schemas_in(schema):
            beside = {name for name in each if not name.startswith("$")}
            if each.keys() - SCHEMA_KEYWORDS or ("$ref" in each and beside):
                raise bare
            if "enum" in each and ("type" not in each or len(each["enum"]) > _MOST_ENUMERATED):
                raise invalid(
                    "The specified schema produces a constraint that has too many states for serving."
                )
        return schema

    def whole(self, body: dict[str, Any], text: str, say: Say) -> dict[str, Any]:
        usage = {
            "promptTokenCount": SENT,
            "candidatesTokenCount": RECEIVED - _THOUGHTS,
            "thoughtsTokenCount": _THOUGHTS,
            "totalTokenCount": SENT + RECEIVED,
            "cachedContentTokenCount": self.cached,
        }
        if say.stop == "refusal":
            feedback = {"blockReason": "PROHIBITED_CONTENT"}
            return {"promptFeedback": feedback, "usageMetadata": {"promptTokenCount": SENT}}
        part: dict[str, Any] = {"text": text}
        if "tools" in body and say.stop == "end":
            name = body["tools"][0]["functionDeclarations"][0]["name"]
            part = {"functionCall": {"name": name, "args": json.loads(text)}}
        thought = {"text": '{"headline": "no"}', "thought": True}
        candidate = {
            "content": {"role": "model", "parts": [thought, part]},
            "finishReason": self.stop or _FINISH[say.stop],
            "index": 0,
        }
        return {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "m"}

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[str]:
        whole = self.whole(body, "{}", say)
        if "candidates" not in whole:
            yield event(whole)
            return
        [candidate] = whole["candidates"]
        finish, parts = candidate.pop("finishReason"), candidate["content"]["parts"]
        candidate["content"]["parts"] = parts[:1]
        yield event(whole)
        if "functionCall" in parts[1]:  # comes in one piece
            call = {**parts[1]["functionCall"], "args": json.loads("".join(texts))}
            candidate["content"]["parts"] = [{"functionCall": call}]
            yield event(whole)
        else:
            for text in texts:
                for at in range(0, len(text), 50):
                    candidate["content"]["parts"] = [{"text": text[at : at + 50]}]
                    yield event(whole)
        if not say.breaks:
            candidate["content"] = {"role": "model"}
            yield event({**whole, "candidates": [{**candidate, "finishReason": finish}]})


def event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data)}\r\n\r\n"
