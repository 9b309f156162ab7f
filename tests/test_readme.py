"""Every Python block of README and docs runs, against a scripted server where it asks a model."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.drafts import ARTICLE, GOOD
from tests.support.server import ScriptedServer, answer, streamed

from .conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = [
    block
    for page in PAGES
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
]
FILING = (
    "Acme Foods said that revenue rose 8% to $4.2 billion. “We do not see demand slowing down before the"
    " spring,” said Ann Lee, the chief executive."
)
EARNINGS = {
    "company": "Acme Foods",
    "revenue_millions": 4200,
    "chief_executive_said": "We do not see demand slowing down",
    "in_short": "Revenue of Acme Foods rose 8%.",
}


def reply(body: dict[str, Any]) -> Any:
    if body.get("stream"):
        return streamed(json.dumps(GOOD))
    wanted = body["response_format"]["json_schema"]["schema"]["properties"]
    return answer(**(EARNINGS if "company" in wanted else GOOD))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b.strip().splitlines()[0][:40])
def test_block_runs(
    block: str,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Any,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)  # some blocks write files
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("OPENAI_BASE_URL", server.will(reply).base_url)
    exec(
        compile(block, "README.md", "exec", dont_inherit=True),
        {"text": ARTICLE, "filing": FILING, "__name__": "readme"},
    )
    printed = capsys.readouterr().out
    for expected in re.findall(r"^# (.+)$", block, re.MULTILINE):
        assert expected in printed


def test_the_test_command_is_the_one_of_ci() -> None:
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert command in README
