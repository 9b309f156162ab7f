"""The Batch API when its server fails, loses lines, or does not do what it did before."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from summarizer import BatchError, InputError
from summarizer.batch import batch_api
from summarizer.batch.batch_api import RequestFiles, State
from summarizer.batch.items import Item, Outcome
from summarizer.batch.openai_batch import run_by_batch_api
from summarizer.errors import ModelError
from summarizer.pipeline.session import make_session
from tests.support.batch_server import BatchServer, obedient
from tests.support.drafts import ARTICLE
from tests.support.server import Reply

COUNT = 5


@pytest.fixture
def desk() -> Iterator[BatchServer]:
    with BatchServer() as running:
        yield running


def items() -> Iterator[Item]:
    yield from (Item(f"a{n}", f"{ARTICLE} It was call {n + 10:,}.") for n in range(COUNT))


@dataclass
class Desk:
    """Runs of the Batch API in one folder, as the same command would be started again."""

    server: BatchServer
    folder: Path
    said: list[str] = field(default_factory=list)
    done: dict[str, Outcome] = field(default_factory=dict)

    @property
    def state(self) -> Path:
        return self.folder / "batches.json"

    def run(self) -> dict[str, Outcome]:
        session = make_session(
            "scripted",
            base_url=self.server.base_url,
            api_key="k",
            cache=self.folder / "cache.sqlite",
        )
        outcomes = run_by_batch_api(
            lambda: (i for i in items() if i.id not in self.done),
            session,
            State.load(self.state),
            poll_seconds=0.01,
            say=self.said.append,
        )
        came = {}
        for outcome in outcomes:
            came[outcome.id] = outcome
            if not (isinstance(outcome.error, ModelError) and outcome.error.temporary):
                self.done[outcome.id] = outcome
        return came

    @property
    def has_all(self) -> bool:
        return len(self.done) == COUNT and all(o.error is None for o in self.done.values())


@pytest.fixture
def runs(desk: BatchServer, tmp_path: Path) -> Desk:
    return Desk(desk, tmp_path)


FAULTS = [
    Reply(503),
    Reply(500, '{"error": {"message": "The server had an error"}}'),
    Reply(429, "{}", {"Retry-After": "0"}),
    Reply(body="x" * 1000, cut_off=True),
]
STEPS = ["upload", "create", "look", "download"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", FAULTS, ids=["503", "500", "429", "cut"])
def test_what_passes_is_tried_again(runs: Desk, step: str, fault: Reply) -> None:
    runs.server.faults[step] = [fault, fault]
    runs.run()
    assert runs.has_all
    assert (len(runs.server.batches), runs.server.asked_live) == (1, 0)


@pytest.mark.parametrize("step", STEPS)
def test_what_does_not_pass_ends_it_and_the_same_command_goes_on(runs: Desk, step: str) -> None:
    runs.server.faults[step] = [Reply(503)] * 5
    with pytest.raises(BatchError, match=r"HTTP 503.*The same command goes on"):
        runs.run()
    runs.run()
    assert runs.has_all
    assert len(runs.server.batches) == 1


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", [400, 401, 404])
def test_what_is_refused_is_an_error_at_once(runs: Desk, step: str, status: int) -> None:
    runs.server.faults[step] = [Reply(status, '{"error": {"message": "no"}}')]
    with pytest.raises(BatchError, match=f"HTTP {status}|no"):
        runs.run()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("body", ["<html>Log in</html>", "[]", "5", "null", '{"object": "x"}'])
def test_an_answer_of_something_else_is_an_error_or_lines_that_are_lost(
    runs: Desk, step: str, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_api, "_MOST_UNKNOWN", 3)
    runs.server.faults[step] = [Reply(200, body, {"Content-Type": "application/json"})] * 3
    try:
        runs.run()
    except BatchError:
        runs.server.faults.clear()
        runs.run()
    runs.run()
    assert runs.has_all


def test_a_batch_whose_creation_was_not_heard_of_is_not_made_twice(runs: Desk) -> None:
    runs.server.late = True
    runs.server.faults["create"] = [Reply(body="x" * 100, cut_off=True)]
    runs.run()
    assert runs.has_all
    assert len(runs.server.batches) == 1


def test_a_creation_that_was_given_up_is_found_by_the_next_start(runs: Desk) -> None:
    runs.server.late = True
    runs.server.faults = {"create": [Reply(503)], "list": [Reply(503)] * 4}
    with pytest.raises(BatchError, match="could not be submitted"):
        runs.run()
    runs.run()
    assert runs.has_all
    assert len(runs.server.batches) == 1


# Lines.


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    "bad",
    [
        b"garbage",
        b'{"custom_id": "x", "respo',
        b"[]",
        b"null",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        line(response={"status_code": 200, "body": {}}),
        line(custom_id=5, response={"status_code": 200, "body": {}}),
        line(custom_id="x", response=[]),
        line(custom_id="x", response="no", error="no"),
    ],
)
def test_a_line_that_cannot_be_read_is_lost_alone_and_asked_again(runs: Desk, bad: bytes) -> None:
    runs.server.spoil = lambda lines: [*lines[:2], bad, *lines[3:]]
    runs.run()
    assert runs.has_all
    assert len(runs.server.batches) == 2
    assert [len(_requests(runs, n)) for n in range(2)] == [COUNT, 1]
    assert any("1 without an answer" in line for line in runs.said)


@pytest.mark.parametrize("body", [None, 5, "no", [], {"choices": [None]}, {"choices": "x"}])
def test_an_answer_that_is_no_completion_is_asked_at_once(runs: Desk, body: Any) -> None:
    def spoil(lines: list[bytes]) -> list[bytes]:
        row = json.loads(lines[0])
        row["response"]["body"] = body
        return [json.dumps(row).encode(), *lines[1:]]

    runs.server.spoil = spoil
    runs.run()
    assert runs.has_all
    assert (len(runs.server.batches), runs.server.asked_live) == (1, 1)


def _requests(runs: Desk, number: int) -> list[bytes]:
    batch = runs.server.batches[f"batch-{number}"]
    return runs.server.files[batch["input_file_id"]].splitlines()


# Batches that end early, or not at all.


@pytest.mark.parametrize("status", ["expired", "cancelled"])
@pytest.mark.parametrize("lost", [1, COUNT])
def test_what_a_batch_did_not_come_to_is_submitted_again_once(
    runs: Desk, status: str, lost: int
) -> None:
    runs.server.lost = lost
    runs.server.status = [status, "completed"]
    runs.run()
    assert runs.has_all
    assert [len(_requests(runs, n)) for n in range(2)] == [COUNT, lost]
    assert any(f"batch-0: {status}" in line for line in runs.said)
    assert not runs.state.exists()


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_batches_that_never_come_to_anything_are_not_submitted_for_ever(
    runs: Desk, status: str
) -> None:
    runs.server.status = [status]
    for batches in (2, 4):  # for each start of the command
        came = runs.run()
        assert len(runs.server.batches) == batches
        assert {type(o.error) for o in came.values()} == {ModelError}
        assert all("without an answer" in str(o.error) for o in came.values())
    assert runs.server.asked_live == 0
    runs.server.status = ["completed"]
    runs.run()
    assert runs.has_all


def test_how_often_a_request_was_submitted_survives_a_kill(runs: Desk) -> None:
    runs.server.status = ["expired"]
    runs.server.faults["look"] = [Reply(404)]
    with pytest.raises(BatchError):
        runs.run()
    state = State.load(runs.state)
    assert (state.batches, set(state.asked.values())) == (["batch-0"], {1})
    runs.run()
    assert len(runs.server.batches) == 2


def test_an_unknown_status_ends(runs: Desk) -> None:
    runs.server.status = ["hibernating"]
    with pytest.raises(BatchError, match="does not end: its status is 'hibernating'"):
        runs.run()
    runs.server.batches["batch-0"]["status"] = "in_progress"
    runs.server.status = ["completed"]
    runs.run()
    assert runs.has_all
    assert len(runs.server.batches) == 1


def test_a_batch_that_never_ends_is_left_after_its_day(
    runs: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_api, "_LONGEST_WAIT", 0.0)
    runs.server.looks = 10**9
    with pytest.raises(BatchError, match="does not end: its status is 'in_progress'"):
        runs.run()


def test_a_server_that_refuses_every_request_stops_it(
    runs: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.faults.test_batch_api.COUNT", 40)
    runs.server.answering = lambda body: (402, b'{"error": {"message": "no credit"}}')
    with pytest.raises(BatchError, match="Stopped"):
        runs.run()
    assert (len(runs.server.batches), runs.done) == (1, {})
    assert runs.server.asked_live < 20


# What is on disk.


def test_the_requests_have_no_name_on_disk_and_the_state_is_private(
    desk: BatchServer, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with RequestFiles() as files:
        files.add("key", {"messages": ARTICLE})
        [requests] = files.files
        assert stat.S_IMODE(os.fstat(requests.file.fileno()).st_mode) == 0o600
        assert os.fstat(requests.file.fileno()).st_nlink == 0
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n")
    desk.looks = 10**9
    words = ("batch", str(path), "-o", str(tmp_path / "out.jsonl"), "--batch-api", "--poll", "0.1")
    where = ("--model", "m", "--base-url", desk.base_url)
    running = subprocess.Popen(
        [sys.executable, "-c", "from summarizer.cli import main; main()", *words, *where],
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "SUMMARIZER_CACHE": str(tmp_path / "cache.sqlite"),
            "OPENAI_API_KEY": "k",
            "TMPDIR": str(folder),
        },
    )
    assert running.stderr is not None
    said = b""
    while b"in_progress" not in said:
        said = running.stderr.readline()
        assert said, "it ended"
    state = tmp_path / "out.jsonl.batches.json"
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert ARTICLE not in state.read_text()
    running.send_signal(signal.SIGTERM)
    assert running.wait(120) == 128 + signal.SIGTERM
    assert list(folder.iterdir()) == []
    assert {p.name for p in tmp_path.iterdir() if p.name.startswith(".")} == set()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "5", '{"batches": 5}', '{"batches": []}', "[" * 100_000]
    + [
        json.dumps({"batches": [], "submitting": None, "asked": asked}) for asked in (5, {"a": "x"})
    ],
)
def test_a_state_that_is_none_is_refused_untouched(tmp_path: Path, content: str) -> None:
    path = tmp_path / "batches.json"
    path.write_text(content)
    with pytest.raises(InputError, match="does not list batches"):
        State.load(path)
    assert path.read_text() == content


# The server of these tests refuses what OpenAI refuses.


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: [*rows, rows[0]], "Duplicate custom_id"),
        (lambda rows: [{**rows[0], "url": "/v1/embeddings"}, *rows[1:]], "does not match"),
        (lambda rows: [rows[0], {**rows[1], "body": {"model": "n"}}], "the same model"),
    ],
)
def test_the_server_fails_unfit_batches(
    runs: Desk,
    change: Callable[[list[Any]], list[Any]],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = runs.server._upload

    def changed(data: bytes, kind: str) -> Reply:
        reply = upload(data, kind)
        [id] = runs.server.files
        rows = change([json.loads(line) for line in runs.server.files[id].splitlines()])
        runs.server.files[id] = b"\n".join(json.dumps(row).encode() for row in rows)
        return reply

    monkeypatch.setattr(runs.server, "_upload", changed)
    with pytest.raises(BatchError, match=message):
        runs.run()
    assert obedient is runs.server.answering
