"""Feeds of all kinds, as they should be and as they are; hostile ones among them."""

from __future__ import annotations

import json
import time

import pytest

from index.errors import FeedError
from index.feed_reading import FeedReader, read_page
from index.feeds import MOST_ENTRIES, Feed, FeedKind, FeedLink
from index.limited_process import Limits
from index.types import Page

URL = "https://zeitung.test/news/feed.xml"


def page(content: str | bytes, media_type: str = "application/rss+xml") -> Page:
    raw = content.encode() if isinstance(content, str) else content
    return Page(raw, media_type, url=URL, source=URL)


def read(content: str | bytes) -> Feed:
    found = read_page(page(content))
    assert isinstance(found, Feed), found
    return found


def rss(items: str, head: str = "<title>T</title>", attributes: str = "") -> str:
    return f'<rss version="2.0" {attributes}><channel>{head}{items}</channel></rss>'


def test_an_rss_feed_is_read() -> None:
    feed = read(
        rss(
            "<item><title>Brücke &amp; Tor</title><link>https://zeitung.test/a?x=1&amp;y=2</link>"
            '<guid isPermaLink="false">id-1</guid>'
            "<pubDate>Fri, 01 Nov 2024 08:00:00 +0100</pubDate>"
            "<description><![CDATA[<p>Erster <b>Satz</b>.</p>]]></description></item>",
            head="<title>Die Zeitung</title><image><title>Logo</title></image><ttl>90</ttl>",
        )
    )
    (entry,) = feed.entries
    assert (feed.kind, feed.title, feed.minutes) == (FeedKind.RSS, "Die Zeitung", 90)
    assert (entry.id, entry.url) == ("id-1", "https://zeitung.test/a?x=1&y=2")
    assert (entry.title, entry.summary) == ("Brücke & Tor", "Erster Satz .")
    assert entry.published is not None
    assert entry.published.isoformat() == "2024-11-01T08:00:00+01:00"
    assert entry.updated is None


def test_an_rdf_feed_is_read() -> None:
    feed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Alt</title></channel>"
        "<item><title>Eins</title><link>https://zeitung.test/1</link>"
        "<dc:date>2024-11-01</dc:date></item></rdf:RDF>"
    )
    (entry,) = feed.entries
    assert (feed.title, entry.title) == ("Alt", "Eins")
    assert entry.published is not None
    assert entry.published.isoformat() == "2024-11-01"


def test_an_atom_feed_is_read_with_addresses_relative_to_its_base() -> None:
    feed = read(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xml:base="https://andere.test/blog/"><title>Atome</title><entry xml:base="mai/">'
        "<id>urn:1</id><title type='html'>&lt;b&gt;Fett&lt;/b&gt;</title>"
        '<link rel="self" href="x.atom"/><link rel="alternate" href="eins.html?a=1&amp;b=2"/>'
        "<published>2024-11-01T08:00:00Z</published><updated>2024-11-02T08:00:00Z</updated>"
        "<summary>Kurz</summary></entry></feed>"
    )
    (entry,) = feed.entries
    assert (feed.kind, entry.title) == (FeedKind.ATOM, "Fett")
    assert entry.url == "https://andere.test/blog/mai/eins.html?a=1&b=2"
    assert entry.updated is not None
    assert entry.updated.isoformat() == "2024-11-02T08:00:00+00:00"


def test_a_json_feed_is_read() -> None:
    item = {"id": 7, "url": "/a", "title": "A", "content_html": "<p>x</p>", "date_published": "?"}
    feed = read(
        json.dumps(
            {"version": "https://jsonfeed.org/version/1", "title": "J", "items": [item, 3, {}]}
        )
    )
    (entry,) = feed.entries
    assert (feed.kind, feed.title) == (FeedKind.JSON, "J")
    assert (entry.id, entry.url, entry.published) == ("7", "https://zeitung.test/a", None)


