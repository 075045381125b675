from __future__ import annotations

import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from index.embed import ENGLISH_MODEL, SentenceTransformerEmbedder, _Model
from index.errors import ModelError
from index.prompts import NONE
from index.protocols import Vectors
from index.turns import Turns
from tests.making import make_corpus
from tests.tiny_models import build_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SENTENCES = [
    "In Kursk sind rund 8.000 nordkoreanische Soldaten.",
    "Regen.",
    "Der Pokal ging nach einem langen Spiel an den Außenseiter aus der Provinz, sagte der Trainer.",
    "It rains in Vienna.",
    "3. Mai 2024",
    "[3] **fett** `code` 😀",
    "",
]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    """The English model of a package, loaded once."""
    return SentenceTransformerEmbedder()


def test_vectors_have_unit_length_and_the_stated_dimension(
    embedder: SentenceTransformerEmbedder,
) -> None:
    vectors = embedder.embed_sentences(SENTENCES)
    assert vectors.shape == (len(SENTENCES), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    question = embedder.embed_question("Wie viele Soldaten sind in Kursk?")
    assert question.shape == (embedder.dimension,)
    assert np.linalg.norm(question) == pytest.approx(1.0, abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_any_batch(
    embedder: SentenceTransformerEmbedder,
) -> None:
    many = [*SENTENCES, *(f"Satz Nummer {i} ist da." for i in range(20))]
    together = embedder.embed_sentences(many)
    backwards = embedder.embed_sentences(many[::-1])[::-1]
    np.testing.assert_allclose(together, backwards, atol=1e-5)
    for row, text in enumerate(SENTENCES):
        np.testing.assert_allclose(embedder.embed_sentences([text])[0], together[row], atol=1e-5)


def test_nothing_to_embed_gives_no_rows(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed_sentences([]).shape == (0, embedder.dimension)


def test_a_question_is_nearest_to_the_sentence_that_has_its_words(
    embedder: SentenceTransformerEmbedder,
) -> None:
    cosines = embedder.embed_sentences(SENTENCES) @ embedder.embed_question("Soldaten in Kursk?")
    assert int(cosines.argmax()) == 0


def test_the_end_of_a_text_beyond_the_window_still_counts(
    embedder: SentenceTransformerEmbedder,
) -> None:
    long = "Die Regierung sprach über den Haushalt und über die Straßen im Land. " * 60
    assert len(embedder._fit(long)) > 1
    one, other, short = embedder.embed_sentences(
        [long + "Dann gab es Fisch.", long + "Dann stürzte die Brücke ein.", "Kurz."]
    )
    assert float(one @ other) < 0.9999
    np.testing.assert_allclose(np.linalg.norm([one, other], axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(short, embedder.embed_sentences(["Kurz."])[0], atol=1e-5)


def test_the_parts_of_a_long_text_fit_the_window_and_lose_no_word(
    embedder: SentenceTransformerEmbedder,
) -> None:
    long = " ".join(f"Donaudampfschifffahrtsgesellschaft{i} fuhr, hieß es." for i in range(120))
    parts = embedder._fit(long)
    assert " ".join(parts) == long
    encoder = embedder._model.encoder
    assert max(len(encoder.tokenizer(part)["input_ids"]) for part in parts) <= 256


@pytest.mark.parametrize("text", ["ﾞ", "\0", "a" * 5000, "-" * 2000, "語" * 2000])
def test_odd_text_is_no_failure(embedder: SentenceTransformerEmbedder, text: str) -> None:
    for vector in (embedder.embed_question(text), embedder.embed_sentences([text])[0]):
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_many_threads_may_embed_at_once(embedder: SentenceTransformerEmbedder) -> None:
    expected = embedder.embed_sentences(SENTENCES)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(embedder.embed_sentences, [SENTENCES] * 8))
    for result in results:
        np.testing.assert_allclose(result, expected, atol=1e-5)


def test_the_bundled_model_is_named_with_its_revision() -> None:
    name = SentenceTransformerEmbedder().name
    assert name.startswith(f"{ENGLISH_MODEL}@")
    assert name.removeprefix(f"{ENGLISH_MODEL}@")[0].isdigit()


def test_a_corpus_opens_without_loading_the_model(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder()
    corpus = make_corpus(tmp_path, embedder)
    assert corpus.articles() == []
    corpus.close()
    assert "_loaded" not in vars(embedder)


def test_another_model_is_loaded_by_its_directory(tmp_path: Path) -> None:
    path = build_model(tmp_path)
    other = SentenceTransformerEmbedder(str(path))
    assert re.fullmatch("model@[0-9a-f]{12}", other.name)
    assert other.dimension == 16
    vectors = other.embed_sentences(
        ["kurz", "ein langer satz, der nicht in das fenster passt. " * 5]
    )
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(
        SentenceTransformerEmbedder(str(path)).embed_question("kurz"), vectors[0], atol=1e-5
    )


def encoded(path: Path, text: str) -> Vectors:
    """Return what the model makes of a text as it stands."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds, for this one

    model = SentenceTransformer(str(path), device="cpu")
    vector: Vectors = model.encode([text], prompt="", normalize_embeddings=True)[0]
    return vector


QUESTION, SENTENCE = "wer ist da?", "ada ist da."


@pytest.mark.parametrize(
    ("name", "own", "question", "sentence"),
    [
        ("model", {}, "", ""),
        ("multilingual-e5-tiny", {}, "query: ", "passage: "),
        ("bge-small-en-v1.5", {}, "Represent this sentence for searching relevant passages: ", ""),
        ("multilingual-e5-tiny", {"query": "q ", "document": "d "}, "q ", "d "),
        ("model", {"query": "q ", "passage": "p "}, "q ", "p "),
    ],
)
def test_what_a_model_wants_before_a_text_arrives(
    tmp_path: Path, name: str, own: dict[str, str], question: str, sentence: str
) -> None:
    path = build_model(tmp_path, name, **own)
    embedder = SentenceTransformerEmbedder(str(path))
    vector = embedder.embed_question(QUESTION)
    np.testing.assert_allclose(vector, encoded(path, question + QUESTION), atol=1e-5)
    assert bool(question) == (not np.allclose(vector, encoded(path, QUESTION), atol=1e-5))
    (vector,) = embedder.embed_sentences([SENTENCE])
    np.testing.assert_allclose(vector, encoded(path, sentence + SENTENCE), atol=1e-5)
    assert bool(sentence) == (not np.allclose(vector, encoded(path, SENTENCE), atol=1e-5))


def test_what_stands_before_a_text_counts_in_the_window(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(build_model(tmp_path, "e5-tiny")))
    text = "ada " * 30
    parts = embedder._fit(text)
    assert " ".join(parts).split() == text.split()
    tokenizer = embedder._model.encoder.tokenizer
    lengths = [len(tokenizer("passage: " + part)["input_ids"]) for part in parts]
    assert 28 < max(lengths) <= 32


def test_a_model_is_named_by_what_is_in_its_directory(tmp_path: Path) -> None:
    path = build_model(tmp_path)
    moved = tmp_path / "elsewhere" / "model"
    shutil.copytree(path, moved)
    name = SentenceTransformerEmbedder(str(path)).name
    assert SentenceTransformerEmbedder(str(moved)).name == name
    renamed = path.rename(tmp_path / "e5-model")
    assert SentenceTransformerEmbedder(str(renamed)).name.endswith("+passage")
    assert "_loaded" not in vars(SentenceTransformerEmbedder(str(renamed)))


@pytest.mark.parametrize("content", [None, {}, {"config.json": "{", "modules.json": "[]"}])
def test_what_is_no_model_is_refused(tmp_path: Path, content: dict[str, str] | None) -> None:
    path = tmp_path / "model"
    if content is not None:
        path.mkdir()
        for name, text in content.items():
            (path / name).write_text(text, encoding="utf-8")
    embedder = SentenceTransformerEmbedder(str(path))
    for use in (embedder.embed_question, lambda text: embedder.embed_sentences([text])):
        with pytest.raises(ModelError) as caught:
            use("Frage")
        assert caught.value.code == "model_unusable"
        assert caught.value.details == {"model": str(path)}


class Watched(threading.Condition):
    """Says when somebody begins to wait."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = threading.Semaphore(0)

    def wait(self, timeout: float | None = None) -> bool:
        self._begun.release()
        return super().wait(timeout)

    def wait_for_waiting(self, count: int) -> None:
        for _ in range(count):
            assert self._begun.acquire(timeout=30)


class RecordingModel:
    """Writes down what is embedded, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def get_embedding_dimension(self) -> int:
        return 4

    def encode_query(self, texts: list[str], **_: object) -> Vectors:
        return self.encode_document(texts)

    def encode_document(self, texts: list[str], **_: object) -> Vectors:
        self.calls += texts
        return np.ones((len(texts), 4), dtype=np.float32)


def test_questions_go_before_imports_that_came_earlier() -> None:
    embedder, model, changed = SentenceTransformerEmbedder(), RecordingModel(), Watched()
    vars(embedder)["_loaded"] = _Model(cast("SentenceTransformer", model), NONE, 254)
    embedder._turns._changed = changed
    with ThreadPoolExecutor(4) as pool:
        with embedder._turns.patient():
            imports = [pool.submit(embedder.embed_sentences, ["import"]) for _ in range(2)]
            changed.wait_for_waiting(2)
            questions = [pool.submit(embedder.embed_question, "question") for _ in range(2)]
            changed.wait_for_waiting(2)
            assert model.calls == []
        for future in (*questions, *imports):
            future.result(30)
    assert model.calls == ["question", "question", "import", "import"]


def test_a_turn_that_failed_is_over() -> None:
    turns = Turns()
    for turn in (turns.urgent, turns.patient, turns.urgent):
        with pytest.raises(ZeroDivisionError), turn():
            raise ZeroDivisionError
    with turns.patient():
        assert turns._busy
