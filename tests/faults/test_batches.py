"""A batch that is killed, interrupted, out of room or started twice loses nothing and repeats nothing."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import command
from tests.support.drafts import ARTICLE

CODE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from summarizer.cli import main
main()
"""
COMMAND = [sys.executable, "-c", CODE, "batch"]


@dataclass(frozen=True, slots=True)
class Said:
    """How a batch ended, and what it said."""

    returncode: int
    stderr: str


class Server:
    """The obedient server in a process of its own: it outlives the batches that are killed."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "tests.support.obedient", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def stats(self) -> dict[str, Any]:
        with urllib.request.urlopen(self.url + "/stats", timeout=5) as answer:
            return json.load(answer)  # type: ignore[no-any-return]

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def quick() -> Iterator[Server]:
    server = Server("--latency", "0.02")
    yield server
    server.stop()


@pytest.fixture
def faulty() -> Iterator[Server]:
    server = Server("--latency", "0.2", "--fail-every", "11")
    yield server
    server.stop()


def articles(path: Path, count: int) -> Path:
    rows = [{"id": f"a{n}", "text": f"{ARTICLE} It was call {n + 10:,}."} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def environment(tmp_path: Path) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.endswith("_API_KEY")}
    return {**clean, "SUMMARIZER_CACHE": str(tmp_path / "cache.sqlite"), "OPENAI_API_KEY": "k"}


def arguments(tmp_path: Path, server: Server, *options: str) -> list[str]:
    return [
        *COMMAND,
        *(options or [str(tmp_path / "in.jsonl")]),
        *("-o", str(tmp_path / "out.jsonl"), "--model", "scripted", "--base-url", server.url),
    ]


def run(tmp_path: Path, server: Server, *options: str, stdin: str = "") -> Said:
    """The command within this process."""
    words = arguments(tmp_path, server, *options)[len(COMMAND) - 1 :]
    done = command(*words, stdin=stdin.encode(), **environment(tmp_path))
    return Said(done.returncode, done.stderr.decode())


def start(tmp_path: Path, server: Server, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        arguments(tmp_path, server, *options),
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    )


def rows(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]


def wait_for_lines(tmp_path: Path, count: int) -> None:
    out = tmp_path / "out.jsonl"
    for _ in range(2400):
        if out.exists() and out.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"no {count} lines within two minutes")


def test_300_articles_survive_a_kill_and_a_server_that_fails_on_a_plan(
    tmp_path: Path, faulty: Server
) -> None:
    articles(tmp_path / "in.jsonl", 300)
    inputs = (str(tmp_path / "in.jsonl"), "--concurrency", "16")
    first = start(tmp_path, faulty, *inputs)
    wait_for_lines(tmp_path, 140)
    first.kill()
    first.wait()
    half = faulty.stats()
    second = run(tmp_path, faulty, *inputs)
    assert second.returncode == 0, second.stderr
    done = rows(tmp_path)
    assert sorted(r["id"] for r in done) == sorted(f"a{n}" for n in range(300))
    assert all(r["summary"]["claims"] and "error" not in r for r in done)
    assert 1 < half["most"] <= 16  # the mean is measured in benchmarks/batch.py
    # Answered twice is only what was in flight when the kill came.
    assert faulty.stats()["answered"] <= 300 + 16


def test_a_torn_last_line_is_cut_off_and_written_anew(tmp_path: Path, quick: Server) -> None:
    articles(tmp_path / "in.jsonl", 5)
    run(tmp_path, quick)
    out = tmp_path / "out.jsonl"
    whole = out.read_bytes()
    out.write_bytes(whole[:-40])
    done = run(tmp_path, quick)
    assert done.returncode == 0
    assert sorted(out.read_text().splitlines()[0:4]) == sorted(whole.decode().splitlines()[0:4])
    assert len({r["id"] for r in rows(tmp_path)}) == len(rows(tmp_path)) == 5
    assert quick.stats()["requests"] == 5  # the cache had the answer of the torn line
    assert "4 done before" in done.stderr


def test_an_interrupt_says_what_is_saved_and_the_same_command_goes_on(
    tmp_path: Path, faulty: Server
) -> None:
    articles(tmp_path / "in.jsonl", 30)
    first = start(tmp_path, faulty)
    wait_for_lines(tmp_path, 10)
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=60)
    assert first.returncode == 130
    assert "the same command continues" in said
    assert "Traceback" not in said
    assert run(tmp_path, faulty).returncode == 0
    assert len({r["id"] for r in rows(tmp_path)}) == len(rows(tmp_path)) == 30


def test_a_full_disk_stops_it_behind_a_whole_line(tmp_path: Path, quick: Server) -> None:
    articles(tmp_path / "in.jsonl", 40)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    full = subprocess.run(
        arguments(tmp_path, quick),
        capture_output=True,
        text=True,
        check=False,
        env=environment(tmp_path),
        preexec_fn=small_files,
    )
    assert full.returncode == 2
    assert "make room and start the same command again" in full.stderr
    assert "Traceback" not in full.stderr
    saved = len(rows(tmp_path))
    assert 0 < saved < 40
    assert run(tmp_path, quick).returncode == 0
    assert len({r["id"] for r in rows(tmp_path)}) == len(rows(tmp_path)) == 40


def test_two_batches_do_not_write_one_file(tmp_path: Path, faulty: Server) -> None:
    articles(tmp_path / "in.jsonl", 400)
    first = start(tmp_path, faulty)
    wait_for_lines(tmp_path, 1)
    second = run(tmp_path, faulty)
    first.kill()
    first.communicate()
    assert second.returncode == 2
    assert "in use by another batch" in second.stderr


def test_results_of_other_settings_are_not_mixed_in(tmp_path: Path, quick: Server) -> None:
    articles(tmp_path / "in.jsonl", 2)
    run(tmp_path, quick)
    other = run(tmp_path, quick, str(tmp_path / "in.jsonl"), "--max-claims", "3")
    assert other.returncode == 2
    assert "other settings" in other.stderr


def test_what_is_no_file_of_results_is_left_alone(tmp_path: Path, quick: Server) -> None:
    articles(tmp_path / "in.jsonl", 1)
    (tmp_path / "out.jsonl").write_text('{"mine": 1}\nnot yours\n')
    done = run(tmp_path, quick)
    assert done.returncode == 2
    assert (tmp_path / "out.jsonl").read_text() == '{"mine": 1}\nnot yours\n'


def test_an_article_that_fails_is_a_line_and_the_exit_code_says_so(
    tmp_path: Path, quick: Server
) -> None:
    lines = [
        json.dumps({"id": "good", "text": ARTICLE}),
        "no JSON",
        '{"id": "none"}',
        '{"id": "empty", "text": "  "}',
        '{"id": "good", "text": "Another text about 5 dogs."}',
        json.dumps({"id": "good", "text": ARTICLE}),
        json.dumps({"text": f"{ARTICLE} Again."}),
        "",
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
    done = run(tmp_path, quick)
    assert done.returncode == 1
    assert "3 summarized, 3 failed, 1 repeated" in done.stderr
    assert 'texts with the id of another: 1 ("sha256" tells them apart)' in done.stderr
    errors = [r["error"]["message"] for r in rows(tmp_path) if "error" in r]
    for said in ("not JSON", 'no "text"', "no words"):
        assert any(said in error for error in errors), said
    again = run(tmp_path, quick)
    assert "0 summarized, 0 failed, 6 done before (3 failed), 1 repeated" in again.stderr
    assert again.returncode == 1


def test_failed_articles_are_tried_again_on_request(tmp_path: Path, quick: Server) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "a", "text": " "}\n')
    assert run(tmp_path, quick).returncode == 1
    articles(path, 1)
    path.write_text(path.read_text().replace("a0", "a"))
    assert run(tmp_path, quick, str(path), "--retry-failed").returncode == 0
    assert [r["id"] for r in rows(tmp_path)] == ["a"]


def test_a_wrong_key_stops_it_at_once_and_leaves_no_lines(tmp_path: Path) -> None:
    from tests.support.server import Reply, ScriptedServer

    articles(tmp_path / "in.jsonl", 200)
    with ScriptedServer() as server:
        server.will(Reply(401, '{"error": {"message": "bad key sk-verysecret"}}'))
        quick = Server.__new__(Server)
        quick.url = server.base_url
        done = run(tmp_path, quick)
        assert done.returncode == 2
        assert "key was refused" in done.stderr
        assert rows(tmp_path) == []
        assert len(server.requests) < 40


def test_folders_globs_and_standard_input(tmp_path: Path, quick: Server) -> None:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text(ARTICLE)
    (folder / "deep" / "two.md").write_text(ARTICLE + " It was late.")
    (folder / "bad.txt").write_bytes(b"\xff\xfe\xff")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    line = json.dumps({"text": ARTICLE + " It was early."}) + "\n"
    done = run(tmp_path, quick, str(folder), str(folder / "o*.txt"), "-", stdin=line)
    assert done.returncode == 1, done.stderr
    by_id = {re.sub(".*/texts/", "", r["id"]): r for r in rows(tmp_path)}
    assert set(by_id) == {"one.txt", "deep/two.md", "bad.txt", "stdin:1"}
    assert "not text" in by_id["bad.txt"]["error"]["message"]


@pytest.mark.parametrize("name", ["nowhere.jsonl", "none*.txt"])
def test_an_input_that_is_not_there_is_refused_first(
    tmp_path: Path, quick: Server, name: str
) -> None:
    done = run(tmp_path, quick, str(tmp_path / name))
    assert done.returncode == 2
    assert name in done.stderr
    assert not (tmp_path / "out.jsonl").exists()
