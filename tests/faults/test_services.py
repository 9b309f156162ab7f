"""A service that fails every article stops the batch, and what failed so is done again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Done, command
from tests.support.drafts import ARTICLE
from tests.support.obedient import completion
from tests.support.server import Reply, ScriptedServer, chat

JSON = {"Content-Type": "application/json"}
PORTAL = Reply(body="<html><body>Log in to the network</body></html>")
FAULTS = [
    pytest.param(Reply(402, '{"error": {"message": "Insufficient credit"}}', JSON), id="402"),
    pytest.param(Reply(400, '{"error": {"message": "Your balance is too low"}}', JSON), id="400"),
    pytest.param(PORTAL, id="captive portal"),
    pytest.param(Reply(200, '{"error": {"message": "No credit"}}', JSON), id="error in a 200"),
    pytest.param(chat('{"headline": "Fi', finish="length"), id="length"),
    pytest.param(Reply(403, "{}", JSON), id="403"),
]


def obedient(body: dict[str, Any]) -> Reply:
    return Reply(body=completion(body), headers=JSON)


def batch(tmp_path: Path, server: ScriptedServer, count: int) -> Done:
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"a{n}", "text": f"{ARTICLE} It was call {n + 10}."} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    words = ("batch", str(path), "-o", str(tmp_path / "out.jsonl"), "--model", "m")
    where = {"SUMMARIZER_CACHE": str(tmp_path / "cache.sqlite"), "OPENAI_API_KEY": "k"}
    return command(*words, "--base-url", server.base_url, "--concurrency", "4", **where)


def rows(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("good", [0, 12])
def test_it_stops_the_batch_and_the_same_command_goes_on_when_it_is_mended(
    tmp_path: Path, server: ScriptedServer, fault: Reply, good: int
) -> None:
    server.will(*[obedient] * good, fault)
    stopped = batch(tmp_path, server, 60)
    if good and "length" in str(fault.body):  # other articles were answered: it may be these
        assert stopped.returncode == 1
        return
    assert stopped.returncode == 2, stopped.stderr
    assert b"Stopped: " in stopped.stderr
    assert all(row["error"]["temporary"] for row in rows(tmp_path) if "error" in row)
    assert len(server.requests) < good + 120  # some are retried
    mended = batch(tmp_path, server.will(obedient), 60)
    assert mended.returncode == 0, mended.stderr
    assert len({r["id"] for r in rows(tmp_path)}) == len(rows(tmp_path)) == 60


@pytest.mark.parametrize("fault", FAULTS)
def test_few_articles_that_failed_so_are_done_again(
    tmp_path: Path, server: ScriptedServer, fault: Reply
) -> None:
    assert batch(tmp_path, server.will(fault), 3).returncode in (1, 2)
    mended = batch(tmp_path, server.will(obedient), 3)
    assert b"3 summarized, 0 failed" in mended.stderr
    assert mended.returncode == 0


def test_the_exit_code_is_0_only_where_every_article_has_a_summary(
    tmp_path: Path, server: ScriptedServer
) -> None:
    def picky(body: dict[str, Any]) -> Reply:
        return chat('{"no": "headline"}') if "call 15." in json.dumps(body) else obedient(body)

    for said in (b"29 summarized, 1 failed", b"0 summarized, 0 failed, 30 done before (1 failed)"):
        done = batch(tmp_path, server.will(picky), 30)
        assert (done.returncode, said in done.stderr) == (1, True), done.stderr