def test_of_a_sitemap_the_newest_are_read() -> None:
    urls = "".join(
        f"<url><loc>https://zeitung.test/{i}</loc>"
        f"<lastmod>2024-{i // 28 + 1:02}-{i % 28 + 1:02}</lastmod></url>"
        for i in range(300)
    )
    feed = read(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
    assert feed.kind is FeedKind.SITEMAP
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.entries[0].url == "https://zeitung.test/299"


def test_a_news_sitemap_has_titles_and_dates() -> None:
    feed = read(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<loc>https://zeitung.test/a</loc><news:news><news:publication><news:name>Z</news:name>"
        "</news:publication><news:publication_date>2024-11-01</news:publication_date>"
        "<news:title>Der Titel</news:title></news:news></url></urlset>"
    )
    (entry,) = feed.entries
    assert entry.title == "Der Titel"
    assert entry.published is not None


def test_of_a_sitemap_index_the_newest_parts_come_first() -> None:
    feed = read(
        "<sitemapindex><sitemap><loc>/alt.xml</loc><lastmod>2023-01-01</lastmod></sitemap>"
        "<sitemap><loc>/neu.xml</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>"
    )
    assert feed.parts == ("https://zeitung.test/neu.xml", "https://zeitung.test/alt.xml")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a/b", "https://zeitung.test/a/b"),
        ("//cdn.test/b", "https://cdn.test/b"),
        ("../b#c", "https://zeitung.test/b"),
        (" https://zeitung.test/x y ", "https://zeitung.test/x%20y"),
        ("<![CDATA[/a?b=1&c=2]]>", "https://zeitung.test/a?b=1&c=2"),
        ("/a?b=1&c=2", "https://zeitung.test/a?b=1&c=2"),
        ("/a?b=1&copy=2", "https://zeitung.test/a?b=1&copy=2"),
        ("/a?b=1&#38;c=2", "https://zeitung.test/a?b=1&c=2"),
    ],
)
def test_addresses_are_resolved(link: str, url: str) -> None:
    (entry,) = read(rss(f"<item><link>{link}</link></item>")).entries
    assert entry.url == url


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "ftp://a.test/x", "https://u:p@a.test/", "https://"]
)
def test_what_leads_to_no_page_is_no_entry(link: str) -> None:
    assert read(rss(f"<item><title>x</title><link>{link}</link></item>")).entries == ()


def test_a_permanent_id_is_the_link_where_there_is_no_other() -> None:
    feed = read(
        rss(
            "<item><guid>https://zeitung.test/a</guid></item>"
            '<item><guid isPermaLink="false">https://zeitung.test/b</guid></item>'
        )
    )
    assert [entry.url for entry in feed.entries] == ["https://zeitung.test/a"]


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0" encoding="utf-8"?>'
        + rss("<item><title>Größe</title><link>/a</link></item>").encode("latin-1"),
        b'<?xml version="1.0" encoding="iso-8859-1"?>'
        + rss("<item><title>Größe</title><link>/a</link></item>").encode(),
        rss("<item><title>Größe</title><link>/a</link></item>").encode("utf-16"),
        b"\n \xef\xbb\xbf"[1:]
        + rss("<item><title>Gr&ouml;&#223;e</title><link>/a</link></item>").encode(),
        rss("<item><title>Gr&amp;ouml;&#xDF;e</title><link>/a</link></item>").encode(),
    ],
)
def test_wrong_encodings_and_foreign_references_are_read(content: bytes) -> None:
    (entry,) = read(content).entries
    assert entry.title == "Größe"


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    feed = read(
        rss(
            "<item><title>A < B & C \x08&#8;</title><description>x &foo; y</description>"
            "<link>/a?b=1&amp;c=2</link></item><item><link>/b?b=1&amp;c=2</link></item>"
        )[:-20]
    )
    assert [entry.url for entry in feed.entries] == [
        "https://zeitung.test/a?b=1&c=2",
        "https://zeitung.test/b?b=1&c=2",
    ]
    assert feed.entries[0].title == "A < B & C"


def test_html_that_nobody_has_escaped_costs_no_entry() -> None:
    feed = read(
        rss(
            "<item><title>A</title><description><br>x <p>y</description>"
            "<link>/a?b=1&amp;c=2</link></item>"
            "<item><title>B</title><description><p>x<br>y</p></description><link>/b</link></item>"
            "<item><title>C</title><link>/c</link></item>"
        )
    )
    assert [(entry.title, entry.url) for entry in feed.entries] == [
        ("A", "https://zeitung.test/a?b=1&c=2"),
        ("B", "https://zeitung.test/b"),
        ("C", "https://zeitung.test/c"),
    ]
    assert feed.title == "T"


def test_prefixes_that_nobody_has_declared_are_understood() -> None:
    (entry,) = read(
        rss("<item><media:title>Bild</media:title><title>Titel</title><link>/a</link></item>")
    ).entries
    assert entry.title == "Titel"


