from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import content_terms, fold, is_inflected, ngrams, number_term, tokens, unique

# Letters whose folded form is nothing or has a space in it, and other trouble.
ODD = "ﾞﾟͺﷺﹰ²½٣ⅣŉǅꜲ\u00ad\u200b\u0301\ud800😀"


@given(st.one_of(st.text(), st.text(alphabet=ODD + "aä8. ")))
def test_every_term_is_one_word_and_stands_where_its_token_says(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.term
        assert not any(character.isspace() for character in token.term)
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.text(alphabet="abcdeäöüßABC 0123456789.,-'„“"))
def test_content_terms_are_the_terms_of_tokens_that_are_no_stop_words(text: str) -> None:
    assert content_terms(text) == [token.term for token in tokens(text) if not token.stop]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Häuser", "Haus"),
        ("Hauser", "Häuser"),
        ("Muenchen", "München"),
        ("Straße", "Strasse"),
        ("gewann", "gewonnen"),
        ("Soldaten", "SOLDAT"),
        ("8.000", "8000"),
        ("8 000", "8.000"),
        ("8\u00a0000", "8000"),
        ("8\u202f000", "8000"),
        ("3,4", "3.4"),
        ("1.234.567,8", "1234567.8"),
        ("1,234,567", "1.234.567"),
        ("Mio.", "Millionen"),
        ("Mrd", "Milliarden"),
        ("percent", "Prozent"),
        ("Choé", "Choe"),
    ],
)
def test_two_spellings_of_one_word_give_one_term(one: str, other: str) -> None:
    assert content_terms(one) == content_terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("8.000", "8"), ("1,5", "15"), ("2024", "2025"), ("Kursk", "Cherson")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert content_terms(one) != content_terms(other)


def test_a_compound_with_a_hyphen_is_found_by_its_parts() -> None:
    assert set(content_terms("US-Verteidigungsminister")) >= set(
        content_terms("Verteidigungsminister")
    )


def test_a_number_and_the_full_stop_of_its_sentence_part() -> None:
    assert content_terms("Es waren 8.000.") == ["8000"]
    assert content_terms("im Jahr 2024.") == content_terms("Jahr 2024")


def test_question_words_are_stop_words_in_both_languages() -> None:
    assert content_terms("Wer hat was wann und warum getan?") == []
    assert content_terms("Who was it and why?") == []
    assert content_terms("Wer Kursk?") == ["kursk"]


def test_stop_words_keep_their_place_among_the_tokens() -> None:
    found = tokens("Wer ist in Kursk?")
    assert [token.stop for token in found] == [True, True, True, False]
    assert found[3].start == 11


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Äpfel", "apfel"),
        ("aepfel", "apfel"),
        ("neue", "neue"),
        ("Quelle", "quelle"),
        ("ﬁn", "fin"),
    ],
)
def test_umlauts_fold_but_their_letters_elsewhere_stay(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", min_size=1))
def test_a_folded_german_word_is_plain_lower_case(word: str) -> None:
    folded = fold(word)
    assert folded.isascii()
    assert folded == folded.lower()


@given(st.text(alphabet="abcdef", min_size=1, max_size=12))
def test_ngrams_cover_the_whole_term_with_its_edges(term: str) -> None:
    grams = ngrams(term)
    marked = f"^{term}$"
    assert all(gram in marked for gram in grams)
    assert any(gram.startswith("^") for gram in grams)
    assert any(gram.endswith("$") for gram in grams)
    assert set("".join(grams)) == set(marked)


def test_numbers_are_written_one_way() -> None:
    assert number_term("12.500,75") == "12500.75"
    assert number_term("12,500.75") == "12500.75"
    assert number_term("3.5") == "3.5"


def test_unique_keeps_the_first_order() -> None:
    assert unique(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("word", "inflected"),
    [("Soldaten", True), ("Häuser", True), ("Soldat", False), ("Hamburg", False), ("Kursk", False)],
)
def test_a_plural_is_told_from_a_name(word: str, *, inflected: bool) -> None:
    assert is_inflected(word) is inflected
