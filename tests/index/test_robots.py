"""Which rule of a robots.txt forbids an address: by RFC 9309, for Beleg alone."""

import pytest

from index.robots import LONGEST_FILE, matches, read_robots

NEWS = "https://public.test/news/1?x=y"


def refusing(text: str, url: str = NEWS) -> str | None:
    return read_robots(text.encode()).refusing(url)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("User-agent: *\nDisallow: /", "Disallow: /"),
        ("user-agent: BELEG\ndisallow: /news/", "disallow: /news/"),
        ("User-agent: Beleg/1.0\nDisallow: /", "Disallow: /"),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "Disallow: /"),
        ("User-agent: *\rDisallow: /\r", "Disallow: /"),
        ("User-agent: *\nDisallow: /*?x=", "Disallow: /*?x="),
        ("User-agent: *\nDisallow: /news/1?x=y$", "Disallow: /news/1?x=y$"),
        ("User-agent: *\nDisallow: /n%65ws/", "Disallow: /n%65ws/"),
        ("User-agent: other\nUser-agent: *\nCrawl-delay: 9\nDisallow: /", "Disallow: /"),
        # groups for the same name are one
        (
            "User-agent: beleg\nDisallow: /x\nUser-agent: beleg\nDisallow: /news",
            "Disallow: /news",
        ),
        # the longest match, whatever the order
        ("User-agent: *\nAllow: /\nDisallow: /news/", "Disallow: /news/"),
        ("User-agent: *\nDisallow: /news/\nDisallow: /\nAllow: /n", "Disallow: /news/"),
        # a sitemap between them parts no group
        ("User-agent: *\nSitemap: https://x.test/s.xml\nDisallow: /", "Disallow: /"),
        ("User-agent: a\nSitemap: https://x.test/s.xml\nUser-agent: *\nDisallow: /", "Disallow: /"),
        ("User-agent: *\nDisallow: / # alles", "Disallow: /"),
    ],
)
def test_what_is_forbidden_names_its_rule(text: str, rule: str) -> None:
    assert refusing(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!doctype html><title>Nicht gefunden</title>",
        "Disallow: /",  # for nobody
        "User-agent: *\nDisallow:",
        "User-agent: *\nDisallow: /\n\nUser-agent: Beleg\nAllow: /",
        "User-agent: *\nDisallow: /\n\nUser-agent: Beleg",  # a group of its own without rules
        "User-agent: *\nDisallow: /news\nAllow: /news",  # allow goes first among equals
        "User-agent: *\nDisallow: /NEWS",
        "User-agent: *\nDisallow: /news/1$",
        # names that only begin like ours, or have ours in them
        "User-agent: Bel\nDisallow: /",
        "User-agent: BelegNews\nDisallow: /",
        "User-agent: Beleg-News\nDisallow: /",
        "User-agent: *bot\nDisallow: /",
        "User-agent:\nDisallow: /",
        "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /",
        "User-agent: *\nUser-agent: x\nAllow: /\n\nUser-agent: y\nDisallow: /",
    ],
)
def test_what_is_not_forbidden_is_allowed(text: str) -> None:
    assert refusing(text) is None


def test_what_comes_after_the_limit_is_not_read() -> None:
    filler = "# " + "x" * LONGEST_FILE + "\n"
    assert refusing(f"User-agent: *\nDisallow: /news\n{filler}Allow: /news/1") == "Disallow: /news"
    assert refusing(f"User-agent: *\n{filler}Disallow: /") is None


def test_bytes_that_are_no_text_have_no_rules() -> None:
    assert read_robots(bytes(range(256)) * 100).refusing(NEWS) is None


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [("/", True), ("/news/*", True), ("/news/1?x=y$", True), ("/news$", False), ("", False)],
)
def test_a_path_with_wildcards_fits_or_not(pattern: str, fits: bool) -> None:
    assert matches(pattern, NEWS) is fits
