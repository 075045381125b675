"""What people fill in and press: the form for pasted text, the pages of the list."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.commands.auditing import note_receipt
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    reply,
    require_adder,
    with_patience,
)
from bot.commands.failures import report
from bot.desk import Desk
from bot.excerpt import cut
from bot.language import say
from bot.render import page_count, render_list, render_receipt
from bot.types import Language
from index.dates import stated_date
from index.errors import FetchError, SettingError
from index.types import DateOrigin, Given, Page, Published
from index.web_address import is_web_address

_TEXT_LENGTH = 4000  # the most that Discord lets people type
_LINE_LENGTH = 300


class ArticleForm(ui.Modal):
    """Title, text, outlet, day and address of an article; only the text is required."""

    def __init__(self, desk: Desk, language: Language) -> None:
        """Build the form in a person's language."""
        super().__init__(title=say(language, "discord.form"))
        self._desk = desk
        self._title = self._line(language, "title")
        self._text = self._line(language, "text", paragraph=True)
        self._outlet = self._line(language, "outlet")
        self._published = self._line(language, "published", hint=True)
        self._url = self._line(language, "url")

    def _line(
        self, language: Language, name: str, *, paragraph: bool = False, hint: bool = False
    ) -> ui.TextInput[Self]:
        style = discord.TextStyle.paragraph if paragraph else discord.TextStyle.short
        field: ui.TextInput[Self] = ui.TextInput(
            custom_id=name,
            style=style,
            required=paragraph,
            max_length=_TEXT_LENGTH if paragraph else _LINE_LENGTH,
        )
        description = say(language, f"discord.form_{name}_hint") if paragraph or hint else None
        label = say(language, f"discord.form_{name}")
        self.add_item(ui.Label(text=label, description=description, component=field))
        return field

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Note that somebody waits for what this task does."""
        interaction.client.in_flight.command(interaction)
        return True

    async def on_submit(self, interaction: Interaction) -> None:
        """Add what was typed."""
        require_adder(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        language = language_for(interaction)
        given = Given(
            title=self._title.value.strip() or None,
            url=checked_address(self._url.value),
            outlet=self._outlet.value.strip() or None,
            published=read_day(self._published.value),
        )
        page = Page(
            self._text.value.encode(),
            "text/plain",
            charset="utf-8",
            source=given.title or say(language, "discord.pasted"),
        )
        work = self._desk.add_page(corpus_for(interaction), page, given)
        receipt = await with_patience(interaction, work)
        await note_receipt(interaction, receipt)
        await reply(interaction, render_receipt(receipt, language))

    # discord.py calls a form's handler with two values, a view's with three.
    async def on_error(  # type: ignore[override]
        self, interaction: Interaction, error: Exception
    ) -> None:
        """Say what went wrong."""
        await report(interaction, error)


class PageButton(
    ui.DynamicItem[ui.Button[Any]], template=r"articles:(?P<way>back|on):(?P<page>\d{1,6})"
):
    """Turns to a page of the list. The page stands in the button, so it works after a restart.

    So does the way, for of two pages both buttons lead to the same one and must differ.
    """

    def __init__(self, way: str, page: int, label: str | None = None) -> None:
        """Build the button that leads "back" or "on" to a page, counted from 0."""
        super().__init__(ui.Button(label=label, custom_id=f"articles:{way}:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["way"], int(match["page"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show the page, if the person still may."""
        try:
            require_adder(interaction)
            await interaction.response.defer()
            desk: Desk = interaction.client.desk
            await show_page(interaction, desk, self.page)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


async def show_page(interaction: Interaction, desk: Desk, page: int) -> None:
    """Put a page of the list in place of the deferred response."""
    language = language_for(interaction)
    articles = await desk.headlines(corpus_for(interaction))
    last = page_count(articles) - 1
    page = min(page, last)
    view: ui.View | None = None
    if last > 0:
        view = ui.View(timeout=None)
        back, on = say(language, "discord.list_back"), say(language, "discord.list_on")
        view.add_item(PageButton("back", page - 1 if page else last, back))
        view.add_item(PageButton("on", page + 1 if page < last else 0, on))
    await interaction.edit_original_response(
        content=render_list(articles, page, language), view=view
    )


def read_day(text: str) -> Published | None:
    """Read a day as people write it, nothing for an empty field; SettingError for anything else."""
    if not text.strip():
        return None
    published = stated_date(text.strip(), DateOrigin.GIVEN)
    if published is None:
        raise SettingError("published_unreadable", value=cut(text, 40))
    return published


def checked_address(url: str | None) -> str | None:
    """Return an address that a source link can use; FetchError for any other text."""
    url = (url or "").strip()
    if not url:
        return None
    if not is_web_address(url):
        raise FetchError("address_unreadable", address=cut(url, 80))
    return url
