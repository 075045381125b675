"""`/gaps`: what was asked in vain, for those who could add an article about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import app_commands

from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    require_adder,
    settings_for,
)
from bot.commands.names import named
from bot.desk import Desk
from bot.escape import escape
from bot.excerpt import cut
from bot.gaps import Gap, gaps_of
from bot.language import say
from bot.pages import turn_buttons
from bot.types import Language
from index.question_table import QuestionTable

LIST = "gaps"
PAGE_SIZE = 8
_QUESTION = 90


def gaps_command() -> app_commands.Command[Any, ..., None]:
    """Build `/gaps`. Servers can hand it to anybody, so it asks for the right itself."""

    @app_commands.command(name=named("gaps"), description=named("gaps_about"))
    @app_commands.default_permissions(manage_guild=True)
    async def gaps(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_gaps(interaction, 0)

    return app_commands.guild_only(app_commands.guild_install(gaps))


async def show_gaps(interaction: Interaction, page: int) -> None:
    """Put a page of the gaps in place of the deferred response."""
    require_adder(interaction)
    language, settings = language_for(interaction), settings_for(interaction)
    if not settings.logs_questions:
        text = say(language, "gaps.log_off")
        await interaction.edit_original_response(content=text, view=None)
        return
    desk: Desk = interaction.client.desk
    found = await desk.look(
        corpus_for(interaction),
        lambda opened: gaps_of(QuestionTable(opened.database).unanswered()),
    )
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_gaps(found, page, pages, language),
        view=turn_buttons(LIST, page, pages, language),
    )


def render_gaps(gaps: Sequence[Gap], page: int, pages: int, language: Language) -> str:
    """Return one page of the gaps, counted from 0."""
    if not gaps:
        return say(language, "gaps.none")
    lines = [f"**{say(language, 'gaps.head', page=page + 1, pages=pages)}**"]
    for gap in gaps[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]:
        text = escape(" ".join(cut(gap.text, _QUESTION).split()))
        last = int(gap.last.timestamp())
        often = say(language, "gaps.often", question=text, count=gap.count, last=last)
        lines.append(f"- {often}")
    return "\n".join(lines)
