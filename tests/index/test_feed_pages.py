"""What a feed lists against what is known of it: new, edited, moved, dated anew, removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.errors import FeedError, FetchError, NotFoundError
from index.feed_listing import Listed
from index.feed_pages import DuePage, FeedPages
from index.feed_table import FeedTable, StoredFeed
from index.feeds import Feed, FeedEntry, FeedKind, make_entry
from index.types import Outcome, Validators
from tests.making import make_article, make_corpus

NOW = datetime(2024, 11, 4, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://zeitung.test/feed"


def entry(name: str = "a", **more: str) -> FeedEntry:
    made = make_entry(
        URL,
        id_=more.get("id", f"id-{name}"),
        url=more.get("url", f"https://zeitung.test/{name}"),
        title=more.get("title", f"Der Artikel {name}"),
        words=more.get("words", "Worte"),
        published=more.get("published"),
        updated=more.get("updated"),
    )
    assert made is not None
    return made


class Paper:
    """A corpus with one feed, and what a refresh would do to it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.table = FeedTable(corpus.database)
        self.pages = FeedPages(corpus.database)
        self.feed = self.add(URL)
        self.now = NOW

    def add(self, url: str) -> StoredFeed:
        return self.table.add(url, title="Z", kind=FeedKind.RSS, by="ada", now=NOW, interval=HOUR)

    def lists(self, *entries: FeedEntry, most: int = 20, feed: StoredFeed | None = None) -> Listed:
        listed = Feed(FeedKind.RSS, "Zeitung", entries)
        feed_id = (feed or self.feed).id
        return self.pages.take(feed_id, listed, Validators("e"), self.now, most_at_first=most)

    def due(self, feed: StoredFeed | None = None) -> list[DuePage]:
        return self.pages.due((feed or self.feed).id, self.now)

    def bring(self, text: str = "Worte genug, um ein Artikel zu sein.") -> list[int]:
        """Take in what is due, as if each page had these words and its own address."""
        ids = []
        for page in self.due():
            receipt = self.corpus.add(make_article(f"{text} {page.url}", url=page.url))
            self.pages.taken(
                page.id,
                receipt.stored.id,
                Validators(f"e{receipt.stored.id}"),
                self.now,
                is_new=receipt.outcome is Outcome.ADDED,
                is_changed=receipt.outcome is not Outcome.KNOWN,
            )
            ids.append(receipt.stored.id)
        return ids


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    corpus = make_corpus(tmp_path)
    yield Paper(corpus)
    corpus.close()


def test_new_entries_wait_the_newest_first(paper: Paper) -> None:
    listed = paper.lists(entry("a", published="2024-11-01"), entry("b", published="2024-11-02"))
    assert listed == Listed(2, 0)
    assert [page.url[-1] for page in paper.due()] == ["b", "a"]
    assert paper.table.feed(paper.feed.id).validators == Validators("e")
    assert paper.table.feed(paper.feed.id).title == "Zeitung"


def test_of_the_first_list_only_the_newest_wait(paper: Paper) -> None:
    entries = [entry(str(i), published=f"2024-11-{i + 1:02}") for i in range(9)]
    paper.lists(*entries, most=2)
    assert [page.url[-1] for page in paper.due()] == ["8", "7"]
    paper.bring()
    paper.lists(*entries, entry("neu"), most=2)
    assert [page.url[-3:] for page in paper.due()] == ["neu"]


def test_a_list_that_says_the_same_changes_nothing(paper: Paper) -> None:
    paper.lists(entry("a"))
    paper.bring()
    assert paper.lists(entry("a")) == Listed(0, 0)
    assert paper.due() == []


def test_what_is_dated_anew_is_not_fetched_again(paper: Paper) -> None:
    paper.lists(entry("a", published="2024-11-01"))
    paper.bring()
    assert paper.lists(entry("a", published="2024-11-05")) == Listed(0, 0)
    assert paper.due() == []


@pytest.mark.parametrize("change", [{"words": "Andere Worte"}, {"updated": "2024-11-05"}])
def test_what_was_edited_is_fetched_again_with_its_validators(
    paper: Paper, change: dict[str, str]
) -> None:
    paper.lists(entry("a"))
    (article,) = paper.bring()
    assert paper.lists(entry("a", **change)) == Listed(0, 1)
    (page,) = paper.due()
    assert page.validators == Validators(f"e{article}")
    paper.bring("Ganz andere Worte.")
    assert len(paper.corpus.versions(article)) == 2
    assert len(paper.corpus.articles()) == 1


