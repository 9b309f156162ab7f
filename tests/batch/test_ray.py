"""A Ray Data dataset in, summaries out, a worker killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import InputError, Summary
from summarizer.ray import summarize_dataset
from tests.faults.test_batches import Server
from tests.support.drafts import ARTICLE

ray = pytest.importorskip("ray")
ray_data = pytest.importorskip("ray.data")

COUNT = 120


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    yield
    ray.shutdown()


@pytest.fixture
def slow() -> Iterator[Server]:
    server = Server("--latency", "0.3")
    yield server
    server.stop()


def dataset(count: int) -> Any:
    rows = [{"name": f"a{n}", "text": f"{ARTICLE} It was call {n + 10:,}."} for n in range(count)]
    return ray_data.from_items(rows, override_num_blocks=8)


def workers() -> list[int]:
    found = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return [int(pid) for pid, args in lines if "_Worker" in args and "ray::" in args]


@pytest.mark.usefixtures("cluster")
def test_a_dataset_with_two_workers_of_which_one_is_killed(slow: Server, tmp_path: Path) -> None:
    made = summarize_dataset(
        dataset(COUNT),
        "scripted",
        base_url=slow.url,
        api_key="k",
        workers=2,
        concurrency=8,
        rows_at_once=10,
        cache=tmp_path / "cache.sqlite",
    )
    killed = False
    rows = []
    for row in made.iter_rows():
        rows.append(row)
        if not killed and (running := workers()):
            os.kill(running[0], signal.SIGKILL)
            killed = True
    assert killed
    assert sorted(r["name"] for r in rows) == sorted(f"a{n}" for n in range(COUNT))
    assert all(r["error"] is None for r in rows)
    assert len(Summary.model_validate_json(rows[0]["summary"]).claims) == 6
    assert slow.stats()["answered"] <= COUNT + 10  # what was in flight, and nothing else again


@pytest.mark.usefixtures("cluster")
def test_a_row_that_fails_has_its_error(slow: Server, tmp_path: Path) -> None:
    rows = [{"text": ARTICLE}, {"text": " "}]
    made = summarize_dataset(
        ray_data.from_items(rows),
        "scripted",
        base_url=slow.url,
        api_key="k",
        workers=1,
        cache=tmp_path / "cache.sqlite",
    )
    assert [bool(r["error"]) for r in made.take_all()] == [False, True]


def test_a_client_is_refused() -> None:
    with pytest.raises(InputError, match="name"):
        summarize_dataset(None, object())  # type: ignore[arg-type]


def test_a_wrong_option_is_refused_before_any_worker_starts() -> None:
    with pytest.raises(InputError, match="did you mean 'max_claims'"):
        summarize_dataset(None, "m", max_claim=3)  # type: ignore[arg-type,call-arg]


def test_ray_is_loaded_only_here() -> None:
    code = "import sys, summarizer.batch; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
