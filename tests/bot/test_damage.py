from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.damage import with_spelled_umlauts, with_typos, without_umlauts

QUESTION = "Wie viele nordkoreanische Soldaten sind in der Region Kursk stationiert?"


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def differing(text: str, seed: int = 0) -> list[tuple[str, str]]:
    pairs = zip(words(text), words(with_typos(text, seed)), strict=True)
    return [(before, after) for before, after in pairs if before != after]


@pytest.mark.parametrize("seed", range(30))
def test_half_of_the_long_words_are_damaged_and_no_short_one(seed: int) -> None:
    changed = differing(QUESTION, seed)
    assert len(changed) == 2
    assert {before for before, _ in changed} < {
        "nordkoreanische",
        "Soldaten",
        "Region",
        "stationiert",
    }


def test_of_an_odd_number_of_words_the_half_is_rounded_both_ways() -> None:
    counts = [len(differing("Welche Soldaten marschieren?", seed)) for seed in range(200)]
    assert set(counts) == {1, 2}
    assert 70 < counts.count(1) < 130


@pytest.mark.parametrize("seed", range(50))
def test_a_damaged_word_is_one_edit_away(seed: int) -> None:
    for before, after in differing("Überraschung, Außenminister!", seed):
        assert abs(len(before) - len(after)) <= 1
        start = next((i for i, (a, b) in enumerate(zip(before, after)) if a != b), len(before))  # noqa: B905 - of different lengths
        rest = max(0, min(len(before), len(after)) - start - 2)
        assert before[len(before) - rest :] == after[len(after) - rest :]


def test_all_kinds_of_edits_occur() -> None:
    seen = {after for seed in range(300) for _, after in differing("soldat", seed)}
    assert {"osldat", "solat", "solldat", "sokdat"} <= seen
    assert "soldat" not in seen


def test_a_capital_stays_where_it_was() -> None:
    seen = {after for seed in range(300) for _, after in differing("Soldat", seed)}
    assert "Osldat" in seen
    assert not any("S" in after[1:] for after in seen)


def test_the_same_seed_makes_the_same_errors() -> None:
    assert with_typos(QUESTION, 1) == with_typos(QUESTION, 1)
    assert with_typos(QUESTION, 1) != with_typos(QUESTION, 2)


def test_letters_without_a_known_key_are_damaged_too() -> None:
    assert {len(after) for seed in range(50) for _, after in differing("жжжжжж", seed)} == {5, 7}


def test_umlauts_lose_their_dots_or_are_spelled() -> None:
    assert without_umlauts("Über Größe, ÄRZTE und Öl") == "Uber Grosse, ARZTE und Ol"
    assert with_spelled_umlauts("Über Größe und Öl") == "Ueber Groesse und Oel"
    assert without_umlauts("u\N{COMBINING DIAERESIS}ber") == "uber"


@given(st.text())
def test_errors_touch_letters_only(text: str) -> None:
    assert re.sub(r"[^\W\d_]+", "", with_typos(text)) == re.sub(r"[^\W\d_]+", "", text)


@given(st.text(alphabet="aäöüßÄÖÜẞ\N{COMBINING DIAERESIS}x "))
def test_no_umlaut_is_left(text: str) -> None:
    assert not set("äöüßÄÖÜẞ") & set(without_umlauts(text) + with_spelled_umlauts(text))
