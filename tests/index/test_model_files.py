from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from index.model_files import model_name, revision


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/srv/models/multilingual-e5-small", "multilingual-e5-small"),
        ("/srv/models/multilingual-e5-small/", "multilingual-e5-small"),
        ("intfloat/multilingual-e5-small", "multilingual-e5-small"),
        ("/c/models--intfloat--multilingual-e5-small/snapshots/0a1b", "multilingual-e5-small"),
        ("/c/models--bert-base/snapshots/0a1b", "bert-base"),
        ("model", "model"),
    ],
)
def test_a_model_is_called_by_the_last_part_that_says_something(source: str, name: str) -> None:
    assert model_name(source) == name


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model"
    (path / "1_Pooling").mkdir(parents=True)
    (path / "config.json").write_text("{}")
    (path / "1_Pooling" / "config.json").write_text("{}")
    (path / "model.safetensors").write_bytes(bytes(3_000_000))
    return path


def test_the_same_files_have_the_same_revision_wherever_they_lie(model: Path) -> None:
    first = revision(str(model))
    assert first is not None
    copied = model.parent / "copied"
    shutil.copytree(model, copied)
    os.utime(copied / "config.json", (0, 0))
    (copied / "README.md").write_text("About")
    (copied / ".cache").mkdir()
    (copied / ".cache" / "lock").write_text("")
    assert revision(str(copied)) == first


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", b"[]"),
        ("1_Pooling/config.json", b"[]"),
        ("new.json", b"{}"),
        ("model.safetensors", bytes(3_000_001)),
        ("model.safetensors", bytes(2_999_999) + b"x"),
        ("model.safetensors", b"x" * 3_000_000),
    ],
)
def test_other_files_have_another_revision(model: Path, name: str, content: bytes) -> None:
    first = revision(str(model))
    (model / name).write_bytes(content)
    assert revision(str(model)) != first


def test_what_is_no_directory_has_no_revision(model: Path) -> None:
    assert revision("intfloat/multilingual-e5-small") is None
    assert revision(str(model / "config.json")) is None
