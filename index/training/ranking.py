"""Teach a ranker which sentence answers, with which words, and when none does."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from index.training.examples import Example, Window
from index.training.network import Ranker, padded
from index.training.progress import descend

CLS, SEP, MARK = 2, 3, 5  # as `vocabulary.SPECIAL` numbers them
_EACH, _WORDS = 0.2, 0.3  # what single sentences and the answering words count beside the choice
_GROUPS = 3


@dataclass(frozen=True, slots=True)
class Course:
    """How the ranker is taught; `pieces` is the size of a batch, `passes` go over the material."""

    passes: int = 3
    pieces: int = 4_500
    rate: float = 1e-4
    dropout: float = 0.1
    seed: int = 6
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Row:
    """A window as the network reads it; `marks` are where the scores of its lines are read."""

    pieces: list[int]
    segments: list[int]
    marks: list[int]


def row_of(question: Sequence[int], window: Window) -> Row:
    """Return question and title, then each sentence behind its mark."""
    pieces = [CLS, *question, SEP, *window.title]
    asked = len(pieces)
    marks = []
    for line in window.lines:
        marks.append(len(pieces))
        pieces += [MARK, *line.pieces]
    pieces.append(SEP)
    return Row(pieces, [0] * asked + [1] * (len(pieces) - asked), marks)


def rank(
    ranker: Ranker,
    material: Callable[[int], Sequence[Example]],
    course: Course,
    checkpoint: Path,
) -> None:
    """Train the ranker in place; goes on from the checkpoint where there is one.

    `material` returns the examples of a pass, drawn anew for each. The vectors of pieces stay as
    they are: the encoder reads the same ones.
    """
    torch.manual_seed(course.seed)
    ranker.to(course.device).train()
    ranker.enc.word.weight.requires_grad_(False)  # noqa: FBT003 - it has no name
    heads = [*ranker.score.parameters(), *ranker.span.parameters()]
    known = {id(parameter) for parameter in heads}
    body = [p for p in ranker.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": course.rate}, {"params": heads, "lr": 5 * course.rate}],
        betas=(0.9, 0.98),
    )
    batches = [
        batch
        for number in range(course.passes)
        for batch in by_size(material(number), course.pieces, random.Random(course.seed + number))  # noqa: S311 - not for secrets
    ]
    descend(ranker, optimizer, batches, lambda batch: loss_of(ranker, batch, course), checkpoint)


def loss_of(ranker: Ranker, batch: Sequence[Example], course: Course) -> Tensor:
    """Return the mean loss of a batch of questions."""
    read = iter(_read(ranker, batch, course))
    losses = []
    words = []
    for example in batch:
        scores = []
        right = []
        for window in example.windows:
            marks, score, ends = next(read)
            scores.append(score[marks])
            right += [line.right for line in window.lines]
            for mark, line in zip(marks, window.lines, strict=True):
                if line.answer:
                    own = ends[mark + 1 : mark + 1 + len(line.pieces)]
                    wanted = torch.tensor(line.answer, device=own.device)
                    words.append(functional.cross_entropy(own.T, wanted))
        losses.append(_choice(torch.cat(scores), torch.tensor(right, device=scores[0].device)))
    total = torch.stack(losses).mean()
    return total + _WORDS * torch.stack(words).mean() if words else total


def _choice(scores: Tensor, right: Tensor) -> Tensor:
    """Return the loss of choosing among sentences and silence, whose score is always 0."""
    choices = torch.cat([scores, scores.new_zeros(1)])
    wanted = torch.cat([right, right.any().logical_not()[None]])
    chosen = choices.logsumexp(0) - choices[wanted].logsumexp(0)
    each = functional.binary_cross_entropy_with_logits(scores, right.float())
    return chosen + _EACH * each


def _read(
    ranker: Ranker, batch: Sequence[Example], course: Course
) -> list[tuple[list[int], Tensor, Tensor]]:
    """Return the marks, scores and span ends of each window, read in groups of like length."""
    rows = [row_of(example.question, window) for example in batch for window in example.windows]
    order = sorted(range(len(rows)), key=lambda number: len(rows[number].pieces))
    count = -(-len(order) // _GROUPS)
    found: dict[int, tuple[list[int], Tensor, Tensor]] = {}
    with torch.autocast(course.device, torch.bfloat16):
        for start in range(0, len(order), count):
            group = order[start : start + count]
            ids, mask = padded([rows[number].pieces for number in group], course.device)
            segments, _ = padded([rows[number].segments for number in group], course.device)
            scores, ends = ranker(ids, mask, segments, course.dropout)
            for number, score, end in zip(group, scores, ends, strict=True):
                found[number] = (rows[number].marks, score.float(), end.float())
    return [found[number] for number in range(len(rows))]


def by_size(
    material: Sequence[Example], pieces: int, chance: random.Random
) -> Iterator[list[Example]]:
    """Yield batches of questions with about so many pieces in all, in any order."""
    batch: list[Example] = []
    size = 0
    for example in chance.sample(list(material), len(material)):
        own = sum(len(row_of(example.question, window).pieces) for window in example.windows)
        if batch and size + own > pieces:
            yield batch
            batch, size = [], 0
        batch.append(example)
        size += own
    if batch:
        yield batch
