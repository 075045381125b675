"""`/timeline`: how a figure went, in words with every quotation and as a picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from discord import app_commands

from bot.buttons.state import Query
from bot.commands.admission import Admission
from bot.commands.answering import answered, defer_answer, question_options
from bot.commands.ask import without_tokens
from bot.commands.ask_options import filter_of, offer_limits, outlets_in
from bot.commands.conversation import Interaction, corpus_for
from bot.commands.how_it_went import tell_how_it_went
from bot.commands.names import named
from bot.desk import Desk
from bot.types import Answer


def timeline_command(
    desk: Desk, admission: Admission, clock: Callable[[], datetime]
) -> app_commands.Command[Any, ..., None]:
    """Build `/timeline`, for everyone who may ask."""

    @app_commands.command(name=named("timeline"), description=named("timeline_about"))
    @question_options("timeline_question_about")
    async def timeline(
        interaction: Interaction,
        question: str,
        period: str | None = None,
        outlet: str | None = None,
        share: str | None = None,
    ) -> None:
        private = await defer_answer(interaction, admission, today(), period=period, share=share)
        corpus, text = corpus_for(interaction), without_tokens(question)

        async def work() -> Answer:
            known = await outlets_in(desk, corpus) if outlet else []
            asked = Query(text, filter_of(period, outlet, known, today()))
            answer, _ = await tell_how_it_went(interaction, desk, asked, private=private)
            return answer

        answer = await answered(interaction, work(), private=private)
        if answer is not None:
            admission.log.note(corpus, interaction.user.id, text, answered=answer.answered)

    def today() -> date:
        return clock().astimezone().date()

    offer_limits(timeline, desk, today)
    return app_commands.guild_only(app_commands.guild_install(timeline))
