"""How a figure went, in answer to `/timeline` and to a question that asks for it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

import discord
from discord import ui

from bot.buttons.asked_page import asked_page_view
from bot.buttons.state import Asked
from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.desk import Desk
from bot.language import say
from bot.news.asked import asked_of
from bot.news.history import chart_of, history_of
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


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when and where, and how long a quotation may be there."""

    corpus: str
    id: int
    now: datetime
    language: Language
    longest: int | None


@dataclass(frozen=True, slots=True)
class Went:
    """A page of what is told, the buttons under it, and the picture with its description."""

    text: str
    view: ui.View | None = None
    answered: bool = False
    picture: bytes | None = None
    name: str = ""
    description: str = ""

    def files(self) -> list[discord.File]:
        """Return the picture as it is to be sent, anew each time: sending uses it up."""
        if self.picture is None:
            return []
        return [discord.File(io.BytesIO(self.picture), self.name, description=self.description)]


def asks_how_it_went(text: str, now: datetime) -> bool:
    """Whether a question asks for all values and not for the one that holds."""
    try:
        return asked_of(understand(text), now).develops
    except QuestionError:
        return False


async def how_it_went(
    desk: Desk, asker: Asker, asked: Asked, page: int = 0, *, draws: bool = True
) -> Went:
    """Return all values that the articles have, as much of each as may be shown.

    The last page where there are not so many. Raises QuestionError for what is no question.
    """
    language, only = asker.language, asked.only
    account = await desk.account(asker.corpus, asked.text, now=asker.now, only=only, asker=asker.id)
    if not account.claims:
        extent = await desk.extent(asker.corpus, only)
        return Went(render_nothing(extent, only, language))
    ids = list({claim.stored.id for claim in account.claims})
    stated = await desk.look(asker.corpus, lambda opened: opened.snippets.limits(ids))
    limits = desk.limits.narrowed(asker.longest)
    history = history_of(asked.text, account, limits, stated)
    pages = len(timeline_pages(history, language))
    page = min(page, pages - 1)
    chart = chart_of(history, language) if draws else None
    today = asker.now.astimezone().date()
    return Went(
        render_timeline(history, page, language, only=only, today=today),
        asked_page_view(PAGES, asked, page, pages, language),
        answered=True,
        picture=await desk.draw(chart) if chart is not None else None,
        name=f"{say(language, 'timeline.picture_file')}.png",
        description=picture_description(history, language),
    )


async def tell_how_it_went(interaction: Interaction, desk: Desk, asked: Asked) -> bool:
    """Put the first page and the picture in place of the deferred response; say if there is any."""
    draws = interaction.app_permissions.attach_files
    went = await how_it_went(desk, _asker(interaction), asked, draws=draws)
    await interaction.edit_original_response(
        content=went.text, view=went.view, attachments=went.files()
    )
    return went.answered


async def show_timeline_page(interaction: Interaction, asked: Asked, page: int) -> None:
    """Put another page in place of the one that is shown; the picture stays."""
    desk: Desk = interaction.client.desk
    went = await how_it_went(desk, _asker(interaction), asked, page, draws=False)
    if went.answered:
        await interaction.edit_original_response(content=went.text, view=went.view)
    else:
        await interaction.edit_original_response(content=went.text, view=None, attachments=[])


def _asker(interaction: Interaction) -> Asker:
    return Asker(
        corpus=corpus_for(interaction),
        id=interaction.user.id,
        now=interaction.client.clock(),
        language=language_for(interaction),
        longest=settings_for(interaction).excerpt_characters,
    )
