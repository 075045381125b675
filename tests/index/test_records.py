from datetime import UTC, date, datetime

import pytest

from index.errors import ExtractionError
from index.headline import LONGEST_TITLE, headline_of, shorten
from index.records import article_from_record
from index.types import DateOrigin

FETCHED = datetime(2024, 11, 1, tzinfo=UTC)


def test_a_full_record_becomes_an_article_with_every_value() -> None:
    article = article_from_record(
        {
            "id": "s01-a1",
            "title": " Zug  entgleist ",
            "text": "Ein Zug ist ent\u00adgleist.\n\n\nNiemand wurde verletzt.",
            "url": "https://dna.example/zug",
            "outlet": "dna",
            "published": "2025-11-07T08:40:00+01:00",
            "kind": ["ignored"],
        },
        FETCHED,
    )
    assert article.title == "Zug entgleist"
    assert article.text == "Ein Zug ist entgleist.\n\nNiemand wurde verletzt."
    assert (article.url, article.outlet, article.source_id) == (
        "https://dna.example/zug",
        "dna",
        "s01-a1",
    )
    assert article.published is not None
    assert article.published.isoformat() == "2025-11-07T08:40:00+01:00"
    assert article.published.origin is DateOrigin.METADATA


def test_text_alone_is_enough_and_nothing_is_made_up() -> None:
    article = article_from_record({"text": "Es schneit in Wien. Die Stadt ruht."}, FETCHED)
    assert article.title == "Es schneit in Wien."
    assert (article.url, article.outlet, article.published, article.source_id) == (None,) * 4


def test_furniture_in_a_record_stays_since_its_text_is_taken_at_its_word() -> None:
    text = "Anzeige\n\nEs schneit in Wien.\n\nGehe zur Galerie"
    assert article_from_record({"text": text}, FETCHED).text == text


def test_a_day_without_a_time_and_a_number_as_id_are_fine() -> None:
    article = article_from_record({"text": "Wort", "id": 7, "published": "2024-02-29"}, FETCHED)
    assert article.source_id == "7"
    assert article.published is not None
    assert (article.published.day, article.published.moment) == (date(2024, 2, 29), None)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (["text"], "record_not_object"),
        ({}, "record_without_text"),
        ({"text": " \n\u200b "}, "record_without_text"),
        ({"text": "…"}, "record_without_text"),
        ({"text": None}, "record_without_text"),
        ({"text": 5}, "record_wrong_type"),
        ({"text": "Wort", "title": ["a"]}, "record_wrong_type"),
        ({"text": "Wort", "id": 1.5}, "record_wrong_type"),
        ({"text": "Wort", "id": True}, "record_wrong_type"),
        ({"text": "Wort", "published": 20241101}, "record_wrong_type"),
        ({"text": "Wort", "published": "gestern"}, "record_bad_date"),
        ({"text": "Wort", "published": "2023-02-29"}, "record_bad_date"),
        ({"text": "Wort", "url": "javascript:alert(1)"}, "record_bad_url"),
        ({"text": "Wort", "url": "https://"}, "record_bad_url"),
        ({"text": "Wort", "url": "https://[half"}, "record_bad_url"),
        ({"text": "Wort", "url": "https://a.example/\u202ex"}, "record_bad_url"),
    ],
)
def test_a_wrong_record_is_refused_with_a_code(record: dict[str, object], code: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        article_from_record(record, FETCHED)
    assert caught.value.code == code


def test_a_long_first_sentence_is_shortened_at_a_word() -> None:
    title = headline_of("Der Rat der Stadt " * 20 + "tagt.")
    assert len(title) <= LONGEST_TITLE
    assert title.endswith("…")
    assert title[:-1].split()[-1] in {"Der", "Rat", "der", "Stadt"}


def test_shortening_copes_with_one_endless_word_and_keeps_what_fits() -> None:
    assert shorten("x" * 300) == "x" * (LONGEST_TITLE - 1) + "…"
    assert shorten("x" * LONGEST_TITLE) == "x" * LONGEST_TITLE


def test_a_text_without_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExtractionError) as caught:
        article_from_record({"text": "Satz. " * 50_000}, FETCHED)
    assert caught.value.code == "article_too_long"
