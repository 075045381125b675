from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article_view import ArticleView
from bot.excerpt import units
from bot.render import MESSAGE_LIMIT
from bot.render_article import render_changes, render_view
from bot.types import Language
from index.types import Article, StoredArticle
from tests.bot.discord_markdown import read

FETCHED = datetime(2026, 11, 22, tzinfo=UTC)
OLD = "Rund 8.000 Soldaten sind dort. Moskau schweigt dazu bisher, sagt der Minister."
NEW = "Rund 9.000 Soldaten sind dort. Moskau schweigt, sagt der Minister."


def view(*texts: str, room: int = 600, stated: int | None = None, **given: str) -> ArticleView:
    versions = [
        StoredArticle(
            number,
            Article(
                given.get("title", "Titel"),
                text,
                FETCHED,
                url=given.get("url"),
                authors=(given["author"],) if "author" in given else (),
                outlet=given.get("outlet"),
            ),
        )
        for number, text in enumerate(texts, start=1)
    ]
    return ArticleView(tuple(versions), (), room, stated)


def test_changes_are_struck_out_and_bold() -> None:
    shown = read(render_changes(view(OLD, NEW), 2, Language.GERMAN))
    lines = shown.text.splitlines()
    assert lines[0].startswith("Fassung 2 von 2 · Titel")
    assert lines[2].startswith("Rund ~~8.000~~ 9.000 Soldaten")
    assert lines[3].endswith("Moskau schweigt ~~dazu bisher~~, sagt der Minister.")
    assert "9.000" in shown.bold
    assert shown.effects.count("strike") == 2


def test_another_headline_is_shown_whatever_may_be_shown_of_the_text() -> None:
    old, new = view(OLD, title="Acht Soldaten").newest, view(NEW, title="Neun Soldaten").newest
    changed = ArticleView((old, StoredArticle(2, new.article)), (), 0, 0)
    shown = render_changes(changed, 2, Language.GERMAN)
    assert "~~Acht~~ **Neun** Soldaten" in shown
    assert "8.000" not in shown
    assert "Geänderte Stellen: 2. Zeigen darf ich sie nicht." in shown


def test_what_was_left_out_is_counted() -> None:
    shown = render_changes(view(OLD, NEW, room=12), 2, Language.GERMAN)
    assert "Weitere geänderte Stellen: 1" in shown
    assert "dazu" not in shown


def test_the_same_wording_is_said_to_be_the_same() -> None:
    assert "nichts geändert" in render_changes(view(OLD, OLD), 2, Language.GERMAN)


@pytest.mark.parametrize(
    ("room", "stated", "sentence"),
    [
        (600, None, "Gezeigt werden höchstens 600 Zeichen am Stück."),
        (600, 900, "Gezeigt werden höchstens 600 Zeichen am Stück."),
        (0, None, "Gezeigt werden nur Überschrift und Link."),
        (90, 90, "Die Website erlaubt, höchstens 90 Zeichen zu zeigen."),
        (0, 0, "Die Website erlaubt nur Überschrift und Link."),
    ],
)
def test_how_much_may_be_shown_is_said_with_who_wants_it_so(
    room: int, stated: int | None, sentence: str
) -> None:
    assert sentence in render_view(view(OLD, room=room, stated=stated), Language.GERMAN)


def test_never_more_than_the_excerpt_is_shown() -> None:
    shown = read(render_view(view(OLD, room=40), Language.GERMAN)).text
    assert "»Rund 8.000 Soldaten sind dort.« …" in shown
    assert "Moskau" not in shown


@pytest.mark.parametrize("sign", ["*", "@", "~", "😀", "[", "\n> ", "<@1> ", "`"])
def test_whatever_is_in_it_it_fits_into_a_message_and_does_nothing(sign: str) -> None:
    texts = (f"Alt {sign * 900} ende.", f"Neu {sign * 800} anders {sign * 50}.")
    bad = f"a{sign * 300}b"
    one = view(*texts, room=2000, title=bad, author=bad, outlet=bad)
    for language in Language:
        for shown in (render_view(one, language), render_changes(one, 2, language)):
            assert units(shown) <= MESSAGE_LIMIT
            acting = {"mention", "spoiler", "url", "emoji", "code", "heading"}
            assert acting.isdisjoint(read(shown).effects)
