from __future__ import annotations

import pytest

from bot.excerpt import units
from bot.excerpt_limits import ExcerptLimits
from bot.news.claim import Account
from bot.news.history import History, history_of
from bot.render import MESSAGE_LIMIT
from bot.render_timeline import (
    picture_description,
    render_timeline,
    timeline_pages,
)
from bot.types import Language
from index.filter import Filter
from tests.bot.discord_markdown import read
from tests.bot.news.claims import account, claim, falkenried

GERMAN = Language.GERMAN


def history(told: Account, stated: dict[int, int] | None = None) -> History:
    return history_of("Wie ging es weiter?", told, ExcerptLimits(), stated or {})


def test_each_value_has_its_moment_voice_quotation_and_link() -> None:
    shown = read(render_timeline(history(account(falkenried())), 0, GERMAN))
    lines = shown.text.splitlines()
    assert "2025" in lines[0]
    assert lines[0].endswith("Uhr · mind. 12 · Polizei")
    assert lines[1] == "»Nach Angaben der Polizei sind mindestens zwölf Menschen verletzt worden.«"
    assert lines[2] == "Bericht 1 · dna"
    assert lines[12].endswith("· 26 · Police · aktuell")
    assert lines[-1] == "5 unabhängige Quellen"
    assert [address.partition("#")[0] for _, address in shown.links] == [
        "https://dna.example/1", "https://dna.example/2", "https://alpenbote.example/3",
        "https://dna.example/4", "https://hallingen-herald.example/5",
    ]  # fmt: skip
    assert "zwölf Menschen" in shown.bold


def test_one_value_is_told_to_be_the_only_one() -> None:
    text = render_timeline(history(account(falkenried()[:1])), 0, Language.ENGLISH)
    assert text.startswith("**Only one statement so far:**")
    assert "current" not in text


def test_the_period_that_was_understood_is_said() -> None:
    only = Filter(outlets=frozenset({"dna"}))
    text = render_timeline(history(account(falkenried())), 0, GERMAN, only=only)
    assert text.startswith("-# Medium: dna")


def test_of_a_site_that_lets_nothing_be_shown_there_is_the_title_alone() -> None:
    shown = read(render_timeline(history(account(falkenried()), {1: 0}), 0, GERMAN)).text
    assert "zwölf" not in shown
    assert "12 ·" not in shown
    assert "Bericht 1 · dna · Aus diesem Artikel darf ich nichts zeigen." in shown


def test_who_only_repeats_a_value_is_named_with_it() -> None:
    told = [
        claim(1, "Es gibt 27 Verletzte.", "27", "27"),
        claim(2, "Es sind 27 Verletzte.", "27", "27", outlet="Tagesruf"),
    ]
    assert "ebenso: Tagesruf" in render_timeline(history(account(told)), 0, GERMAN)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("sign", ["a", "*", "\U0001f600", "_~", "\u0301"])
def test_all_values_stand_on_pages_that_fit(language: Language, sign: str) -> None:
    told = [
        claim(
            i, f"Im Ort sind {i} Leute" + f" {sign * 3}b" * 60 + ".", str(i), str(i),
            outlet=f"Blatt {i} {sign * 70}", title=f"Bericht {i} {sign * 200}",
            url=f"https://blatt.example/{i}/" + "x" * 800,
        )
        for i in range(1, 15)
    ]  # fmt: skip
    found = history(account(told))
    pages = [render_timeline(found, page, language) for page in range(20)]
    count = len(timeline_pages(found, language))
    assert 1 < count < 15
    assert all(units(page) <= MESSAGE_LIMIT for page in pages)
    assert pages[count - 1 :] == [pages[count - 1]] * (21 - count)
    shown = "".join(read(page).text for page in pages[:count])
    for i in range(1, 15):
        assert f"Im Ort sind {i} Leute" in shown


def test_people_who_do_not_see_the_picture_are_told_its_values() -> None:
    told = picture_description(history(account(falkenried())), GERMAN)
    assert told.startswith("Verlauf: ")
    assert "mind. 12 (dna)" in told
    many = [claim(i, f"Es sind {i}.", str(i), str(i)) for i in range(1, 60)]
    assert len(picture_description(history(account(many)), GERMAN)) <= 1024


def test_a_step_is_told_once_as_it_stands_in_its_article() -> None:
    told = [
        claim(1, "Sie lehnt einen Rücktritt ab.", "Sie lehnt einen Rücktritt ab"),
        claim(2, "Sie ist zurückgetreten.", "Sie ist zurückgetreten"),
    ]
    text = render_timeline(history(account(told)), 0, GERMAN)
    assert text.count("lehnt einen Rücktritt ab") == 1
    assert "**" not in text