def test_a_new_id_for_an_old_link_is_no_new_entry(paper: Paper) -> None:
    paper.lists(entry("a"))
    paper.bring()
    assert paper.lists(entry("a", id="anders")) == Listed(0, 0)
    assert paper.lists(entry("a", id="anders", url="https://zeitung.test/b")) == Listed(0, 0)


def test_tracking_parameters_make_no_new_entry(paper: Paper) -> None:
    paper.lists(entry("a"))
    paper.bring()
    assert paper.lists(entry("a", url="https://zeitung.test/a?utm_source=rss")) == Listed(0, 0)


def test_an_entry_under_a_new_link_is_the_same_by_its_id(paper: Paper) -> None:
    paper.lists(entry("a"))
    paper.bring()
    moved = entry("a", url="https://zeitung.test/neuer-name", words="Neu")
    assert paper.lists(moved) == Listed(0, 1)
    (page,) = paper.due()
    assert (page.url, page.is_known) == ("https://zeitung.test/neuer-name", True)


def test_an_id_that_is_used_again_for_another_article_names_nothing(paper: Paper) -> None:
    paper.lists(entry("a", id="neueste", title="Regen im Norden"))
    paper.bring()
    other = entry("b", id="neueste", title="Wahl zum Bürgermeister vertagt", words="Anders")
    assert paper.lists(other) == Listed(1, 0)
    (page,) = paper.due()
    assert page.guid is None
    assert paper.lists(other) == Listed(0, 0)


def test_an_id_that_several_entries_have_names_nothing(paper: Paper) -> None:
    assert paper.lists(entry("a", id="0"), entry("b", id="0")) == Listed(2, 0)
    assert {page.guid for page in paper.due()} == {None}


def test_a_page_that_two_feeds_list_is_fetched_once(paper: Paper) -> None:
    other = paper.add("https://andere.test/feed")
    paper.lists(entry("a"))
    paper.lists(entry("a", id="x"), feed=other)
    assert len(paper.due()) == len(paper.due(other)) == 1
    paper.bring()
    assert paper.due(other) == []
    # Both say that it was edited: that is one edit.
    paper.lists(entry("a", words="Neu"))
    paper.bring("Neue Worte.")
    assert paper.lists(entry("a", id="x", words="Neu"), feed=other) == Listed(0, 0)


def test_an_edit_that_was_none_is_looked_after_ever_later(paper: Paper) -> None:
    paper.lists(entry("a", updated="2024-11-01"))
    paper.bring()
    waits = []
    for i in range(4):
        paper.lists(entry("a", updated=f"2024-11-02T{i:02}:00:00Z"))
        begun = paper.now
        while not paper.due():
            paper.now += HOUR
        waits.append((paper.now - begun) / HOUR)
        paper.pages.unchanged(paper.due()[0].id)
    assert waits == [0, 1, 2, 4]


def test_a_removed_article_does_not_come_back(paper: Paper) -> None:
    paper.lists(entry("a"))
    (article,) = paper.bring()
    paper.corpus.remove(article)
    assert paper.lists(entry("a", words="Anders")) == Listed(0, 0)
    assert paper.due() == []


def test_an_article_that_is_removed_while_it_waits_does_not_come_back(paper: Paper) -> None:
    paper.lists(entry("a"))
    (article,) = paper.bring()
    paper.lists(entry("a", words="Anders"))
    assert len(paper.due()) == 1
    paper.corpus.remove(article)
    assert paper.due() == []
    assert paper.pages.counts(paper.feed.id) == (0, 0)


def test_an_article_that_leaves_the_window_stays(paper: Paper) -> None:
    paper.lists(entry("a"))
    paper.bring()
    paper.lists(entry("b"))
    paper.bring()
    assert len(paper.corpus.articles()) == 2


def test_a_page_that_fails_waits_and_is_given_up_by_name(paper: Paper) -> None:
    paper.lists(entry("a"))
    (page,) = paper.due()
    error = FetchError("http_error", host="zeitung.test", status=404)
    paper.pages.failed(page.id, error, paper.now + HOUR)
    assert paper.due() == []
    paper.now += HOUR
    assert paper.due()[0].attempts == 1
    paper.pages.failed(page.id, error, None)
    paper.now += 1000 * HOUR
    assert paper.due() == []
    (failed,) = paper.pages.failures(paper.feed.id)
    assert (failed.title, failed.failure.code, failed.given_up) == (
        "Der Artikel a",
        "http_error",
        True,
    )
    assert failed.failure.details == {"host": "zeitung.test", "status": 404}
    # Edited, it gets another chance.
    assert paper.lists(entry("a", words="Neu")) == Listed(0, 1)
    assert paper.due()[0].attempts == 0


