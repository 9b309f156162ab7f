"""Progress is for terminals: on stderr, gone at the end, and nothing of it in a pipe."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys

import pytest

START = """
import time
from summarizer.cli.progress import AssemblyWatch, assembly_bar, tally
from summarizer.events import Assembling, RequestSent

def tell(on_event):
    on_event(RequestSent("m", 1))
    for done in (1, 2, 3):
        on_event(Assembling(done << 20, 3 << 20))
        time.sleep(0.15)
"""
ALONE = """
with assembly_bar() as on_event:
    tell(on_event)
"""
IN_A_BATCH = """
on_event = AssemblyWatch()
tell(on_event)
with tally("Summarizing", 5) as shown:
    on_event.report = shown.assembling
    tell(on_event)
    shown.update(1, "")
"""
PLACES = [ALONE, IN_A_BATCH]


@pytest.mark.parametrize("code", PLACES)
def test_a_bar_is_seen_at_a_terminal_while_the_weights_are_assembled(code: str) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    child = subprocess.Popen([sys.executable, "-c", START + code], stderr=theirs, env=environment)
    os.close(theirs)
    data = b""
    with contextlib.suppress(OSError):  # the child has closed its end
        while more := os.read(ours, 1 << 16):
            data += more
    os.close(ours)
    shown = data.decode()
    assert child.wait() == 0, shown
    assert "Assembling the embedded model" in shown
    assert "2.1/3.1 MB" in shown or "2/3" in shown


@pytest.mark.parametrize("code", PLACES)
def test_a_pipe_shows_no_bar(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", START + code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
