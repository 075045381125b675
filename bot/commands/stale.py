"""Forms and buttons that nobody answers any more: from before a restart, or of an older Beleg."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord

from bot.commands.conversation import Interaction, language_for
from bot.commands.failures import UNHEARD
from bot.language import say

# Whoever knows what was pressed answers at once; Discord itself waits for three seconds.
_WAIT_S = 2.5
_PRESSED = {discord.InteractionType.component, discord.InteractionType.modal_submit}


async def answer_if_nobody_does(
    interaction: Interaction, sleep: Callable[[float], Awaitable[None]]
) -> None:
    """Say kindly that something is too old to be used, unless it was answered meanwhile."""
    if interaction.type not in _PRESSED:
        return
    await sleep(_WAIT_S)
    if interaction.response.is_done():
        return
    form = interaction.type is discord.InteractionType.modal_submit
    text = say(language_for(interaction), "discord.old_form" if form else "discord.old_button")
    try:
        await interaction.response.send_message(text, ephemeral=True)
    except discord.InteractionResponded:
        return
    except UNHEARD as refusal:
        interaction.client.counters.note(refusal)
