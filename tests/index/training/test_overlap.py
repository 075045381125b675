from __future__ import annotations

import pytest

from index.errors import SettingError
from index.training.overlap import HeldOut

MEASURED = "Der Rat der Stadt hat am Montag den Bau einer neuen Brücke beschlossen, sagte sie."


def test_ten_words_in_a_row_are_too_many_whatever_their_case_and_marks() -> None:
    text = "Wie gestern: DER STADT hat - am Montag den Bau einer neuen »Brücke« beschlossen!"
    assert HeldOut([MEASURED]).shares(text)


def test_nine_words_in_a_row_may_be_chance() -> None:
    text = "Wie gestern: der Stadt hat am Montag den Bau einer alten Brücke beschlossen"
    assert not HeldOut([MEASURED]).shares(text)


def test_a_short_question_is_compared_whole() -> None:
    held_out = HeldOut(["Wer baut die Brücke?"])
    assert held_out.shares("wer baut die brücke")
    assert not held_out.shares("Wer baut die Brücke heute?")


def test_a_text_without_words_shares_nothing() -> None:
    assert not HeldOut(["?!", MEASURED]).shares("...")


def test_the_first_text_that_is_measured_by_is_refused_by_name() -> None:
    with pytest.raises(SettingError) as caught:
        HeldOut([MEASURED]).refuse(["Etwas anderes.", MEASURED])
    assert caught.value.code == "training_overlap"
    assert caught.value.details["text"] == MEASURED[:80]
