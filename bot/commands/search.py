"""`/search`: the passages that fit some words, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from discord import app_commands

from bot.buttons.asked_page import asked_page_view
from bot.buttons.state import Query
from bot.commands.admission import Admission
from bot.commands.ask_options import filter_of, offer_limits, outlets_in, unreadable
from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.commands.names import named
from bot.desk import Desk
from bot.language.archive import archive_text
from bot.passages import find_matches
from bot.render_passages import pages_of, render_matches
from bot.types import Language

_LONGEST = 100  # characters of a search, few enough to stand in the buttons
_PASSAGES = 24
PAGES = "search"


def search_command(
    desk: Desk, admission: Admission, today: Callable[[], date]
) -> app_commands.Command[Any, ..., None]:
    """Build `/search`, for everyone who may ask; only who searches sees what was found."""

    @app_commands.command(name=named("search"), description=named("search_about"))
    @app_commands.rename(
        text=named("search_text"), period=named("ask_period"), outlet=named("ask_outlet")
    )
    @app_commands.describe(
        text=named("search_text_about"),
        period=named("ask_period_about"),
        outlet=named("ask_outlet_about"),
    )
    async def search(
        interaction: Interaction,
        text: app_commands.Range[str, 1, _LONGEST],
        period: str | None = None,
        outlet: str | None = None,
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        refusal = unreadable(period, today()) or admission.refusal_for(interaction)
        if refusal is not None:
            raise refusal
        known = await outlets_in(desk, corpus_for(interaction)) if outlet else []
        only = filter_of(period, outlet, known, today())
        await show_found(interaction, Query(text, only), 0, language_for(interaction))

    offer_limits(search, desk, today)
    return app_commands.guild_only(app_commands.guild_install(search))


async def show_found(interaction: Interaction, asked: Query, page: int, language: Language) -> None:
    """Put a page of what was found in place of the deferred response."""
    desk: Desk = interaction.client.desk
    corpus, text = corpus_for(interaction), asked.text
    limits = desk.limits.narrowed(settings_for(interaction).excerpt_characters)
    found = await desk.in_turn(
        corpus,
        lambda opened: find_matches(opened, text, _PASSAGES, limits, asked.only),
        interaction.user.id,
    )
    extent = await desk.extent(corpus)
    if extent.articles == 0:
        await interaction.edit_original_response(content=archive_text(language, extent), view=None)
        return
    pages = pages_of(found)
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_matches(
            text, found, page, language, only=asked.only, today=interaction.client.today()
        ),
        view=asked_page_view(PAGES, asked, page, pages, language),
    )
