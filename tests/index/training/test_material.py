from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from index.training.material import Pair, pairs_of, records, texts_of
from index.training.overlap import HeldOut


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def pair(number: int, source: str, **more: object) -> dict[str, object]:
    return {"de": f"Satz {number}", "en": f"Sentence {number}", "source": source, **more}


def test_packed_and_plain_files_are_read_alike(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"de": "ä"}, {"de": "b"}]
    for name in ("pairs.jsonl", "pairs.jsonl.gz"):
        assert list(records(write(tmp_path / name, rows))) == rows


def test_articles_and_questions_are_held_out(tmp_path: Path) -> None:
    path = write(tmp_path / "set.jsonl", [{"id": 1, "text": "Artikel"}, {"question": "Frage?"}])
    assert list(texts_of([path])) == ["Artikel", "Frage?"]


def test_a_source_has_its_share_and_scarce_ones_count_more_than_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.training.material.MOST_OF_SOURCE", 2)
    rows = [pair(n, "manual") for n in range(9)] + [pair(99, "ntrex")]
    path = write(tmp_path / "pairs.jsonl.gz", rows)
    chosen = pairs_of(path, HeldOut([]), random.Random(6))
    assert len([p for p in chosen if p.source == "manual"]) == 2
    assert chosen.count(Pair("Satz 99", "Sentence 99", "ntrex")) == 3


def test_loose_translations_repeated_ones_and_held_out_ones_are_left_out(tmp_path: Path) -> None:
    rows = [
        pair(1, "wiki", score=0.2),
        pair(2, "wiki", score=0.9),
        pair(2, "wiki", score=0.9),
        pair(3, "wiki"),
    ]
    path = write(tmp_path / "pairs.jsonl", rows)
    chosen = pairs_of(path, HeldOut(["Satz 3"]), random.Random(6))
    assert chosen == [Pair("Satz 2", "Sentence 2", "wiki")]
