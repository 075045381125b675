from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch

from index.training.examples import Example, Line, Window
from index.training.network import Ranker, Shape
from index.training.ranking import MARK, Course, by_size, loss_of, rank, row_of

TINY = Shape(vocabulary=60, width=24, heads=3, inner=48, layers=2, window=64)
COURSE = Course(passes=4, pieces=200, rate=3e-3, dropout=0.0)


def examples(number: int, count: int = 150) -> list[Example]:
    """A sentence answers where it has piece 9, and the piece behind that is the answer."""
    chance = random.Random(number)
    made = []
    for _ in range(count):
        lines = [Line([chance.randrange(10, 60), chance.randrange(10, 60)]) for _ in range(3)]
        if chance.random() < 0.7:
            place = chance.randrange(3)
            lines[place] = Line([9, chance.randrange(10, 60)], right=True, answer=(1, 1))
        made.append(Example([7, 8], [Window([], lines[:2]), Window([8], lines[2:])]))
    return made


def chosen(ranker: Ranker, example: Example) -> tuple[int, bool]:
    """The place of the line with the best score, -1 for silence, and whether it is right."""
    best, place, right = 0.0, -1, not any(line.right for w in example.windows for line in w.lines)
    number = 0
    for window in example.windows:
        row = row_of(example.question, window)
        ids, segments = torch.tensor([row.pieces]), torch.tensor([row.segments])
        scores, _ = ranker(ids, torch.ones_like(ids, dtype=torch.bool), segments)
        for mark, line in zip(row.marks, window.lines, strict=True):
            if scores[0, mark].item() > best:
                best, place, right = scores[0, mark].item(), number, line.right
            number += 1
    return place, right


def test_a_ranker_learns_which_sentence_answers_and_when_none_does(tmp_path: Path) -> None:
    torch.manual_seed(6)
    ranker = Ranker(TINY)
    rank(ranker, examples, COURSE, tmp_path / "run")
    ranker.train(mode=False)
    unseen = examples(99, 60)
    assert sum(chosen(ranker, example)[1] for example in unseen) > 50


def test_the_vectors_of_pieces_stay_as_they_are(tmp_path: Path) -> None:
    torch.manual_seed(6)
    ranker = Ranker(TINY)
    before = ranker.enc.word.weight.clone()

    def few(number: int) -> Sequence[Example]:
        return examples(number, 5)

    rank(ranker, few, COURSE, tmp_path / "run")
    assert torch.equal(ranker.enc.word.weight, before)


def test_each_sentence_stands_behind_its_mark_and_in_the_second_segment() -> None:
    row = row_of([11, 12], Window([13], [Line([14]), Line([15, 16])]))
    assert row.pieces == [2, 11, 12, 3, 13, MARK, 14, MARK, 15, 16, 3]
    assert row.segments == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert row.marks == [5, 7]


def test_silence_costs_less_where_no_sentence_answers() -> None:
    torch.manual_seed(6)
    ranker = Ranker(TINY)
    torch.nn.init.constant_(ranker.score.bias, -9.0)
    silent = Example([11], [Window([], [Line([12])])])
    answered = Example([11], [Window([], [Line([12], right=True)])])
    assert loss_of(ranker, [silent], COURSE) < 0.1
    assert loss_of(ranker, [answered], COURSE) > 5


def test_batches_hold_every_question_once_and_about_as_many_pieces_as_asked() -> None:
    material = examples(1)
    batches = list(by_size(material, 100, random.Random(6)))
    assert sum(len(batch) for batch in batches) == len(material)
    assert {id(e) for batch in batches for e in batch} == {id(e) for e in material}
    sizes = [
        sum(len(row_of(e.question, w).pieces) for e in batch for w in e.windows)
        for batch in batches
    ]
    assert max(sizes) <= 100
