from __future__ import annotations

import os

import pytest

from bot.doctor.finding import broken
from bot.language import say_error
from bot.language.system import _KEYS, in_words
from bot.types import Language
from index.errors import StoreError


@pytest.mark.parametrize("number", _KEYS)
def test_what_the_system_says_is_told_in_both_languages(number: int) -> None:
    said = os.strerror(number)
    german, english = (in_words(one, {"reason": said})["reason"] for one in Language)
    assert german != english
    assert said not in {german, english}


def test_any_other_reason_stays_as_it_is() -> None:
    for values in ({"reason": "7"}, {"reason": None}, {"path": "No such file or directory"}):
        assert in_words(Language.GERMAN, values) == values


def test_errors_and_findings_are_told_so() -> None:
    error = StoreError("restore_failed", directory="/srv", reason=os.strerror(28))
    assert "(kein Platz mehr)" in say_error(Language.GERMAN, error)
    finding = broken("data", "data_unusable", path="/srv", reason=os.strerror(13))
    assert "kein Zugriff" in finding.sentence(Language.GERMAN)
