from __future__ import annotations

import pytest

from tests.discord_server import DiscordServer, ScriptError
from tests.discord_server.selects import chosen

ROLES = {"type": 6, "custom_id": "roles", "min_values": 0, "max_values": 2}
CHANNELS = {"type": 8, "custom_id": "channels", "channel_types": [0]}


async def test_roles_and_channels_are_handed_over_whole(discord_server: DiscordServer) -> None:
    guild = discord_server.add_guild("Nachrichten")
    role, channel = guild.add_role("Leser"), guild.add_text_channel("allgemein")
    picked = chosen(ROLES, [role])
    assert picked["values"] == [str(role.id)]
    assert picked["resolved"]["roles"][str(role.id)]["name"] == "Leser"
    assert chosen(ROLES, []) == {"values": [], "resolved": {"roles": {}}}
    picked = chosen(CHANNELS, [channel])
    assert picked["resolved"]["channels"][str(channel.id)]["name"] == "allgemein"


async def test_nothing_is_chosen_that_the_menu_does_not_offer(
    discord_server: DiscordServer,
) -> None:
    guild = discord_server.add_guild("Nachrichten")
    member, roles = guild.add_member("Ben"), [guild.add_role(name) for name in "abc"]
    channel = guild.add_text_channel("allgemein")
    thread = guild.add_thread(channel, "Kursk", member.user)
    for menu, choices in (
        (ROLES, roles),
        (ROLES, [channel]),
        (ROLES, ["a"]),
        (CHANNELS, []),
        (CHANNELS, [roles[0]]),
        (CHANNELS, [thread]),
    ):
        with pytest.raises(ScriptError):
            chosen(menu, choices)
