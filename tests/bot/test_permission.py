"""What sites permit, from the address to the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.commands.failures import sentence_for
from bot.desk import Desk
from bot.rank import shipped_weights
from bot.reading import fitting
from bot.types import Language
from index.errors import FetchError, ReservedError
from index.library import Library
from index.override_table import Vouched
from index.rights import PermittedFetcher, SiteRights
from index.types import Given, Page
from tests.fake_internet import FakeInternet, redirect, response
from tests.fakes import HashingEmbedder

URL = "http://public.test/1"
SENTENCE = "Rund 8.000 Soldaten stehen nach Angaben des Ministeriums in Kursk."
TEXT = f"Truppen in Kursk\n\n{SENTENCE} Am Freitag tagt der Sicherheitsrat."
QUESTION = "Wie viele Soldaten stehen in Kursk?"
VOUCHED = Vouched("ada", "Absprache")


@pytest.fixture
async def desk(internet: FakeInternet, tmp_path: Path) -> AsyncIterator[Desk]:
    missing = response(b"", status="404 Not Found")
    internet.pages.update({"/robots.txt": missing, "/.well-known/tdmrep.json": missing})
    library = Library(tmp_path, HashingEmbedder())
    answering = Answering(replace(fitting(shipped_weights(), None), threshold=0.0001))
    async with internet.fetcher() as guarded:
        fetcher = PermittedFetcher(guarded, SiteRights(guarded, lambda: datetime.now(UTC)))
        async with Desk(library, fetcher, answering) as desk:
            yield desk
    library.close()


def article(*lines: str) -> bytes:
    return response(TEXT.encode(), *lines, content_type="text/plain; charset=utf-8")


async def test_an_article_without_a_word_on_snippets_is_quoted(
    internet: FakeInternet, desk: Desk
) -> None:
    internet.pages["/1"] = article()
    await desk.add_address("one", URL, Given())
    answer = await desk.ask("one", QUESTION)
    assert SENTENCE in answer.quotes[0].text
    assert answer.unquoted == ()


@pytest.mark.parametrize("directive", ["nosnippet", "max-snippet:0", "max-snippet:20"])
async def test_an_article_that_wants_no_snippet_is_named_and_not_quoted(
    internet: FakeInternet, desk: Desk, directive: str
) -> None:
    internet.pages["/1"] = article(f"X-Robots-Tag: {directive}")
    receipt = await desk.add_address("one", URL, Given())
    answer = await desk.ask("one", QUESTION)
    assert answer.answered
    assert answer.quotes == ()
    assert [stored.id for stored in answer.unquoted] == [receipt.stored.id]


async def test_what_the_site_states_last_counts_and_a_file_changes_nothing(
    internet: FakeInternet, desk: Desk
) -> None:
    internet.pages["/1"] = article("X-Robots-Tag: nosnippet")
    await desk.add_address("one", URL, Given())
    changed = TEXT.replace("8.000", "9.000")
    await desk.add_page("one", Page(changed.encode(), "text/plain"), Given(url=URL))
    assert (await desk.ask("one", QUESTION)).quotes == ()
    internet.pages["/1"] = article()
    await desk.add_address("one", URL, Given())
    assert (await desk.ask("one", QUESTION)).quotes != ()


async def test_somebody_s_word_opens_each_site_on_the_way_in_one_corpus(
    internet: FakeInternet, desk: Desk
) -> None:
    internet.pages["/robots.txt"] = response(b"User-agent: *\nDisallow: /", content_type=None)
    internet.pages.update({"/1": redirect("http://other.test/2"), "/2": article()})
    with pytest.raises(ReservedError):
        await desk.add_address("one", URL, Given())
    await desk.add_address("one", URL, Given(), VOUCHED)
    overrides = await desk.look("one", lambda corpus: corpus.overrides.all())
    assert [(each.host, each.by, each.reason, each.stated) for each in overrides] == [
        ("other.test", "ada", "Absprache", "Disallow: /"),
        ("public.test", "ada", "Absprache", "Disallow: /"),
    ]
    await desk.add_address("one", URL, Given())
    with pytest.raises(ReservedError):
        await desk.add_address("two", URL, Given())


async def test_nobody_s_word_opens_what_is_out_of_reach(internet: FakeInternet, desk: Desk) -> None:
    with pytest.raises(FetchError, match="address_blocked"):
        await desk.add_address("one", "http://private.test/", Given(), VOUCHED)
    assert await desk.look("one", lambda corpus: corpus.overrides.all()) == []


def test_on_discord_a_rule_from_a_site_does_nothing_and_settings_are_not_named() -> None:
    rule = "Disallow: /[x](https://evil.test) **@everyone**"
    error = ReservedError("robots_disallowed", host="public.test", rule=rule)
    said = sentence_for(error, Language.GERMAN)
    assert "](https://evil" not in said
    assert "**@everyone" not in said
    assert "beleg permit public" in said
    blocked = sentence_for(FetchError("address_blocked", host="nas.lan"), Language.GERMAN)
    assert "BELEG_FETCH_ALLOW" not in blocked
