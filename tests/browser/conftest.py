"""A headless Chromium: the one of the machine, else Debian's, installed by the tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def install_chromium() -> None:
    """From Debian's packages, where we may: two test processes must not do it at once."""
    if os.getuid() or not shutil.which("apt-get"):
        return
    script = "apt-get update && apt-get install -y --no-install-recommends chromium"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["sh", "-c", script], check=False, capture_output=True, env=environment)


@pytest.fixture(scope="module")  # playwright keeps an event loop running as long as it lives
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with Path(tempfile.gettempdir(), "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if find_chromium() is None:
            install_chromium()
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium: install Debian's package `chromium`")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()