def test_the_digest_follows_words_not_dates_and_markup() -> None:
    def digest(title: str, description: str, date: str) -> str:
        item = f"<title>{title}</title><link>/a</link><pubDate>{date}</pubDate>"
        text = rss(f"<item>{item}<description><![CDATA[{description}]]></description></item>")
        return read(text).entries[0].digest

    one = digest("A", "<p>x <img src='1.gif'></p>", "Fri, 01 Nov 2024 08:00:00 GMT")
    assert one == digest("A", "<p>x <img src='2.gif'></p>", "Sat, 02 Nov 2024 08:00:00 GMT")
    assert one != digest("A", "<p>y</p>", "Fri, 01 Nov 2024 08:00:00 GMT")
    assert one != digest("B", "<p>x</p>", "Fri, 01 Nov 2024 08:00:00 GMT")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1 if i > 1 else str()};" * 10}">' for i in range(1, 10))
    + ']><rss version="2.0"><channel><title>&a9;</title>'
    "<item><title>&a9;</title><link>/a</link></item></channel></rss>"
)
QUADRATIC = (
    f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]><rss><channel><title>T</title>'
    f"<item><title>{'&a;' * 100_000}</title><link>/a</link></item></channel></rss>"
)
OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel><title>T</title>'
    "<item><title>&a;</title><link>/a</link></item></channel></rss>"
)


@pytest.mark.parametrize("bomb", [LAUGHS, QUADRATIC, OUTSIDE])
def test_entities_of_a_feeds_own_are_not_expanded(bomb: str) -> None:
    (entry,) = read(bomb).entries
    assert entry.title.startswith("&a")
    assert len(entry.title) <= 300


def test_endless_nesting_is_refused() -> None:
    nested = "<rss><channel><item><title>" + "<a>" * 200_000
    begun = time.process_time()
    assert read_page(page(nested)) == ()
    assert time.process_time() - begun < 2


def test_of_a_million_entries_the_first_are_read() -> None:
    many = "<rss><channel><title>T</title>" + "<item><link>/a</link></item>" * 1_000_000
    assert len(read(many).entries) == MOST_ENTRIES


def test_a_page_names_its_feeds() -> None:
    found = read_page(
        page(
            "<!doctype html><html><head><title>Z</title>"
            '<link rel="alternate" type="application/rss+xml" title="Politik" href="/p.xml">'
            '<link rel="alternate" type="application/rss+xml" title="Noch einmal" href="/p.xml">'
            '<link rel="alternate" type="application/rss+xml" title="Kommentare" href="/k.xml">'
            '<link rel="alternate" hreflang="en" href="/en"><link rel="stylesheet" href="/a.css">'
            '<link rel="alternate" type="application/feed+json" href="//json.test/f">'
            '<link rel="alternate" type="application/rss+xml" href="javascript:1">'
            "</head></html>"
        )
    )
    assert found == (
        FeedLink("https://zeitung.test/p.xml", "Politik"),
        FeedLink("https://json.test/f", ""),
    )


@pytest.mark.parametrize(
    "content",
    ["", "Guten Tag", "<html></html>", "<svg></svg>", '{"items": []}', "{" * 100_000, b"\x89PNG\0"],
)
def test_what_is_no_feed_says_so(content: str | bytes) -> None:
    reader = FeedReader()
    try:
        with pytest.raises(FeedError) as caught:
            reader.read(page(content))
    finally:
        reader.close()
    assert caught.value.code == "no_feed"
    assert caught.value.details == {"host": "zeitung.test", "feeds": []}


def test_a_feed_comes_out_of_its_process_as_it_went_in() -> None:
    content = rss(
        "<item><title>A</title><link>/a</link><guid>1</guid>"
        "<pubDate>Fri, 01 Nov 2024 08:00:00 +0100</pubDate></item>"
        "<item><link>/b</link><pubDate>2024-11-01</pubDate></item>"
    )
    reader = FeedReader()
    try:
        assert reader.read(page(content)) == read(content)
        with pytest.raises(FeedError) as caught:
            reader.read(page('<html><head><link rel=alternate type="text/xml" href="/f">'))
    finally:
        reader.close()
    assert caught.value.details["feeds"] == [["https://zeitung.test/f", ""]]


@pytest.mark.parametrize("function", ["tests.hostile_work:lie", "tests.hostile_work:leave"])
@pytest.mark.parametrize("more", ["", " ", "  ", "   ", "    "])
def test_an_answer_that_no_parser_gives_is_an_error_of_that_feed(function: str, more: str) -> None:
    reader = FeedReader(function=function)
    try:
        with pytest.raises(FeedError) as caught:
            reader.read(page(rss(more)))
    finally:
        reader.close()
    assert caught.value.code == "feed_breaks_parser"


def test_a_feed_that_takes_too_long_is_given_up() -> None:
    reader = FeedReader(Limits(2**28, 5, 0.3, 60.0), "tests.hostile_work:hang")
    try:
        with pytest.raises(FeedError) as caught:
            reader.read(page(rss("")))
    finally:
        reader.close()
    assert caught.value.code == "feed_too_slow"
