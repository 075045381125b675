from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.excerpt_limits import ExcerptLimits
from bot.passages import allowed, find_matches, within_sites
from bot.types import Quote
from index.corpus import Corpus
from index.errors import QuestionError
from index.types import Article, Span, StoredArticle
from tests.fakes import HashingEmbedder

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)
BEST = "Die Brücke über den Fluss ist gesperrt."


def corpus(path: Path, *texts: str) -> Corpus:
    opened = Corpus(path / "a.sqlite3", HashingEmbedder())
    for number, text in enumerate(texts):
        opened.add(Article(f"Titel {number}", text, FETCHED))
    return opened


def test_the_sentence_that_fits_is_shown_with_its_neighbours_as_far_as_there_is_room(
    tmp_path: Path,
) -> None:
    before, after = (f"{word} {'x' * 120}." for word in ("Vorher", "Nachher"))
    opened = corpus(tmp_path, f"{before} {BEST} {after}")
    (match,) = find_matches(opened, "gesperrte Brücke Fluss", 9, ExcerptLimits())
    assert match.quote is not None
    assert match.quote.text == f"{before} {BEST} {after}"
    (match,) = find_matches(opened, "gesperrte Brücke Fluss", 9, ExcerptLimits(quotation=100))
    assert match.quote is not None
    assert match.quote.text == BEST
    opened.close()


def test_what_follows_is_shown_before_what_leads_up(tmp_path: Path) -> None:
    before, after = (f"{word} {'x' * 200}." for word in ("Vorher", "Nachher"))
    opened = corpus(tmp_path, f"{before} {BEST} {after}")
    (match,) = find_matches(opened, "gesperrte Brücke Fluss", 9, ExcerptLimits())
    assert match.quote is not None
    assert match.quote.text == f"{BEST} {after}"
    opened.close()


def test_an_article_that_must_not_be_shown_is_there_by_name(tmp_path: Path) -> None:
    opened = corpus(tmp_path, BEST, "Der Hafen wächst.")
    opened.snippets.put(1, 0)
    found = find_matches(opened, "Brücke Fluss gesperrt", 9, ExcerptLimits())
    assert [(match.stored.id, match.quote is None) for match in found] == [(1, True), (2, False)]
    none = find_matches(opened, "Brücke Fluss gesperrt", 9, ExcerptLimits(quotations=0))
    assert [match.quote for match in none] == [None, None]
    opened.close()


def test_the_limit_of_an_article_counts_for_all_its_passages() -> None:
    text = "Eins ist hier. Zwei ist hier. Drei ist hier."
    stored = StoredArticle(1, Article("Titel", text, FETCHED))
    quotes = [Quote(stored, Span(stored.article, start, start + 14), 0.0) for start in (0, 15, 30)]
    found = allowed(quotes, ExcerptLimits(article=29), {})
    assert [match.quote for match in found] == quotes[:2]
    found = allowed(quotes, ExcerptLimits(article=5), {})
    assert [(match.stored.id, match.quote) for match in found] == [(1, None)]


def test_a_terminal_shows_whole_passages_but_of_a_site_no_more_than_it_lets(tmp_path: Path) -> None:
    longer = f"Vorher {'x' * 250}. {BEST} Nachher {'y' * 250}."
    opened = corpus(tmp_path, longer)
    hits = opened.search("gesperrte Brücke Fluss", 9).hits
    (_, whole), *_ = within_sites(hits, {})
    assert whole is not None
    assert whole.text == longer
    (_, best), *others = within_sites(hits, {1: len(BEST)})
    assert (best and best.text, others) == (BEST, [])
    assert [span for _, span in within_sites([*hits, *hits], {1: 5})] == [None]
    opened.close()


def test_what_has_no_words_cannot_be_searched(tmp_path: Path) -> None:
    opened = corpus(tmp_path, BEST)
    with pytest.raises(QuestionError):
        find_matches(opened, "?!", 9, ExcerptLimits())
    opened.close()
