"""The model that ships with Beleg: real weights."""

from __future__ import annotations

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.own_model import OwnModel, shipped_model
from index.reading import Excerpt

GERMAN = "Der Stadtrat hat am Abend den Bau der neuen Brücke beschlossen."
ENGLISH = "In the evening, the city council decided to build the new bridge."
OTHER = "Die Mannschaft gewann das Finale nach Verlängerung."


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(shipped_model())


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader(shipped_model())


def test_a_sentence_and_its_translation_are_near_each_other(embedder: OnnxEmbedder) -> None:
    german, english, other = embedder.embed_sentences([GERMAN, ENGLISH, OTHER])
    assert german @ english > 0.7
    assert german @ other < 0.3


def test_what_answers_is_ahead_of_what_is_about_the_same(reader: OnnxReader) -> None:
    question = "Wer leitet jetzt das Museum?"
    sentences = [
        "Das Museum zeigt bis Mai Bilder aus drei Jahrhunderten.",
        "Seit März steht Ada Brandt an der Spitze des Museums.",
    ]
    about, answer = reader.read(question, [Excerpt("", "", one, "") for one in sentences])
    assert answer.score > about.score


def test_many_threads_may_use_it_at_once(embedder: OnnxEmbedder, reader: OnnxReader) -> None:
    fresh = OwnModel(shipped_model().directory)
    own, judge = OnnxEmbedder(fresh), OnnxReader(fresh)
    excerpts = [Excerpt("", "", text, "") for text in (GERMAN, OTHER)]
    ready = threading.Barrier(6)

    def use(_: int) -> tuple[list[float], list[float]]:
        ready.wait()
        vector = own.embed_question(GERMAN)
        return vector.tolist(), [one.score for one in judge.read("Was?", excerpts)]

    with ThreadPoolExecutor(6) as pool:
        some = list(pool.map(use, range(6)))
    assert np.allclose(some[0][0], embedder.embed_question(GERMAN), atol=1e-5)
    assert all(np.allclose(one, some[0][0], atol=1e-5) for one, _ in some)
    expected = [one.score for one in reader.read("Was?", excerpts)]
    assert all(np.allclose(scores, expected, atol=1e-4) for _, scores in some)


@pytest.mark.parametrize("text", [" ", "\u200b", "\0", "🦊" * 400, "x" * 9000, "語" * 2000])
def test_odd_text_is_no_failure(embedder: OnnxEmbedder, reader: OnnxReader, text: str) -> None:
    assert np.isfinite(embedder.embed_question(text)).all()
    (reading,) = reader.read(text, [Excerpt(text, text, text, text)])
    assert np.isfinite(reading.score)


def test_nothing_to_embed_gives_no_rows(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_sentences([]).shape == (0, embedder.dimension)


def test_passages_that_it_never_saw_are_listed() -> None:
    text = resources.files("index").joinpath("model/held_out.json").read_text(encoding="utf-8")
    listed = json.loads(text)
    assert len(listed) == len(set(listed)) == 106


def test_a_network_that_is_taught_further_leaves_the_name_of_the_other(tmp_path: Path) -> None:
    shutil.copytree(shipped_model().directory, tmp_path / "model")
    card = json.loads((tmp_path / "model/model.json").read_text(encoding="utf-8"))
    card["sha256"]["ranker.onnx"] = "0" * 64
    (tmp_path / "model/model.json").write_text(json.dumps(card), encoding="utf-8")
    other = OwnModel(tmp_path / "model")
    assert OnnxEmbedder(other).name == OnnxEmbedder(shipped_model()).name
    assert OnnxReader(other).name != OnnxReader(shipped_model()).name


def test_a_directory_that_holds_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        OnnxEmbedder(OwnModel(tmp_path)).embed_question("x")
    assert str(tmp_path) in str(caught.value.details["model"])
