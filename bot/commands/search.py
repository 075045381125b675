"""`/search`: the passages that fit some words, page by page."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.buttons.state import Asked, decode, encode, parted
from bot.commands.admission import Admission
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    require_asker,
    settings_for,
)
from bot.commands.failures import report
from bot.commands.names import named
from bot.desk import Desk
from bot.language import say
from bot.language.archive import archive_text
from bot.passages import find_matches
from bot.render_passages import pages_of, render_matches
from bot.types import Language
from index.errors import BelegError

_LONGEST = 100  # characters of a search, few enough to stand in the buttons
_PASSAGES = 24
_TEMPLATE = re.compile(r"search:(?P<way>back|here|on):(?P<page>\d{1,3}):(?P<part>[\w-]*)")
_CUSTOM_ID = 100
_WAYS = ("back", "here", "on")


def search_command(desk: Desk, admission: Admission) -> app_commands.Command[Any, ..., None]:
    """Build `/search`, for everyone who may ask; only who searches sees what was found."""

    @app_commands.command(name=named("search"), description=named("search_about"))
    @app_commands.rename(text=named("search_text"))
    @app_commands.describe(text=named("search_text_about"))
    async def search(interaction: Interaction, text: app_commands.Range[str, 1, _LONGEST]) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        refusal = admission.refusal_for(interaction)
        if refusal is not None:
            raise refusal
        await _show(interaction, desk, text, 0)

    return app_commands.guild_only(app_commands.guild_install(search))


class SearchButton(ui.DynamicItem[ui.Button[Any]], template=_TEMPLATE):
    """Turns to a page of what was found.

    What was searched stands in the custom ids of all buttons under the message, in parts, so that
    they work after a restart and nothing is kept.
    """

    def __init__(self, way: str, page: int, part: str, label: str | None = None) -> None:
        """Build a button that leads to a page, counted from 0, and carries a part of the search."""
        custom_id = f"search:{way}:{page}:{part}"
        super().__init__(ui.Button(label=label, custom_id=custom_id, disabled=way == "here"))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["way"], int(match["page"]), match["part"])

    async def callback(self, interaction: Interaction) -> None:
        """Show the page, if the person still may."""
        try:
            await interaction.response.defer()
            require_asker(interaction)
            desk: Desk = interaction.client.desk
            await _show(interaction, desk, _searched(interaction.message), self.page)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


async def _show(interaction: Interaction, desk: Desk, text: str, page: int) -> None:
    """Put a page of what was found in place of the deferred response."""
    language, corpus = language_for(interaction), corpus_for(interaction)
    limits = desk.limits.narrowed(settings_for(interaction).excerpt_characters)
    found = await desk.look(corpus, lambda opened: find_matches(opened, text, _PASSAGES, limits))
    extent = await desk.extent(corpus)
    if extent.articles == 0:
        await interaction.edit_original_response(content=archive_text(language, extent), view=None)
        return
    pages = pages_of(found)
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_matches(text, found, page, language),
        view=_buttons(text, page, pages, language),
    )


def _buttons(text: str, page: int, pages: int, language: Language) -> ui.View | None:
    """Return the buttons under a page; none where there is no other, or no room for the search."""
    if pages == 1:
        return None
    targets = ((page - 1) % pages, page, (page + 1) % pages)
    rooms = [
        _CUSTOM_ID - len(f"search:{way}:{target}:")
        for way, target in zip(_WAYS, targets, strict=True)
    ]
    parts = parted(encode(Asked(text)), rooms)
    if parts is None:
        return None
    labels = (
        say(language, "discord.list_back"),
        say(language, "search.page", page=page + 1, pages=pages),
        say(language, "discord.list_on"),
    )
    view = ui.View(timeout=None)
    for way, target, part, label in zip(_WAYS, targets, parts, labels, strict=True):
        view.add_item(SearchButton(way, target, part, label))
    return view


def _searched(message: discord.Message | None) -> str:
    """Return what was searched, from the buttons of the message."""
    rows = message.components if message is not None else []
    ids = [
        button.custom_id
        for row in rows
        if isinstance(row, discord.ActionRow)
        for button in row.children
        if isinstance(button, discord.Button) and button.custom_id
    ]
    parts = [match["part"] for match in map(_TEMPLATE.fullmatch, ids) if match is not None]
    asked = decode("".join(parts))
    if asked is None:
        raise BelegError("answer_too_old")
    return asked.text
