from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest

from index.canonical import canonical_url
from index.corpus import Corpus
from index.errors import NotFoundError
from index.types import Article, DateOrigin, Outcome, Published
from index.versions import merged, same_wording
from tests.making import FETCHED, make_article, make_corpus

URL = "https://zeitung.example/kursk"
TEXT = "In Kursk sind rund 8.000 Soldaten. Der Minister sagte: „Wir warten – noch.“"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


@pytest.mark.parametrize(
    "same",
    [
        "In Kursk sind rund 8.000\nSoldaten.  Der Minister sagte: »Wir warten - noch.«",
        'In Kursk sind rund 8.000 Sol\u00addaten. Der Minister sagte: "Wir warten — noch."',
        "In Kursk sind rund\u00a08.000 Soldaten.\n\nDer Minister sagte: “Wir warten – noch.”",
    ],
)
def test_white_space_and_typography_make_no_new_version(corpus: Corpus, same: str) -> None:
    assert same_wording(TEXT, same)
    first = corpus.add(make_article(TEXT, url=URL)).stored
    again = corpus.add(make_article(same, url=URL, fetched=FETCHED + timedelta(days=1)))
    assert (again.outcome, again.stored) == (Outcome.KNOWN, first)
    assert corpus.versions(first.id) == [first]


@pytest.mark.parametrize(
    "other", [TEXT.replace("8", "9"), TEXT.replace("noch", "nicht"), TEXT.replace("Wir", "wir")]
)
def test_one_other_word_makes_a_new_version(corpus: Corpus, other: str) -> None:
    first = corpus.add(make_article(TEXT, url=URL)).stored
    second = corpus.add(make_article(other, url=URL))
    assert second.outcome is Outcome.UPDATED
    for number in (first.id, second.stored.id):
        assert corpus.versions(number) == [first, second.stored]
    hits = corpus.search("Soldaten in Kursk", 9).hits
    assert {hit.stored for hit in hits} == {second.stored}


def test_a_text_that_returns_is_a_version_too(corpus: Corpus) -> None:
    texts = [TEXT, TEXT.replace("8", "9"), TEXT]
    stored = [corpus.add(make_article(text, url=URL)).stored for text in texts]
    assert [one.article.text for one in corpus.versions(stored[0].id)] == texts
    assert len({one.id for one in stored}) == 3


def test_any_number_of_an_article_removes_it_with_all_its_versions(corpus: Corpus) -> None:
    stored = [corpus.add(make_article(f"{TEXT} {i}.", url=URL)).stored for i in range(3)]
    assert corpus.search("Soldaten in Kursk", 9).hits
    assert corpus.remove(stored[0].id) == stored[-1]
    assert corpus.search("Soldaten in Kursk", 9).hits == ()
    for one in stored:
        with pytest.raises(NotFoundError):
            corpus.versions(one.id)


def test_versions_of_what_is_not_there_are_not_found(corpus: Corpus) -> None:
    stored = corpus.add(make_article(TEXT, url=URL)).stored
    corpus.add(make_article(TEXT + " Neu.", url=URL))
    corpus.remove(stored.id + 1)
    for number in (stored.id, stored.id + 1, 99):
        with pytest.raises(NotFoundError):
            corpus.versions(number)


def test_the_first_date_stays_and_a_later_one_is_that_of_the_change(corpus: Corpus) -> None:
    corpus.add(make_article(TEXT, url=URL, published="2024-11-01"))
    for text in (TEXT, TEXT + " Neu."):  # dated anew without and with a new text
        later = corpus.add(make_article(text, url=URL, published="2024-11-04")).stored.article
        assert later.published is not None
        assert later.updated is not None
        assert (later.published.isoformat(), later.updated.isoformat()) == (
            "2024-11-01",
            "2024-11-04",
        )
    undated = corpus.add(make_article(TEXT + " Ganz neu.", url=URL)).stored.article
    assert (undated.published, undated.updated) == (later.published, later.updated)


def test_a_day_becomes_a_moment_and_a_person_may_correct_it(corpus: Corpus) -> None:
    corpus.add(make_article(TEXT, url=URL, published="2024-11-01"))
    moment = "2024-11-01T08:30:00+01:00"
    stored = corpus.add(make_article(TEXT, url=URL, published=moment)).stored
    assert stored.article.published is not None
    assert stored.article.published.isoformat() == moment
    by_hand = Published.parse("2024-10-30", DateOrigin.GIVEN)
    corrected = corpus.add(replace(make_article(TEXT, url=URL), published=by_hand))
    assert corrected.outcome is Outcome.UPDATED
    assert corpus.article(stored.id).article.published == by_hand
    assert len(corpus.versions(stored.id)) == 1