def test_a_feeds_own_articles_are_those_that_it_alone_has_brought(paper: Paper) -> None:
    other = paper.add("https://andere.test/feed")
    paper.corpus.add(make_article("Von Hand. https://zeitung.test/b", url="https://zeitung.test/b"))
    paper.lists(entry("a"), entry("b"), entry("c"))
    ids = dict(zip("abc", sorted(paper.bring()), strict=True))
    paper.lists(entry("c", id="x"), feed=other)
    urls = {stored.article.url: stored.id for stored in paper.corpus.articles()}
    assert paper.pages.articles_of(paper.feed.id) == [urls["https://zeitung.test/a"]]
    assert paper.pages.counts(paper.feed.id) == (3, 0)
    paper.table.remove(paper.feed.id)
    assert paper.pages.articles_of(other.id) == [urls["https://zeitung.test/c"]]
    assert len(ids) == 3


def test_a_feed_is_known_by_its_address_and_follows_a_move(paper: Paper) -> None:
    with pytest.raises(FeedError) as caught:
        paper.add(URL)
    assert (caught.value.code, caught.value.details["id"]) == ("feed_known", paper.feed.id)
    assert paper.table.move(paper.feed.id, "https://neu.test/feed").url == "https://neu.test/feed"
    other = paper.add(URL)
    assert paper.table.move(other.id, "https://neu.test/feed").url == URL
    with pytest.raises(NotFoundError):
        paper.table.feed(99)


def test_failures_add_up_until_a_success_and_stay_readable(paper: Paper) -> None:
    table, feed = paper.table, paper.feed
    error = FetchError("timeout", host="zeitung.test")
    for i in range(2):
        table.failed(feed.id, NOW + i * HOUR, error, next_run=NOW + 5 * HOUR)
    failing = table.feed(feed.id)
    assert (failing.failures, failing.failing_since) == (2, NOW)
    assert table.due(NOW + 4 * HOUR) == []
    assert len(table.due(NOW + 5 * HOUR)) == 1
    well = table.succeeded(feed.id, NOW + 5 * HOUR, interval=HOUR, next_run=NOW + 6 * HOUR)
    assert (well.is_failing, well.failing_since, well.last_success) == (False, None, NOW + 5 * HOUR)
    assert well.failure is not None
    assert (well.failure.code, well.failed_at) == ("timeout", NOW + HOUR)


def test_a_paused_feed_is_never_due_and_goes_on_when_resumed(paper: Paper) -> None:
    paper.table.pause(paper.feed.id)
    assert paper.table.due(NOW + 100 * HOUR) == []
    paper.table.resume(paper.feed.id, NOW)
    assert len(paper.table.due(NOW)) == 1


def test_a_purge_takes_the_headlines_of_removed_articles_along(paper: Paper) -> None:
    listed = entry("a", title="Quittenmarder"), entry("b", title="Zimtlawine")
    paper.lists(*listed)
    removed, _ = paper.bring()
    paper.corpus.remove(removed)
    paper.table.forget_removed()

    def titles() -> set[str]:
        rows = paper.corpus.database.all("SELECT title FROM feed_entry")
        return {row[0] for row in rows}

    kept = titles() - {""}
    assert len(titles()) == 2
    # The feed still lists both, and says that they changed.
    paper.lists(*(entry(one.url[-1], title=one.title, words="Neu") for one in listed))
    assert titles() == {"", *kept}
    assert len(paper.due()) == 1


@pytest.mark.parametrize(
    "damage", ["next_run = 'x'", "added = ''", "kind = 'rsf'", "error = 'e', error_details = '{'"]
)
def test_a_feed_that_is_damaged_keeps_no_other_back_and_can_be_added_again(
    paper: Paper, damage: str
) -> None:
    other = paper.add("https://anzeiger.test/feed")
    paper.lists(entry())
    with paper.corpus.database.transaction() as connection:
        connection.execute(f"UPDATE feed SET {damage} WHERE id = {paper.feed.id}")
    assert paper.table.all() == [other]
    assert paper.table.due(NOW) == [other]
    again = paper.add(URL)
    assert [feed.id for feed in paper.table.all()] == [other.id, again.id]
    assert paper.lists(entry(), feed=again).new == 1


def test_a_page_of_a_feed_whose_record_is_damaged_keeps_no_other_back(paper: Paper) -> None:
    paper.lists(entry("a"), entry("b", published="2024-11-01T08:00:00Z"))
    with paper.corpus.database.transaction() as connection:
        connection.execute("UPDATE feed_entry SET published = 'x'")
        connection.execute("UPDATE feed_page SET error = 'e', error_details = '{' WHERE id = 1")
    assert len(paper.due()) == 2
    assert paper.pages.failures(paper.feed.id) == []
