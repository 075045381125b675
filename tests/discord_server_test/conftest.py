"""A small server with two people and a bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord import Permissions

from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.discord_server_test.example_bot import ExampleBot


@pytest.fixture
def guild(discord_server: DiscordServer) -> Guild:
    """A German server."""
    return discord_server.add_guild("Nachrichten")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    """A text channel."""
    return guild.add_text_channel("allgemein")


@pytest.fixture
def admin(guild: Guild) -> Member:
    """Somebody who may manage the server."""
    return guild.add_member("Anna", permissions=Permissions(manage_guild=True))


@pytest.fixture
def member(guild: Guild) -> Member:
    """Somebody without particular rights, who reads English."""
    return guild.add_member("Ben", locale="en-US")


@pytest.fixture
async def bot(discord_server: DiscordServer, channel: Channel) -> AsyncIterator[ExampleBot]:
    """The bot, logged in."""
    client = ExampleBot(discord_server)
    async with discord_server.running(client):
        yield client
