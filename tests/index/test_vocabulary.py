from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import content_terms, ngrams
from index.types import QuestionTerm
from index.vocabulary import THRESHOLD, Vocabulary, one_slip_from

WORDS = st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=10), max_size=30)


def vocabulary(*words: str) -> Vocabulary:
    known = Vocabulary()
    known.add(content_terms(" ".join(words)))
    return known


def term(word: str) -> str:
    (found,) = content_terms(word)
    return found


@given(WORDS, st.text(alphabet="abcdefg", min_size=1, max_size=10))
def test_similar_terms_are_known_and_alike_by_a_share(words: list[str], asked: str) -> None:
    known = Vocabulary()
    known.add(words)
    similar = known.similar(asked)
    assert similar.keys() <= set(words)
    assert all(THRESHOLD <= likeness <= 1.0 + 1e-9 for likeness in similar.values())
    assert (asked in similar) == (asked in words) == (asked in known)
    if asked in known:
        assert similar[asked] == 1.0


@given(WORDS)
def test_adding_terms_twice_changes_nothing(words: list[str]) -> None:
    once, twice = Vocabulary(), Vocabulary()
    once.add(words)
    for _ in range(2):
        twice.add(words)
    assert [once.similar(word) for word in words] == [twice.similar(word) for word in words]


def test_a_typo_finds_the_word() -> None:
    known = vocabulary("Verteidigungsminister", "Regen", "Parlament")
    assert term("Verteidigungsminister") in known.similar(term("Verteidigungsmnister"))
    assert term("Regen") not in known.similar(term("Verteidigungsmnister"))


def test_a_part_finds_the_compound() -> None:
    known = vocabulary("Verteidigungsminister", "Regenbogen")
    assert set(known.similar(term("Minister"))) == {term("Verteidigungsminister")}


def test_a_number_is_like_itself_only() -> None:
    known = vocabulary("8000", "80001", "2024", "2025")
    assert known.similar("8000") == {"8000": 1.0}
    assert known.similar("800") == {}
    assert known.similar("2023") == {}


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert Vocabulary().similar("kursk") == {}
    assert "kursk" not in Vocabulary()


def test_it_can_grow_after_it_was_asked() -> None:
    known = vocabulary("Kursk")
    assert known.similar(term("Kursker"))
    known.add(content_terms(" ".join(f"Kursk{chr(97 + i)}" for i in range(20))))
    assert len(known.similar(term("Kursk"))) > 1


def test_the_head_and_the_start_of_a_compound_are_found() -> None:
    known = Vocabulary()
    known.add(["goldmunz", "munzdiebstahl", "brück", "brückensperrung", "einmunzung"])
    assert known.similar("munz").keys() >= {"goldmunz"}
    assert known.similar("brück")["brückensperrung"] >= 0.7


def test_the_grams_of_a_question_share_its_weight_by_rarity() -> None:
    known = Vocabulary()
    known.add(["kursk", "soldat", "soldatin", "solidaritat"])
    rare, common = QuestionTerm("kursk", 3.0, {}), QuestionTerm("soldat", 1.0, {})
    weights = known.gram_weights([rare, common])
    assert sum(weights.values()) == pytest.approx(1.0)
    assert sum(weights[gram] for gram in ngrams("kursk")) == pytest.approx(0.75)
    assert weights["^sol"] < weights["dat$"]
    assert Vocabulary().gram_weights([]) == {}


@pytest.mark.parametrize("mistyped", ["prsident", "prassident", "prasdient", "prasudent"])
def test_an_unknown_word_is_taken_for_a_known_one_that_is_a_slip_away(mistyped: str) -> None:
    vocabulary = Vocabulary()
    vocabulary.add(["prasident", "kurs"])
    assert vocabulary.similar(mistyped)["prasident"] >= 0.65


def test_a_slip_is_a_letter_lost_doubled_swapped_or_mistaken() -> None:
    assert {"ab", "bc", "acb", "xbc", "abbc", "abcx"} <= one_slip_from("abc")
    assert "abc" not in one_slip_from("abc")


def test_a_known_word_and_a_short_one_are_taken_for_no_other_by_a_slip() -> None:
    vocabulary = Vocabulary()
    vocabulary.add(["minister", "munster", "kurs"])
    assert vocabulary.similar("munster").get("minister", 0.0) < 0.65
    assert "kurs" not in vocabulary.similar("kursk") or vocabulary.similar("kursk")["kurs"] < 0.65
