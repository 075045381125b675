from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.filter import Filter
from tests.making import make_article, make_corpus

FIRST = date(2024, 11, 1)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """One article a day by two outlets in turn, the seventh without a date."""
    corpus = make_corpus(tmp_path)
    for number in range(7):
        published = (FIRST + timedelta(number)).isoformat() if number < 6 else None
        corpus.add(
            make_article(
                f"Soldaten in Kursk, Meldung Nummer {number}.",
                outlet="Abendpost" if number % 2 else "Tagesblatt",
                published=published,
                url=f"https://nachrichten.example/{number}",
            )
        )
    yield corpus
    corpus.close()


def found(corpus: Corpus, only: Filter | None) -> set[str]:
    hits = corpus.search("Soldaten in Kursk", 100, "de", only=only).hits
    return {hit.stored.article.text[-2] for hit in hits}


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (None, "0123456"),
        (Filter(first_day=FIRST + timedelta(2)), "2345"),
        (Filter(last_day=FIRST + timedelta(1)), "01"),
        (Filter(FIRST + timedelta(1), FIRST + timedelta(3)), "123"),
        (Filter(outlets=frozenset({"Abendpost"})), "135"),
        (Filter(outlets=frozenset({"Abendpost", "Tagesblatt"})), "0123456"),
        (Filter(first_day=FIRST + timedelta(2), outlets=frozenset({"Tagesblatt"})), "24"),
        (Filter(outlets=frozenset({"x' OR '1'='1"})), ""),
        (Filter(first_day=date(2025, 1, 1)), ""),
        (Filter(articles=frozenset({2, 4, 99})), "13"),
        (Filter(articles=frozenset({2, 4}), outlets=frozenset({"Tagesblatt"})), ""),
    ],
)
def test_only_what_a_filter_admits_is_found(
    corpus: Corpus, only: Filter | None, expected: str
) -> None:
    assert found(corpus, only) == set(expected)


def test_many_better_articles_outside_do_not_crowd_out_the_one_inside(corpus: Corpus) -> None:
    for number in range(300):
        corpus.add(
            make_article(
                f"Soldaten in Kursk sind in Kursk Soldaten, Fassung {number}.",
                outlet="Tagesblatt",
                url=f"https://nachrichten.example/x{number}",
            )
        )
    only = Filter(outlets=frozenset({"Kleinblatt"}))
    corpus.add(make_article("In Kursk regnet es.", outlet="Kleinblatt", url="https://k.example/"))
    hits = corpus.search("Soldaten in Kursk", 5, "de", only=only).hits
    assert [hit.stored.article.outlet for hit in hits] == ["Kleinblatt"]


def test_a_moment_counts_by_its_day(corpus: Corpus) -> None:
    moment = "2024-12-24T23:30:00+01:00"
    corpus.add(make_article("Soldaten in Kursk, Meldung Nummer 9.", published=moment))
    assert found(corpus, Filter(date(2024, 12, 24), date(2024, 12, 24))) == {"9"}


def test_what_is_removed_or_superseded_is_admitted_no_more(corpus: Corpus) -> None:
    only = Filter(last_day=FIRST + timedelta(1))
    assert corpus.filters.extent(only) == (2, FIRST, FIRST + timedelta(1))
    corpus.remove(1)
    corpus.add(
        make_article(
            "Soldaten in Kursk: diese Meldung ist nun eine ganz andere, Nummer 8.",
            outlet="Abendpost",
            published=(FIRST + timedelta(1)).isoformat(),
            url="https://nachrichten.example/1",
        )
    )
    assert found(corpus, only) == {"8"}
    assert corpus.filters.extent(only) == (1, FIRST + timedelta(1), FIRST + timedelta(1))


def test_outlets_are_listed_by_how_much_there_is_of_them(corpus: Corpus) -> None:
    assert corpus.filters.outlets() == ["Tagesblatt", "Abendpost"]


def test_a_filter_that_filters_nothing_or_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValueError, match="something"):
        Filter()
    with pytest.raises(ValueError, match="ends"):
        Filter(FIRST, FIRST - timedelta(1))
