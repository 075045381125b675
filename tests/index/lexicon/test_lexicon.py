from __future__ import annotations

from pathlib import Path

import pytest

import index.lexicon
from index.lexicon import Asked, Lexicon, shipped_lexicon
from index.lexicon.reading import Group, read_dictionary, read_thesaurus
from index.terms import content_terms

PACKAGE = Path(index.lexicon.__file__).parent
THESAURUS = """
Katze Mieze > Kater ~ Haustier
sterben umkommen ~ tot
zurücktreten Rücktritt
"""
DICTIONARY = """
cat: Katze
die died: sterben tot
war: Krieg
rat: Ratte
advice: Rat
prime_minister premier: Premierminister
mayor: Bürgermeister
kill: töten
murder: töten
step_down: zurücktreten
"""


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(read_thesaurus(THESAURUS), read_dictionary(DICTIONARY))


def term(word: str) -> str:
    return content_terms(word)[0]


def asked(lexicon: Lexicon, word: str, language: str | None) -> Asked:
    (only,) = lexicon.asked(word, language)
    return only


def test_a_narrower_word_answers_for_the_broader_one_only(lexicon: Lexicon) -> None:
    related = asked(lexicon, "Katzen", "de").related
    assert related[term("Mieze")] > related[term("Kater")] > related[term("Haustier")] > 0
    assert asked(lexicon, "Kater", "de").related == {}


def test_an_inflected_verb_has_the_words_of_its_group(lexicon: Lexicon) -> None:
    assert asked(lexicon, "starben", "de").related["umkomm"] > 0.7


def test_a_verb_is_read_with_the_particle_that_closes_the_question(lexicon: Lexicon) -> None:
    stepped = lexicon.asked("Wann trat der Kanzler zurück?", "de")[0]
    assert stepped.related[term("zurücktreten")] > stepped.related[term("Rücktritt")] > 0.5
    assert lexicon.asked("Wann trat der Kanzler auf?", "de")[0].related.keys() == {"auftret"}
    assert lexicon.asked("Wann trat zurück der Kanzler?", "de")[0].related == {}


def test_a_word_is_not_related_to_itself(lexicon: Lexicon) -> None:
    assert term("Katze") not in asked(lexicon, "Katze", "de").related


def test_an_english_word_has_its_translation_and_for_less_what_is_near_it(
    lexicon: Lexicon,
) -> None:
    related = asked(lexicon, "cats", "en").related
    assert related[term("Katze")] > related[term("Mieze")] > 0


@pytest.mark.parametrize("word", ["Rat", "Krieg", "War", "die"])
def test_a_german_question_has_no_english_meanings(lexicon: Lexicon, word: str) -> None:
    german = {term("Ratte"), term("Krieg"), term("sterben")}
    assert not any(german & a.related.keys() for a in lexicon.asked(word, "de"))


def test_an_english_word_that_german_skips_is_asked_by_its_translation_alone(
    lexicon: Lexicon,
) -> None:
    war = asked(lexicon, "war", "en")
    assert war.only_related
    assert term("Krieg") in war.related
    assert lexicon.asked("war", "de") == []


def test_words_that_only_frame_an_english_question_are_not_asked(lexicon: Lexicon) -> None:
    assert [a.word for a in lexicon.asked("How many cats did the mayor have?", "en")] == [
        "cats",
        "mayor",
    ]


def test_a_phrase_of_two_words_counts_for_both(lexicon: Lexicon) -> None:
    first, second = lexicon.asked("prime ministers", "en")
    assert first.related == second.related
    assert first.related.keys() == {term("Premierminister")}


def test_a_german_question_finds_english_words_in_all_their_forms(lexicon: Lexicon) -> None:
    related = asked(lexicon, "Bürgermeister", "de").related
    assert {*content_terms("mayor"), *content_terms("mayors")} <= related.keys()


def test_a_phrase_is_known_in_all_its_forms(lexicon: Lexicon) -> None:
    assert term("zurücktreten") in lexicon.asked("Who stepped down?", "en")[0].related


def test_an_english_question_finds_other_english_words_of_the_same_translation(
    lexicon: Lexicon,
) -> None:
    related = asked(lexicon, "murdered", "en").related
    assert related[term("töten")] > related[term("killed")] > 0


def test_without_a_language_nothing_is_related(lexicon: Lexicon) -> None:
    assert asked(lexicon, "Katze", None).related == {}
    assert asked(lexicon, "Katze", "fr").related == {}


def test_the_lexicon_that_ships_is_read_and_is_shared() -> None:
    lexicon = shipped_lexicon()
    assert lexicon is shipped_lexicon()
    assert asked(lexicon, "starben", "de").related["tot"] > 0.5
    assert asked(lexicon, "soldiers", "en").related["soldat"] > 0.5


@pytest.mark.parametrize(
    ("asked_for", "language", "found"),
    [
        ("When will the bridge reopen?", "en", "freigeben"),
        ("When was the mayor sworn in?", "en", "vereidigen"),
        ("Who was overtaken?", "en", "überholen"),
        ("How much sludge was spilled?", "en", "Schlamm"),
        ("When will the demolition start?", "en", "Abriss"),
        ("Who derailed the train?", "en", "entgleisen"),
        ("Is the tap water safe?", "en", "Leitungswasser"),
        ("What did the audit office say?", "en", "Rechnungshof"),
        ("Was the verdict quashed?", "en", "aufheben"),
        ("How high is the water level?", "en", "Pegel"),
        ("Wann wird die Ruine abgetragen?", "de", "demolition"),
        ("Wie viel Schlamm ist es?", "de", "sludge"),
        ("Wann wird der Amtsinhaber vereidigt?", "de", "incumbent"),
        ("Was sagt der Rechnungshof?", "de", "auditors"),
        ("Was kostet ein Fahrschein?", "de", "fares"),
    ],
)
def test_news_of_events_are_found_in_the_other_language(
    asked_for: str, language: str, found: str
) -> None:
    words = shipped_lexicon().asked(asked_for, language)
    related = {one for asked in words for one in asked.related} | {asked.term for asked in words}
    assert set(content_terms(found)) & related


FILES = [
    file for folder in ("thesaurus", "dictionary") for file in (PACKAGE / folder).glob("*.txt")
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_word_that_ships_can_be_found(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if file.parent.name == "thesaurus":
        lines = [(*g.near, *g.narrower, *g.loose) for g in read_thesaurus(text)]
    else:
        lines = [entry.german for entry in read_dictionary(text)]
    assert lines
    assert [word for line in lines for word in line if not content_terms(word)] == []


def test_english_words_that_ship_are_written_as_they_are_looked_up() -> None:
    texts = [f.read_text(encoding="utf-8") for f in FILES if f.parent.name == "dictionary"]
    words = [word for text in texts for entry in read_dictionary(text) for word in entry.english]
    assert [word for word in words if word != word.lower() or "-" in word] == []
    asked = {word: shipped_lexicon().asked(word.replace("_", " "), "en") for word in words}
    assert [word for word, found in asked.items() if not found] == []


def test_a_verb_that_shares_its_term_with_another_noun_by_accident_is_related_to_nothing() -> None:
    lexicon = Lexicon([Group(("Mond", "Erdtrabant"), loose=("landen", "Landung"))], [])
    (moon,) = lexicon.asked("Mond", "de")
    assert set(moon.related) == {"erdtrabant", "landung"}
