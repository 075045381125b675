from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.article_view import ArticleView, view_of
from bot.excerpt_limits import ExcerptLimits
from index.corpus import Corpus
from index.errors import NotFoundError
from index.types import Article
from tests.fakes import HashingEmbedder

URL = "https://nachrichten.example/1"
TEXT = "Eins ist hier. Zwei ist hier. Drei ist hier."


def article(text: str = TEXT) -> Article:
    return Article("Titel", text, datetime(2026, 11, 22, tzinfo=UTC), url=URL)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    opened = Corpus(tmp_path / "a.sqlite3", HashingEmbedder())
    opened.add(article())
    opened.add(article(f"{TEXT} Vier ist neu."))
    yield opened
    opened.close()


def test_any_version_leads_to_all_of_them(corpus: Corpus) -> None:
    for number in (1, 2):
        view = view_of(corpus, number, ExcerptLimits())
        assert [stored.id for stored in view.versions] == [1, 2]
        assert view.newest.id == 2
    with pytest.raises(NotFoundError):
        view_of(corpus, 3, ExcerptLimits())


@pytest.mark.parametrize(
    ("limits", "stated", "room"),
    [
        (ExcerptLimits(100, 3, 200), None, 100),
        (ExcerptLimits(300, 3, 200), None, 200),
        (ExcerptLimits(100, 0, 200), None, 0),
        (ExcerptLimits(100, 3, 200), 50, 50),
        (ExcerptLimits(100, 3, 200), 0, 0),
        (ExcerptLimits(100, 3, 200), 150, 100),
    ],
)
def test_the_least_of_all_limits_counts(
    corpus: Corpus, limits: ExcerptLimits, stated: int | None, room: int
) -> None:
    # Also of an earlier version: what changed shows its words, too.
    corpus.snippets.put(1, stated)
    view = view_of(corpus, 2, limits)
    assert (view.room, view.stated) == (room, stated)


@pytest.mark.parametrize(
    ("room", "shown"), [(14, "Eins ist hier."), (29, "Eins ist hier. Zwei ist hier."), (13, None)]
)
def test_an_excerpt_has_whole_sentences_from_the_beginning(
    corpus: Corpus, room: int, shown: str | None
) -> None:
    excerpt = view_of(corpus, 1, ExcerptLimits(quotation=room)).excerpt
    assert (excerpt.text if excerpt else None) == shown


def test_an_article_without_a_version_is_none() -> None:
    with pytest.raises(ValueError, match="version"):
        ArticleView((), (), 0, None)
