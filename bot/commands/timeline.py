"""`/timeline`: how a figure went, in words with every quotation and as a picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from discord import app_commands

from bot.buttons.state import Asked
from bot.commands.admission import Admission
from bot.commands.ask import without_tokens
from bot.commands.ask_options import (
    TO_ALL,
    filter_of,
    offer_limits,
    outlets_in,
    share_choices,
    unreadable,
)
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    reply_alone,
    settings_for,
)
from bot.commands.failures import sentence_for
from bot.commands.how_it_went import tell_how_it_went
from bot.commands.names import named
from bot.desk import Desk


def timeline_command(
    desk: Desk, admission: Admission, clock: Callable[[], datetime]
) -> app_commands.Command[Any, ..., None]:
    """Build `/timeline`, for everyone who may ask."""

    @app_commands.command(name=named("timeline"), description=named("timeline_about"))
    @app_commands.rename(
        question=named("ask_question"),
        period=named("ask_period"),
        outlet=named("ask_outlet"),
        share=named("ask_share"),
    )
    @app_commands.describe(
        question=named("timeline_question_about"),
        period=named("ask_period_about"),
        outlet=named("ask_outlet_about"),
        share=named("ask_share_about"),
    )
    @app_commands.choices(share=share_choices())
    async def timeline(
        interaction: Interaction,
        question: str,
        period: str | None = None,
        outlet: str | None = None,
        share: str | None = None,
    ) -> None:
        refusal = unreadable(period, today()) or admission.refusal_for(interaction)
        public = settings_for(interaction).public if share is None else share == TO_ALL
        private = refusal is not None or not public
        await interaction.response.defer(thinking=True, ephemeral=private)
        if refusal is not None:
            raise refusal
        corpus, text = corpus_for(interaction), without_tokens(question)
        try:
            known = await outlets_in(desk, corpus) if outlet else []
            asked = Asked(text, filter_of(period, outlet, known, today()))
            answer, _ = await tell_how_it_went(interaction, desk, asked, private=private)
        except Exception as error:
            if private:
                raise
            await reply_alone(interaction, sentence_for(error, language_for(interaction)))
            return
        admission.log.note(corpus, interaction.user.id, text, answered=answer.answered)

    def today() -> date:
        return clock().astimezone().date()

    offer_limits(timeline, desk, today)
    return app_commands.guild_only(app_commands.guild_install(timeline))
