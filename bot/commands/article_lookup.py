"""Looking at one article and fetching it again: `/article show`, `changes` and `refresh`."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.article_view import ArticleView, view_of
from bot.commands.auditing import note_receipt
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    may_add_here,
    reply,
    settings_for,
    with_patience,
)
from bot.commands.names import named
from bot.commands.suggestions import article_id_in, suggest_articles
from bot.desk import Desk
from bot.language import say
from bot.render_article import render_changes, render_refreshed, render_view
from index.errors import FetchError, NotFoundError
from index.types import Given

_Command = app_commands.Command[Any, ..., None]
_MOST_VERSIONS = 100_000


def lookup_commands(desk: Desk) -> list[_Command]:
    """Build the commands for the group `/article`, which lets nobody through who may not add."""
    commands: list[_Command] = [
        _show_command(desk),
        _changes_command(desk),
        _refresh_command(desk),
    ]

    async def suggest(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if not may_add_here(interaction):
            return []
        return await suggest_articles(interaction, desk, current)

    for command in commands:
        command.autocomplete("article")(suggest)
    return commands


def _show_command(desk: Desk) -> _Command:
    @app_commands.command(name=named("show"), description=named("show_about"))
    @app_commands.rename(article=named("which_article"))
    @app_commands.describe(article=named("which_article_about"))
    async def show(interaction: Interaction, article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = await _view(interaction, desk, article)
        await reply(interaction, render_view(view, language_for(interaction)))

    return show


def _changes_command(desk: Desk) -> _Command:
    @app_commands.command(name=named("changes"), description=named("changes_about"))
    @app_commands.rename(article=named("which_article"), version=named("version"))
    @app_commands.describe(article=named("which_article_about"), version=named("version_about"))
    async def changes(
        interaction: Interaction,
        article: str,
        version: app_commands.Range[int, 1, _MOST_VERSIONS] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        view, language = await _view(interaction, desk, article), language_for(interaction)
        count = len(view.versions)
        number = count if version is None else version
        if number > count:
            raise NotFoundError("version_not_found", version=number, count=count)
        if count == 1:
            await reply(interaction, say(language, "article.only_version", id=view.newest.id))
        elif number == 1:
            await reply(interaction, say(language, "article.first_version", count=count))
        else:
            await reply(
                interaction, await desk.aside(lambda: render_changes(view, number, language))
            )

    return changes


def _refresh_command(desk: Desk) -> _Command:
    @app_commands.command(name=named("refresh"), description=named("refresh_about"))
    @app_commands.rename(article=named("which_article"))
    @app_commands.describe(article=named("which_article_about"))
    async def refresh(interaction: Interaction, article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        stored = (await _view(interaction, desk, article)).newest
        url = stored.article.url
        if url is None:
            raise FetchError("article_without_address", id=stored.id)
        work = desk.add_address(corpus_for(interaction), url, Given())
        receipt = await with_patience(interaction, work)
        await note_receipt(interaction, receipt)
        await reply(interaction, render_refreshed(receipt, stored.id, language_for(interaction)))

    return refresh


async def _view(interaction: Interaction, desk: Desk, typed: str) -> ArticleView:
    """Look up the article that was typed or chosen."""
    article_id = article_id_in(typed)
    limits = desk.limits.narrowed(settings_for(interaction).excerpt_characters)
    return await desk.look(
        corpus_for(interaction), lambda opened: view_of(opened, article_id, limits)
    )
