"""Who may do what, in Discord's order of roles and overwrites."""

from __future__ import annotations

import pytest
from discord import Permissions

from tests.discord_server import Channel, DiscordServer, Guild, Member, ScriptError
from tests.discord_server.permissions import guild_permissions, permissions_in

SEND = Permissions(send_messages=True)
VIEW = Permissions(view_channel=True)


@pytest.fixture
def people(guild: Guild, admin: Member, member: Member) -> dict[str, Member]:
    return {"owner": guild.owner_member, "admin": admin, "member": member}


def may_send(member: Member, channel: Channel) -> bool:
    return permissions_in(member, channel).send_messages


def test_a_member_has_what_everyone_and_the_roles_have(guild: Guild, admin: Member) -> None:
    granted = guild_permissions(admin)
    assert granted.send_messages
    assert granted.manage_guild
    assert not granted.manage_messages


def test_the_owner_and_administrators_may_do_everything(guild: Guild, channel: Channel) -> None:
    chief = guild.add_member("Chef", permissions=Permissions(administrator=True))
    channel.set_permissions(guild.everyone, deny=VIEW)
    assert permissions_in(chief, channel).manage_messages
    assert permissions_in(guild.owner_member, channel).manage_messages


def test_overwrites_count_in_order_everyone_roles_member(
    guild: Guild, channel: Channel, member: Member
) -> None:
    role = guild.add_role("Leser")
    reader = guild.add_member("Lea", roles=[role])
    channel.set_permissions(guild.everyone, deny=SEND)
    assert not may_send(reader, channel)
    channel.set_permissions(role, allow=SEND)
    assert may_send(reader, channel)
    assert not may_send(member, channel)
    channel.set_permissions(reader, deny=SEND)
    assert not may_send(reader, channel)


def test_who_does_not_see_a_channel_may_do_nothing_there(
    guild: Guild, channel: Channel, member: Member
) -> None:
    channel.set_permissions(guild.everyone, deny=VIEW)
    assert permissions_in(member, channel) == Permissions.none()


def test_a_thread_follows_its_channel(guild: Guild, channel: Channel, member: Member) -> None:
    thread = guild.add_thread(channel, "Nachfragen", member.user)
    channel.set_permissions(guild.everyone, deny=VIEW)
    assert not permissions_in(member, thread).view_channel


async def test_a_person_cannot_write_where_it_is_forbidden(
    guild: Guild, channel: Channel, member: Member
) -> None:
    channel.set_permissions(guild.everyone, deny=SEND)
    with pytest.raises(ScriptError, match="may not write"):
        await member.say(channel, "a")


async def test_nobody_is_in_two_servers_unasked(
    discord_server: DiscordServer, member: Member
) -> None:
    elsewhere = discord_server.add_guild("Andere").add_text_channel("dort")
    with pytest.raises(ScriptError, match="cannot be in"):
        await member.say(elsewhere, "a")
    both = elsewhere.guild
    assert isinstance(both, Guild)
    await both.add_member("Ben", user=member.user).say(elsewhere, "a")


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        ({}, {"owner", "admin", "member"}),
        ({"default_member_permissions": None}, {"owner", "admin", "member"}),
        ({"default_member_permissions": "32"}, {"owner", "admin"}),
        ({"default_member_permissions": "0"}, {"owner"}),
        ({"default_member_permissions": "8224"}, {"owner"}),
        ({"contexts": [0]}, {"owner", "admin", "member"}),
        ({"contexts": [1]}, set()),
    ],
)
def test_a_command_is_hidden_by_its_defaults(
    people: dict[str, Member], channel: Channel, command: dict[str, object], seen: set[str]
) -> None:
    assert {name for name, one in people.items() if one.sees(command, channel)} == seen


def test_commands_can_be_forbidden_in_a_channel(
    guild: Guild, channel: Channel, member: Member
) -> None:
    assert member.sees({}, channel)
    channel.set_permissions(guild.everyone, deny=Permissions(use_application_commands=True))
    assert not member.sees({}, channel)


def test_a_command_for_servers_is_not_seen_in_direct_conversations(member: Member) -> None:
    direct = member.direct_channel()
    assert member.sees({}, direct)
    assert not member.sees({"dm_permission": False}, direct)
    assert not member.sees({"contexts": [0]}, direct)
