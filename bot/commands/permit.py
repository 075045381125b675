"""`/permit`: sites whose reservations do not count here, with who answers for it and why."""

from __future__ import annotations

from urllib.parse import urlsplit

from discord import app_commands

from bot.commands.auditing import note
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    may_manage,
    reply,
    require_manager,
    with_patience,
)
from bot.commands.names import named
from bot.commands.suggestions import CHOICE_LENGTH, MOST_CHOICES
from bot.desk import Desk
from bot.escape import escape
from bot.excerpt import cut
from bot.language import say
from bot.pages import turn_buttons
from bot.render_permits import pages_of, render_permits, render_permitted
from index.audit_table import AuditAction
from index.corpus import Corpus
from index.errors import NotFoundError
from index.override_table import Override, Vouched
from index.rights import host_key

LIST = "permits"
_LONGEST_HOST = 300
_LONGEST_REASON = 300


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.guild_install()
class PermitCommands(app_commands.Group):
    """The group `/permit`. Servers can hand it to anybody, so it asks for the right itself."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that keeps what was entered."""
        super().__init__(name=named("permit"), description=named("permit_about"))
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let nobody through who may not administer."""
        require_manager(interaction)
        return True

    @app_commands.command(name=named("permit_add"), description=named("permit_add_about"))
    @app_commands.rename(host=named("permit_host"), reason=named("permit_reason"))
    @app_commands.describe(host=named("permit_host_about"), reason=named("permit_reason_about"))
    async def add(
        self,
        interaction: Interaction,
        host: app_commands.Range[str, 1, _LONGEST_HOST],
        reason: app_commands.Range[str, 1, _LONGEST_REASON],
    ) -> None:
        """Set the reservations of a site aside."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        vouched = Vouched(str(interaction.user.id), reason.strip())
        work = self._desk.set_aside(corpus_for(interaction), host.strip(), vouched)
        override = await with_patience(interaction, work)
        await note(
            interaction, AuditAction.OVERRIDE_SET, host=override.host, reason=override.reason
        )
        await reply(interaction, render_permitted(override, language_for(interaction)))

    @app_commands.command(name=named("list"), description=named("permit_list_about"))
    async def list_permits(self, interaction: Interaction) -> None:
        """List what was entered."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_permits(interaction, 0)

    @app_commands.command(name=named("permit_remove"), description=named("permit_remove_about"))
    @app_commands.rename(host=named("permit_host"))
    @app_commands.describe(host=named("permit_host_about"))
    async def remove(self, interaction: Interaction, host: str) -> None:
        """Let the reservations of a site count again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        meant = _host_in(host)

        def work(opened: Corpus) -> bool:
            return opened.overrides.remove(meant)

        if not await self._desk.change(corpus_for(interaction), work):
            raise NotFoundError("permit_not_found", host=cut(meant, CHOICE_LENGTH))
        await note(interaction, AuditAction.OVERRIDE_REMOVED, host=meant)
        await reply(
            interaction,
            say(language_for(interaction), "permit.removed", host=escape(cut(meant, 100))),
        )

    @remove.autocomplete("host")
    async def suggest(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the hosts that were entered."""
        if not may_manage(interaction):
            return []
        typed = current.strip().casefold()
        overrides = await self._desk.look(corpus_for(interaction), _all)
        return [
            app_commands.Choice(name=one.host, value=one.host)
            for one in overrides
            if typed in one.host and len(one.host) <= CHOICE_LENGTH
        ][:MOST_CHOICES]


async def show_permits(interaction: Interaction, page: int) -> None:
    """Put a page of what was entered in place of the deferred response."""
    require_manager(interaction)
    desk: Desk = interaction.client.desk
    found = await desk.look(corpus_for(interaction), _all)
    language, pages = language_for(interaction), pages_of(found)
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_permits(found, page, language),
        view=turn_buttons(LIST, page, pages, language),
    )


def _all(opened: Corpus) -> list[Override]:
    return opened.overrides.all()


def _host_in(typed: str) -> str:
    """Return the host of what was typed, an address or the host alone."""
    typed = typed.strip()
    try:
        return host_key(urlsplit(typed).hostname or typed)
    except ValueError:
        return host_key(typed)
