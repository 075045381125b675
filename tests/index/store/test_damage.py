"""A damaged article is withheld and can be removed or replaced; the others stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.errors import StoreError
from index.store import Store
from tests.index.store.conftest import put, tamper
from tests.making import make_article


def test_a_flipped_byte_in_a_text_withholds_that_article_alone(
    store: Store, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad, passages = put(store, make_article("Es sind 8.000 Soldaten.", source_id="bad"))
    good, others = put(store, make_article("Es regnet in Wien.", source_id="good"))
    store.close()
    raw = bytearray(path.read_bytes())
    for flipped in (b"9.000", b"\xb8.000"):  # another digit, and a byte that is no UTF-8
        position = raw.find(b"8.000 Soldaten")
        path.write_bytes(raw[:position] + flipped + raw[position + 5 :])
        store = Store(path, "model")
        assert store.articles() == [good]
        assert store.passages([passages[0].id, others[0].id]) == others
        assert [found for found, _ in store.everything()] == [others]
        assert store.article(good.id) == good
        with pytest.raises(StoreError) as caught:
            store.article(bad.id)
        assert caught.value.code == "article_damaged"
        assert caught.value.details == {"id": bad.id}
        assert "is damaged and withheld" in caplog.text
        store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE article SET text = '' WHERE id = ?",
        "UPDATE article SET text_sha256 = 'e' || text_sha256 WHERE id = ?",
        "UPDATE article SET fetched = '2024-91-02T08:00:00+00:00' WHERE id = ?",
        "UPDATE article SET published = '0024-99-01' WHERE id = ?",
        "UPDATE article SET published_origin = 'urm' WHERE id = ?",
        "UPDATE sentence SET start = 900 WHERE id = ?",
        "UPDATE sentence SET end = start WHERE id = ?",
    ],
)
def test_any_other_damage_withholds_that_article_alone(
    store: Store, path: Path, damage: str
) -> None:
    bad, passages = put(store, make_article("Böse.", published="2024-10-01"))
    good, others = put(store, make_article("Gut.", published="2024-11-01"))
    tamper(path, damage, (bad.id,))
    assert good in store.articles()
    assert store.passages([passages[0].id, others[0].id]) == others
    assert [found for found, _ in store.everything()] == [others]
    assert store.extent()[2] == date(2024, 11, 1)


def test_a_damaged_article_can_be_removed(store: Store, path: Path) -> None:
    bad, _ = put(store, make_article("Böse.", title="Name", url="https://example.org/1"))
    for damage in (
        "UPDATE article SET text = 'Boese.'",
        "UPDATE article SET published = '2024-99-99'",
    ):
        tamper(path, damage)
    removed = store.remove(bad.id)
    assert (removed.id, removed.article.title) == (bad.id, "Name")
    assert store.extent() == (0, None, None)


def test_a_damaged_article_is_known_so_that_it_can_be_replaced(store: Store, path: Path) -> None:
    article = make_article("Böse.", url="https://example.org/1")
    bad, _ = put(store, article)
    tamper(path, "UPDATE article SET text = ' '")
    known = store.find_known(article)
    assert known is not None
    assert known.id == bad.id
    assert known.article.text != article.text
    new, _ = put(store, article, known.id)
    assert store.articles() == [new]
