from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from index.training.distil import Course, Taught, by_length, distil, likeness, teach
from index.training.network import Encoder, Shape
from index.training.progress import Checkpoint, rate

TINY = Shape(vocabulary=40, width=12, heads=3, inner=24, layers=1, window=32)
COURSE = Course(pieces=40, rate=3e-3, embedding_rate=3e-3)


def sentences(count: int) -> list[Taught]:
    chance = random.Random(1)
    return [
        Taught([chance.randrange(1, 40) for _ in range(chance.randrange(3, 9))], [1, 2, 3], row)
        for row in range(count)
    ]


def mean_loss(encoder: Encoder, material: list[Taught], vectors: torch.Tensor) -> float:
    found = teach(encoder, [taught.german for taught in material], 400)
    return float((1 - (found * vectors).sum(-1)).mean())


def test_a_pass_brings_sentences_nearer_to_the_vectors_of_their_translations(
    tmp_path: Path,
) -> None:
    torch.manual_seed(1)
    material = sentences(300)
    vectors = teach(Encoder(TINY), [taught.german for taught in material], 400)
    encoder = Encoder(TINY)
    before = mean_loss(encoder, material, vectors)
    distil(encoder, material, vectors, COURSE, tmp_path / "run")
    assert mean_loss(encoder, material, vectors) < 0.7 * before


def test_a_run_that_was_broken_off_ends_as_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.training.progress._EVERY", 5)
    material = sentences(120)
    vectors = torch.nn.functional.normalize(torch.randn(120, 12), dim=-1)
    torch.manual_seed(1)
    whole = Encoder(TINY)
    broken = Encoder(TINY)
    broken.load_state_dict(whole.state_dict())
    distil(whole, material, vectors, COURSE, tmp_path / "whole")

    saved = Checkpoint.after

    def break_off(self: Checkpoint, step: int) -> None:
        saved(self, step)
        if step == 11:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Checkpoint, "after", break_off)
        with pytest.raises(KeyboardInterrupt):
            distil(broken, material, vectors, COURSE, tmp_path / "broken")
    distil(broken, material, vectors, COURSE, tmp_path / "broken")
    for mine, other in zip(whole.parameters(), broken.parameters(), strict=True):
        assert torch.allclose(mine, other, atol=1e-5)


def test_the_same_sentence_twice_in_a_batch_is_no_contrast() -> None:
    vectors = torch.eye(3)[[0, 1, 1]]
    assert likeness(vectors, vectors, [0, 1, 1]) < likeness(vectors, vectors, [0, 1, 2])


def test_batches_hold_all_sentences_once_and_no_more_pieces_than_asked() -> None:
    material = sentences(100)
    batches = list(by_length(material, 40, random.Random(6)))
    assert sorted(taught.vector for batch in batches for taught in batch) == list(range(100))
    assert max(len(b) * max(len(t.german) for t in b) for b in batches) <= 40


def test_short_sentences_come_first() -> None:
    lengths = [len(t.german) for b in by_length(sentences(300), 40, random.Random(6)) for t in b]
    assert sum(lengths[:100]) < sum(lengths[-100:])


def test_a_teacher_gives_unit_vectors_in_the_order_of_the_rows() -> None:
    torch.manual_seed(1)
    encoder = Encoder(TINY)
    vectors = teach(encoder, [[1, 2, 3, 4, 5], [6], [7, 8]], 6)
    assert torch.allclose(vectors.norm(dim=-1), torch.ones(3), atol=1e-3)
    assert torch.allclose(vectors[1], teach(encoder, [[6]], 6)[0], atol=2e-2)


def test_the_rate_rises_at_first_and_falls_to_the_end() -> None:
    factor = rate(1000)
    assert factor(0) < factor(20) < factor(50) > factor(500) > factor(999) > 0
