from __future__ import annotations

import pytest

from bot.client import BelegClient
from bot.commands.help import help_text
from bot.excerpt import units
from bot.guild_settings import GuildSettings
from bot.permissions import Person
from bot.types import Language
from tests.discord_server import Channel, Guild, Member

DE, EN = Language.GERMAN, Language.ENGLISH
READER = Person(1, frozenset(), manages=False)
EDITOR = Person(1, frozenset({5}), manages=False)
ADMIN = Person(1, frozenset(), manages=True)
CHOSEN = GuildSettings(ask_role=4, add_roles=frozenset({5}), channels=frozenset({7}))


@pytest.mark.parametrize(
    ("person", "settings", "named", "unnamed"),
    [
        (READER, GuildSettings(), ["/frage", "/datenschutz"], ["/artikel", "/einstellungen"]),
        (READER, CHOSEN, ["<@&4>", "/vergiss-mich"], ["/frage", "/artikel", "<#7>"]),
        (EDITOR, CHOSEN, ["/frage", "<#7>", "/artikel hinzufügen", "/lücken"], ["/protokoll"]),
        (ADMIN, GuildSettings(), ["/frage", "/artikel entfernen", "/protokoll"], ["<#", "<@&"]),
    ],
)
def test_everybody_sees_what_they_may_do(
    person: Person, settings: GuildSettings, named: list[str], unnamed: list[str]
) -> None:
    text = help_text(DE, settings, person, DE)
    assert all(words in text for words in named)
    assert not any(words in text for words in unnamed)


@pytest.mark.parametrize("language", list(Language))
def test_the_longest_help_fits(language: Language) -> None:
    channels = frozenset(range(2**63 - 25, 2**63))
    text = help_text(language, GuildSettings(channels=channels), ADMIN, language)
    assert units(text) <= 2000


def test_commands_bear_the_names_that_the_person_sees() -> None:
    text = help_text(DE, GuildSettings(), READER, EN)
    assert "`/ask` · Beantwortet" in text


async def test_members_are_helped_in_their_language(
    client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    for who, name in ((member, "`/frage`"), (guild.add_member("Joe", locale="fr"), "`/ask`")):
        message = await (await who.slash(channel, "help")).final_message()
        assert message.ephemeral
        assert name in message.content
        assert "/settings" not in message.content
