"""The process of the embedded model: it starts, says what went wrong, and ends when it must.

The real one is asked in the README's first command; here a package of the same name takes its place.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer import LocalModelError
from summarizer.models.local_server import Launch, LocalServer

FAKE = """
import threading, time
from types import SimpleNamespace

class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(model=SimpleNamespace(), cpuparams=SimpleNamespace())

class Server:
    def __init__(self, params):
        if params.model.path.endswith("broken.gguf"):
            raise RuntimeError("a tensor\\nis missing")
        assert params.api_keys == ["key-of-the-server"]
        self.listening_address = "http://127.0.0.1:9"
        threading.Thread(target=time.sleep, args=(600,)).start()  # what cannot be interrupted
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
LAUNCH = Launch("whole.gguf", "key-of-the-server", 8192, 2)


@pytest.fixture(autouse=True)
def xllamacpp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xllamacpp.py").write_text(FAKE)
    monkeypatch.syspath_prepend(tmp_path)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def ends(pid: int) -> bool:
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_it_serves_until_it_is_stopped() -> None:
    server = LocalServer(LAUNCH)
    assert server.address == "http://127.0.0.1:9/v1"
    assert server.is_running
    server.stop()
    assert not server.is_running


def test_the_key_is_in_no_list_of_processes() -> None:
    server = LocalServer(LAUNCH)
    assert b"key-of" not in Path(f"/proc/{server._process.pid}/cmdline").read_bytes()
    assert "key-of" not in repr(LAUNCH)
    server.stop()


def test_what_llama_cpp_says_is_the_error() -> None:
    with pytest.raises(LocalModelError, match=r"could not load broken.gguf: a tensor is missing$"):
        LocalServer(Launch("broken.gguf", "k", 8192, 2))


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_it_does_not_outlive_the_process_that_started_it(tmp_path: Path, way: int) -> None:
    code = (
        "import sys, time; from tests.models.test_local_server import *;"
        "print(LocalServer(LAUNCH)._process.pid, flush=True); time.sleep(600)"
    )
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path), os.getcwd()])
    starter = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    assert is_alive(pid)
    starter.send_signal(way)
    starter.wait(20)
    assert ends(pid)
