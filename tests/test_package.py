"""The package: what it exports, what its import costs, what its distribution says."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import metadata
from pathlib import Path

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
    "first", ["summarizer.pipeline.run", "summarizer.checks.numbers.rules", "summarizer.cli"]
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


def test_imports_go_one_way() -> None:
    """What a module needs to be loaded never leads back to it."""
    root = Path(summarizer.__file__).parent
    needs = {_module(root, path): _needs(root, path) for path in root.rglob("*.py")}
    needs.pop("summarizer")  # its names are loaded when they are used
    left = {name: {n for n in wanted if n in needs} for name, wanted in needs.items()}
    while ready := [name for name, wanted in left.items() if not wanted]:
        for name in ready:
            del left[name]
        left = {name: wanted - set(ready) for name, wanted in left.items()}
    assert left == {}


def _module(root: Path, path: Path) -> str:
    parts = (root.name, *path.relative_to(root).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def _needs(root: Path, path: Path) -> set[str]:
    """The modules of this package that one imports, inside functions too."""
    name = _module(root, path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            if node.module:
                found.add(".".join([*above, node.module]))
            else:
                found |= {".".join([*above, alias.name]) for alias in node.names}
    return found - {name}
