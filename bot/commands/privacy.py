"""`/privacy` and `/forget-me`: what is kept of people, and how it goes."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.commands.conversation import Interaction, corpus_for, language_for, settings_for
from bot.commands.names import named
from bot.commands.turns import Turns
from bot.desk import Desk
from bot.installation import Installation
from bot.language import language_of
from bot.privacy_text import forgotten_text, privacy_text
from index.audit_table import AuditTable
from index.corpus import Corpus
from index.question_table import QuestionTable
from index.watch_table import WatchTable


def privacy_command(installation: Installation) -> app_commands.Command[Any, ..., None]:
    """Build `/privacy`, for everybody."""

    @app_commands.command(name=named("privacy"), description=named("privacy_about"))
    async def privacy(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        names = language_of(interaction.locale.value)
        text = privacy_text(
            language_for(interaction), settings_for(interaction), installation, names
        )
        await interaction.edit_original_response(content=text)

    return app_commands.guild_only(app_commands.guild_install(privacy))


def forget_command(turns: Turns) -> app_commands.Command[Any, ..., None]:
    """Build `/forget-me`, for everybody: it deletes what there is of whoever uses it."""

    @app_commands.command(name=named("forget"), description=named("forget_about"))
    async def forget(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        desk: Desk = interaction.client.desk
        corpus, person = corpus_for(interaction), interaction.user.id
        turns.forget(int(corpus), person)

        def work(opened: Corpus) -> tuple[int, int, int, int]:
            questions = QuestionTable(opened.database).forget_asker(person)
            changes = AuditTable(opened.database).count_by(str(person))
            exceptions = sum(one.by == str(person) for one in opened.overrides.all())
            return questions, changes, exceptions, WatchTable(opened.database).forget(person)

        counts = (0, 0, 0, 0)
        if corpus in await desk.corpora():
            counts = await desk.change(corpus, work)
        text = forgotten_text(language_for(interaction), *counts)
        await interaction.edit_original_response(content=text)

    return app_commands.guild_only(app_commands.guild_install(forget))
