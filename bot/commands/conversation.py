"""What every command needs to know of an interaction, and how it answers one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import discord

from bot.language import language_of, say
from bot.types import Language
from index.errors import BelegError

Interaction = discord.Interaction[Any]  # which client it is concerns no command
T = TypeVar("T")

# Discord shows "is thinking" by itself; only what takes longer needs words.
_PATIENCE_S = 3.0


def language_for(interaction: Interaction) -> Language:
    """Return the language that this person has chosen for Discord."""
    return language_of(interaction.locale.value)


def corpus_for(interaction: Interaction) -> str:
    """Return the name of this server's corpus; BelegError outside servers."""
    if interaction.guild_id is None:
        raise BelegError("servers_only")
    return str(interaction.guild_id)


def may_manage(interaction: Interaction) -> bool:
    """Whether this person manages the server, whatever the command settings of the server say."""
    rights = interaction.permissions
    return interaction.guild_id is not None and (rights.manage_guild or rights.administrator)


def require_manager(interaction: Interaction) -> None:
    """Raise MissingPermissions unless this person manages the server."""
    if not may_manage(interaction):
        raise discord.app_commands.MissingPermissions(["manage_guild"])


async def reply(interaction: Interaction, content: str, *, ephemeral: bool = True) -> None:
    """Answer: the first time as told, after a deferral in its place."""
    if interaction.response.is_done():
        await interaction.edit_original_response(content=content)
    else:
        await interaction.response.send_message(content, ephemeral=ephemeral, suppress_embeds=True)


async def with_patience(interaction: Interaction, work: Awaitable[T]) -> T:
    """Await work for a deferred interaction and say so once when it takes longer."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=_PATIENCE_S)
        if not done:
            language = language_for(interaction)
            await interaction.edit_original_response(content=say(language, "discord.reading"))
        return await task
    finally:
        task.cancel()
