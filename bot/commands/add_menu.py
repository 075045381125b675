"""The menu of a message, for those who may add: takes its links and files in as articles."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial

import discord
from discord import app_commands

from bot.commands.attachments import page_of
from bot.commands.auditing import note_receipt
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    reply,
    require_adder,
    with_patience,
)
from bot.commands.failures import sentence_for
from bot.commands.names import translated
from bot.desk import Desk
from bot.excerpt import units
from bot.language import say
from bot.render import MESSAGE_LIMIT, render_several
from bot.types import Language
from index.errors import SourceError
from index.types import Given, Receipt

_MOST = 5  # links and files of one message
_ADDRESS = re.compile(r"https?://[^\s<>|*]+", re.IGNORECASE)
_NOT_LAST = ".,;:!?'\"”“»«_~`"


def addresses_in(content: str) -> list[str]:
    """Return the web addresses in a message, each once, without the marks that follow them."""
    found = []
    for match in _ADDRESS.finditer(content):
        address = match[0].rstrip(_NOT_LAST)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_NOT_LAST)
        found.append(address)
    return list(dict.fromkeys(found))


def add_menu(desk: Desk) -> app_commands.ContextMenu:
    """Build the menu entry. Servers can hand it to anybody, so it asks for the right itself."""

    async def add(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        require_adder(interaction)
        language, corpus = language_for(interaction), corpus_for(interaction)
        found = addresses_in(message.content)
        addresses = found[:_MOST]
        files = message.attachments[: _MOST - len(addresses)]
        left = len(found) + len(message.attachments) - len(addresses) - len(files)
        if not (addresses or files):
            await reply(interaction, say(language, "menu.nothing_to_add"))
            return
        work = _take_in(desk, corpus, addresses, files, language)
        outcomes = await with_patience(interaction, work)
        for outcome in outcomes:
            if isinstance(outcome, Receipt):
                await note_receipt(interaction, outcome)
        text = render_several(outcomes, language)
        rest = f"\n-# {say(language, 'menu.left', count=left, limit=_MOST)}" if left else ""
        await reply(interaction, text + rest if units(text + rest) <= MESSAGE_LIMIT else text)

    menu = app_commands.ContextMenu(name=translated("menu.add"), callback=add)
    menu = app_commands.default_permissions(manage_guild=True)(menu)
    return app_commands.guild_only(app_commands.guild_install(menu))


async def _take_in(
    desk: Desk,
    corpus: str,
    addresses: list[str],
    files: list[discord.Attachment],
    language: Language,
) -> list[Receipt | str]:
    """Add one after the other: a receipt for each, or the sentence that says why there is none."""

    async def of_file(file: discord.Attachment) -> Receipt:
        return await desk.add_page(corpus, await page_of(file), Given())

    waiting: list[Callable[[], Awaitable[Receipt]]] = []
    waiting += [partial(desk.add_address, corpus, address, Given()) for address in addresses]
    waiting += [partial(of_file, file) for file in files]
    outcomes: list[Receipt | str] = []
    for add in waiting:
        try:
            outcomes.append(await add())
        except SourceError as error:
            outcomes.append(sentence_for(error, language))
    return outcomes
