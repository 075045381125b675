from __future__ import annotations

import random

from index.training.examples import Asked, Example, Line, Right, Texts, Wording, mistyped
from index.training.vocabulary import learn_vocabulary

BRIDGE = (
    "Der Rat hat die Brücke beschlossen. Sie kostet 8 Millionen Euro. Der Bau beginnt im Mai. "
    "Im Herbst wird gefeiert. Die Firma kommt aus Hallingen. Alle freuen sich."
)
TUNNEL = "Der Tunnel kostet 5 Millionen Euro. Er wird im Mai gebaut."
TOKENIZER = learn_vocabulary([BRIDGE, TUNNEL, "Was kostet die Brücke?"] * 20, 300)
TEXTS = Texts(TOKENIZER, [BRIDGE, TUNNEL], ["Brücke", ""])
START = BRIDGE.index("8 Millionen")
PRICE = Right(START, (START, START + len("8 Millionen")))
COSTS = Asked("Was kostet die Brücke?", BRIDGE, (PRICE,))


def lines(example: Example) -> list[Line]:
    return [line for window in example.windows for line in window.lines]


def drawn(asked: Asked, *, removed: bool = False) -> list[Example]:
    return [TEXTS.example(asked, random.Random(seed), removed=removed) for seed in range(30)]


def words(pieces: list[int]) -> str:
    return str(TOKENIZER.decode(pieces)).replace(" ##", "")


def test_one_line_is_right_and_its_answer_is_marked() -> None:
    for example in drawn(COSTS):
        (right,) = [line for line in lines(example) if line.right]
        assert right.answer is not None
        first, last = right.answer
        assert words(right.pieces[first : last + 1]) == "8 millionen"


def test_every_sentence_that_answers_is_right() -> None:
    glad = Right(BRIDGE.index("Alle freuen"))
    several = Asked(COSTS.question, BRIDGE, (PRICE, glad))
    found = [[line for line in lines(example) if line.right] for example in drawn(several)]
    assert {words(line.pieces)[:3] for some in found for line in some} == {"sie", "all"}
    assert {line.answer is None for some in found for line in some} == {True, False}
    assert all(found)


def test_sentences_like_the_question_of_other_texts_are_read_too() -> None:
    others = {words(line.pieces) for example in drawn(COSTS) for line in lines(example)}
    assert "der tunnel kostet 5 millionen euro." in {text.replace(" .", ".") for text in others}


def test_no_sentence_is_read_twice() -> None:
    for example in drawn(COSTS):
        read = [tuple(line.pieces) for line in lines(example)]
        assert len(read) == len(set(read))


def test_with_its_text_removed_nothing_answers_a_question() -> None:
    for example in drawn(COSTS, removed=True):
        assert not any(line.right for line in lines(example))
        assert not any("bruck" in words(line.pieces) for line in lines(example))


def test_a_near_miss_is_read_with_its_text_and_answered_by_none_of_it() -> None:
    asked = Asked("Wer hat die Brücke gezeichnet?", BRIDGE)
    for example in drawn(asked):
        assert lines(example)
        assert not any(line.right for line in lines(example))


def test_a_mistyped_question_is_nearly_the_same() -> None:
    text = "Was kostet die neue Brücke?"
    made = {mistyped(text, random.Random(seed)) for seed in range(20)}
    assert len(made) > 10
    assert all(abs(len(other) - len(text)) <= 1 for other in made)


def test_what_has_no_letters_cannot_be_mistyped() -> None:
    assert mistyped("?", random.Random(1)) == "?"
    assert mistyped("", random.Random(1)) == ""


def test_what_a_search_has_found_is_read_in_place_of_what_is_like_the_question() -> None:
    found = {COSTS.question: [(TUNNEL, TUNNEL.index("Er wird")), ("unknown", 0), (BRIDGE, 9999)]}
    texts = Texts(TOKENIZER, [BRIDGE, TUNNEL], ["", ""], found)
    example = texts.example(COSTS, random.Random(1), removed=True)
    assert any("wird im mai" in words(line.pieces) for line in lines(example))
    assert len(example.windows) == 1


def test_another_wording_keeps_the_answer_marked() -> None:
    def shouted(text: str, answer: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
        return f"die {text}", (answer[0] + 4, answer[1] + 4) if answer else None

    wording = Wording(lambda question: f"die {question}", shouted)
    for seed in range(10):
        example = TEXTS.example(COSTS, random.Random(seed), wording=wording)
        assert words(example.question).startswith("die was")
        assert all(words(line.pieces).startswith("die ") for line in lines(example))
        (right,) = [line for line in lines(example) if line.right]
        assert right.answer is not None
        first, last = right.answer
        assert words(right.pieces[first : last + 1]) == "8 millionen"
