"""A headless Chromium that is already installed; without one the tests in it are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/usr/bin/chromium",  # where Debian installs it, for a PATH that lacks it
)
MISSING = (
    "no Chromium found: install Debian's package `chromium` (apt-get install chromium),"
    " or run `playwright install chromium`"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium(playwright_path: str) -> str | None:
    """The Chromium of this machine, else Playwright's own download; None without either."""
    installed = (path for command in COMMANDS if (path := shutil.which(command)))
    own = playwright_path if Path(playwright_path).is_file() else None
    return next(installed, own)


@pytest.fixture(scope="module")  # Playwright keeps an event loop running as long as it lives
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        path = find_chromium(started.chromium.executable_path)
        if path is None:
            pytest.skip(MISSING)
        running = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()
