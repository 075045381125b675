from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.language import say_error
from bot.types import Language
from index.errors import ModelError
from index.reader import TransformersReader
from index.reading import Excerpt, Reading
from tests.tiny_models import build_reader

QUESTION = "Wer leitet das Werk?"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> TransformersReader:
    return TransformersReader(str(build_reader(tmp_path_factory.mktemp("models") / "planted")))


def read(reader: TransformersReader, *sentences: str) -> list[Reading]:
    return reader.read(QUESTION, [Excerpt("", "", sentence, "") for sentence in sentences])


def words(reading: Reading, sentence: str) -> str:
    assert reading.start is not None
    assert reading.end is not None
    return sentence[reading.start : reading.end]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Werk leitet Ada Brandt.",
        "Ada Brandt leitet das Werk.",
        "Für 😀 und 👩🏽‍🔬 leitet es Ada Brandt (ä).",
        "Ü\u0308ber A\u0308 leitet es Ada Brandt, ja.",
        "\u202f… „Ada Brandt“ — so heißt sie.",
        "Ada Brandt",
    ],
)
def test_the_words_that_answer_are_placed_by_characters(
    reader: TransformersReader, sentence: str
) -> None:
    (reading,) = read(reader, sentence)
    assert words(reading, sentence) == "Ada Brandt"
    assert reading.score > 0


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Das Werk leitet Ada Bra\u0308ndt.", "Ada Bra\u0308ndt"),
        ("Das Werk leiten Ada Brandts.", "Ada Brandts"),
    ],
)
def test_accents_and_endings_belong_to_the_words(
    reader: TransformersReader, sentence: str, found: str
) -> None:
    (reading,) = read(reader, sentence)
    assert words(reading, sentence) == found


def test_a_sentence_without_the_answer_is_behind_one_with_it(reader: TransformersReader) -> None:
    without, half, whole = read(reader, "Das Werk ist da.", "Ada ist da.", "Ada Brandt ist da.")
    assert without.score < 0 < whole.score
    assert without.score < half.score < whole.score


def test_what_the_neighbours_say_is_not_the_answer_of_the_sentence(
    reader: TransformersReader,
) -> None:
    name, sentence = "Ada Brandt leitet das Werk.", "Das ist so."
    for around in (
        Excerpt(name, "", sentence, ""),
        Excerpt("", name, sentence, ""),
        Excerpt("", "", sentence, name),
    ):
        (reading,) = reader.read(QUESTION, [around])
        assert reading.score < 0
        assert reading.end is not None
        assert reading.end <= len(sentence)


def test_a_sentence_beyond_the_window_is_read_to_its_end(reader: TransformersReader) -> None:
    filling = "das werk x " * 60
    for sentence in (
        f"{filling}leitet Ada Brandt.",
        f"{filling}leitet Ada Brandt und {filling}ist da.",
    ):
        (reading,) = reader.read(QUESTION, [Excerpt(filling, filling, sentence, filling)])
        assert words(reading, sentence) == "Ada Brandt"
        assert reading.score > 0


def test_words_at_the_border_of_two_windows_are_found(reader: TransformersReader) -> None:
    sentences = [f"{'x ' * count}Ada Brandt{' x' * 60}" for count in range(60)]
    for sentence, reading in zip(sentences, read(reader, *sentences), strict=True):
        assert words(reading, sentence) == "Ada Brandt"


def test_a_question_beyond_the_window_leaves_room_for_the_sentence(
    reader: TransformersReader,
) -> None:
    (reading,) = reader.read("das werk " * 60, [Excerpt("", "", "Ada Brandt", "")])
    assert (reading.start, reading.end) == (0, 10)


@pytest.mark.parametrize("sentence", ["\u200b", "\x00", "語" * 500, "-" * 500, "a" * 5000])
def test_odd_text_is_no_failure(reader: TransformersReader, sentence: str) -> None:
    (reading,) = read(reader, sentence)
    assert math.isfinite(reading.score)
    assert reading.end is None or reading.end <= len(sentence)


def test_a_reading_does_not_depend_on_the_others_beside_it(tmp_path: Path) -> None:
    reader = TransformersReader(str(build_reader(tmp_path / "random", planted=False)))
    sentences = [f"{'Das Werk ' * i}leitet Ada Brandt." for i in range(1, 25)]
    together, backwards = read(reader, *sentences), read(reader, *sentences[::-1])[::-1]
    for sentence, one, other in zip(sentences, together, backwards, strict=True):
        (alone,) = read(reader, sentence)
        for reading in (one, other):
            assert reading.score == pytest.approx(alone.score, abs=1e-4)
            assert (reading.start, reading.end) == (alone.start, alone.end)


def test_nothing_to_read_gives_no_reading(reader: TransformersReader) -> None:
    assert reader.read(QUESTION, []) == []


def test_many_threads_may_read_at_once(reader: TransformersReader) -> None:
    def scores(sentences: Sequence[str]) -> Iterator[float]:
        return (reading.score for reading in read(reader, *sentences))

    sentences = ["Ada Brandt leitet das Werk.", "Das Werk ist da."]
    expected = list(scores(sentences))
    with ThreadPoolExecutor(4) as pool:
        for some in pool.map(scores, [sentences] * 8):
            assert list(some) == pytest.approx(expected)


@pytest.mark.parametrize(("stated", "threads"), [("1", 1), ("", max(1, (os.cpu_count() or 2) - 1))])
def test_one_core_is_left_free_unless_the_operator_says_otherwise(
    reader: TransformersReader, monkeypatch: pytest.MonkeyPatch, stated: str, threads: int
) -> None:
    import torch  # noqa: PLC0415 - seconds, for this file

    monkeypatch.setenv("OMP_NUM_THREADS", stated)
    read(reader, "Ada Brandt")
    assert torch.get_num_threads() == threads


def test_a_reader_is_named_by_its_files_without_being_loaded(tmp_path: Path) -> None:
    path = build_reader(tmp_path / "model")
    reader = TransformersReader(str(path))
    assert reader.name.startswith("model@")
    assert "_loaded" not in vars(reader)
    path.rename(tmp_path / "moved")
    assert TransformersReader(str(tmp_path / "moved")).name.startswith("moved@")
    assert TransformersReader("owner/name").name == "owner/name"


def test_what_is_no_reader_is_refused_in_both_languages(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (tmp_path / "none", empty, build_reader(tmp_path / "bare", headless=True)):
        with pytest.raises(ModelError) as caught:
            read(TransformersReader(str(path)), "Ada Brandt")
        assert caught.value.code == "reader_unusable"
        for language in Language:
            assert str(path) in say_error(language, caught.value)
            assert "BELEG_READER" in say_error(language, caught.value)
