from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from index.errors import ExtractionError
from index.extract import extract
from index.limited_process import Limits
from index.parsing import ParserProcess
from index.types import DateOrigin, Given, Page, Published

FETCHED = datetime(2025, 1, 1, 12, tzinfo=UTC)
LIES = "tests.hostile_work:lie"
PARAGRAPH = "Der Stadtrat von Linden hat am Montag den Haushalt für das Jahr 2025 beschlossen. " * 3


def page(body: str) -> Page:
    text = f"<html><head><title>Haushalt</title></head><body><h1>Haushalt</h1>{body}</body></html>"
    return Page(text.encode(), "text/html", "utf-8", "https://zeitung.example/a", "seite.html")


PAGE = page(f"<article><p>{PARAGRAPH}</p><p>Die „Mehrheit“ war knapp: 14 zu 9.</p></article>")
GIVEN = Given(
    outlet="Zeitung",
    published=Published.parse("2024-11-01T08:30:00+01:00", DateOrigin.FEED),
    source_id="7",
)


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    parser = ParserProcess()
    yield parser
    parser.close()


def test_an_article_comes_back_as_it_was_read(parser: ParserProcess) -> None:
    assert parser.read(PAGE, GIVEN, FETCHED) == extract(PAGE, GIVEN, FETCHED)


def test_a_refusal_comes_back_with_its_details(parser: ParserProcess) -> None:
    with pytest.raises(ExtractionError) as caught:
        parser.read(page(""), Given(), FETCHED)
    assert caught.value.code == "no_readable_text"
    assert caught.value.details == {"source": "seite.html"}


def test_a_fault_in_the_parser_is_told_to_the_log_and_costs_one_page(
    parser: ParserProcess, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Page(PAGE.content, None)  # type: ignore[arg-type] # what no fetcher makes
    with pytest.raises(ExtractionError) as caught:
        parser.read(broken, Given(), FETCHED)
    assert (caught.value.code, caught.value.details) == ("source_fault", {"kind": "AttributeError"})
    assert "Traceback" in caplog.text
    assert parser.read(PAGE, GIVEN, FETCHED).article.title == "Haushalt"


@pytest.mark.parametrize(
    ("work", "seconds", "code"),
    [
        ("sleep", 0.5, "page_too_slow"),
        ("eat memory", 20.0, "page_breaks_parser"),
        ("crash", 20.0, "page_breaks_parser"),
    ],
)
def test_a_page_that_hangs_or_kills_its_parser_is_refused_and_the_next_is_read(
    work: str, seconds: float, code: str
) -> None:
    parser = ParserProcess(Limits(2**28, 5, seconds, 60.0), "tests.hostile_work:parse")
    try:
        with pytest.raises(ExtractionError) as caught:
            parser.read(page(f"<!-- hostile: {work} -->"), Given(), FETCHED)
        assert (caught.value.code, caught.value.details) == (code, {"source": "seite.html"})
        assert parser.read(PAGE, GIVEN, FETCHED) == extract(PAGE, GIVEN, FETCHED)
    finally:
        parser.close()


@pytest.mark.parametrize("number", range(5))
def test_an_answer_that_no_parser_gives_is_not_believed(number: int) -> None:
    parser = ParserProcess(Limits(2**28, 5, 20.0, 60.0), LIES)
    request = Page(b"x" * number, "text/html")
    try:
        with pytest.raises(ExtractionError) as caught:
            parser.read(request, Given(), FETCHED)
        assert caught.value.code == "page_breaks_parser"
    finally:
        parser.close()
