"""Buttons that turn the pages of what was asked for; what it was stands in themselves."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.buttons.state import Query, decode, encode, parted
from bot.commands.conversation import Interaction, require_asker
from bot.commands.failures import report
from bot.language import say
from bot.types import Language
from index.errors import BelegError

_TEMPLATE = re.compile(
    r"asked:(?P<kind>timeline|digest|search):(?P<language>de|en):(?P<way>back|here|on)"
    r":(?P<page>\d{1,3}):(?P<part>[\w-]*)"
)
_CUSTOM_ID = 100  # characters, by Discord's rules
_WAYS = ("back", "here", "on")

# Puts a page of what was asked in place of a deferred response, in the language of the others.
ShowAsked = Callable[[Interaction, Query, int, Language], Awaitable[None]]


class AskedPageButton(ui.DynamicItem[ui.Button[Any]], template=_TEMPLATE):
    """Turns to a page; it works after a restart, as all that it needs stands under the message."""

    def __init__(
        self, kind: str, language: Language, way: str, page: int, part: str, *, label: str = ""
    ) -> None:
        """Build a button that leads to a page, counted from 0, and carries a part of the state."""
        custom_id = f"{_begins(kind, language, way, page)}{part}"
        super().__init__(
            ui.Button(label=label or None, custom_id=custom_id, disabled=way == "here")
        )
        self.kind, self.language, self.page = kind, language, page

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        language = Language(match["language"])
        return cls(match["kind"], language, match["way"], int(match["page"]), match["part"])

    async def callback(self, interaction: Interaction) -> None:
        """Show the page, if the person still may ask."""
        try:
            await interaction.response.defer()
            require_asker(interaction)
            shown: Mapping[str, ShowAsked] = interaction.client.asked_pages
            asked = _asked_before(interaction.message)
            await shown[self.kind](interaction, asked, self.page, self.language)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


def asked_page_view(
    kind: str, asked: Query, page: int, pages: int, language: Language
) -> ui.View | None:
    """Return the buttons under a page; none where there is no other, or no room for what was asked.

    `kind` is the key under which the client has who shows a page.
    """
    if pages == 1:
        return None
    targets = ((page - 1) % pages, page, (page + 1) % pages)
    rooms = [
        _CUSTOM_ID - len(_begins(kind, language, way, target))
        for way, target in zip(_WAYS, targets, strict=True)
    ]
    parts = parted(encode(asked), rooms)
    if parts is None:
        return None
    labels = (
        say(language, "discord.list_back"),
        say(language, "discord.page", page=page + 1, pages=pages),
        say(language, "discord.list_on"),
    )
    view = ui.View(timeout=None)
    for way, target, part, label in zip(_WAYS, targets, parts, labels, strict=True):
        view.add_item(AskedPageButton(kind, language, way, target, part, label=label))
    return view


def _begins(kind: str, language: Language, way: str, page: int) -> str:
    return f"asked:{kind}:{language.value}:{way}:{page}:"


def _asked_before(message: discord.Message | None) -> Query:
    """Return what was asked, from the buttons of the message."""
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
    return asked
