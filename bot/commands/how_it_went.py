"""How a figure went, in answer to `/timeline` and to a question that asks for it."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime

import discord
from discord import ui

from bot.buttons.answer import answer_view
from bot.buttons.asked_page import asked_page_view
from bot.buttons.state import Query
from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.conversation import Turn
from bot.desk import Desk
from bot.language import say
from bot.news.asked import asked_of
from bot.news.history import chart_of, history_of
from bot.question import understand
from bot.render import render_answer
from bot.render_timeline import (
    picture_description,
    render_timeline,
    timeline_pages,
)
from bot.types import Answer, Language
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
    private: bool = False


@dataclass(frozen=True, slots=True)
class Went:
    """A page of what is told, the buttons under it, and the picture with its description."""

    text: str
    answer: Answer
    view: ui.View | None = None
    picture: bytes | None = None
    name: str = ""
    description: str = ""

    def files(self) -> list[discord.File]:
        """Return the picture as it is to be sent, anew each time: sending uses it up."""
        if self.picture is None:
            return []
        return [discord.File(io.BytesIO(self.picture), self.name, description=self.description)]


async def asks_how_it_went(desk: Desk, text: str, now: datetime) -> bool:
    """Whether a question asks for all values and not for the one that holds."""
    # Not on the event loop: the first question loads the dictionary.
    return await desk.survey(lambda _: _develops(text, now))


def _develops(text: str, now: datetime) -> bool:
    try:
        return asked_of(understand(text), now).develops
    except QuestionError:
        return False


async def how_it_went(
    desk: Desk,
    asker: Asker,
    asked: Query,
    page: int = 0,
    *,
    last: Turn | None = None,
    draws: bool = True,
) -> Went:
    """Return all values that the articles have, as much of each as may be shown.

    Where the articles do not say, or say it without a value, that is what `ask` answers. The last
    page where there are not so many. Raises QuestionError for what is no question.
    """
    language, only, today = asker.language, asked.only, asker.now.astimezone().date()
    answer = await desk.ask(
        asker.corpus,
        asked.text,
        last,
        only=only,
        longest=asker.longest,
        asker=asker.id,
        now=asker.now,
    )
    account = answer.account
    if not answer.answered or account is None or not account.claims:
        view = answer_view(answer, language, private=asker.private)
        return Went(render_answer(answer, language, today), answer, view)
    ids = list({claim.stored.id for claim in account.claims})
    stated = await desk.look(asker.corpus, lambda opened: opened.snippets.limits(ids))
    history = history_of(asked.text, account, desk.limits.narrowed(asker.longest), stated)
    pages = len(timeline_pages(history, language))
    page = min(page, pages - 1)
    chart = chart_of(history, language) if draws else None
    # What is written into the buttons is the question with all that it took over from another.
    whole = Query(answer.question.text, only)
    return Went(
        render_timeline(history, page, language, only=only, today=today),
        answer,
        asked_page_view(PAGES, whole, page, pages, language),
        picture=await desk.draw(chart) if chart is not None else None,
        name=f"{say(language, 'timeline.picture_file')}.png",
        description=picture_description(history, language),
    )


async def tell_how_it_went(
    interaction: Interaction, desk: Desk, asked: Query, *, private: bool
) -> tuple[Answer, discord.InteractionMessage]:
    """Put the first page and the picture in place of the deferred response."""
    asker = replace(_asker(interaction), private=private)
    draws = interaction.app_permissions.attach_files
    went = await how_it_went(desk, asker, asked, draws=draws)
    shown = await interaction.edit_original_response(
        content=went.text, view=went.view, attachments=went.files()
    )
    return went.answer, shown


async def show_timeline_page(
    interaction: Interaction, asked: Query, page: int, language: Language
) -> None:
    """Put another page in place of the one that is shown; the picture stays."""
    desk: Desk = interaction.client.desk
    asker = replace(_asker(interaction), language=language)
    if interaction.message is not None:  # "yesterday" stays the day before it was asked
        asker = replace(asker, now=interaction.message.created_at)
    went = await how_it_went(desk, asker, asked, page, draws=False)
    if went.answer.answered:
        await interaction.edit_original_response(content=went.text, view=went.view)
    else:
        await interaction.edit_original_response(content=went.text, view=went.view, attachments=[])


def _asker(interaction: Interaction) -> Asker:
    return Asker(
        corpus=corpus_for(interaction),
        id=interaction.user.id,
        now=interaction.client.clock(),
        language=language_for(interaction),
        longest=settings_for(interaction).excerpt_characters,
    )
