from __future__ import annotations

from pathlib import Path

from tests.encoders import Encoder, measure
from tests.fakes import HashingEmbedder
from tests.question_sets import write_question_set


def test_an_encoder_is_measured_by_the_sentences_of_the_right_articles(tmp_path: Path) -> None:
    write_question_set(tmp_path / "set")
    words = Encoder("words", HashingEmbedder(), lambda text: 2 * len(text.split()), 254)
    figures = measure(words, {"set": tmp_path / "set"}, lambda items, _: items)
    best, three = figures["set@1"], figures["set@3"]
    assert best is not None
    assert three is not None
    assert 0 < best <= three <= 100
    assert (figures["pieces"], figures["window"]) == (2.0, 127)
    assert figures["per_second"]
