"""Questions: by `/ask`, by mention and by reply."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from discord import app_commands

from bot.buttons.answer import answer_view
from bot.commands.admission import Admission
from bot.commands.ask_options import filter_of, offered_outlets, offered_periods, unreadable
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    person_of,
    reply_alone,
    settings_for,
)
from bot.commands.failures import sentence_for
from bot.commands.names import named, translated
from bot.commands.turns import Turns
from bot.conversation import turn_of
from bot.desk import Desk
from bot.permissions import may_ask
from bot.render import render_answer

# How Discord writes mentions, channels, commands, custom emoji and times into a message.
_TOKEN = re.compile(r"<(?:@[!&]?|#|/[^:>]+:|a?:\w+:|t:-?)\d+(?::[a-zA-Z])?>")


_TO_ALL, _TO_ME = "all", "me"


def ask_command(
    desk: Desk, turns: Turns, admission: Admission, today: Callable[[], date]
) -> app_commands.Command[Any, ..., None]:
    """Build `/ask`. It goes on with no other question, but a message may go on with it."""

    @app_commands.command(name=named("ask"), description=named("ask_about"))
    @app_commands.rename(
        question=named("ask_question"),
        period=named("ask_period"),
        outlet=named("ask_outlet"),
        share=named("ask_share"),
    )
    @app_commands.describe(
        question=named("ask_question_about"),
        period=named("ask_period_about"),
        outlet=named("ask_outlet_about"),
        share=named("ask_share_about"),
    )
    @app_commands.choices(
        share=[
            app_commands.Choice(name=translated("choice.to_all"), value=_TO_ALL),
            app_commands.Choice(name=translated("choice.to_me"), value=_TO_ME),
        ]
    )
    async def ask(
        interaction: Interaction,
        question: str,
        period: str | None = None,
        outlet: str | None = None,
        share: str | None = None,
    ) -> None:
        refusal = unreadable(period, today()) or admission.refusal_for(interaction)
        public = settings_for(interaction).public if share is None else share == _TO_ALL
        private = refusal is not None or not public
        await interaction.response.defer(thinking=True, ephemeral=private)
        if refusal is not None:
            raise refusal
        language, corpus = language_for(interaction), corpus_for(interaction)
        asked, author = without_tokens(question), interaction.user.id
        longest = settings_for(interaction).excerpt_characters
        try:
            known = await outlets(corpus) if outlet else []
            only = filter_of(period, outlet, known, today())
            answer = await desk.ask(corpus, asked, only=only, longest=longest, asker=author)
        except Exception as error:
            if private:
                raise
            await reply_alone(interaction, sentence_for(error, language))
            return
        shown = await interaction.edit_original_response(
            content=render_answer(answer, language, today()),
            view=answer_view(answer, language, private=private),
        )
        guild, channel = interaction.guild_id, interaction.channel_id
        if guild is not None and channel is not None:
            turns.remember(guild, channel, author, shown, turn_of(answer))
        admission.log.note(corpus, author, asked, answered=answer.answered)

    @ask.autocomplete("period")
    async def suggest_period(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        return offered_periods(current, language_for(interaction), today())

    @ask.autocomplete("outlet")
    async def suggest_outlet(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        if not may_ask(person_of(interaction), settings_for(interaction)):
            return []
        return offered_outlets(current, await outlets(corpus_for(interaction)))

    async def outlets(corpus: str) -> list[str]:
        return await desk.look(corpus, lambda opened: opened.filters.outlets())

    return app_commands.guild_only(app_commands.guild_install(ask))


def without_tokens(content: str) -> str:
    """Return what is left to ask without mentions, custom emoji and times, which are no words."""
    return _TOKEN.sub(" ", content).strip()
