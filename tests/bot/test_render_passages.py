from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.excerpt import units
from bot.passages import Match
from bot.render import MESSAGE_LIMIT
from bot.render_passages import PAGE_SIZE, pages_of, render_matches
from bot.types import Language, Quote
from index.types import Article, Span, StoredArticle
from tests.bot.discord_markdown import read


def match(number: int, text: str, **values: str) -> Match:
    article = Article(
        values.get("title", "Titel"),
        text,
        datetime(2026, 11, 22, tzinfo=UTC),
        url=values.get("url"),
        outlet=values.get("outlet"),
    )
    stored = StoredArticle(number, article)
    return Match(stored, Quote(stored, Span(article, 0, len(text)), 0.0))


@pytest.mark.parametrize("sign", ["*", "@", "😀", "[", "\n> ", "<@1> "])
def test_whatever_is_in_them_a_page_fits_into_a_message_and_does_nothing(sign: str) -> None:
    url = f"https://nachrichten.example/{'a' * 2000}"
    some = [
        match(i, "a" + sign * 400, title="b" + sign * 300, outlet=sign * 100 + "c", url=url)
        for i in range(PAGE_SIZE)
    ]
    for language in Language:
        shown = render_matches(sign * 100, some, 0, language)
        assert units(shown) <= MESSAGE_LIMIT
        assert {"mention", "spoiler", "url", "emoji"}.isdisjoint(read(shown).effects)


def test_nothing_found_is_said() -> None:
    assert render_matches("Kursk", [], 0, Language.GERMAN).splitlines() == [
        "Gesucht: **Kursk**",
        "Dazu habe ich nichts gefunden.",
    ]


def test_there_are_as_many_pages_as_are_needed() -> None:
    one = match(1, "Text.")
    assert [pages_of([one] * n) for n in (0, 1, PAGE_SIZE, PAGE_SIZE + 1)] == [1, 1, 1, 2]
