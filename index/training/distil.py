"""Teach an encoder to give German sentences the vectors that their translations have."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from index.training.network import Encoder, padded, pooled
from index.training.progress import descend

# How much each part of the loss counts. Likeness to the teacher alone lets all vectors drift
# together; the others keep sentences apart as the teacher does.
_CONTRAST, _RELATIONS = 0.1, 4.0
_SHARPNESS = 20.0
_SCATTER = 0.6  # how far from its place a batch may come: short ones first, but not only


@dataclass(frozen=True, slots=True)
class Taught:
    """A German sentence and its translation as pieces, and the teacher's vector's number."""

    german: list[int]
    english: list[int]
    vector: int


@dataclass(frozen=True, slots=True)
class Course:
    """How the encoder is taught; `pieces` is the size of a batch."""

    pieces: int = 4_500
    rate: float = 2e-4
    embedding_rate: float = 1e-3  # most pieces are new, the layers are not
    english_share: float = 0.4
    seed: int = 6
    device: str = "cpu"


def distil(
    encoder: Encoder,
    material: Sequence[Taught],
    vectors: Tensor,
    course: Course,
    checkpoint: Path,
) -> None:
    """Train the encoder in place, one pass; goes on from the checkpoint where there is one."""
    chance = random.Random(course.seed)  # noqa: S311 - not for secrets
    torch.manual_seed(course.seed)
    batches = list(by_length(material, course.pieces, chance))
    with_english = [chance.random() < course.english_share for _ in batches]
    encoder.to(course.device).train()
    words = list(encoder.word.parameters())
    others = [value for name, value in encoder.named_parameters() if not name.startswith("word")]
    optimizer = torch.optim.AdamW(
        [
            {"params": words, "lr": course.embedding_rate, "weight_decay": 0.0},
            {"params": others, "lr": course.rate},
        ],
        betas=(0.9, 0.98),
    )

    def loss_of(batch: tuple[Sequence[Taught], bool]) -> Tensor:
        some, in_english = batch
        with torch.autocast(course.device, torch.bfloat16):
            wanted = vectors[[taught.vector for taught in some]].to(course.device).float()
            german = _vectors(encoder, [taught.german for taught in some])
            loss = likeness(german, wanted, [taught.vector for taught in some])
            if in_english:
                english = _vectors(encoder, [taught.english for taught in some])
                loss = loss + (1 - (english * wanted).sum(-1)).mean()
        return loss

    descend(encoder, optimizer, list(zip(batches, with_english, strict=True)), loss_of, checkpoint)


def likeness(found: Tensor, wanted: Tensor, numbers: Sequence[int]) -> Tensor:
    """Return the loss of vectors against the teacher's; equal numbers are the same sentence."""
    own = (1 - (found * wanted).sum(-1)).mean()
    place = torch.tensor(numbers, device=found.device)
    others = torch.eye(len(place), dtype=torch.bool, device=found.device).logical_not()
    same = (place[:, None] == place[None]) & others
    alike = (_SHARPNESS * found @ wanted.T).masked_fill(same, -math.inf)
    contrast = functional.cross_entropy(alike, torch.arange(len(place), device=found.device))
    relations = (found @ found.T - wanted @ wanted.T).pow(2).mean()
    return own + _CONTRAST * contrast + _RELATIONS * relations


def by_length(
    material: Sequence[Taught], pieces: int, chance: random.Random
) -> Iterator[list[Taught]]:
    """Yield batches of sentences of one length, of about so many pieces, the short ones first."""
    order = sorted(material, key=lambda taught: len(taught.german) * chance.uniform(0.85, 1.15))
    batches: list[list[Taught]] = [[]]
    longest = 0
    for taught in order:
        longest = max(longest, len(taught.german), len(taught.english))
        if batches[-1] and longest * (len(batches[-1]) + 1) > pieces:
            batches.append([])
            longest = max(len(taught.german), len(taught.english))
        batches[-1].append(taught)
    place = [number / len(batches) + chance.uniform(0, _SCATTER) for number in range(len(batches))]
    for number in sorted(range(len(batches)), key=place.__getitem__):
        yield batches[number]


def teach(teacher: Encoder, rows: Sequence[list[int]], pieces: int, device: str = "cpu") -> Tensor:
    """Return the teacher's vectors of these rows of its own pieces, shape (rows, width)."""
    teacher.to(device).eval()
    vectors = torch.zeros(len(rows), teacher.shape.width)
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    while order:
        count = max(1, pieces // max(1, len(rows[order[-1]])))
        batch, order = order[-count:], order[:-count]
        with torch.no_grad(), torch.autocast(device, torch.bfloat16):
            vectors[batch] = _vectors(teacher, [rows[row] for row in batch]).cpu()
    return vectors


def _vectors(encoder: Encoder, rows: Sequence[list[int]]) -> Tensor:
    ids, mask = padded(rows, encoder.word.weight.device.type)
    return pooled(encoder(ids, mask, torch.zeros_like(ids)), mask)
