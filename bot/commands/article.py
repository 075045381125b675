"""Looking after a server's articles: `/article add`, `/article list`, `/article remove`."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.commands.attachments import page_of
from bot.commands.auditing import note_article, note_receipt
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    may_manage,
    reply,
    require_adder,
    require_manager,
    with_patience,
)
from bot.commands.failures import sentence_for
from bot.commands.names import named
from bot.commands.progress import Progress, progress_of
from bot.commands.suggestions import article_id_in, suggest_articles
from bot.desk import Desk
from bot.language import say
from bot.render import render_receipt, render_removed, render_several
from bot.types import Language
from bot.views import ArticleForm, checked_address, show_page
from index.audit_table import AuditAction
from index.errors import SettingError, SourceError
from index.types import Given, Receipt


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.guild_install()
class ArticleCommands(app_commands.Group):
    """The group `/article`. Servers can hand it to anybody, so it asks for the right itself."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that keeps the articles."""
        super().__init__(name=named("article"), description=named("article_about"))
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let nobody through who may not add; what takes more asks for it itself."""
        require_adder(interaction)
        return True

    @app_commands.command(name=named("add"), description=named("add_about"))
    @app_commands.rename(
        url=named("add_url"),
        file=named("add_file"),
        file2=named("add_file2"),
        file3=named("add_file3"),
        file4=named("add_file4"),
        file5=named("add_file5"),
    )
    @app_commands.describe(
        url=named("add_url_about"),
        file=named("add_file_about"),
        file2=named("add_file_more_about"),
        file3=named("add_file_more_about"),
        file4=named("add_file_more_about"),
        file5=named("add_file_more_about"),
    )
    async def add(
        self,
        interaction: Interaction,
        url: str | None = None,
        file: discord.Attachment | None = None,
        *,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
    ) -> None:
        """Add by address, by files, or by a form for pasted text."""
        files = [one for one in (file, file2, file3, file4, file5) if one is not None]
        language = language_for(interaction)
        if url is None and not files:
            # Discord takes a form only as the very first response.
            await interaction.response.send_modal(ArticleForm(self._desk, language))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        corpus = corpus_for(interaction)
        if len(files) > 1:
            if url is not None:
                raise SettingError("url_for_one_file")
            async with progress_of(interaction) as progress:
                outcomes = await self._add_files(corpus, files, language, progress)
            for outcome in outcomes:
                if isinstance(outcome, Receipt):
                    await note_receipt(interaction, outcome)
            await reply(interaction, render_several(outcomes, language))
            return
        if files:
            work = self._add_file(corpus, files[0], Given(url=checked_address(url)))
        else:
            work = self._desk.add_address(corpus, (url or "").strip(), Given())
        receipt = await with_patience(interaction, work)
        await note_receipt(interaction, receipt)
        await reply(interaction, render_receipt(receipt, language))

    async def _add_file(self, corpus: str, file: discord.Attachment, given: Given) -> Receipt:
        return await self._desk.add_page(corpus, await page_of(file), given)

    async def _add_files(
        self,
        corpus: str,
        files: Sequence[discord.Attachment],
        language: Language,
        progress: Progress,
    ) -> list[Receipt | str]:
        """Add files one by one: a receipt for each, or the sentence that says why there is none."""
        outcomes: list[Receipt | str] = []
        for file in files:
            done = len(outcomes)
            progress.tell(say(language, "discord.files_done", done=done, count=len(files)))
            try:
                outcomes.append(await self._add_file(corpus, file, Given()))
            except SourceError as error:
                outcomes.append(sentence_for(error, language))
        return outcomes

    @app_commands.command(name=named("list"), description=named("list_about"))
    async def list_articles(self, interaction: Interaction) -> None:
        """List all articles, the newest first."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_page(interaction, self._desk, 0)

    @app_commands.command(name=named("remove"), description=named("remove_about"))
    @app_commands.rename(article=named("remove_article"))
    @app_commands.describe(article=named("remove_article_about"))
    async def remove(self, interaction: Interaction, article: str) -> None:
        """Remove one article by the number that the list shows."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await self._desk.remove(corpus_for(interaction), article_id_in(article))
        await note_article(interaction, AuditAction.ARTICLE_REMOVED, removed)
        await reply(interaction, render_removed(removed, language_for(interaction)))

    @remove.autocomplete("article")
    async def suggest(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest articles by the words of their titles or by number."""
        if not may_manage(interaction):
            return []
        return await suggest_articles(interaction, self._desk, current)
