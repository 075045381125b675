"""Questions: by `/ask`, by mention and by reply."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot.buttons.answer import answer_view
from bot.buttons.state import Query
from bot.commands.admission import Admission
from bot.commands.answering import answered, defer_answer, question_options
from bot.commands.ask_options import filter_of, offer_limits, outlets_in
from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.commands.how_it_went import asks_how_it_went, tell_how_it_went
from bot.commands.names import named
from bot.commands.turns import Turns
from bot.conversation import turn_of
from bot.desk import Desk
from bot.render import render_answer
from bot.types import Answer

# How Discord writes mentions, channels, commands, custom emoji and times into a message.
_TOKEN = re.compile(r"<(?:@[!&]?|#|/[^:>]+:|a?:\w+:|t:-?)\d+(?::[a-zA-Z])?>")


def ask_command(
    desk: Desk, turns: Turns, admission: Admission, today: Callable[[], date]
) -> app_commands.Command[Any, ..., None]:
    """Build `/ask`. It goes on with no other question, but a message may go on with it."""

    @app_commands.command(name=named("ask"), description=named("ask_about"))
    @question_options("ask_question_about")
    async def ask(
        interaction: Interaction,
        question: str,
        period: str | None = None,
        outlet: str | None = None,
        share: str | None = None,
    ) -> None:
        private = await defer_answer(interaction, admission, today(), period=period, share=share)
        language, corpus = language_for(interaction), corpus_for(interaction)
        asked, author = without_tokens(question), interaction.user.id
        longest = settings_for(interaction).excerpt_characters

        async def work() -> tuple[Answer, discord.InteractionMessage]:
            known = await outlets_in(desk, corpus) if outlet else []
            only = filter_of(period, outlet, known, today())
            if await asks_how_it_went(desk, asked, interaction.client.clock()):
                return await tell_how_it_went(
                    interaction, desk, Query(asked, only), private=private
                )
            answer = await desk.ask(corpus, asked, only=only, longest=longest, asker=author)
            shown = await interaction.edit_original_response(
                content=render_answer(answer, language, today()),
                view=answer_view(answer, language, private=private),
            )
            return answer, shown

        found = await answered(interaction, work(), private=private)
        if found is None:
            return
        answer, shown = found
        guild, channel = interaction.guild_id, interaction.channel_id
        if guild is not None and channel is not None:
            turns.remember(guild, channel, author, shown, turn_of(answer))
        admission.log.note(corpus, author, asked, answered=answer.answered)

    offer_limits(ask, desk, today)
    return app_commands.guild_only(app_commands.guild_install(ask))


def without_tokens(content: str) -> str:
    """Return what is left to ask without mentions, custom emoji and times, which are no words."""
    return _TOKEN.sub(" ", content).strip()
