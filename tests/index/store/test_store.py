"""Articles come back as they were added, by id, in lists and as headlines."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from index.errors import NotFoundError
from index.split import split_passages
from index.store import Store
from tests.index.store.conftest import LONG, put, tamper, vectors_for
from tests.making import FETCHED, make_article


def test_an_article_comes_back_as_it_was_added(store: Store, path: Path) -> None:
    article = make_article(
        "Erster Satz.  Zweiter – mit „Zitat“ [3] und 😀.\n\nAbsatz.",
        title="Titel",
        url="https://example.org/a?b=ü",
        outlet="Blatt",
        published="2024-11-01T08:30:00+01:00",
        source_id="x-1",
        fetched=FETCHED.astimezone(timezone(timedelta(hours=2))),
    )
    stored, _ = put(store, article)
    assert stored.article == article
    store.close()
    reopened = Store(path, "model")
    assert reopened.article(stored.id) == stored
    assert reopened.articles() == [stored]
    reopened.close()


def test_passages_and_vectors_come_back_as_they_were_added(store: Store) -> None:
    article = make_article(LONG)
    stored, written = put(store, article)
    assert [passage.passage for passage in written] == list(split_passages(article))
    assert len(written) > 1
    assert store.passages([passage.id for passage in written]) == written
    ((passages, vectors),) = store.everything()
    assert passages == written
    np.testing.assert_array_equal(vectors, vectors_for(article))
    sentence_ids = [i for passage in written for i in passage.sentence_ids]
    assert store.passage_ids_of(stored.id) == ([p.id for p in written], sentence_ids)
    assert store.passage_ids_with(sentence_ids) == {
        i: passage.id for passage in written for i in passage.sentence_ids
    }
    assert store.counts() == (len(written), len(sentence_ids))


def test_many_ids_are_looked_up_at_once(store: Store) -> None:
    _, written = put(store, make_article(LONG))
    assert store.passages(range(10_000)) == written
    assert store.passage_ids_with(range(10_000, 20_000)) == {}


def test_ids_are_never_used_again(store: Store) -> None:
    first, passages = put(store, make_article("Eins steht hier."))
    store.remove(first.id)
    second, more = put(store, make_article("Zwei steht hier."))
    assert second.id > first.id
    assert more[0].id > passages[0].id
    assert min(more[0].sentence_ids) > max(passages[0].sentence_ids)


def test_articles_are_listed_newest_addition_first(store: Store) -> None:
    ids = [put(store, make_article(f"Nummer {i}."))[0].id for i in range(3)]
    assert [stored.id for stored in store.articles()] == ids[::-1]


def test_an_unknown_article_is_not_found(store: Store) -> None:
    for look in (store.article, store.remove):
        with pytest.raises(NotFoundError) as caught:
            look(7)
        assert caught.value.code == "article_not_found"
        assert caught.value.details == {"id": 7}


def test_known_is_what_has_the_address_or_the_id_and_else_the_text(store: Store) -> None:
    by_url, _ = put(store, make_article("Eins.", url="https://example.org/1"))
    by_id, _ = put(store, make_article("Zwei.", source_id="id-2"))
    by_text, _ = put(store, make_article("Drei."))
    assert store.find_known(make_article("Neu.", url="https://example.org/1")) == by_url
    assert store.find_known(make_article("Neu.", source_id="id-2")) == by_id
    assert store.find_known(make_article("Drei.", title="Anders")) == by_text
    assert store.find_known(make_article("Neu.")) is None
    assert store.find_known(make_article("Eins.", url="https://example.org/2")) is None
    assert store.find_known(make_article("Zwei.", source_id="id-3")) is None


def test_the_extent_spans_the_known_days(store: Store) -> None:
    assert store.extent() == (0, None, None)
    put(store, make_article("Ohne Tag."))
    assert store.extent() == (1, None, None)
    put(store, make_article("Eins.", published="2024-11-03T23:59:00+01:00"))
    put(store, make_article("Zwei.", published="2023-01-02"))
    old, _ = put(store, make_article("Alt.", url="u", published="1999-01-01"))
    put(store, make_article("Neu.", url="u", published="2024-01-01"), old.id)
    assert store.extent() == (4, date(2023, 1, 2), date(2024, 11, 3))


def test_headlines_are_the_articles_without_their_texts(store: Store, path: Path) -> None:
    full, _ = put(
        store,
        make_article(
            "Größe. 😀", url="https://example.org/1", outlet="Blatt", published="2024-11-01"
        ),
    )
    bare, _ = put(store, make_article("Ohne alles."))
    old, _ = put(store, make_article("Alt.", source_id="7"))
    new, _ = put(store, make_article("Neu.", source_id="7"), old.id)
    assert store.headlines() == [one.headline for one in (new, bare, full)]
    assert store.headlines_of([new.id, full.id, old.id, 99]) == [full.headline, new.headline]
    tamper(path, "UPDATE article SET published = '2024-99-01', fetched = 'x' WHERE id = 1")
    assert store.headlines()[-1].published is None
