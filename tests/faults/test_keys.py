"""Keys: whatever a server, an SDK or a library says of them, nothing that leaves a call shows one."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import pickle
import traceback
import urllib.parse
from collections.abc import Iterator
from typing import Any

import pytest

from summarizer import InputError, ModelError, SummarizerError, stream_summary, summarize
from summarizer.events import Adapted, emit
from summarizer.models import resolve_model
from summarizer.models.lookup import Limits
from summarizer.options import Options
from summarizer.pipeline.session import make_session
from summarizer.redaction import cleaned, guard_logs, remember, remember_from
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import Loopback, Reply, ScriptedServer, answer

KEY = "sk-Very/Secret+key=0123456789"
ONCE = Limits(transport_retries=0, schema_retries=0)
FORMS = (
    KEY,
    urllib.parse.quote(KEY, safe=""),
    base64.b64encode(KEY.encode()).decode(),
    base64.b64encode(f"user:{KEY}".encode()).decode(),
)


class EchoingServer(Loopback):
    """Repeats every header of the request in its own headers, and in an error."""

    status = 400

    def reply(self, path: str, headers: dict[str, str], data: bytes) -> Reply:
        echo = f"{path} {headers} {' '.join(FORMS)}"
        body = {
            "error": {"message": f"wrong: {echo}", "type": "invalid_request_error", "code": 400}
        }
        return Reply(
            self.status, json.dumps(body), {"Content-Type": "application/json", "X-Echo": echo}
        )


@pytest.fixture
def echoing() -> Iterator[EchoingServer]:
    with EchoingServer() as running:
        yield running


class Recording(logging.Handler):
    """All that is logged while it is there, as a user's handler formats it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.format(record)} {record.__dict__}")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    handler = Recording()
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(before)


def all_of(error: BaseException) -> str:
    """Whatever an error shows, with all that led to it."""
    shown = ["".join(traceback.format_exception(error))]
    waiting: list[BaseException | None] = [error]
    while waiting:
        if (each := waiting.pop()) is not None:
            response = getattr(each, "response", None)
            request = getattr(each, "request", None)
            shown += [str(each), repr(each), repr(vars(each)), str(getattr(response, "text", ""))]
            shown += [str(dict(getattr(about, "headers", {}))) for about in (request, response)]
            waiting += [each.__cause__, each.__context__]
    return " ".join(shown)


def assert_hidden(*texts: object) -> None:
    shown = " ".join(map(str, texts))
    assert not [form for form in FORMS if form[10:-4] in shown]


ENVIRONMENT = {
    "openai/gpt-4.1-mini": ("OPENAI_API_KEY", "OPENAI_BASE_URL"),
    "openai-responses/gpt-4.1-mini": ("OPENAI_API_KEY", "OPENAI_BASE_URL"),
    "anthropic/claude-haiku-4-5": ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"),
    "google/gemini-2.5-flash": ("GOOGLE_API_KEY", "GOOGLE_GEMINI_BASE_URL"),
    "mistral/mistral-small-latest": ("MISTRAL_API_KEY", "MISTRAL_BASE_URL"),
}


@pytest.mark.parametrize("status", [400, 401, 500])
@pytest.mark.parametrize("model", ENVIRONMENT)
def test_a_server_that_repeats_the_key_gives_nothing_away(
    model: str,
    status: int,
    echoing: EchoingServer,
    logged: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    echoing.status = status
    key, address = ENVIRONMENT[model]
    monkeypatch.setenv(key, f"{KEY}\n")
    monkeypatch.setenv(
        address, echoing.base_url.removesuffix("/v1") if "openai" not in model else echoing.base_url
    )
    events: list[Any] = []
    found = resolve_model(model, limits=ONCE).with_options(
        context_tokens=None, on_event=events.append
    )
    with pytest.raises(ModelError) as caught:
        summarize(ARTICLE, found)
    assert f"{status}" in str(caught.value) or "key" in str(caught.value)
    assert logged
    assert_hidden(all_of(caught.value), events, logged, found)


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {KEY}"},
        {"X-Gateway-Key": KEY},
        {"Authorization": "Basic " + base64.b64encode(f"user:{KEY}".encode()).decode()},
    ],
)
def test_a_key_in_the_headers_is_hidden_as_well(
    headers: dict[str, str], echoing: EchoingServer, logged: list[str]
) -> None:
    options = Options(model_options={"headers": headers})
    with pytest.raises(ModelError) as caught:
        summarize(
            ARTICLE,
            "m",
            base_url=echoing.base_url,
            api_key="other-key-1",
            model_options={"headers": headers},
        )
    session = make_session(
        "m", base_url=echoing.base_url, api_key=KEY, model_options={"headers": headers}
    )
    assert_hidden(all_of(caught.value), logged, options, session, session.model.identity)


def test_the_keys_of_ready_made_clients_are_hidden(
    echoing: EchoingServer, logged: list[str]
) -> None:
    import openai
    from anthropic import Anthropic

    address = echoing.base_url
    clients: list[Any] = [
        openai.OpenAI(api_key=KEY, base_url=address),
        (
            openai.OpenAI(
                api_key="other-key-1", base_url=address, default_headers={"api-key": KEY}
            ),
            "m",
        ),
        (openai.AzureOpenAI(azure_ad_token=KEY, azure_endpoint=address, api_version="1"), "m"),
        (Anthropic(auth_token=KEY, base_url=address), "claude-haiku-4-5"),
    ]
    for client in clients:
        with pytest.raises(ModelError) as caught:
            summarize(ARTICLE, client)
        assert_hidden(all_of(caught.value), logged)


