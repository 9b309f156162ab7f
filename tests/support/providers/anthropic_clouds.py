"""Claude on Bedrock and on Vertex AI, as Anthropic's own clients for them ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from tests.support.event_stream import TYPE, chunk
from tests.support.providers.anthropic import AnthropicServer, error, invalid
from tests.support.providers.base import KEY, Asked, Refused, Say


class _Cloud(AnthropicServer):
    """The model and the stream are in the path, and the version in the body.

    Attributes:
        path: A pattern of the path, with the model and the end for a stream.
    """

    path: str

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked:
        called = re.fullmatch(self.path, path)
        if called is None:
            raise Refused(error(404, "not_found_error", "Not found"))
        if KEY not in headers["authorization"]:
            raise Refused(error(403, "permission_error", "The security token is invalid."))
        if body.keys() & {"model", "anthropic-version"}:
            raise invalid("model: Extra inputs are not permitted")
        version = body.pop("anthropic_version")
        streamed = {"stream": True} if called["streamed"] else {}
        body |= {"model": unquote(called["model"])} | streamed
        return self.check(body, version)


class ClaudeOnBedrock(_Cloud):
    """https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html"""

    path = r"/model/(?P<model>[^/]+)/invoke(?P<streamed>-with-response-stream)?"
    stream_type = TYPE

    def stream(self, body: dict[str, Any], texts: Iterable[str], say: Say) -> Iterator[bytes]:
        for event in super().stream(body, texts, say):
            yield chunk(event.partition("data: ")[2].strip())


class ClaudeOnVertex(_Cloud):
    """https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude"""

    path = (
        "/v1/projects/p/locations/global/publishers/anthropic/models/(?P<model>[^/:]+)"
        ":(?:rawPredict|(?P<streamed>streamRawPredict))"
    )
