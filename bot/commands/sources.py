"""`/sources`: the outlets, for everyone who may ask."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.commands.conversation import Interaction, corpus_for, language_for, require_asker
from bot.commands.names import named
from bot.desk import Desk
from bot.outlets import outlets_of
from bot.pages import turn_buttons
from bot.render_outlets import pages_of, render_outlets

LIST = "sources"


def sources_command() -> app_commands.Command[Any, ..., None]:
    """Build `/sources`; only who asks for it sees it."""

    @app_commands.command(name=named("sources"), description=named("sources_about"))
    async def sources(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_sources(interaction, 0)

    return app_commands.guild_only(app_commands.guild_install(sources))


async def show_sources(interaction: Interaction, page: int) -> None:
    """Put a page of the outlets in place of the deferred response."""
    require_asker(interaction)
    desk: Desk = interaction.client.desk
    found = await desk.look(corpus_for(interaction), outlets_of)
    language, pages = language_for(interaction), pages_of(found)
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_outlets(found, page, language),
        view=turn_buttons(LIST, page, pages, language),
    )
