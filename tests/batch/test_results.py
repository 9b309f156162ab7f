"""The file of results: resumed only with the same settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer import InputError
from summarizer.batch.items import Item, Outcome
from summarizer.batch.results import ResultFile
from summarizer.errors import ModelError
from tests.support.commands import Done, command
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import ScriptedServer, answer

DONE, FAILED = Item("a", "It burned."), Item("b", "It rained.")


def batch(tmp_path: Path, server: ScriptedServer, *options: str) -> Done:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n")
    words = ("batch", str(path), "-o", str(tmp_path / "out.jsonl"), "--model", "m")
    where = {"SUMMARIZER_CACHE": str(tmp_path / "cache.sqlite"), "OPENAI_API_KEY": "k"}
    return command(*words, "--base-url", server.base_url, *options, **where)


@pytest.mark.parametrize(
    "other", [("--context-tokens", "128000"), ("--max-claims", "3"), ("--on-problem", "drop")]
)
def test_a_batch_is_not_resumed_with_other_settings(
    server: ScriptedServer, tmp_path: Path, other: tuple[str, str]
) -> None:
    server.will(answer(**GOOD))
    first = batch(tmp_path, server, "--context-tokens", "8000")
    assert first.returncode == 0, first.stderr
    saved = (tmp_path / "out.jsonl").read_bytes()
    resumed = batch(tmp_path, server, "--context-tokens", "8000", *other)
    assert resumed.returncode == 2
    assert b"results of other settings" in resumed.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == saved
    again = batch(tmp_path, server, "--context-tokens", "8000")
    assert b"0 summarized, 0 failed, 1 done before" in again.stderr
    assert len(server.requests) == 1


@pytest.mark.parametrize(("temporary", "retry_failed", "left"), [
    (True, False, ["b"]),
    (False, False, []),
    (False, True, ["b"]),
])  # fmt: skip
def test_errors_are_pending_again_if_they_may_pass_or_on_request(
    tmp_path: Path, temporary: bool, retry_failed: bool, left: list[str]
) -> None:
    path = tmp_path / "out.jsonl"
    with ResultFile(path, "f") as results:
        results.add(Outcome(DONE))
        results.add(Outcome(FAILED, error=ModelError("gone", temporary=temporary)))
    with ResultFile(path, "f", retry_failed=retry_failed) as results:
        assert [item.id for item in results.pending(iter([DONE, FAILED]))] == left
        assert results.kept == 2 - len(left)


def test_a_torn_line_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with ResultFile(path, "f") as results:
        results.add(Outcome(DONE))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:20])
    with ResultFile(path, "f") as results:
        assert [item.id for item in results.pending(iter([DONE, FAILED]))] == ["b"]
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"mine": 1}\n', "contains a line that is not a batch result"),
        ('{"id": "a", "sha256": "0", "settings": "other"}\n', "results of other settings"),
    ],
)
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        ResultFile(path, "f")
    assert path.read_text() == content


def test_a_file_is_not_shared(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with ResultFile(path, "f"), pytest.raises(InputError, match="in use by another batch"):
        ResultFile(path, "f")
