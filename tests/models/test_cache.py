"""The cache: shared, bounded, and never in the way."""

from __future__ import annotations

import contextlib
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from summarizer import Cache, CacheWarning, InputError, ModelError, stream_summary, summarize
from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import ScriptedServer, answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "answers.sqlite"


def test_no_question_is_paid_for_twice(server: ScriptedServer, path: Path) -> None:
    server.will(answer(**GOOD))
    options = {"base_url": server.base_url, "api_key": "sk-secret-123", "cache": path}
    first = summarize(ARTICLE, "m", **options)  # type: ignore[arg-type]
    second = summarize(ARTICLE, "m", **options)  # type: ignore[arg-type]
    *_, third = stream_summary(ARTICLE, "m", **options)  # type: ignore[arg-type]
    assert len(server.requests) == 1
    assert first.claims == second.claims == third.claims  # type: ignore[union-attr]
    assert (second.usage.requests, second.usage.input_tokens, second.usage.cost) == (0, 0, 0.0)


@pytest.mark.parametrize(
    "change",
    [{"text": ARTICLE + " Again."}, {"model": "n"}, {"focus": "Who pays?"}, {"max_claims": 3}],
)
def test_what_decides_an_answer_is_in_its_key(
    server: ScriptedServer, path: Path, change: dict[str, str]
) -> None:
    server.will(answer(**GOOD))
    asked = {"text": ARTICLE, "model": "m", "base_url": server.base_url, "cache": path}
    summarize(**asked)  # type: ignore[call-overload]
    server.will(answer(**GOOD))
    with contextlib.suppress(ModelError):  # the canned answer need not fit; it was asked for
        summarize(**{**asked, **change})  # type: ignore[call-overload]
    assert len(server.requests) > 1


def test_no_key_and_no_article_is_in_it(server: ScriptedServer, path: Path) -> None:
    server.will(answer(**GOOD))
    summarize(ARTICLE, "m", base_url=server.base_url, api_key="sk-secret-123", cache=path)
    data = b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert b"sk-secret-123" not in data
    assert b"investigating the cause" in data  # an answer
    assert b"built in 1890" not in data  # the article
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"not a database, but long enough" * 50, b""])
def test_a_corrupt_file_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    cache = Cache(path)
    if content:
        with pytest.warns(CacheWarning, match="set aside"):
            cache.put("a", "1")
        assert [p.read_bytes() for p in path.parent.glob("*.set-aside-*")] == [content]
    else:
        cache.put("a", "1")
    assert cache.get("a") == "1"


def test_a_file_of_another_version_is_set_aside(path: Path) -> None:
    Cache(path).put("a", "1")
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")
    with pytest.warns(CacheWarning, match="format 99"):
        assert Cache(path).get("a") is None


def test_one_that_cannot_be_written_is_given_up_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "answers.sqlite")
    with pytest.warns(CacheWarning, match="cannot be used"):
        cache.put("a", "1")
    assert cache.get("a") is None


def test_it_stays_within_its_limit_and_drops_what_is_unused_for_longest(path: Path) -> None:
    cache = Cache(path, most_bytes=10_000)
    for n in range(200):
        cache.put(f"key {n}", "x" * 200)
        cache.get("key 0")
    assert cache.info().bytes <= 10_000 + 50 * 220
    assert cache.get("key 0") is not None
    assert cache.get("key 1") is None
    assert cache.get("key 199") is not None


def _write(path: Path, name: int) -> None:
    cache = Cache(path)
    for n in range(50):
        cache.put(f"{name} {n}", "x")


def test_processes_share_it(path: Path) -> None:
    started = multiprocessing.get_context("spawn")
    writers = [started.Process(target=_write, args=(path, name)) for name in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [w.exitcode for w in writers] == [0, 0, 0]
    assert Cache(path).info().answers == 150


def test_clear_and_what_cache_means(path: Path) -> None:
    cache = Cache(path)
    cache.put("a", "1")
    assert (cache.clear(), cache.info().answers) == (1, 0)
    assert Cache.of(None) is Cache.of(False) is None
    assert Cache.of(cache) is cache
    with pytest.raises(InputError, match="not int"):
        Cache.of(5)  # type: ignore[arg-type]
