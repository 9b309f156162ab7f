"""The package: what it exports, what its import costs, what its distribution says."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

import pytest

import summarizer


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("name", summarizer.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(summarizer, name).__doc__


@pytest.mark.parametrize(
    "first", ["summarizer.pipeline", "summarizer.crosscheck.numbers", "summarizer.cli"]
)
def test_crosscheck_is_the_function_whatever_was_imported_before(first: str) -> None:
    code = f"import {first}; from summarizer import crosscheck; print(crosscheck('4', '4').ok)"
    assert run(code) == "True"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        summarizer.nonsense  # noqa: B018


def test_crosscheck_loads_no_client_and_no_pydantic() -> None:
    loaded = run(
        "import sys, summarizer; summarizer.crosscheck('4', '4');"
        "print([m for m in ('openai', 'instructor', 'pydantic', 'rich', 'jinja2') if m in sys.modules])"
    )
    assert loaded == "[]"


def test_the_distribution_has_its_command_and_types() -> None:
    points = metadata.entry_points(group="console_scripts", name="summarizer")
    assert [p.value for p in points] == ["summarizer.cli:main"]
    assert metadata.version("grounded-summarizer") == summarizer.__version__
