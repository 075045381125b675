from __future__ import annotations

import pytest
from discord.app_commands import Group

from bot.client import BelegClient
from bot.commands.help import Listed, help_text, listed_commands
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
ROOM = 4000  # of a message of components


@pytest.fixture
async def commands(client: BelegClient) -> list[Listed]:
    return await listed_commands(client.tree)


@pytest.mark.parametrize(
    ("person", "settings", "named", "unnamed"),
    [
        (
            READER,
            GuildSettings(),
            ["/frage", "/datenschutz", "Was sagen die Artikel dazu?"],
            ["/artikel", "/einstellungen", "/feed", "Artikel hinzufügen"],
        ),
        (READER, CHOSEN, ["<@&4>", "/vergiss-mich"], ["/frage", "/artikel", "<#7>"]),
        (
            EDITOR,
            CHOSEN,
            ["/frage", "<#7>", "/artikel hinzufügen", "/feed jetzt", "/lücken"],
            ["/protokoll", "/feed pausieren", "/artikel entfernen", "/erlaubnis"],
        ),
        (
            ADMIN,
            GuildSettings(),
            ["/frage", "/artikel entfernen", "/protokoll", "/erlaubnis eintragen"],
            ["<#", "<@&"],
        ),
    ],
)
def test_everybody_sees_what_they_may_do(
    commands: list[Listed],
    person: Person,
    settings: GuildSettings,
    named: list[str],
    unnamed: list[str],
) -> None:
    text = help_text(DE, settings, person, DE, commands)
    assert [words for words in named if words not in text] == []
    assert [words for words in unnamed if words in text] == []


@pytest.mark.parametrize("language", list(Language))
def test_an_administrator_sees_every_command_and_it_fits(
    client: BelegClient, commands: list[Listed], language: Language
) -> None:
    channels = frozenset(range(2**63 - 25, 2**63))
    settings = GuildSettings(channels=channels)
    text = help_text(language, settings, ADMIN, language, commands)
    assert units(text) <= ROOM
    everything = [one for one in client.tree.walk_commands() if not isinstance(one, Group)]
    menus = 2
    assert len([line for line in text.split("\n") if line.startswith("- ")]) == (
        len(everything) + menus
    )
    if language is EN:
        assert all(f"- `/{one.qualified_name}` · " in text for one in everything)


def test_commands_bear_the_names_that_the_person_sees(commands: list[Listed]) -> None:
    text = help_text(DE, GuildSettings(), READER, EN, commands)
    assert "`/ask` · Beantwortet" in text
    assert "What do the articles say?" in text


async def test_members_are_helped_in_their_language(
    client: BelegClient, guild: Guild, channel: Channel, member: Member
) -> None:
    for who, name in ((member, "`/frage`"), (guild.add_member("Joe", locale="fr"), "`/ask`")):
        message = await (await who.slash(channel, "help")).final_message()
        assert message.ephemeral
        assert name in message.text
        assert "/settings" not in message.text
