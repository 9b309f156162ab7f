"""The screenshots of a report: desktop with a line pointed at, phone, dark, print.

summarizer run seeds/000_b81f54cc05f7b0a3.txt --model local --format html -o report.html
python docs/screenshots.py report.html
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"


def main(report: str) -> None:
    """Take all of them."""
    IMAGES.mkdir(exist_ok=True)
    address = Path(report).resolve().as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 820})
        page.goto(address)
        page.hover("#c1")
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / "report-desktop.png")
        page.emulate_media(color_scheme="dark")
        page.hover("#q0")
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / "report-dark.png")
        page.emulate_media(color_scheme="light", media="print")
        page.set_viewport_size({"width": 794, "height": 1123})
        page.mouse.move(0, 0)
        page.screenshot(path=IMAGES / "report-print.png")
        phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        phone.goto(address)
        phone.screenshot(path=IMAGES / "report-phone.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
