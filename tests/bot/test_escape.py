from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.escape import can_carry_link, escape, masked_link, safe_address
from tests.bot.discord_markdown import read

ACTING = [
    "@everyone",
    "@here",
    "<@123456789012345678>",
    "<@!123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "</ask:123456789012345678>",
    "<id:browse>",
    "<t:1730419200:R>",
    "<:wave:123456789012345678>",
    "<a:wave:123456789012345678>",
    ":skull:",
    ":+1:",
    "[Zum Artikel](https://evil.example)",
    "[[3]](https://evil.example)",
    "https://evil.example/x",
    "<https://evil.example/x>",
    "discord.gg/abc",
    "DISCORD.COM/invite/abc",
    "**fett**",
    "*schräg*",
    "_schräg_",
    "__unter__",
    "~~weg~~",
    "||geheim||",
    "`code`",
    "```\ncode\n```",
    "# Große Schrift",
    "-# Kleine Schrift",
    "- Liste",
    "+ Liste",
    "* Liste",
    "1. Liste",
    "Erst.\n2. Liste",
    "> Zitat",
    ">>> Zitat",
    "  > Zitat",
]


@pytest.mark.parametrize("text", ACTING)
def test_what_discord_would_act_on_is_shown_as_its_characters(text: str) -> None:
    assert read(text).acts, "the reader must know what it is looking for"
    shown = read(escape(text))
    assert shown.text == text
    assert not shown.acts


@given(st.text(alphabet=st.sampled_from("ab1 \n\\*_~`|<>[]()#@:/-+.!&te"), max_size=60))
@example("\\")
@example("\\\\*a*")
@example("¯\\_(ツ)_/¯")
def test_no_mixture_of_marks_acts(text: str) -> None:
    shown = read(escape(text))
    assert shown.text == text
    assert not shown.acts


@pytest.mark.parametrize("text", ["8.000 Soldaten", "12:30 Uhr", "und/oder", "3. Mai", "50 % – ja"])
def test_ordinary_words_stay_as_they_are_inside_a_line(text: str) -> None:
    assert escape(f"Etwa {text}") == f"Etwa {text}"


def test_a_title_that_discord_would_not_link_is_known() -> None:
    assert can_carry_link("Soldaten in Kursk")
    assert not can_carry_link("")
    assert not can_carry_link("Video [3] online")
    assert not can_carry_link("https://orf.at berichtet")


def test_what_follows_a_link_cannot_lead_it_elsewhere() -> None:
    link = masked_link("Titel", "https://orf.at/a")
    shown = read(f"{link} · {escape('](https://evil.example)')}")
    assert shown.links == [("Titel", "https://orf.at/a")]
    assert not shown.effects


def test_a_masked_link_shows_the_title_and_leads_to_the_address() -> None:
    shown = read(masked_link("*Kursk* @everyone", "https://orf.at/a_%28b%29"))
    assert shown.links == [("*Kursk* @everyone", "https://orf.at/a_%28b%29")]
    assert not shown.effects


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "ftp://orf.at/", "https://", "orf.at", "https://[x"]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert safe_address(url) is None


def test_an_address_cannot_leave_its_brackets() -> None:
    address = safe_address("https://orf.at/a b)>[x](https://evil.example)#c_d")
    assert address == "https://orf.at/a%20b%29%3E%5Bx%5D%28https://evil.example%29#c_d"
    assert read(masked_link("Titel", address)).links == [("Titel", address)]
