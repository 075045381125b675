"""`/audit`: who has changed what, for administrators."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.commands.conversation import Interaction, corpus_for, language_for, require_manager
from bot.commands.names import named, translated
from bot.desk import Desk
from bot.pages import turn_buttons
from bot.render_audit import PAGE_SIZE, render_audit
from index.audit_table import AuditEntry, AuditFilter, AuditTable, AuditTopic
from index.corpus import Corpus

LIST = "audit"


def audit_command() -> app_commands.Command[Any, ..., None]:
    """Build `/audit`. Servers can hand it to anybody, so it asks for the right itself."""

    @app_commands.command(name=named("audit"), description=named("audit_about"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.rename(person=named("audit_person"), topic=named("audit_topic"))
    @app_commands.describe(person=named("audit_person_about"), topic=named("audit_topic_about"))
    @app_commands.choices(
        topic=[
            app_commands.Choice(name=translated(f"audit.of_{topic.value}"), value=topic.value)
            for topic in AuditTopic
        ]
    )
    async def audit(
        interaction: Interaction, person: discord.User | None = None, topic: str = ""
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_audit(interaction, 0, f"{person.id if person else ''}.{topic}")

    return app_commands.guild_only(app_commands.guild_install(audit))


async def show_audit(interaction: Interaction, page: int, limits: str = ".") -> None:
    """Put a page of the audit in place of the deferred response.

    `limits` stand in the buttons: a member's number, a point and a topic, each of them or none.
    """
    require_manager(interaction)
    person, _, topic = limits.partition(".")
    only = AuditFilter(person or None, AuditTopic(topic) if topic else None)
    desk: Desk = interaction.client.desk

    def read(opened: Corpus) -> tuple[int, int, list[AuditEntry]]:
        table = AuditTable(opened.database)
        count = table.count(only)
        wanted = max(0, min(page, -(-count // PAGE_SIZE) - 1))
        return wanted, count, table.page(wanted * PAGE_SIZE, PAGE_SIZE, only)

    shown, count, entries = await desk.look(corpus_for(interaction), read)
    language = language_for(interaction)
    await interaction.edit_original_response(
        content=render_audit(entries, shown, count, language, only),
        view=turn_buttons(LIST, shown, -(-count // PAGE_SIZE), language, only=limits),
    )
