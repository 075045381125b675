"""`/digest`: what is new, story by story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from discord import app_commands

from bot.buttons.asked_page import asked_page_view
from bot.buttons.state import Query
from bot.commands.admission import Admission
from bot.commands.answering import answered, defer_answer
from bot.commands.ask_options import offer_periods, share_choices
from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.commands.names import named
from bot.desk import Desk
from bot.news.digest import Digest, digest_of
from bot.period import Period, days_of, read_period
from bot.render_digest import digest_pages, render_digest
from bot.types import Language
from index.filter import Filter

PAGES = "digest"


def digest_command(
    admission: Admission, today: Callable[[], date]
) -> app_commands.Command[Any, ..., None]:
    """Build `/digest`, for everyone who may ask; without a period it is the last week's."""

    @app_commands.command(name=named("digest"), description=named("digest_about"))
    @app_commands.rename(period=named("ask_period"), share=named("ask_share"))
    @app_commands.describe(period=named("digest_period_about"), share=named("ask_share_about"))
    @app_commands.choices(share=share_choices())
    async def digest(
        interaction: Interaction, period: str | None = None, share: str | None = None
    ) -> None:
        private = await defer_answer(interaction, admission, today(), period=period, share=share)
        typed = period is not None and period.strip()
        days = read_period(period or "", today()) if typed else days_of(Period.WEEK, today())
        language = language_for(interaction)
        work = show_digest(interaction, Query(PAGES, Filter(*days)), 0, language)
        await answered(interaction, work, private=private)

    offer_periods(digest, today)
    return app_commands.guild_only(app_commands.guild_install(digest))


async def show_digest(
    interaction: Interaction, asked: Query, page: int, language: Language
) -> None:
    """Put a page of what is new in place of the deferred response."""
    desk: Desk = interaction.client.desk
    today = interaction.client.today()
    limits = desk.limits.narrowed(settings_for(interaction).excerpt_characters)
    only = asked.only or Filter(*days_of(Period.WEEK, today))
    found: Digest = await desk.in_turn(
        corpus_for(interaction),
        lambda opened: digest_of(opened, only, limits),
        interaction.user.id,
    )
    pages = len(digest_pages(found, language))
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_digest(found, page, language, today),
        view=asked_page_view(PAGES, asked, page, pages, language),
    )
