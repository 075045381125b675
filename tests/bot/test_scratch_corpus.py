from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from bot.scratch_corpus import read_records, scratch_corpus
from index.errors import SettingError
from tests.fakes import HashingEmbedder


def listed(items: Sequence[object], label: str) -> Iterable[object]:
    assert label == "articles"
    return items


def test_articles_of_all_files_are_there_but_for_bad_ones(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(json.dumps({"id": "a", "text": "In Kursk regnet es."}))
    two.write_text("\n".join(map(json.dumps, [{"id": "b", "text": " "}, {"text": "Es schneit."}])))
    with scratch_corpus([one, two], HashingEmbedder(), listed) as corpus:
        texts = {stored.article.text for stored in corpus.articles()}
    assert texts == {"In Kursk regnet es.", "Es schneit."}


def test_records_may_hold_odd_separators_and_empty_lines_between_them(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('\ufeff{"text": "Eins\u2028zwei\u0085drei"}\r\n\n{"id": 2}\n', encoding="utf-8")
    assert read_records(path) == [{"text": "Eins\u2028zwei\u0085drei"}, {"id": 2}]


@pytest.mark.parametrize("line", ["kein JSON", "[]", "7", '"Text"', '{"id": '])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(f'{{"id": 1}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        read_records(path)
    assert caught.value.code == "json_line_invalid"
    assert caught.value.details == {"path": str(path), "line": 3}


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    with pytest.raises(SettingError) as caught:
        read_records(path)
    assert caught.value.code == "file_unreadable"
    assert caught.value.details == {"path": str(path)}


def test_a_file_of_other_bytes_than_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'{"id": 1}\n\xff\xfe\n')
    with pytest.raises(SettingError) as caught:
        read_records(path)
    assert caught.value.details == {"path": str(path), "line": 2}
