from __future__ import annotations

from pathlib import Path

from index.extract import extract
from index.split import split_passages
from index.types import Given, Outcome
from tests.making import make_corpus
from tests.prose import FETCHED, as_page, make_article, make_articles


def test_one_number_is_always_the_same_article() -> None:
    assert make_article(7) == make_article(7)
    assert make_article(7) == next(make_articles(1, first=7))


def test_articles_differ_from_each_other() -> None:
    assert len({article.text for article in make_articles(2000)}) == 2000


def test_an_article_has_as_many_sentences_as_were_asked_for() -> None:
    for count in (1, 8, 30):
        for article in make_articles(20, count):
            passages = split_passages(article)
            assert sum(len(passage.sentences) for passage in passages) == count


def test_sentences_are_as_long_as_those_of_news() -> None:
    words = [len(article.text.split()) / 8 for article in make_articles(100, 8)]
    assert 14 < sum(words) / len(words) < 19


def test_the_page_of_an_article_is_read_as_that_article() -> None:
    for article in make_articles(20):
        read = extract(as_page(article), Given(), FETCHED).article
        assert (read.title, read.text) == (article.title, article.text)
        assert (read.outlet, read.url) == (article.outlet, article.url)
        assert read.published == article.published


def test_every_article_is_new_to_a_corpus(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    outcomes = {corpus.add(article).outcome for article in make_articles(50)}
    corpus.close()
    assert outcomes == {Outcome.ADDED}
