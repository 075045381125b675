from __future__ import annotations

from datetime import date

import pytest

from bot.excerpt import units
from bot.news.digest import Digest, Story
from bot.render import MESSAGE_LIMIT
from bot.render_digest import digest_pages, render_digest
from bot.types import Language, Quote
from index.filter import Filter
from index.types import Span, StoredArticle
from tests.bot.discord_markdown import read
from tests.making import make_article

WEEK = Filter(date(2025, 11, 3))
TODAY = date(2025, 11, 9)
GERMAN = Language.GERMAN


def story(number: int, *, others: int = 0, sign: str = "", shown: bool = True) -> Story:
    sentence = f"Am Ort {number} ist heute etwas geschehen{f' {sign}b' * 60 if sign else ''}."
    lead = StoredArticle(
        number,
        make_article(
            f"{sentence} Mehr davon.", title=f"Titel {number}{sign * 100}", outlet=f"Blatt{sign}",
            url=f"https://blatt.example/{number}", published="2025-11-05",
        ),
    )  # fmt: skip
    span = Span(lead.article, 0, len(sentence))
    rest = tuple(
        StoredArticle(1000 + number * 10 + i, make_article(outlet=f"Zeitung {i}{sign}")).headline
        for i in range(others)
    )
    quote = Quote(lead, span, 1.0, None, (span,)) if shown else None
    return Story(lead, quote, rest, 1 + others)


def test_each_story_has_title_outlet_date_sentence_and_who_else_tells_it() -> None:
    found = Digest(WEEK, (story(1, others=2), story(2)), 4)
    shown = read(render_digest(found, 0, GERMAN, TODAY))
    assert shown.text.splitlines() == [
        "Neu: letzte 7 Tage · 2 Themen, 4 Artikel",
        "Titel 1 · Blatt · 5. November 2025",
        "»Am Ort 1 ist heute etwas geschehen.«",
        "dazu noch 2 Artikel, auch von Zeitung 0, Zeitung 1",
        "Titel 2 · Blatt · 5. November 2025",
        "»Am Ort 2 ist heute etwas geschehen.«",
    ]
    assert [link.partition("#")[0] for _, link in shown.links] == [
        "https://blatt.example/1", "https://blatt.example/2",
    ]  # fmt: skip


def test_nothing_new_is_said_with_the_period() -> None:
    found = Digest(Filter(TODAY, TODAY), (), 0)
    assert render_digest(found, 0, Language.ENGLISH, TODAY) == "**Nothing new: 9 November 2025**"


def test_what_was_left_out_is_counted_and_what_may_not_be_shown_is_not() -> None:
    text = render_digest(Digest(WEEK, (story(1, shown=False),), 1, left=30), 0, GERMAN, TODAY)
    assert "geschehen" not in text
    assert "Titel 1" in text
    assert text.endswith("-# Nicht mehr dabei, weil es zu viele wären: 30 Artikel.")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("sign", ["a", "*", "\U0001f600", "_~"])
def test_all_stories_stand_on_pages_that_fit(language: Language, sign: str) -> None:
    found = Digest(WEEK, tuple(story(i, others=3, sign=sign) for i in range(1, 21)), 80, 5)
    count = len(digest_pages(found, language))
    pages = [render_digest(found, page, language, TODAY) for page in range(count + 2)]
    assert 2 < count < 20
    assert all(units(page) <= MESSAGE_LIMIT for page in pages)
    assert pages[count - 1] == pages[count + 1]
    shown = "".join(read(page).text for page in pages[:count])
    assert all(f"Am Ort {i} ist" in shown for i in range(1, 21))
