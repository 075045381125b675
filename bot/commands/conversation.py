"""What every command needs to know of an interaction, and how it answers one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import discord

from bot.guild_rules import GuildRules
from bot.guild_settings import GuildSettings
from bot.language import language_of, say
from bot.permissions import Person, may_add, may_administer, may_ask, why_not_ask
from bot.types import Language
from index.errors import BelegError

Interaction = discord.Interaction[Any]  # which client it is concerns no command
T = TypeVar("T")

# Discord shows "is thinking" by itself; only what takes longer needs words.
_PATIENCE_S = 3.0
# The first response to a button that concerns the message it stands under.
_PRESSED = (
    discord.InteractionResponseType.message_update,
    discord.InteractionResponseType.deferred_message_update,
)


def settings_for(interaction: Interaction) -> GuildSettings:
    """Return what the administrators of this server have chosen."""
    rules: GuildRules = interaction.client.rules
    return rules.of(str(interaction.guild_id))


def language_for(interaction: Interaction) -> Language:
    """Return the language of this server, or the one that this person has chosen for Discord."""
    return settings_for(interaction).language or language_of(interaction.locale.value)


def corpus_for(interaction: Interaction) -> str:
    """Return the name of this server's corpus; BelegError outside servers."""
    if interaction.guild_id is None:
        raise BelegError("servers_only")
    return str(interaction.guild_id)


def person_of(source: Interaction | discord.Message) -> Person:
    """Return who is asking for something, with the roles they have now."""
    who = source.user if isinstance(source, discord.Interaction) else source.author
    roles = frozenset(role.id for role in getattr(who, "roles", ()))
    rights = discord.Permissions.none()
    if isinstance(source, discord.Interaction):
        if source.guild_id is not None:  # privately everybody has every right
            rights = source.permissions
    elif isinstance(who, discord.Member):
        rights = who.guild_permissions
    return Person(who.id, roles, rights.manage_guild or rights.administrator)


def may_manage(interaction: Interaction) -> bool:
    """Whether this person may administer, whatever Discord's command settings say."""
    return may_administer(person_of(interaction), settings_for(interaction))


def may_add_here(interaction: Interaction) -> bool:
    """Whether this person may add articles and feeds, whatever Discord's command settings say."""
    return may_add(person_of(interaction), settings_for(interaction))


def require_manager(interaction: Interaction) -> None:
    """Raise MissingPermissions unless this person may administer."""
    if interaction.guild_id is None or not may_manage(interaction):
        raise discord.app_commands.MissingPermissions(["manage_guild"])


def require_adder(interaction: Interaction) -> None:
    """Raise MissingPermissions unless this person may add articles and feeds."""
    if interaction.guild_id is None or not may_add_here(interaction):
        raise discord.app_commands.MissingPermissions(["manage_guild"])


def require_asker(interaction: Interaction) -> None:
    """Raise BelegError unless this person may ask, and so may look at what is there."""
    settings = settings_for(interaction)
    if not may_ask(person_of(interaction), settings):
        raise why_not_ask(settings)


async def reply(interaction: Interaction, content: str, *, ephemeral: bool = True) -> None:
    """Answer: the first time as told, after a deferral in its place.

    A message whose button was pressed stays as it is: the answer to that comes below it.
    """
    if interaction.response.type in _PRESSED:
        await interaction.followup.send(content, ephemeral=True, suppress_embeds=True)
    elif interaction.response.is_done():
        await interaction.edit_original_response(content=content)
    else:
        await interaction.response.send_message(content, ephemeral=ephemeral, suppress_embeds=True)


async def reply_alone(interaction: Interaction, content: str) -> None:
    """Take back a response that was deferred for all to see, and tell only the person."""
    try:
        await interaction.delete_original_response()
    except discord.NotFound:
        pass  # gone already, by the same request made again after an outage or by a moderator
    except discord.HTTPException:
        await interaction.edit_original_response(content=content)
        return
    await interaction.followup.send(content, ephemeral=True, suppress_embeds=True)


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
