"""`/status`: how the archive fares, for administrators."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.archive_status import status_of
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    reply,
    require_manager,
)
from bot.commands.names import named
from bot.desk import Desk
from bot.package_versions import package_versions
from bot.render_status import render_status


def status_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Build `/status`. Servers can hand it to anybody, so it asks for the right itself."""

    @app_commands.command(name=named("status"), description=named("status_about"))
    @app_commands.default_permissions(manage_guild=True)
    async def status(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        require_manager(interaction)
        found = await desk.look(corpus_for(interaction), status_of)
        versions = await desk.aside(package_versions)
        await reply(interaction, render_status(found, versions, language_for(interaction)))

    return app_commands.guild_only(app_commands.guild_install(status))
