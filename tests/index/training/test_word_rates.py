from __future__ import annotations

from index.training.word_rates import as_text, common_terms

HUNDRED = ["Der Hund bellt laut. " * 20] * 100


def test_terms_are_counted_by_the_passages_that_have_them() -> None:
    rates = common_terms([*HUNDRED, "Katze"])
    assert rates["hund"] == 1000
    assert common_terms([]) == {}


def test_rare_terms_numbers_and_initials_are_left_out() -> None:
    rates = common_terms(["Hund " * 70 * 999, "Katze 8.000 X " + "Hund " * 68])
    assert set(rates) == {"hund"}


def test_the_file_has_a_rate_a_line_and_the_higher_rate_of_a_shared_term() -> None:
    lines = as_text([{"hund": 7, "kind": 30}, {"kind": 12, "dog": 7}]).splitlines()
    assert lines[1:] == ["30 kind", "7 dog hund"]
