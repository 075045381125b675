from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.question_set import read_questions
from tests.fakes import HashingEmbedder
from tests.found import found_for
from tests.question_sets import write_question_set


def listed(items: Sequence[object], _: str) -> Iterable[object]:
    return items


def test_each_question_has_sentences_of_its_article_among_the_first(tmp_path: Path) -> None:
    files = write_question_set(tmp_path, 4)
    expected = read_questions(files.questions)
    records = found_for(files.articles, files.questions, HashingEmbedder(), listed)
    assert [record["question"] for record in records] == [one.text for one in expected]
    for one, record in zip(expected, records, strict=True):
        found = record["found"]
        assert isinstance(found, list)
        if one.answerable:
            assert {article for article, _ in found[:3]} & one.about
