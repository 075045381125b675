"""Teach an encoder that a question lies nearer to the sentence that answers it than to others."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor

from index.training.examples import Example
from index.training.network import Encoder, padded, pooled
from index.training.progress import descend
from index.training.ranking import CLS, SEP, Course, by_size

_SHARPNESS = 20.0
_GROUPS = 4


def ask(
    encoder: Encoder,
    material: Callable[[int], Sequence[Example]],
    course: Course,
    checkpoint: Path,
) -> None:
    """Train the encoder in place; goes on from the checkpoint where there is one.

    `material` returns the examples of a pass, drawn anew for each; those that nothing answers teach
    nothing here. The vectors of pieces stay as they are: the ranker reads the same ones.
    """
    torch.manual_seed(course.seed)
    encoder.to(course.device).train()
    encoder.word.weight.requires_grad_(False)  # noqa: FBT003 - it has no name
    parameters = [parameter for parameter in encoder.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=course.rate, betas=(0.9, 0.98))
    batches = [
        batch
        for number in range(course.passes)
        for batch in by_size(
            _answered(material(number)),
            course.pieces,
            random.Random(course.seed + number),  # noqa: S311 - not for secrets
        )
    ]
    descend(encoder, optimizer, batches, lambda batch: loss_of(encoder, batch, course), checkpoint)


def loss_of(encoder: Encoder, batch: Sequence[Example], course: Course) -> Tensor:
    """Return the mean loss of choosing a right sentence among all those of a batch."""
    lines = [line for example in batch for window in example.windows for line in window.lines]
    owners = [number for number, one in enumerate(batch) for w in one.windows for _ in w.lines]
    rows = [[CLS, *example.question, SEP] for example in batch]
    rows += [[CLS, *line.pieces, SEP] for line in lines]
    vectors = _vectors(encoder, rows, course)
    scores = _SHARPNESS * vectors[: len(batch)] @ vectors[len(batch) :].T
    right = [
        [line.right and owner == row for line, owner in zip(lines, owners, strict=True)]
        for row in range(len(batch))
    ]
    # The same sentence may stand in the batch again, for another question or drawn twice.
    texts = [tuple(line.pieces) for line in lines]
    again = []
    for own in right:
        answering = {text for text, one in zip(texts, own, strict=True) if one}
        again.append([t in answering and not one for t, one in zip(texts, own, strict=True)])
    scores = scores.masked_fill(torch.tensor(again, device=scores.device), -math.inf)
    wrong = torch.tensor(right, device=scores.device).logical_not()
    chosen = scores.masked_fill(wrong, -math.inf).logsumexp(1)
    loss: Tensor = (scores.logsumexp(1) - chosen).mean()
    return loss


def _answered(material: Sequence[Example]) -> list[Example]:
    return [
        example
        for example in material
        if any(line.right for window in example.windows for line in window.lines)
    ]


def _vectors(encoder: Encoder, rows: Sequence[list[int]], course: Course) -> Tensor:
    """Return unit vectors of rows of pieces, in their order, read in groups of like length."""
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    count = -(-len(order) // _GROUPS)
    found = []
    with torch.autocast(course.device, torch.bfloat16):
        for start in range(0, len(order), count):
            group = [rows[number] for number in order[start : start + count]]
            ids, mask = padded(group, course.device)
            found.append(pooled(encoder(ids, mask, torch.zeros_like(ids), course.dropout), mask))
    places = torch.tensor(order).argsort()
    return torch.cat(found)[places]