def test_aws_credentials_are_found_in_a_client_of_boto3() -> None:
    boto3 = pytest.importorskip("boto3")
    secret = "wJalrXUtnFEMIexampleSecret"
    client = boto3.client(
        "bedrock-runtime",
        region_name="us-east-1",
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key=secret,
    )
    remember_from(client)
    assert cleaned(f"signed with {secret}") == "signed with ***"


def test_async_and_streamed_requests_give_nothing_away(
    echoing: EchoingServer, logged: list[str]
) -> None:
    from summarizer import asummarize

    options: dict[str, Any] = {"base_url": echoing.base_url, "api_key": KEY}
    with pytest.raises(ModelError) as caught:
        asyncio.run(asummarize(ARTICLE, "m", **options))
    with pytest.raises(ModelError) as streamed:
        list(stream_summary(ARTICLE, "m", **options))
    assert_hidden(all_of(caught.value), all_of(streamed.value), logged)


def test_an_error_in_the_middle_of_a_stream_gives_nothing_away(server: ScriptedServer) -> None:
    event = json.dumps({"error": {"message": f"key {KEY} expired", "code": 400}})
    server.will(Reply(200, f"data: {event}\n\n", {"Content-Type": "text/event-stream"}))
    with pytest.raises(ModelError) as caught:
        list(stream_summary(ARTICLE, "m", base_url=server.base_url, api_key=KEY))
    assert "expired" in str(caught.value)
    assert_hidden(all_of(caught.value))


def test_an_answer_that_repeats_the_key_is_cleaned(server: ScriptedServer) -> None:
    server.will(answer(**{**GOOD, "headline": f"{GOOD['headline']} {KEY}"}))
    options: dict[str, Any] = {"base_url": server.base_url, "api_key": KEY, "max_reasks": 0}
    summary = summarize(ARTICLE, "m", **options)
    parts = [str(part) for part in stream_summary(ARTICLE, "m", **options)]
    assert_hidden(summary.model_dump_json(), summary.to_html(), parts)


def test_a_cut_leaves_no_half_of_a_key(server: ScriptedServer) -> None:
    server.will(Reply(400, json.dumps({"error": {"message": "x" * 285 + KEY}})))
    with pytest.raises(ModelError) as caught:
        summarize(ARTICLE, "m", base_url=server.base_url, api_key=KEY)
    assert KEY[:8] not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("sk-12…34", r"character 6 of the key is HORIZONTAL ELLIPSIS \(U\+2026\)"),
        ("sk-1234\nsk-5678", "character 8 of the key is a line feed"),
        ("sk-1234é", r"is LATIN SMALL LETTER E WITH ACUTE"),
        (" \n", "the key is empty"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_one_is_refused_before_a_request(
    key: str, said: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openai

    with pytest.raises(InputError, match=rf"^api_key=: .*{said}") as given:
        summarize(ARTICLE, "m", base_url=server.base_url, api_key=key)
    monkeypatch.setenv("OPENAI_API_KEY", key)
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    with pytest.raises(InputError, match=rf"^OPENAI_API_KEY: .*{said}") as found:
        summarize(ARTICLE)
    with pytest.raises(InputError, match=rf"^the OpenAI client: .*{said}"):
        summarize(ARTICLE, openai.OpenAI(api_key=key, base_url=server.base_url))
    assert not server.requests
    assert "sk-12" not in f"{all_of(given.value)} {all_of(found.value)}"


def test_a_header_that_cannot_be_sent_is_refused(server: ScriptedServer) -> None:
    with pytest.raises(InputError, match=r"model_options\['headers'\]\['X-A'\]: .* a line feed"):
        summarize(
            ARTICLE,
            "m",
            base_url=server.base_url,
            model_options={"headers": {"X-A": "1\nX-B: 2"}},
        )
    assert not server.requests


def test_a_key_with_a_line_feed_at_its_end_is_sent_without(server: ScriptedServer) -> None:
    summarize(ARTICLE, "m", base_url=server.will(answer(**GOOD)).base_url, api_key=f" {KEY}\r\n")
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("form", [*FORMS, json.dumps(KEY)[1:-1]])
def test_every_form_of_a_key_is_known(form: str) -> None:
    remember(KEY)
    assert "***" in cleaned(f"before {form} after")
    assert cleaned(f"before {form} after").startswith("before ")


def test_texts_without_a_key_are_left_alone() -> None:
    remember("none", "k", "not-needed", None, "")
    assert cleaned("none of what is not-needed is ok") == "none of what is not-needed is ok"


def test_errors_notes_and_events_of_this_library_are_clean_by_themselves() -> None:
    remember(KEY)
    error = SummarizerError(f"said {KEY}")
    error.add_note(f"again {KEY}")
    events: list[Any] = []
    emit(Adapted("m", "left out", f"refused {KEY}"), events.append)
    assert_hidden(all_of(error), error.__notes__, events, pickle.loads(pickle.dumps(error)))


def test_only_the_loggers_of_the_libraries_below_are_cleaned(logged: list[str]) -> None:
    remember(KEY)
    names = ("instructor.retry", "httpcore2.made.later", "summarizer")
    for name in names:
        logging.getLogger(name)
    guard_logs()
    for name in names:
        logging.getLogger(name).error("%s %d", KEY, 1)
        try:
            raise ValueError(KEY)
        except ValueError:
            logging.getLogger(name).exception("it failed")
    assert_hidden(logged)
    logging.getLogger("a.users.own").error("%s", KEY)
    assert KEY in logged[-1]