def test_a_date_of_change_alone_is_noted_without_a_word(corpus: Corpus) -> None:
    stored = corpus.add(make_article(TEXT, url=URL)).stored
    changed = Published.parse("2024-11-05", DateOrigin.FEED)
    receipt = corpus.add(replace(make_article(TEXT, url=URL), updated=changed))
    assert receipt.outcome is Outcome.KNOWN
    assert corpus.article(stored.id).article.updated == changed


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}?utm_source=feed",
        f"{URL}#absatz",
        "https://www.zeitung.example:443/kursk",
        "https://m.zeitung.example/kursk/amp",
        "HTTPS://Zeitung.Example/kursk",
    ],
)
def test_an_article_is_known_by_any_of_its_addresses(corpus: Corpus, url: str) -> None:
    stored = corpus.add(make_article(TEXT, url=URL)).stored
    assert corpus.add(make_article(TEXT, url=url)).outcome is Outcome.KNOWN
    updated = corpus.add(make_article(TEXT + " Neu.", url=url))
    assert updated.outcome is Outcome.UPDATED
    assert updated.stored.article.url == URL
    assert corpus.versions(stored.id) == [stored, updated.stored]


def test_a_plain_address_takes_the_place_of_a_roundabout_one(corpus: Corpus) -> None:
    corpus.add(make_article(TEXT, url=f"{URL}?utm_source=feed"))
    receipt = corpus.add(make_article(TEXT, url=URL))
    assert receipt.stored.article.url == URL
    assert len(corpus.headlines()) == 1


def test_what_a_page_declares_leads_to_its_article(corpus: Corpus) -> None:
    stored = corpus.add(make_article(TEXT, url=URL)).stored
    amp = make_article(TEXT + " Neu.", url="https://zeitung.example/kurz/77")
    updated = corpus.add(amp, declared=URL)
    assert (updated.outcome, updated.stored.article.url) == (Outcome.UPDATED, URL)
    # By now it is known there without a declaration, too.
    assert corpus.add(amp).outcome is Outcome.KNOWN
    assert corpus.versions(stored.id)[-1] == updated.stored


def test_an_article_that_moved_on_its_site_is_known_by_its_id(corpus: Corpus) -> None:
    corpus.add(make_article(TEXT, url=URL, source_id="7"))
    moved = make_article(TEXT, url="https://zeitung.example/neu/kursk", source_id="7")
    receipt = corpus.add(moved)
    assert receipt.stored.article.url == moved.url
    assert len(corpus.headlines()) == 1
    # The old address leads there as well, but the same id of another site does not.
    assert corpus.add(make_article(TEXT, url=URL)).stored.id == receipt.stored.id
    other = make_article("Ganz anderes.", url="https://blatt.example/1", source_id="7")
    assert corpus.add(other).outcome is Outcome.ADDED


def test_a_damaged_text_is_replaced_though_only_white_space_differs(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    bad = corpus.add(make_article(TEXT, url=URL)).stored
    connection = sqlite3.connect(tmp_path / "test.sqlite3")
    with connection:
        connection.execute("UPDATE article SET text = replace(text, ' ', '\u2009')")
    connection.close()
    receipt = corpus.add(make_article(TEXT, url=URL))
    assert receipt.outcome is Outcome.UPDATED
    assert receipt.stored.id != bad.id
    corpus.close()


def test_articles_of_an_older_beleg_are_known_by_their_canonical_addresses(tmp_path: Path) -> None:
    old = make_article(TEXT, url=f"http://www.{URL.removeprefix('https://')}?utm_source=x")
    connection = sqlite3.connect(tmp_path / "test.sqlite3")
    steps = resources.files("index").joinpath("schema/articles.sql")
    connection.executescript(steps.read_text(encoding="utf-8"))
    with connection:
        connection.execute("INSERT INTO meta VALUES ('model', 'hashing')")
        connection.execute(
            "INSERT INTO article (title, text, text_sha256, url, fetched) VALUES (?, ?, ?, ?, ?)",
            (old.title, old.text, old.text_sha256, old.url, old.fetched.isoformat()),
        )
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    corpus = make_corpus(tmp_path)
    receipt = corpus.add(make_article(TEXT, url=URL))
    assert receipt.stored.id == 1
    assert canonical_url(str(old.url)) == URL
    # Copies among them are found out with the next that is added.
    copy = corpus.add(make_article(TEXT * 3, url="https://blatt.example/1")).stored
    again = corpus.add(make_article(TEXT * 3 + " Mehr.", url="https://post.example/1")).stored
    assert corpus.origin_of([copy.id, again.id]) == {copy.id: 1, again.id: 1}
    corpus.close()


@pytest.mark.parametrize(
    ("known", "comes", "kept"),
    [
        (("Tagblatt", True), ("tagblatt.test", False), ("Tagblatt", True)),
        (("tagblatt.test", False), ("Tagblatt", True), ("Tagblatt", True)),
        (("Tagblatt", True), ("Das Tagblatt", True), ("Das Tagblatt", True)),
        (("Tagesschau", False), ("tagblatt.test", False), ("tagblatt.test", False)),
        (("Tagblatt", True), (None, False), ("Tagblatt", True)),
        (("tagblatt.test", False), (None, False), ("tagblatt.test", False)),
    ],
)
def test_an_outlet_that_a_person_named_stays_until_a_person_names_another(
    known: tuple[str | None, bool], comes: tuple[str | None, bool], kept: tuple[str | None, bool]
) -> None:
    def called(stated: tuple[str | None, bool]) -> Article:
        return Article("T", "Ein Satz.", FETCHED, outlet=stated[0], outlet_given=stated[1])

    found = merged(called(comes), called(known))
    assert (found.outlet, found.outlet_given) == kept
