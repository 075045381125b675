"""The buttons that turn the pages of a list; which list and which page stands in them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.commands.conversation import Interaction
from bot.commands.failures import report
from bot.language import say
from bot.types import Language

# Shows a page of a list, counted from 0, in place of a deferred response; it asks for the right.
# What the list is limited to comes third, to lists whose buttons carry it.
ShowPage = Callable[..., Awaitable[None]]


class TurnButton(
    ui.DynamicItem[ui.Button[Any]],
    template=r"turn:(?P<list>[a-z]+):(?P<way>back|on):(?P<page>\d{1,6})(?::(?P<only>[\w.]{1,60}))?",
):
    """Turns to a page. Of two pages both buttons lead to the same one, so the way differs."""

    def __init__(
        self, kind: str, way: str, page: int, label: str | None = None, *, only: str = ""
    ) -> None:
        """Build the button that leads "back" or "on" to a page of a list, or of a part of it."""
        custom_id = f"turn:{kind}:{way}:{page}" + (f":{only}" if only else "")
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.kind = kind
        self.page = page
        self.only = only

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["list"], match["way"], int(match["page"]), only=match["only"] or "")

    async def callback(self, interaction: Interaction) -> None:
        """Show the page, if the person still may."""
        lists: Mapping[str, ShowPage] = interaction.client.lists
        try:
            await interaction.response.defer()
            if self.kind in lists:
                await lists[self.kind](interaction, self.page, *filter(None, [self.only]))
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


def turn_buttons(
    kind: str, page: int, pages: int, language: Language, *, only: str = ""
) -> discord.ui.View | None:
    """Return the buttons below a page of a list, None where there is only one."""
    if pages < 2:  # noqa: PLR2004 - nothing to turn
        return None
    view = ui.View(timeout=None)
    last = pages - 1
    back, on = say(language, "discord.list_back"), say(language, "discord.list_on")
    view.add_item(TurnButton(kind, "back", page - 1 if page else last, back, only=only))
    view.add_item(TurnButton(kind, "on", page + 1 if page < last else 0, on, only=only))
    return view
