from __future__ import annotations

import pytest

from bot.copies import same_words

SENTENCE = "Rund 8.000 nordkoreanische Soldaten sind nach Angaben der USA in der Region Kursk."


@pytest.mark.parametrize(
    "copy",
    [
        SENTENCE,
        "„Rund 8 000 nordkoreanische Soldaten sind nach Angaben der USA in der Region Kursk“.",
        "In der Region Kursk sind nach Angaben der USA rund 8000 nordkoreanische Soldaten.",
        "Rund 8.000 nordkoreanische Soldaten sind laut Angaben der USA in der Region Kursk.",
        "Rund 8.000 Soldaten sind nach Angaben der USA in der Region Kursk.",
        "Rund 8.000 nordkoreanische Soldaten sind nach Angaben der USA nun in der Region Kursk.",
    ],
)
def test_small_differences_make_no_new_sentence(copy: str) -> None:
    assert same_words(SENTENCE, copy)
    assert same_words(copy, SENTENCE)


@pytest.mark.parametrize(
    "other",
    [
        "Rund 9.000 nordkoreanische Soldaten sind nach Angaben der USA in der Region Kursk.",
        "Keine 8.000 nordkoreanische Soldaten sind nach Angaben der USA in der Region Kursk.",
        "Rund 8.000 nordkoreanische Soldaten sind nach Angaben der USA nicht in der Region Kursk.",
        "Rund 8.000 nordkoreanische Soldaten sind nach Angaben der USA in der Region Belgorod.",
        "Rund 8.000 nordkoreanische Soldaten sind nach Angaben der Ukraine in der Region Kursk.",
        "Nordkoreanische Soldaten sind nach Angaben der USA in der Region Kursk.",
        "In Wien regnet es.",
    ],
)
def test_another_figure_a_negation_or_another_name_is_another_sentence(other: str) -> None:
    assert not same_words(SENTENCE, other)
    assert not same_words(other, SENTENCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moskau schweigt.", "Kiew schweigt."),
        ("Es regnet.", "Es schneit."),
        ("Wien schweigt nun.", "Wien schweigt."),
        ("Die Zahl ist hoch.", "Die Zahl ist zu hoch, heißt es."),
    ],
)
def test_of_few_words_each_counts(one: str, other: str) -> None:
    assert same_words(one, other) is (one == other)


@pytest.mark.parametrize("mark", ["?!", "…", "„“"])
def test_sentences_without_words_are_alike(mark: str) -> None:
    assert same_words(mark, "—")
    assert not same_words(mark, SENTENCE)
