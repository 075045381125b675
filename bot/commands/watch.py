"""`/watch`: being told when something changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from discord import app_commands

from bot.buttons.watch import begin_watch, change_watch, show_watches, visible_watches
from bot.commands.admission import Admission
from bot.commands.ask import without_tokens
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    reply,
)
from bot.commands.names import named, translated
from bot.desk import Desk
from bot.excerpt import cut
from index.errors import NotFoundError

HERE, ALONE = "here", "me"
_CHOICE = 100  # characters, by Discord's rules
_MOST_CHOICES = 25


@app_commands.guild_only()
@app_commands.guild_install()
class WatchCommands(app_commands.Group):
    """The group `/watch`, for everyone who may ask."""

    def __init__(self, desk: Desk, admission: Admission, clock: Callable[[], datetime]) -> None:
        """Take the desk that answers and who may ask it."""
        super().__init__(name=named("watch"), description=named("watch_about"))
        self._desk = desk
        self._admission = admission
        self._clock = clock

    @app_commands.command(name=named("watch_new"), description=named("watch_new_about"))
    @app_commands.rename(question=named("ask_question"), where=named("watch_where"))
    @app_commands.describe(question=named("ask_question_about"), where=named("watch_where_about"))
    @app_commands.choices(
        where=[
            app_commands.Choice(name=translated("watch.here"), value=HERE),
            app_commands.Choice(name=translated("watch.me"), value=ALONE),
        ]
    )
    async def new(self, interaction: Interaction, question: str, where: str = ALONE) -> None:
        """Watch a question."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        refusal = self._admission.refusal_for(interaction)
        if refusal is not None:
            raise refusal
        text = without_tokens(question)
        await begin_watch(interaction, text, frozenset(), here=where == HERE)

    @app_commands.command(name=named("list"), description=named("watch_list_about"))
    async def list_watches(self, interaction: Interaction) -> None:
        """List one's own watches; administrators see all."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_watches(interaction, 0)

    @app_commands.command(name=named("pause"), description=named("watch_pause_about"))
    @app_commands.rename(watch=named("which_watch"))
    @app_commands.describe(watch=named("which_watch_about"))
    async def pause(self, interaction: Interaction, watch: str) -> None:
        """Let a watch rest."""
        await self._change(interaction, watch, "pause")

    @app_commands.command(name=named("resume"), description=named("watch_resume_about"))
    @app_commands.rename(watch=named("which_watch"))
    @app_commands.describe(watch=named("which_watch_about"))
    async def resume(self, interaction: Interaction, watch: str) -> None:
        """Let a watch go on."""
        await self._change(interaction, watch, "resume")

    @app_commands.command(name=named("remove"), description=named("watch_remove_about"))
    @app_commands.rename(watch=named("which_watch"))
    @app_commands.describe(watch=named("which_watch_about"))
    async def remove(self, interaction: Interaction, watch: str) -> None:
        """Delete a watch."""
        await self._change(interaction, watch, "remove")

    @pause.autocomplete("watch")
    @resume.autocomplete("watch")
    @remove.autocomplete("watch")
    async def suggest(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest watches by the words of their questions or by number."""
        words = current.casefold().split()
        return [
            app_commands.Choice(
                name=cut(f"{one.id}: {' '.join(one.question.split())}", _CHOICE),
                value=str(one.id),
            )
            for one in await visible_watches(interaction)
            if all(word in f"{one.id} {one.question}".casefold() for word in words)
        ][:_MOST_CHOICES]

    async def _change(self, interaction: Interaction, typed: str, what: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        number = typed.partition(":")[0].strip()
        if not (number.isascii() and number.isdecimal() and len(number) < 19):  # noqa: PLR2004 - SQLite
            raise NotFoundError("watch_gone")
        corpus = corpus_for(interaction)
        await reply(interaction, await change_watch(interaction, corpus, int(number), what))
