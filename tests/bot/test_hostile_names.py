"""Hostile names of roles, channels, servers and files, on Discord itself: read, never obeyed."""

from __future__ import annotations

import re
from functools import partial

import pytest

from bot.client import BelegClient
from bot.desk import Desk
from bot.types import Language
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.bot.test_hostile_texts import check
from tests.discord_server import Channel, DiscordServer, Guild, Member, Message, Upload
from tests.hostile_texts import HOSTILE

LONGEST_NAME = 100  # of a role, a channel, a server
LONGEST_FILE = 200
FILES = 5  # that one command takes
MENTION = re.compile(r"<(?:#|@&)\d+>")
# Full groups, so that what all files of one came to has as many lines.
GROUPS = [HOSTILE[first : first + FILES] for first in range(0, len(HOSTILE) - FILES + 1, FILES)]
GROUPS.append(HOSTILE[-FILES:])


def told(text: str, name: str) -> None:
    """Check what stands there apart from our own mentions of roles and channels."""
    bare = MENTION.sub("", text)
    bare = "\n".join(line.removeprefix("## ") for line in bare.split("\n")).replace("**", "")
    check("settings", bare)
    if len(name) > 12:
        assert name not in text


def _says(words: str, message: Message) -> bool:
    return words in message.text


@pytest.mark.parametrize("language", Language)
async def test_the_panel_of_settings_names_roles_and_channels_by_their_numbers_alone(
    client: BelegClient, guild: Guild, channel: Channel, admin: Member, language: Language
) -> None:
    await client.rules.change(str(guild.id), "1", language=language)
    panel = await (await admin.slash(channel, "settings")).final_message()
    for text in HOSTILE:
        name = text[:LONGEST_NAME]
        role, place = guild.add_role(name), guild.add_text_channel(name)
        for menu, chosen in (
            ("channels", place),
            ("ask_role", role),
            ("add_roles", role),
            ("administer_roles", role),
        ):
            exchange = await admin.choose(panel, f"settings:choose:{menu}", chosen)
            changed = f"<#{place.id}>" if chosen is place else f"<@&{role.id}>"
            shown = await exchange.final_message(matching=partial(_says, changed))
            told(shown.text, name)
            assert not shown.pings
        del guild.roles[role.id]
    assert not panel.pings


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("names", GROUPS, ids=range(len(GROUPS)))
async def test_a_hostile_name_of_a_file_is_only_read_in_its_receipt(
    channel: Channel, admin: Member, names: tuple[str, ...]
) -> None:
    for ending, content in (("txt", ""), ("exe", ""), ("pdf", "%PDF-1.4"), ("txt", SENTENCE)):
        uploads = [
            Upload(
                f"{name[:LONGEST_FILE]}.{ending}", f"{content}{number if content else ''}".encode()
            )
            for number, name in enumerate(names)
        ]
        exchange = await admin.slash(channel, "article add", attachments=uploads)
        # Until then it says how far it is.
        shown = await exchange.final_message(
            matching=lambda one: len(one.content.split("\n")) == FILES
        )
        assert not shown.pings
        check("receipt", shown.content)
        for upload in uploads:
            alone = await admin.slash(channel, "article add", attachments=[upload])
            receipt = await alone.final_message()
            assert not receipt.pings
            check("one receipt", receipt.content)
    listed = await (await admin.slash(channel, "article list")).final_message()
    check("list", listed.content)


async def test_a_hostile_name_of_a_server_is_only_read_in_a_private_answer(
    discord_server: DiscordServer, client: BelegClient, desk: Desk
) -> None:
    for text in HOSTILE[::5]:
        guild = discord_server.add_guild(text[:LONGEST_NAME])
        member = guild.add_member("Ben")
        await desk.add_article(str(guild.id), kursk())
        await client.rules.change(str(guild.id), "1", direct_messages=True)
        direct = member.direct_channel()
        said = await member.say(direct, QUESTION)
        answer = await direct.next_message(after=said)
        assert not answer.pings
        seen = read(answer.content)
        assert SENTENCE in seen.text
        assert set(seen.effects) <= {"quote", "small"}
        assert {label for label, _ in seen.links} == {"Soldaten in Kursk"}
        await client.rules.change(str(guild.id), "1", direct_messages=False)
