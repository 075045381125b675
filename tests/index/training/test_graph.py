from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from index.errors import ModelError
from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.own_model import OwnModel
from index.reading import Excerpt
from index.training.graph import encoder_graph, ranker_graph, write_model
from index.training.network import Encoder, Ranker, Shape, padded, pooled
from index.training.vocabulary import learn_vocabulary

TEXTS = ["Der Rat hat den Bau der Brücke beschlossen.", "The council decided to build a bridge."]
SHAPE = Shape(vocabulary=120, width=24, heads=3, inner=48, layers=2, window=256)


def run(
    model: onnx.ModelProto, inputs: dict[str, torch.Tensor]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return np.asarray(session.run(None, {k: v.detach().numpy() for k, v in inputs.items()})[0])


def test_the_graphs_give_what_the_networks_give() -> None:
    torch.manual_seed(6)
    ranker = Ranker(SHAPE).eval()
    encoder = ranker.enc
    ids, mask = padded([[7, 8, 9, 10], [11, 12, 13, 14, 15, 16, 17, 18, 19]])
    segments = torch.zeros_like(ids)
    segments[:, 2:] = 1
    hidden = torch.zeros(mask.shape).masked_fill(~mask, -1e4)
    inputs = {"words": encoder.word(ids), "mask": hidden}
    expected = pooled(encoder(ids, mask, torch.zeros_like(ids)), mask)
    found = run(encoder_graph(encoder.state_dict(), SHAPE.heads), inputs)
    assert np.allclose(found, expected.detach().numpy(), atol=1e-4)

    whole = ids[1:, :9], mask[1:, :9], segments[1:, :9]
    scores, ends = ranker(*whole)
    begin, end = torch.tensor([3]), torch.tensor([8])
    judged = {"words": encoder.word(whole[0]), "segments": whole[2].float()}
    graph = ranker_graph(ranker.state_dict(), SHAPE.heads)
    logits = run(graph, {**judged, "begin": begin, "end": end})
    assert np.allclose(logits[..., 0], scores.detach()[:, 3:8], atol=1e-4)
    assert np.allclose(logits[..., 1:], ends.detach()[:, 3:8], atol=1e-4)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(6)
    directory = tmp_path_factory.mktemp("model")
    tokenizer = learn_vocabulary(TEXTS * 20, 120)
    shape = Shape(tokenizer.get_vocab_size(), width=384, inner=64, layers=1, window=256)
    ranker = Ranker(shape)
    encoder = Encoder(shape)
    encoder.word.weight.data = ranker.enc.word.weight.data
    write_model(directory, "tiny-1", tokenizer.to_str(), encoder.state_dict(), ranker.state_dict())
    return directory


def test_texts_become_unit_vectors_however_long_they_are(written: Path) -> None:
    embedder = OnnxEmbedder(OwnModel(written))
    vectors = embedder.embed_sentences([TEXTS[0], TEXTS[1] * 40, "", TEXTS[0]])
    assert vectors.shape == (4, embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[3], atol=1e-2)
    assert np.allclose(embedder.embed_question(TEXTS[0]), vectors[0], atol=1e-2)
    assert embedder.name.startswith("tiny-1@")


def test_a_reading_depends_on_its_own_excerpt_and_marks_words_of_its_sentence(
    written: Path,
) -> None:
    reader = OnnxReader(OwnModel(written))
    short = Excerpt(title="", before="", sentence="Beschlossen.", after="")
    long = Excerpt(title="Brücke", before=TEXTS[1] * 20, sentence=TEXTS[0] * 30, after=TEXTS[1])
    both = reader.read("Wer baut die Brücke?", [long, short])
    alone = reader.read("Wer baut die Brücke?", [short])
    assert both[1].score == pytest.approx(alone[0].score, abs=0.02)
    assert both[1].end is not None
    assert both[1].end <= len(short.sentence)
    assert reader.read("Wer?", []) == []


def test_a_file_that_was_changed_is_refused(written: Path, tmp_path: Path) -> None:
    for file in written.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "ranker.onnx").write_bytes(b"another")
    with pytest.raises(ModelError):
        OnnxReader(OwnModel(tmp_path)).read("Wer?", [Excerpt("", "", "Der Rat.", "")])
