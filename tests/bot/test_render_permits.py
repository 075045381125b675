from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.excerpt import units
from bot.render import MESSAGE_LIMIT
from bot.render_permits import PAGE_SIZE, pages_of, render_permits, render_permitted
from bot.types import Language
from index.override_table import Override
from tests.bot.discord_markdown import read

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_line_says_which_site_when_who_and_why_and_what_it_said() -> None:
    one = Override("b.example", "ada", NOW, "Mail", "Disallow: /\n\ntdm-reservation: 1")
    shown = render_permits([one], 0, Language.GERMAN)
    assert shown.splitlines() == [
        "**Websites, deren Vorbehalt hier nicht gilt, Seite 1 von 1**",
        f"- **b.example** · <t:{int(NOW.timestamp())}:f> · ada · Mail",
        "-# Disallow: /",
        "-# tdm-reservation: 1",
    ]


def test_a_site_that_says_nothing_is_said_to_say_nothing() -> None:
    one = Override("b.example", "7", NOW, "Mail", "")
    assert "sagt die Website nichts dazu" in render_permitted(one, Language.GERMAN)
    assert pages_of([]) == 1
    assert pages_of([one] * (PAGE_SIZE + 1)) == 2


def test_of_a_site_that_could_not_be_asked_a_sentence_says_so() -> None:
    one = Override("b.example", "7", NOW, "Mail", "dns_failed")
    for shown in (
        render_permitted(one, Language.GERMAN),
        render_permits([one], 0, Language.GERMAN),
    ):
        assert "dns" not in shown
        assert shown.endswith("-# Ich finde b.example nicht. Ist die Adresse richtig geschrieben?")


@pytest.mark.parametrize("sign", ["*", "@", "😀", "[", "<@1> ", "\n> "])
def test_whatever_was_entered_it_fits_into_a_message_and_does_nothing(sign: str) -> None:
    bad = f"a{sign * 300}b"
    some = [Override(bad, bad, NOW, bad, "\n".join([bad] * 9))] * PAGE_SIZE
    for language in Language:
        for shown in (render_permits(some, 0, language), render_permitted(some[0], language)):
            assert units(shown) <= MESSAGE_LIMIT
            assert {"mention", "spoiler", "url", "emoji"}.isdisjoint(read(shown).effects)
