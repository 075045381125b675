from __future__ import annotations

import pytest

from index.lexical_index import LexicalIndex

PASSAGES = [
    (1, "Soldaten in Kursk", "In der Region Kursk sind rund 8.000 nordkoreanische Soldaten."),
    (2, "Wetter", "In Wien regnet es seit drei Tagen, und die Donau steigt."),
    (3, "Verteidigung", "Der Verteidigungsminister sprach über Truppen in Uniform."),
]


@pytest.fixture
def index() -> LexicalIndex:
    index = LexicalIndex()
    index.add(PASSAGES)
    return index


def found(index: LexicalIndex, text: str, count: int = 10) -> list[int]:
    return [i for i, _ in index.search(index.question_terms(text), count)]


def test_a_passage_is_found_by_its_words_and_by_its_title(index: LexicalIndex) -> None:
    assert len(index) == 3
    assert found(index, "Wie viele Soldaten sind in Kursk?")[0] == 1
    assert found(index, "Regnet es in Wien?")[0] == 2
    assert found(index, "Wetter") == [2]


def test_a_typo_and_a_part_of_a_compound_are_found(index: LexicalIndex) -> None:
    assert found(index, "Verteidigungsmnister")[0] == 3
    assert found(index, "Minister")[0] == 3


def test_the_best_comes_first_and_no_more_than_asked_for(index: LexicalIndex) -> None:
    terms = index.question_terms("Soldaten in Kursk, Truppen in Uniform, Regen in Wien")
    scored = index.search(terms, 10)
    assert len(scored) == 3
    assert [score for _, score in scored] == sorted((s for _, s in scored), reverse=True)
    assert all(score > 0 for _, score in scored)
    assert index.search(terms, 2) == scored[:2]


def test_a_removed_passage_is_not_found(index: LexicalIndex) -> None:
    index.remove([1, 99])
    assert len(index) == 2
    assert 1 not in found(index, "Soldaten in Kursk")


def test_an_id_can_come_back_with_other_words(index: LexicalIndex) -> None:
    index.remove([2])
    index.add([(2, "Sport", "Im Finale gewann der Außenseiter.")])
    assert len(index) == 3
    assert found(index, "Finale") == [2]
    assert found(index, "Donau") == []


def test_an_empty_index_finds_nothing() -> None:
    index = LexicalIndex()
    assert len(index) == 0
    assert found(index, "Soldaten in Kursk") == []
    index.add([])
    index.remove([])
    assert found(index, "Soldaten") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "und oder",
        "😀",
        '" OR NEAR( *',
        "title:Kursk AND -body:x^2",
        "ﾞ",
        "٣ ½ ﷺ",
        "a" * 5000,
    ],
)
def test_an_odd_question_is_no_syntax_error(index: LexicalIndex, text: str) -> None:
    assert set(found(index, text)) <= {1, 2, 3}


def test_terms_of_a_question_say_how_rare_they_are(index: LexicalIndex) -> None:
    index.add([(10 + i, "", "Wien ist eine Stadt.") for i in range(5)])
    rare, common, unknown = index.question_terms("Kursk Wien Xylophon")
    assert unknown.idf >= rare.idf > common.idf > 0
    assert unknown.similar == {}
    assert rare.similar[rare.term] == 1.0


def test_a_term_is_asked_once(index: LexicalIndex) -> None:
    assert len(index.question_terms("Kursk, Kursk und KURSK")) == 1


def test_removed_passages_count_in_no_score() -> None:
    kept = [(i, "", f"Soldaten {i} in Kursk und Wien.") for i in range(20)]
    removed = [(100 + i, "", "Soldaten in Kursk, Regen an der Donau.") for i in range(60)]
    index, fresh = LexicalIndex(), LexicalIndex()
    index.add([*kept, *removed])
    index.remove([i for i, _, _ in removed])
    fresh.add(kept)
    text = "Soldaten in Kursk und Wien, Regen"
    found = dict(index.search(index.question_terms(text), 5))
    assert found == pytest.approx(dict(fresh.search(fresh.question_terms(text), 5)), abs=0.01)
    assert found


def test_words_that_mean_the_same_are_found_in_a_language_that_is_known() -> None:
    index = LexicalIndex()
    index.add([(1, "", "Bei dem Brand gab es drei Todesopfer."), (2, "", "Der Zug ist pünktlich.")])
    question = "Wie viele Menschen starben?"
    assert index.search(index.question_terms(question), 10) == []
    assert [i for i, _ in index.search(index.question_terms(question, "de"), 10)] == [1]
    english = index.question_terms("How many people died in the fire?", "en")
    assert index.search(english, 10)[0][0] == 1


def test_a_word_itself_counts_more_than_a_related_one() -> None:
    index = LexicalIndex()
    index.add([(1, "", "Er wurde verhaftet."), (2, "", "Er wurde festgenommen.")])
    terms = index.question_terms("Wer wurde festgenommen?", "de")
    assert [i for i, _ in index.search(terms, 10)] == [2, 1]
    (arrested,) = terms
    assert arrested.similar[arrested.term] == 1.0 > arrested.similar["verhaft"]


def test_a_term_known_by_its_relations_only_is_as_rare_as_they_are() -> None:
    index = LexicalIndex()
    index.add([(i, "", "Viele Soldaten kamen.") for i in range(20)])
    (soldiers,) = index.question_terms("soldiers", "en")
    (unknown,) = index.question_terms("Xylophon", "de")
    assert soldiers.idf < 0.5 * unknown.idf


def test_an_english_word_like_no_german_one_counts_less_than_a_name() -> None:
    index = LexicalIndex()
    index.add([(i, "", "Viele Soldaten kamen.") for i in range(20)])
    word, name = index.question_terms("whenever Zbrzgy", "en")
    assert 0 < word.idf < name.idf


def test_an_english_word_that_german_skips_is_dropped_where_nothing_is_related() -> None:
    index = LexicalIndex()
    index.add(PASSAGES)
    assert [term.term for term in index.question_terms("war in Kursk", "en")] == ["kursk"]


def test_the_first_article_of_a_corpus_does_not_make_a_common_word_telling() -> None:
    index = LexicalIndex()
    index.add([(1, "", "Ein großer Hund bellt.")])
    assert 2 * index.idf("gross") < min(index.idf("hund"), index.idf("mond"))


def test_among_some_passages_the_others_are_not_found_and_scores_stay(index: LexicalIndex) -> None:
    terms = index.question_terms("Soldaten in Kursk, Truppen in Uniform, Regen in Wien")
    whole = dict(index.search(terms, 10))
    some = dict(index.search(terms, 10, [2, 3, 99]))
    assert some == {i: pytest.approx(whole[i]) for i in (2, 3)}
    assert index.search(terms, 10, []) == []
    # What is named and has no word of the question is no hit.
    assert index.search(index.question_terms("Soldaten"), 10, [2]) == []
