from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch

from index.training.asking import ask, loss_of
from index.training.examples import Example, Line, Window
from index.training.network import Encoder, Shape, padded, pooled
from index.training.ranking import Course

TINY = Shape(vocabulary=60, width=24, heads=3, inner=48, layers=1, window=32)
COURSE = Course(passes=6, pieces=200, rate=3e-3, dropout=0.0)


def examples(number: int, count: int = 120) -> list[Example]:
    """A question of piece n is answered by a sentence that has piece n + 20."""
    chance = random.Random(number)
    made = []
    for _ in range(count):
        asked = chance.randrange(10, 20)
        wrong = [chance.choice([n for n in range(30, 40) if n != asked + 20]) for _ in range(2)]
        lines = [Line([piece, chance.randrange(50, 60)]) for piece in wrong]
        lines.insert(chance.randrange(3), Line([asked + 20, chance.randrange(50, 60)], right=True))
        made.append(Example([asked], [Window([], lines[:2]), Window([], lines[2:])]))
    return made


def vectors(encoder: Encoder, rows: list[list[int]]) -> torch.Tensor:
    ids, mask = padded([[2, *row, 3] for row in rows])
    with torch.no_grad():
        return pooled(encoder(ids, mask, torch.zeros_like(ids)), mask)


def share_right(encoder: Encoder, some: Sequence[Example]) -> float:
    right = 0
    for example in some:
        lines = [line for window in example.windows for line in window.lines]
        question, *sentences = vectors(
            encoder, [example.question, *(line.pieces for line in lines)]
        )
        best = max(range(len(lines)), key=lambda n: float(sentences[n] @ question))
        right += lines[best].right
    return right / len(some)


def test_questions_come_to_lie_near_the_sentences_that_answer_them(tmp_path: Path) -> None:
    torch.manual_seed(6)
    encoder = Encoder(TINY)
    unseen = examples(99)
    before = share_right(encoder, unseen)
    ask(encoder, examples, COURSE, tmp_path / "run")
    assert before < 0.6
    assert share_right(encoder.eval(), unseen) > 0.9


def test_the_vectors_of_pieces_stay_as_they_are(tmp_path: Path) -> None:
    torch.manual_seed(6)
    encoder = Encoder(TINY)
    before = encoder.word.weight.clone()
    ask(encoder, lambda number: examples(number, 5), COURSE, tmp_path / "run")
    assert torch.equal(encoder.word.weight, before)


def test_what_nothing_answers_teaches_nothing(tmp_path: Path) -> None:
    torch.manual_seed(6)
    encoder = Encoder(TINY)
    before = [parameter.clone() for parameter in encoder.parameters()]
    silent = Example([11], [Window([], [Line([12])])])
    ask(encoder, lambda _: [silent], COURSE, tmp_path / "run")
    after = encoder.parameters()
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))


def test_an_answering_sentence_that_stands_there_again_is_no_wrong_one() -> None:
    torch.manual_seed(6)
    encoder = Encoder(TINY).eval()
    right, other = Line([31, 50], right=True), Line([44, 51])
    first = Example([11], [Window([], [right, other])])
    # The same words, found for another question whose answer they are not.
    again = Example([12], [Window([], [Line([31, 50]), Line([55, 52], right=True)])])
    different = Example([12], [Window([], [Line([32, 50]), Line([55, 52], right=True)])])
    alone = loss_of(encoder, [first], COURSE)
    both, apart = (loss_of(encoder, [first, one], COURSE) for one in (again, different))
    assert alone < both < apart
