"""Pages that try to trick the reader: `tests/pages/trick/manifest.toml` says what each comes to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from index.errors import ExtractionError
from index.extract import extract
from index.parsing import LIMITS, ParserProcess
from index.types import Given, Page
from tests.making import make_corpus

PAGES = Path(__file__).parents[1] / "pages" / "trick"
EXPECTED = tomllib.loads((PAGES / "manifest.toml").read_text(encoding="utf-8"))
FETCHED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def cases(*, refused: bool) -> list[str]:
    pages = EXPECTED["pages"]
    return [name for name, expected in pages.items() if ("refused" in expected) is refused]


def expected_of(name: str) -> dict[str, Any]:
    return {
        **{key: EXPECTED[key] for key in ("title", "text", "forbidden")},
        **EXPECTED["pages"][name],
    }


def page(name: str) -> Page:
    content = (PAGES / f"{name}.html").read_bytes()
    return Page(content, "text/html", expected_of(name).get("charset"), source=name)


def test_every_page_has_its_expectation_and_there_are_many() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED["pages"])
    assert len(EXPECTED["pages"]) >= 25


@pytest.mark.parametrize("name", cases(refused=False))
def test_a_trick_page_comes_to_what_is_written_beside_it(name: str, tmp_path: Path) -> None:
    expected = expected_of(name)
    extracted = extract(page(name), Given(), FETCHED)
    article = extracted.article
    assert article.title == expected["title"]
    if "has" in expected:
        assert all(words in article.text for words in expected["has"])
        assert not any(words in article.text for words in expected.get("hasnot", ()))
    else:
        assert article.text.split("\n\n") == expected["text"]
    dates = [date.isoformat() if date else None for date in (article.published, article.updated)]
    assert dates == [expected.get("published"), expected.get("updated")]
    assert list(article.authors) == expected.get("authors", [])
    assert extracted.canonical == expected.get("canonical")
    corpus = make_corpus(tmp_path)
    corpus.add(article)
    corpus.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert expected["title"].encode() in written
    for word in expected["forbidden"]:
        assert word.encode() not in written


@pytest.mark.parametrize("name", cases(refused=True))
def test_a_page_that_holds_no_article_back_is_refused_by_name(name: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(page(name), Given(), FETCHED)
    assert (caught.value.code, caught.value.details["source"]) == (
        expected_of(name)["refused"],
        name,
    )


PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in EXPECTED["text"])
START = f"<!doctype html><html><head><title>{EXPECTED['title']}</title></head><body>"
ARTICLE = f"<article><h1>{EXPECTED['title']}</h1>{PARAGRAPHS}</article>"
MEGABYTE = 1024 * 1024
REFUSALS = {"page_too_slow", "page_breaks_parser", "article_too_long", "no_readable_text"}


def hostile() -> dict[str, str]:
    """Return pages too large for a file, each of which holds the article and something endless."""
    return {
        "elements without end": ARTICLE + "<div class='a b'><i></i></div>" * 30_000,
        "endless nesting below": ARTICLE + "<div>" * 100_000 + "x",
        "endless nesting around": "<div>" * 100_000 + ARTICLE,
        "endless inline nesting": ARTICLE.replace("<p>", "<p>" + "<b><i><a href=/x>" * 20_000, 1),
        "a million brackets": ARTICLE + "<" * MEGABYTE,
        "a million entities": ARTICLE + "<p>" + "&amp;" * 200_000,
        "a word without end": ARTICLE + "<p>" + "a" * MEGABYTE,
        "dates without end": ARTICLE.replace(
            "</h1>", "</h1><p>" + "1.1.2026, " * 50_000 + "</p>", 1
        ),
        "names without end": ARTICLE.replace(
            "</h1>", "</h1><p>Von " + "Anna " * 50_000 + "</p>", 1
        ),
        "spaces without end": ARTICLE.replace("</h1>", f"</h1><p>cookies{' ' * MEGABYTE}</p>", 1),
        "styles without end": "<style>" + ".a .b{color:red}" * 60_000 + "</style>" + ARTICLE,
        "braces without end": "<style>" + "@media{" * 100_000 + "</style>" + ARTICLE,
        "comments without end": "<style>" + "/*" * 200_000 + "</style>" + ARTICLE,
        "brackets in json": f"<script type='application/ld+json'>{'[' * MEGABYTE}</script>"
        + ARTICLE,
        "attributes without end": ARTICLE
        + "<p "
        + " ".join(f"a{i}=1" for i in range(50_000))
        + ">",
        "lists in lists": ARTICLE + "<ul><li>" * 30_000,
        "tables in tables": ARTICLE + "<table><tr><td>" * 30_000,
    }


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    parser = ParserProcess(replace(LIMITS, cpu_seconds=1))
    yield parser
    parser.close()


@pytest.mark.parametrize("name", hostile())
def test_a_page_that_would_stop_a_parser_costs_seconds_at_most(
    name: str, parser: ParserProcess
) -> None:
    content = (START + hostile()[name]).encode()
    try:
        article = parser.read(Page(content, "text/html", source=name), Given(), FETCHED).article
    except ExtractionError as error:
        assert error.code in REFUSALS  # noqa: PT017 - either outcome is fine
    else:
        assert article.title == EXPECTED["title"]
        assert all(paragraph in article.text for paragraph in EXPECTED["text"])


def test_a_page_that_hangs_the_library_under_it_is_given_up(parser: ParserProcess) -> None:
    attributes = " ".join(f"a{i}=1" for i in range(50_000))  # quadratic in libxml2
    content = f"{START}{ARTICLE}<p {attributes}>".encode()
    with pytest.raises(ExtractionError) as caught:
        parser.read(Page(content, "text/html", source="seite"), Given(), FETCHED)
    assert caught.value.code == "page_too_slow"
    plain = Page(f"{START}{ARTICLE}".encode(), "text/html")
    assert parser.read(plain, Given(), FETCHED).article.title == EXPECTED["title"]


def test_three_megabytes_of_markup_are_read() -> None:
    markup = "<div class='cell cell--wide' style='margin: 0' data-state='%s'><i></i></div>" % (
        "x" * 220
    )
    content = (START + markup * 5_000 + ARTICLE + markup * 5_000).encode()
    assert len(content) > 3 * MEGABYTE * 0.9
    article = extract(Page(content, "text/html"), Given(), FETCHED).article
    assert article.text.split("\n\n") == EXPECTED["text"]
