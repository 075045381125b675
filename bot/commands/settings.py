"""`/settings`: what the administrators of a server choose."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.commands.conversation import Interaction, require_manager, settings_for
from bot.commands.names import named
from bot.settings_panel import show_settings


def settings_command() -> app_commands.Command[Any, ..., None]:
    """Build `/settings`. Servers can hand it to anybody, so it asks for the right itself."""

    @app_commands.command(name=named("settings"), description=named("settings_about"))
    @app_commands.default_permissions(manage_guild=True)
    async def settings(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        require_manager(interaction)
        await show_settings(interaction, settings_for(interaction))

    return app_commands.guild_only(app_commands.guild_install(settings))
