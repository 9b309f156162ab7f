"""Events, the log, spans; and the plugin for other people's tests."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer import summarize
from summarizer.events import Finished, LineChecked, Reasked, RequestSent, RetryPlanned
from summarizer.models import resolve_model
from summarizer.models.retry import Limits
from tests.support.drafts import ARTICLE, GOOD, with_bad_claim
from tests.support.server import Reply, ScriptedServer, answer

FAST = Limits(first_wait=0.01)


def run(server: ScriptedServer, **options: Any) -> Any:
    server.will(Reply(500), answer(**with_bad_claim()), answer(items=["Four people were hurt."]))
    model = resolve_model("m", base_url=server.base_url, api_key="sk-secret-123", limits=FAST)
    return summarize(ARTICLE, model, **options)


def test_events_tell_what_goes_on(server: ScriptedServer) -> None:
    events: list[Any] = []
    run(server, on_event=events.append)
    kinds = [type(e) for e in events]
    assert kinds[:3] == [RequestSent, RetryPlanned, RequestSent]
    assert [e.attempt for e in events if isinstance(e, RequestSent)] == [1, 2, 1]
    assert kinds.count(LineChecked) == 8  # a headline and six claims, one of them twice
    assert [len(e.problems) > 0 for e in events if isinstance(e, LineChecked)].count(True) == 1
    assert [e.lines for e in events if isinstance(e, Reasked)] == [1]
    assert isinstance(events[-1], Finished)
    assert (events[-1].claims, events[-1].rejected, events[-1].requests) == (6, 0, 3)


def test_the_log_is_silent_unless_asked_for(
    server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    code = "import summarizer, logging; from summarizer import events; events.LOG.error('x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr == b""
    with caplog.at_level(logging.DEBUG, "summarizer"):
        run(server)
    lines = [r.getMessage() for r in caplog.records if r.name == "summarizer"]
    assert any("RetryPlanned" in line and "HTTP 500" in line for line in lines)
    assert not any("sk-secret-123" in line for line in lines)


def test_spans_follow_the_conventions(server: ScriptedServer) -> None:
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    run(server)
    first, second = exporter.get_finished_spans()
    assert first.name == second.name == "chat m"
    attributes = dict(first.attributes or {})
    assert attributes["gen_ai.operation.name"] == "chat"
    assert attributes["gen_ai.request.model"] == "m"
    assert attributes["gen_ai.request.temperature"] == 0.0
    assert attributes["gen_ai.usage.input_tokens"] == 100
    assert attributes["summarizer.requests"] == 2


PASSING = """
from summarizer.pytest_plugin import assert_grounded

def test_function():
    assert_grounded("Four people were hurt.", "Four people were hurt in Kent.")

def test_fixture(assert_grounded):
    assert_grounded("Nine people were hurt.", "Four people were hurt in Kent.", max_problems=1)

def test_failure(assert_grounded):
    assert_grounded("Nine people were hurt.", "Four people were hurt in Kent.")
"""


def test_the_plugin_is_registered_and_its_failure_reads_well(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(PASSING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "2 passed" in done.stdout, done.stdout
    assert "1 failed" in done.stdout
    assert "contradicted: Nine people: the source says “Four people” (sentence 1)" in done.stdout
    assert "crosscheck(" not in done.stdout  # the inside of the assertion is hidden


def test_a_context_of_ones_own(server: ScriptedServer) -> None:
    summary = run(server, context_tokens=4000)
    assert len(summary.claims) == 6
    assert GOOD["headline"] == summary.headline
