from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.canonical import canonical_url, same_site

ARTICLE = "https://zeitung.de/politik/kursk-1234.html"


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        "https://www.zeitung.de/politik/kursk-1234.html?utm_source=x&utm_medium=y#absatz-2",
        "HTTP://WWW.Zeitung.DE:80/politik/kursk-1234.html",
        "https://zeitung.de:443/politik//kursk-1234.html/",
        "https://m.zeitung.de/politik/kursk-1234.html?fbclid=Iw&gclid=3&wt_mc=rss.red&xtor=CS3-1",
        "https://mobil.zeitung.de/politik/kursk-1234.html?at_medium=custom7&at_campaign=64",
        "https://zeitung.de/politik/kursk-1234.html?ref=homepage",
        "https://zeitung.de/politik/kursk-1234.amp.html",
        "https://zeitung.de/politik/kursk-1234.html/amp",
        "https://zeitung.de/amp/politik/kursk-1234.html",
        "https://amp.zeitung.de/politik/kursk-1234.html?outputType=amp",
        "https://www.google.com/amp/s/www.zeitung.de/politik/kursk-1234.html",
        "https://www-zeitung-de.cdn.ampproject.org/c/s/www.zeitung.de/politik/kursk-1234.html?usqp=1",
        "https://zeitung.de/politik/kursk-1234.html;jsessionid=0815",
        " <https://zeitung.de/politik/kursk-1234.html>. ",
        "(https://zeitung.de/politik/kursk-1234.html)",
    ],
)
def test_one_article_has_one_address_however_it_was_linked(url: str) -> None:
    assert canonical_url(url) == ARTICLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://zeitung.de/a?id=1", "https://zeitung.de/a?id=2"),
        ("https://zeitung.de/a?ref=12345", "https://zeitung.de/a?ref=12346"),
        ("https://zeitung.de/a?uid=7", "https://zeitung.de/a"),
        ("https://zeitung.de/a?seite=2", "https://zeitung.de/a"),
        ("https://zeitung.de/Aa", "https://zeitung.de/aa"),
        ("https://zeitung.de/a", "https://zeitung.at/a"),
        ("https://blog.zeitung.de/a", "https://zeitung.de/a"),
        ("https://zeitung.de:8080/a", "https://zeitung.de/a"),
        ("https://zeitung.de/ratgeber/amp-stecker", "https://zeitung.de/ratgeber/stecker"),
        ("https://mobil.de/a", "https://de/a"),
        ("https://eins.blogspot.com/a", "https://zwei.blogspot.com/a"),
    ],
)
def test_two_articles_stay_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_parameters_count_in_any_order_and_however_they_are_escaped() -> None:
    one = canonical_url("https://zeitung.de/s%C3%BCden?b=%7e1&a=x+y")
    assert one == canonical_url("https://zeitung.de/süden?a=x%20y&b=~1")


def test_a_bracket_that_belongs_to_the_address_stays() -> None:
    assert canonical_url("https://x.org/Kursk_(Stadt)") == "https://x.org/Kursk_(Stadt)"


@pytest.mark.parametrize(
    "text", ["", "1", "kursk", "mailto:a@b.de", "https://", "http://[::1", "ü"]
)
def test_what_is_no_web_address_stays_as_it_is(text: str) -> None:
    assert canonical_url(text) == text


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("https://www.zeitung.de/ausland/kursk.html?utm_source=c", "https://zeitung.de/ausland/kursk.html"),
        ("/ausland/kursk.html", "https://zeitung.de/ausland/kursk.html"),
        ("//amp.zeitung.de/a-1", "https://zeitung.de/a-1"),
        ("https://agentur.de/kursk", ARTICLE),
        ("https://zeitung.de/", ARTICLE),
        ("https://www.zeitung.de", ARTICLE),
        ("https://zeitung.de/politik/", ARTICLE),
        ("javascript:alert(1)", ARTICLE),
        ("http://[", ARTICLE),
        ("", ARTICLE),
    ],
)  # fmt: skip
def test_what_a_page_declares_counts_on_its_own_site_alone(declared: str, expected: str) -> None:
    assert canonical_url(ARTICLE, declared) == expected


def test_the_second_page_of_an_article_may_point_to_the_first() -> None:
    first = "https://zeitung.de/politik/was-in-kursk-geschah"
    assert canonical_url(f"{first}/seite-2", first) == first


def test_sites_are_told_apart_by_what_was_registered() -> None:
    assert same_site("https://www.bbc.co.uk/a", "http://news.bbc.co.uk/b")
    assert not same_site("https://bbc.co.uk/a", "https://itv.co.uk/a")
    assert not same_site("https://eins.blogspot.com", "https://zwei.blogspot.com")
    assert not same_site("kein link", "kein link")


@given(
    st.from_regex(
        r"https?://(www\.|m\.)?[a-z]{1,8}\.(de|org|co\.uk)(/[\w.%-]{0,9}){0,4}(\?\w{0,9}=\w*)?"
    )
    | st.text(max_size=60)
)
def test_the_canonical_form_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
