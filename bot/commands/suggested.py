"""`/suggestions`: what members have suggested, for administrators."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.buttons.suggest import show_suggestions
from bot.commands.conversation import Interaction
from bot.commands.names import named


def suggestions_command() -> app_commands.Command[Any, ..., None]:
    """Build `/suggestions`. Servers can hand it to anybody, so it asks for the right itself."""

    @app_commands.command(name=named("suggestions"), description=named("suggestions_about"))
    @app_commands.default_permissions(manage_guild=True)
    async def suggestions(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_suggestions(interaction, 0)

    return app_commands.guild_only(app_commands.guild_install(suggestions))
