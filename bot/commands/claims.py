"""The menu of a message: what the articles say about the things that it claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import discord
from discord import app_commands

from bot.claims import Examined, claims_of
from bot.commands.admission import Admission
from bot.commands.ask import without_tokens
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    reply,
    settings_for,
)
from bot.commands.names import translated
from bot.desk import Desk
from bot.language import say
from bot.render_claims import render_claims


def claims_menu(
    desk: Desk, admission: Admission, today: Callable[[], date]
) -> app_commands.ContextMenu:
    """Build the menu entry. Only who uses it sees the answer; the message's author is not told."""

    async def claims(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        refusal = admission.refusal_for(interaction)
        if refusal is not None:
            raise refusal
        language, corpus = language_for(interaction), corpus_for(interaction)
        found, more = claims_of(without_tokens(message.content))
        if not found:
            await reply(interaction, say(language, "claims.none"))
            return
        longest, asker = settings_for(interaction).excerpt_characters, interaction.user.id
        examined = [
            Examined(claim, await desk.ask(corpus, claim, longest=longest, asker=asker))
            for claim in found
        ]
        await reply(interaction, render_claims(examined, more, language, today()))

    menu = app_commands.ContextMenu(name=translated("menu.claims"), callback=claims)
    return app_commands.guild_only(app_commands.guild_install(menu))
