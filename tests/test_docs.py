"""The site builds strictly, and every command of README and docs runs."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import crosscheck
from tests.support.batch_server import BatchServer
from tests.support.commands import command as run
from tests.support.drafts import ARTICLE
from tests.support.pages import PAGE, pdf

from .conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = [
    block
    for page in PAGES
    for block in re.findall(r"```bash\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
]
COMMANDS = sorted(
    {
        line.split("   #")[0].strip()
        for block in BLOCKS
        for line in block.splitlines()
        if "summarizer " in line and "pip install" not in line
    }
)
INSTALLS = [line for block in BLOCKS for line in block.splitlines() if "pip install" in line]


def test_the_site_builds_strictly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "summarize_many" in (tmp_path / "reference" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text("Four people were hurt.", encoding="utf-8")
    (tmp_path / "report.pdf").write_bytes(pdf(ARTICLE[:200]))
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text(ARTICLE + " It was late.", encoding="utf-8")
    (tmp_path / "articles.jsonl").write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n")
    command = command.replace("https://example.org/article.html", "page.html")
    piped, _, words = command.rpartition(" | ")
    monkeypatch.chdir(tmp_path)
    with BatchServer(looks=1) as server:
        done = run(
            *shlex.split(words)[1:],
            stdin=Path(piped.removeprefix("cat ")).read_bytes() if piped else b"",
            OPENAI_API_KEY="k",
            OPENAI_BASE_URL=server.base_url,
            SUMMARIZER_MODEL="openai/gpt-4.1-mini",
        )
    assert done.returncode == 0, done.stderr


def test_every_extra_that_is_named_exists() -> None:
    extras = {
        extra
        for line in INSTALLS
        for names in re.findall(r"\[([\w,]+)\]", line)
        for extra in names.split(",")
    }
    described = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert extras >= {"local", "dev", "web", "pdf", "ray"}
    assert all(re.search(rf"^{extra} = \[", described, re.MULTILINE) for extra in extras)


def test_the_examples_of_the_verdicts_are_true() -> None:
    table = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8").partition("\n## Quot")[0]
    rows = re.findall(r"^\| `(\w+)` \| [✓✗] \| ([^*|]+) \| (.+) \|$", table, re.MULTILINE)
    assert len(rows) == 6
    for verdict, sources, summaries in rows:
        pairs = zip(sources.split("; "), summaries.split("; "), strict=True)
        for source, summary in pairs:
            numbers = crosscheck(f"{summary}.", f"{source}.").numbers
            assert [n.verdict.value for n in numbers] == [verdict], (source, summary)
