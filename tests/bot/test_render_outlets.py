from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.excerpt import units
from bot.outlets import Outlet
from bot.render import MESSAGE_LIMIT
from bot.render_outlets import PAGE_SIZE, pages_of, render_outlets
from bot.types import Language
from tests.bot.discord_markdown import read

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)


def test_each_outlet_has_a_line_with_its_newest_article_and_the_last_fetch() -> None:
    some = [
        Outlet("Bote", 2, date(2026, 11, 1), FETCHED, ("bote.example",)),
        Outlet(None, 1, None, FETCHED),
    ]
    moment = f"zuletzt geholt <t:{int(FETCHED.timestamp())}:f>"
    permitted = "mit Erlaubnis trotz Vorbehalt: bote.example"
    assert render_outlets(some, 0, Language.GERMAN).splitlines() == [
        "**3 Artikel**, Quellen: 2, Seite 1 von 1",
        f"- **Bote** · 2 Artikel · neuester vom 1. November 2026 · {moment} · {permitted}",
        f"- **Ohne Angabe** · 1 Artikel · {moment}",
    ]


def test_no_articles_are_said_to_be_none() -> None:
    assert "noch keine Artikel" in render_outlets([], 0, Language.GERMAN)
    assert pages_of([]) == 1


@pytest.mark.parametrize("sign", ["*", "@", "😀", "[", "\n> ", "<@1> "])
def test_whatever_they_are_called_a_page_fits_into_a_message_and_does_nothing(sign: str) -> None:
    some = [
        Outlet(f"a{sign * 300}", 10**6, date(2026, 11, 22), FETCHED, (f"h{sign * 200}",))
        for _ in range(PAGE_SIZE)
    ]
    for language in Language:
        shown = render_outlets(some, 0, language)
        assert units(shown) <= MESSAGE_LIMIT
        assert {"mention", "spoiler", "url", "emoji"}.isdisjoint(read(shown).effects)
