"""Fixtures for all tests: the seed article, a scripted server, and what cassettes keep."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from summarizer import Article
from tests.support.server import ScriptedServer

ROOT = Path(__file__).parent.parent
settings.register_profile("suite", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may find the keys or the model of whoever runs it."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_MODEL", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def seed_path() -> Path:
    return next((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def seed_text(seed_path: Path) -> str:
    return seed_path.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def seed(seed_text: str) -> Article:
    return Article(seed_text)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


# Cassettes: recorded from the embedded model over HTTP, replayed without it and without network.


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    return str(ROOT / "cassettes" / Path(request.node.fspath).stem)


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    return {
        "filter_headers": ["authorization", "cookie", "user-agent", "x-stainless-*"],
        "before_record_request": _without_address,
        "before_record_response": _without_address_in_answer,
        "match_on": ["method", "uri", "body"],
        "decode_compressed_response": True,
    }


def _without_address(request: Any) -> Any:
    """The port and host of a local server change with every run."""
    request.uri = re.sub(r"^http://[^/]+", "http://embedded-model", request.uri)
    for name in list(request.headers):
        if name.lower() not in ("content-type", "accept"):
            del request.headers[name]
    return request


def _without_address_in_answer(response: dict[str, Any]) -> dict[str, Any]:
    """Only the content type of the headers, and nothing of the body that changes by the run."""
    response["headers"] = {
        name: value for name, value in response["headers"].items() if name.lower() == "content-type"
    }
    body = response["body"].get("string") or b""
    text = body.decode() if isinstance(body, bytes) else body
    response["body"]["string"] = "\n".join(map(_without_run, text.split("\n"))).encode()
    return response


def _without_run(line: str) -> str:
    """A completion, or a line of a stream of them, without what changes by the run."""
    prefix = "data: " if line.startswith("data: ") else ""
    try:
        data = json.loads(line.removeprefix(prefix))
    except ValueError:
        return line
    if not isinstance(data, dict):
        return line
    for name in ("id", "created", "timings", "model", "system_fingerprint"):
        data.pop(name, None)
    return prefix + json.dumps(data | {"id": "chatcmpl-embedded", "created": 0, "model": "local"})


@pytest.fixture(scope="session")
def embedded_address(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The embedded model's address and key while recording; nothing that answers in replay."""
    if request.config.getoption("--record-mode") == "none":
        return "http://127.0.0.1:9/v1", "none"
    from summarizer.models.local import serving_address

    os.environ.setdefault("NO_PROXY", "127.0.0.1")
    return serving_address()
