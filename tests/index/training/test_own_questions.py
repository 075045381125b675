from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.split import split_sentences
from index.training.examples import Asked, Right
from index.training.own_questions import OWN_QUESTIONS, read_questions

TEXT = "Die Brücke kostet 8 Millionen Euro. Bau im Mai\n\nSie ist 30 Meter lang."


def test_questions_are_read_with_every_sentence_that_answers(tmp_path: Path) -> None:
    questions = [
        {
            "question": "Was kostet sie?",
            "answer": "8 Millionen Euro",
            "sentences": ["Die Brücke kostet 8 Millionen Euro.", "Bau im Mai"],
        },
        {"question": "Wer zeichnet sie?", "answer": None, "sentences": []},
    ]
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"title": "Brücke", "text": TEXT, "questions": questions}) + "\n")
    asked, titles = read_questions([path])
    price = Right(18, (18, 18 + len("8 Millionen Euro")))
    assert asked == [
        Asked("Was kostet sie?", TEXT, (price, Right(TEXT.index("Bau")))),
        Asked("Wer zeichnet sie?", TEXT),
    ]
    assert titles == {TEXT: "Brücke"}


@pytest.mark.parametrize("path", OWN_QUESTIONS, ids=lambda path: path.name)
def test_our_own_questions_can_be_read(path: Path) -> None:
    asked, titles = read_questions([path])
    assert len({one.question for one in asked}) == len(asked)
    for one in asked:
        spans = split_sentences(one.text)
        assert titles[one.text]
        for right in one.rights:
            assert any(start <= right.position < end for start, end in spans)
