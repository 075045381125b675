"""How a figure went, in answer to `/timeline` and to a question that asks for it."""

from __future__ import annotations

import io
from datetime import datetime

import discord

from bot.buttons.asked_page import asked_page_view
from bot.buttons.state import Asked
from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.desk import Desk
from bot.language import say
from bot.news.asked import asked_of
from bot.news.history import History, chart_of, history_of
from bot.question import understand
from bot.render_timeline import (
    picture_description,
    render_nothing,
    render_timeline,
    timeline_pages,
)
from bot.types import Language
from index.errors import QuestionError

PAGES = "timeline"


def asks_how_it_went(text: str, now: datetime) -> bool:
    """Whether a question asks for all values and not for the one that holds."""
    try:
        return asked_of(understand(text), now).develops
    except QuestionError:
        return False


async def tell_how_it_went(interaction: Interaction, desk: Desk, asked: Asked) -> History:
    """Put the first page and the picture in place of the deferred response."""
    language = language_for(interaction)
    history = await _history(interaction, desk, asked)
    if not history.said:
        extent = await desk.extent(corpus_for(interaction), asked.only)
        content = render_nothing(extent, asked.only, language)
        await interaction.edit_original_response(content=content)
        return history
    files = await _picture(interaction, desk, history, language)
    pages = len(timeline_pages(history, language))
    today = interaction.client.today()
    await interaction.edit_original_response(
        content=render_timeline(history, 0, language, only=asked.only, today=today),
        view=asked_page_view(PAGES, asked, 0, pages, language),
        attachments=files,
    )
    return history


async def show_timeline_page(interaction: Interaction, asked: Asked, page: int) -> None:
    """Put another page in place of the one that is shown; the picture stays."""
    desk: Desk = interaction.client.desk
    language = language_for(interaction)
    history = await _history(interaction, desk, asked)
    if not history.said:
        extent = await desk.extent(corpus_for(interaction), asked.only)
        await interaction.edit_original_response(
            content=render_nothing(extent, asked.only, language), view=None, attachments=[]
        )
        return
    pages = len(timeline_pages(history, language))
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_timeline(
            history, page, language, only=asked.only, today=interaction.client.today()
        ),
        view=asked_page_view(PAGES, asked, page, pages, language),
    )


async def _history(interaction: Interaction, desk: Desk, asked: Asked) -> History:
    """Return all values that the articles of this server have, as much of each as may be shown."""
    corpus = corpus_for(interaction)
    account = await desk.account(
        corpus,
        asked.text,
        now=interaction.client.clock(),
        only=asked.only,
        asker=interaction.user.id,
    )
    ids = list({claim.stored.id for claim in account.claims})
    stated = await desk.look(corpus, lambda opened: opened.snippets.limits(ids))
    limits = desk.limits.narrowed(settings_for(interaction).excerpt_characters)
    return history_of(asked.text, account, limits, stated)


async def _picture(
    interaction: Interaction, desk: Desk, history: History, language: Language
) -> list[discord.File]:
    """Return the picture; none where there is nothing to draw, or pictures are not allowed."""
    chart = chart_of(history, language)
    if chart is None or not interaction.app_permissions.attach_files:
        return []
    picture = await desk.draw(chart)
    if picture is None:
        return []
    name = f"{say(language, 'timeline.picture_file')}.png"
    return [
        discord.File(io.BytesIO(picture), name, description=picture_description(history, language))
    ]
