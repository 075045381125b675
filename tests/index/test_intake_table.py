from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.intake_table import digest_of
from index.types import Given, Page
from tests.making import make_article, make_corpus

PAGE = Page(b"Text", "text/plain", source="a.txt")


def test_a_file_is_known_by_its_content_and_what_is_stated_about_it() -> None:
    digest = digest_of(PAGE, Given())
    assert digest == digest_of(replace(PAGE, source="b.txt"), Given())
    others = {
        digest_of(replace(PAGE, content=b"Texte"), Given()),
        digest_of(replace(PAGE, media_type="text/markdown"), Given()),
        digest_of(PAGE, Given(outlet="Bote")),
    }
    assert len(others - {digest}) == 3


def test_what_came_of_a_file_is_found_in_its_current_version(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    url = "https://a.example/artikel"
    first = corpus.add(make_article("Fassung eins steht hier.", url=url)).stored.id
    corpus.intake.remember(b"1", first)
    assert corpus.intake.find(b"1") == first
    assert corpus.intake.find(b"2") is None
    second = corpus.add(make_article("Fassung zwei steht hier.", url=url)).stored.id
    assert corpus.intake.find(b"1") == second
    corpus.remove(second)
    assert corpus.intake.find(b"1") is None


def test_nothing_is_remembered_of_an_article_that_has_gone(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    corpus.intake.remember(b"1", 7)
    assert corpus.intake.find(b"1") is None
