"""The file of results: nobody's data is harmed, and nothing is claimed that is not on disk."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer import BatchError, InputError
from summarizer.batch.items import Item, Outcome
from summarizer.batch.output import OutputFile
from summarizer.batch.results import ResultFile
from summarizer.errors import ModelError
from tests.support.commands import Done, command
from tests.support.drafts import ARTICLE
from tests.support.obedient import completion
from tests.support.server import Reply, ScriptedServer

JSON = {"Content-Type": "application/json"}
ROW = b'{"id": "a", "sha256": "0123456789abcdef", "settings": "f", "summary": {}}\n'


def obedient(body: dict[str, Any]) -> Reply:
    return Reply(body=completion(body), headers=JSON)


def article(id: str, text: str = ARTICLE) -> str:
    return json.dumps({"id": id, "text": f"{text} It was in {id}."})


def batch(tmp_path: Path, server: ScriptedServer, *words: str) -> Done:
    where = {"SUMMARIZER_CACHE": str(tmp_path / "cache.sqlite"), "OPENAI_API_KEY": "k"}
    return command("batch", *words, "--model", "m", "--base-url", server.base_url, **where)


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_bytes().splitlines()]


# What is there already.


@pytest.mark.parametrize(
    "content",
    [
        b"Fire crews were called to the old mill.",
        b"Fire crews were called to the old mill.\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x00" * 64,
        article("a").encode(),
        article("a").encode() + b"\n",
        b"{",
        b'{"id": "a", "sha256": "0123456789abcdef", "sett',
        b'{"id": "a", "sha256": "short", "settings": "f", "summ',
        ROW + b"Fire crews were called",
        ROW + b"Fire crews were called\n",
        b"\n" + ROW,
        ROW.replace(b'"summary": {}', b'"error": "no"'),
        ROW.replace(b'"summary": {}', b'"error": {"message": 5}'),
        ROW.replace(b'"summary": {}', b'"summary": "no"'),
        ROW.replace(b'"a"', b"5"),
        ROW.replace(b"{}", b'{"n": ' + b"9" * 5_000 + b"}"),
        ROW.replace(b"{}", b"[" * 100_000 + b"]" * 100_000),
    ],
)
def test_a_file_that_is_not_results_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a batch result"):
        ResultFile(path, "f")
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (ROW, ROW),
        (ROW + ROW[:1], ROW),
        (ROW + ROW[:8], ROW),
        (ROW + ROW[:40], ROW),
        (ROW + ROW[:-2], ROW),
        (ROW[:60], b""),
        (ROW[:-1], ROW),  # only its line feed is missing, as an editor may leave it
        (ROW.replace(b"\n", b"\r\n"), ROW.replace(b"\n", b"\r\n")),
    ],
)
def test_a_torn_last_line_of_ours_is_cut_off(tmp_path: Path, content: bytes, kept: bytes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    ResultFile(path, "f").__exit__()
    assert path.read_bytes() == kept


def test_the_input_is_refused_as_output(tmp_path: Path, server: ScriptedServer) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(article("a"))
    (tmp_path / "link.jsonl").symlink_to(path)
    os.link(path, tmp_path / "hard.jsonl")
    for output in ("in.jsonl", "link.jsonl", "hard.jsonl", "../" + tmp_path.name + "/in.jsonl"):
        done = batch(tmp_path, server, str(path), "-o", str(tmp_path / output))
        assert (done.returncode, path.read_text()) == (2, article("a"))
        assert b"the output too" in done.stderr


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (Path.mkdir, "a folder"),
        (os.mkfifo, "a pipe"),
        (lambda path: path.symlink_to("/dev/null"), "a device"),
        (lambda path: path.symlink_to("/dev/full"), "a device"),
        (lambda path: path.symlink_to("/dev/zero"), "a device"),
        (lambda path: path.symlink_to(path), "symbolic links"),
        (lambda path: path.write_text(""), None),
    ],
)
def test_special_files_are_refused_at_once(
    tmp_path: Path, make: Callable[[Path], object], kind: str | None
) -> None:
    path = tmp_path / "out"
    make(path)
    if kind is None:
        OutputFile(path).close()
        return
    with pytest.raises(InputError, match=kind):
        OutputFile(path)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("out")
        with pytest.raises(InputError, match="a socket"):
            OutputFile(Path("out"))


@pytest.mark.parametrize(
    "words", [("batch", "in.jsonl"), ("check", "in.jsonl", "--source", "in.jsonl")]
)
@pytest.mark.parametrize("output", ["/dev/full", "pipe", "folder"])
def test_a_command_says_that_it_cannot_write(
    tmp_path: Path,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    output: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text(article("a") + "\n")
    os.mkfifo("pipe")
    Path("folder").mkdir()
    with_model = ("--model", "m", "--base-url", server.base_url) if words[0] == "batch" else ()
    done = command(*words, "-o", output, *with_model, OPENAI_API_KEY="k")
    assert done.returncode == 2
    assert done.stderr.startswith(f"summarizer: {output}".encode())
    assert done.stderr.count(b"\n") == 1


# An output is no input.


@pytest.mark.parametrize(
    ("inputs", "output"),
    [
        ("texts", "texts/out.jsonl"),
        ("texts", "texts/out.txt"),
        ("texts/*", "texts/out.jsonl"),
        ("./texts/../texts", "texts/deep/out.jsonl"),
        ("{here}/texts", "texts/out.jsonl"),
        ("texts", "{here}/texts/out.jsonl"),
        ("texts", "link/out.jsonl"),
        ("link/*l*", "texts/out.jsonl"),
        ("texts", "alias.jsonl"),
        ("texts/**/*", "texts/deep/out.txt"),
    ],
)
def test_the_output_is_never_an_input(
    tmp_path: Path,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    inputs: str,
    output: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("texts/deep").mkdir(parents=True)
    Path("texts/lines.jsonl").write_text(f"{article('a')}\n{article('b')}\n")
    Path("link").symlink_to("texts")
    Path("alias.jsonl").symlink_to("texts/out.jsonl")
    server.will(obedient)
    words = [w.format(here=tmp_path) for w in (inputs, "-o", output)]
    for _ in range(3):
        done = batch(tmp_path, server, *words)
        assert done.returncode == 0, done.stderr
        assert sorted(ids(Path(words[2]))) == ["a", "b"]
    assert b"0 summarized, 0 failed, 2 done before" in done.stderr


def test_a_hard_link_of_the_output_is_no_input_even_after_it_was_rewritten(
    tmp_path: Path, server: ScriptedServer
) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out.jsonl"
    texts.mkdir()
    (texts / "lines.jsonl").write_text(f'{article("a")}\n{{"id": "b", "text": " "}}\n')
    server.will(obedient)
    assert batch(tmp_path, server, str(texts), "-o", str(out)).returncode == 1
    os.link(out, texts / "more.jsonl")
    said = b""
    for options in ((), ("--retry-failed",), ()):
        said += batch(tmp_path, server, str(texts), "-o", str(out), *options).stderr
        assert sorted(ids(out)) == ["a", "b"]
    assert b"more.jsonl has results of a batch: it is not read as an article" in said


def test_results_are_refused_as_articles(tmp_path: Path, server: ScriptedServer) -> None:
    (tmp_path / "old.jsonl").write_bytes(ROW)
    done = batch(
        tmp_path, server, str(tmp_path / "old.jsonl"), "-o", str(tmp_path / "out.jsonl")
    )  # fmt: skip
    assert done.returncode == 2
    assert b"has results of a batch, and no articles" in done.stderr


# Touched while it is open.


def removed(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


def replaced(path: Path) -> None:
    path.with_name("other").write_bytes(path.read_bytes())
    path.with_name("other").rename(path)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def shortened(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def appended_to(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x")


TOUCHED = {
    removed: "was removed or moved",
    moved: "was removed or moved",
    replaced: "was replaced by another file",
    emptied: "was cut short",
    shortened: "was cut short",
    appended_to: "was written to by another program",
}


@pytest.mark.parametrize("touch", TOUCHED)
def test_a_change_is_noticed_before_the_next_result_counts(
    tmp_path: Path, touch: Callable[[Path], None]
) -> None:
    path = tmp_path / "out.jsonl"
    with ResultFile(path, "f") as results:
        results.add(Outcome(Item("a", "It burned.")))
        results.check()
        touch(path)
        after = path.read_bytes() if path.exists() else None
        for _ in range(2):
            with pytest.raises(BatchError, match=TOUCHED[touch]):
                results.add(Outcome(Item("b", "It rained.")))
        assert after == (path.read_bytes() if path.exists() else None)


@pytest.mark.parametrize("touch", [removed, emptied, replaced])
@pytest.mark.parametrize("when", ["call 14.", "call 19."])
def test_a_batch_claims_nothing_that_is_not_on_disk(
    tmp_path: Path, server: ScriptedServer, touch: Callable[[Path], None], when: str
) -> None:
    out = tmp_path / "out.jsonl"
    lines = [json.dumps({"text": f"{ARTICLE} It was call {n}."}) + "\n" for n in range(10, 20)]
    (tmp_path / "in.jsonl").write_text("".join(lines))

    def touching(body: dict[str, Any]) -> Reply:
        if when in json.dumps(body):
            touch(out)
        return obedient(body)

    words = (str(tmp_path / "in.jsonl"), "-o", str(out), "--concurrency", "1")
    done = batch(tmp_path, server.will(touching), *words)
    assert done.returncode == 2
    assert b"while the batch was running" in done.stderr
    assert b"summarized" not in done.stderr
    again = batch(tmp_path, server.will(obedient), *words)
    assert again.returncode == 0, again.stderr
    assert len(ids(out)) == len(set(ids(out))) == 10


# Modes, and what is left over.


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_files_are_private_and_the_mode_of_others_is_left(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with ResultFile(path, "f") as results:
        results.add(Outcome(Item("a", "It burned.")))
        results.add(Outcome(Item("b", "It rained."), error=ModelError("gone", temporary=True)))
    assert mode(path) == 0o600
    path.chmod(0o644)
    ResultFile(path, "f").__exit__()  # rewritten without the error
    assert (mode(path), ids(path)) == (0o644, ["a"])
    report = tmp_path / "report.md"
    text = tmp_path / "a.txt"
    text.write_text(ARTICLE)
    for before in (0o600, 0o644):
        command("check", str(text), "--source", str(text), "-o", str(report))
        assert mode(report) == before
        report.chmod(0o644)


def test_what_a_killed_batch_left_is_removed_and_what_is_not_ours_is_not(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.tmp").write_text("mine")
    with ResultFile(path, "f") as results:
        results.add(Outcome(Item("b", "It rained."), error=ModelError("gone", temporary=True)))
    left = []
    for output in (path, tmp_path / "other.jsonl"):
        file = OutputFile(output)
        left.append(tmp_path / f"{file._temporary_prefix}1")
        left[-1].write_text("half of a copy")
        file.close()
    ResultFile(path, "f").__exit__()
    assert [file.exists() for file in left] == [False, True]
    assert (tmp_path / "out.jsonl.tmp").read_text() == "mine"


def test_a_rewrite_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(ROW)
    file = OutputFile(path)

    def lines() -> Any:
        yield ROW
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        file.rewrite(lines())
    file.close()
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_bytes() == ROW


def test_an_interrupt_while_a_line_is_written_leaves_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.jsonl"
    file = OutputFile(path)
    file.append(ROW)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            file.append(ROW)
    file.check()
    file.close()
    assert path.read_bytes() == ROW


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_is_obeyed_in_order(
    tmp_path: Path, server: ScriptedServer, sent: signal.Signals
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f"{article(f'a{n}')}\n" for n in range(8)))
    release = threading.Event()

    def slow(body: dict[str, Any]) -> Reply:
        if "a5." in json.dumps(body):
            running.send_signal(sent)
            release.wait(20)
        return obedient(body)

    server.will(slow)
    code = "from summarizer.cli import main; main()"
    words = ("batch", str(path), "-o", str(tmp_path / "out.jsonl"), "--model", "m")
    running = subprocess.Popen(
        [sys.executable, "-c", code, *words, "--base-url", server.base_url, "--concurrency", "1"],
        stderr=subprocess.PIPE,
        env={**os.environ, "SUMMARIZER_CACHE": str(tmp_path / "c"), "OPENAI_API_KEY": "k"},
    )
    _, said = running.communicate(timeout=60)
    release.set()
    assert running.returncode == 128 + sent
    assert b"the same command continues" in said
    assert b"Traceback" not in said


# Two batches.


def test_a_file_that_is_replaced_before_it_is_locked_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer.batch import output

    path, lock = tmp_path / "out.jsonl", output._lock
    path.write_bytes(ROW)
    raced = []

    def late(file: int) -> bool:
        if not raced:
            raced.append(True)
            replaced(path)
        return lock(file)

    monkeypatch.setattr(output, "_lock", late)
    file = OutputFile(path)
    file.append(ROW)
    file.close()
    assert path.read_bytes() == ROW + ROW


def test_no_other_batch_comes_between_while_it_is_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    file = OutputFile(path)

    def lines() -> Any:
        yield ROW
        with pytest.raises(InputError, match="in use"):
            OutputFile(path)

    file.rewrite(lines())
    with pytest.raises(InputError, match="in use"):
        OutputFile(path)
    assert list(file.lines()) == [ROW]
    file.append(ROW)
    assert next(file.lines()) == ROW
    file.append(ROW)
    file.close()
    assert path.read_bytes() == ROW * 3


# Names.


def test_names_that_are_not_utf_8_are_kept_and_done_once(
    tmp_path: Path, server: ScriptedServer
) -> None:
    folder, out = tmp_path / "texts", tmp_path / "out.jsonl"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"caf\xc3\xa9.txt", b"?.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"{ARTICLE} {name!r}")
    (folder / "in.jsonl").write_text('{"id": "\\ud83d\\ude00", "text": "It burned in Kent."}\n')
    server.will(obedient)
    for said in (b"4 summarized, 0 failed", b"0 summarized, 0 failed, 4 done before"):
        done = batch(tmp_path, server, str(folder), "-o", str(out))
        assert said in done.stderr
    names = {os.fsencode(Path(id).name) for id in ids(out)}
    assert names == {b"caf\xe9.txt", b"caf\xc3\xa9.txt", b"?.txt", "😀".encode()}


def test_two_texts_with_one_id_are_two_articles_whichever_fails(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    one, two = Item("a", "It burned."), Item("a", "It rained.")
    with ResultFile(path, "f") as results:
        assert list(results.pending(iter([one, two]))) == [one, two]
        results.add(Outcome(one, error=ModelError("gone", temporary=True)))
        results.add(Outcome(two))
        assert results.shared_ids == 1
    with ResultFile(path, "f") as results:
        assert list(results.pending(iter([one, two]))) == [one]
        results.add(Outcome(one))
    with ResultFile(path, "f") as results:
        assert list(results.pending(iter([one, two]))) == []
        assert (results.kept, results.kept_failed) == (2, 0)
