"""Figures of sentences: what tells one sentence of a passage from the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.features import Candidate, candidates
from bot.question import understand
from tests.making import make_article, make_corpus


def figures_of(directory: Path, text: str, question: str) -> list[Candidate]:
    corpus = make_corpus(directory)
    corpus.add(make_article(text, title="Ein Titel"))
    asked = understand(question)
    found = candidates(asked, corpus.search(asked.text, 5))
    corpus.close()
    return sorted(found, key=lambda candidate: candidate.sentence.start)


def test_a_word_that_one_sentence_has_tells_more_than_one_that_all_have(tmp_path: Path) -> None:
    text = "Hofer sprach lange. Hofer zeigte Plakate mit Slogans. Hofer ging früh."
    first, second, third = figures_of(tmp_path, text, "Welche Slogans hatte Hofer?")
    assert second.figures["local_coverage"] == pytest.approx(1.0)
    assert first.figures["local_coverage"] == third.figures["local_coverage"] < 0.2


def test_a_place_that_the_article_never_names_is_missing(tmp_path: Path) -> None:
    text = "Rund 8.000 Soldaten sind in Kursk. Sie warten dort."
    near, far = (
        figures_of(tmp_path / place, text, f"Wie viele Soldaten sind in {place}?")[0].figures
        for place in ("Kursk", "Cherson")
    )
    assert near["missing_place"] == 0.0
    assert far["missing_place"] == 1.0


def test_the_number_of_what_is_counted_is_nearer_than_another(tmp_path: Path) -> None:
    text = "In Kursk stehen 8.000 Soldaten. Die Soldaten kamen mit 28 Flugzeugen nach Kursk."
    right, wrong = figures_of(tmp_path, text, "Wie viele Soldaten stehen in Kursk?")
    assert right.figures["counted"] > wrong.figures["counted"]
    assert right.figures["has_number"] == wrong.figures["has_number"] == 1.0


def test_the_unit_that_is_asked_for_is_seen(tmp_path: Path) -> None:
    text = "Die Brücke wird teuer. Die Brücke kostet 61 Millionen Euro. Sie ist 300 Meter lang."
    found = figures_of(tmp_path, text, "Wie viel kostet die Brücke?")
    assert [candidate.figures["unit"] for candidate in found] == [0.0, 1.0, 0.0]


def test_names_that_are_new_are_counted_where_a_person_is_asked_for(tmp_path: Path) -> None:
    text = "Das Zentrum wurde gegründet. Guo Jianmei gründete das Zentrum."
    plain, named = figures_of(tmp_path, text, "Wer hat das Zentrum gegründet?")
    assert named.figures["new_names_asked"] > plain.figures["new_names_asked"] == 0.0


def test_nothing_found_has_no_candidates(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    asked = understand("Wie viele Soldaten sind in Kursk?")
    assert candidates(asked, corpus.search(asked.text, 5)) == []
    corpus.close()
