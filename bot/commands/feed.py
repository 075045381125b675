"""Looking after a server's feeds: `/feed`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from discord import app_commands

from bot.commands.auditing import note
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    may_add_here,
    reply,
    require_adder,
    require_manager,
    with_patience,
)
from bot.commands.names import named
from bot.commands.progress import Progress, progress_of
from bot.commands.suggestions import feed_choices, feed_id_in
from bot.desk import Desk
from bot.feed_desk import FeedDesk, Report, feed_states
from bot.feed_import import Taken
from bot.language import say
from bot.pages import turn_buttons
from bot.render_feeds import (
    in_order,
    pages_of,
    render_choice,
    render_feeds,
    render_preview,
    render_progress,
    render_report,
    shown_name,
)
from index.audit_table import AuditAction
from index.errors import FeedError
from index.feed_table import FeedTable, StoredFeed

_log = logging.getLogger(__name__)

LIST = "feeds"
# A job may take longer than Discord lets a message be edited: a quarter of an hour.
_LONGEST_S = 840.0


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.guild_install()
class FeedCommands(app_commands.Group):
    """The group `/feed`. Servers can hand it to anybody, so it asks for the right itself."""

    def __init__(self, desk: Desk, feeds: FeedDesk) -> None:
        """Take the desk that keeps them and what asks them."""
        super().__init__(name=named("feed"), description=named("feed_about"))
        self._desk = desk
        self._feeds = feeds
        self._jobs: set[asyncio.Task[Report]] = set()

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let nobody through who may not add; what takes more asks for it itself."""
        require_adder(interaction)
        return True

    @app_commands.command(name=named("add"), description=named("feed_add_about"))
    @app_commands.rename(url=named("add_url"))
    @app_commands.describe(url=named("feed_url_about"))
    async def add(self, interaction: Interaction, url: str) -> None:
        """Add a feed and fetch its newest articles."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        corpus, by = corpus_for(interaction), "Discord"  # the audit knows who, for a while
        try:
            feed = await with_patience(interaction, self._feeds.add(corpus, url.strip(), by))
        except FeedError as error:
            await self._offer(interaction, error)
            return
        await note(interaction, AuditAction.FEED_ADDED, id=feed.id, title=feed.title or feed.url)
        async with progress_of(interaction) as progress:
            language = language_for(interaction)
            progress.tell(say(language, "feed.added", id=feed.id, name=shown_name(feed)))
            report = await self._refresh(interaction, feed, progress, forced=False)
        if report is not None:
            head = say(language, "feed.added_head", id=feed.id, name=shown_name(feed))
            await reply(interaction, f"{head}\n{render_report(report, language)}")

    @app_commands.command(name=named("list"), description=named("feed_list_about"))
    async def list_feeds(self, interaction: Interaction) -> None:
        """List all feeds, those that fail first."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_feeds(interaction, 0)

    @app_commands.command(name=named("preview"), description=named("preview_about"))
    @app_commands.rename(url=named("add_url"))
    @app_commands.describe(url=named("feed_url_about"))
    async def preview(self, interaction: Interaction, url: str) -> None:
        """Show what a feed lists without adding it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        work = self._feeds.preview(corpus_for(interaction), url.strip())
        try:
            found = await with_patience(interaction, work)
        except FeedError as error:
            await self._offer(interaction, error)
            return
        await reply(interaction, render_preview(found, language_for(interaction)))

    @app_commands.command(name=named("pause"), description=named("pause_about"))
    @app_commands.rename(feed=named("which_feed"))
    @app_commands.describe(feed=named("which_feed_about"))
    async def pause(self, interaction: Interaction, feed: str) -> None:
        """Leave a feed alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        require_manager(interaction)
        changed = await self._feeds.pause(corpus_for(interaction), feed_id_in(feed))
        await self._say_done(interaction, AuditAction.FEED_PAUSED, changed)

    @app_commands.command(name=named("resume"), description=named("resume_about"))
    @app_commands.rename(feed=named("which_feed"))
    @app_commands.describe(feed=named("which_feed_about"))
    async def resume(self, interaction: Interaction, feed: str) -> None:
        """Ask a feed again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        require_manager(interaction)
        changed = await self._feeds.resume(corpus_for(interaction), feed_id_in(feed))
        await self._say_done(interaction, AuditAction.FEED_RESUMED, changed)

    @app_commands.command(name=named("remove"), description=named("feed_remove_about"))
    @app_commands.rename(feed=named("which_feed"), with_articles=named("with_articles"))
    @app_commands.describe(
        feed=named("which_feed_about"), with_articles=named("with_articles_about")
    )
    async def remove(
        self,
        interaction: Interaction,
        feed: str,
        with_articles: bool = False,
    ) -> None:
        """Forget a feed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        require_manager(interaction)
        corpus, feed_id = corpus_for(interaction), feed_id_in(feed)
        work = self._feeds.remove(corpus, feed_id, with_articles=with_articles)
        removed, articles = await with_patience(interaction, work)
        action = AuditAction.FEED_REMOVED
        await note(interaction, action, id=removed.id, title=removed.title or removed.url)
        key = "feed.removed_with_articles" if with_articles else "feed.removed"
        name = shown_name(removed)
        await reply(interaction, say(language_for(interaction), key, name=name, count=articles))

    @app_commands.command(name=named("now"), description=named("now_about"))
    @app_commands.rename(feed=named("which_feed"))
    @app_commands.describe(feed=named("which_feed_about"))
    async def now(self, interaction: Interaction, feed: str) -> None:
        """Ask a feed at once."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        feed_id = feed_id_in(feed)
        stored = await self._desk.look(
            corpus_for(interaction), lambda opened: FeedTable(opened.database).feed(feed_id)
        )
        async with progress_of(interaction) as progress:
            report = await self._refresh(interaction, stored, progress, forced=True)
        if report is not None:
            await reply(interaction, render_report(report, language_for(interaction)))

    @pause.autocomplete("feed")
    @resume.autocomplete("feed")
    @remove.autocomplete("feed")
    @now.autocomplete("feed")
    async def suggest(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest feeds by the words of their titles and addresses or by number."""
        if not may_add_here(interaction):
            return []
        feeds = await self._desk.look(
            corpus_for(interaction), lambda opened: FeedTable(opened.database).all()
        )
        return feed_choices(feeds, current)

    async def _say_done(
        self, interaction: Interaction, action: AuditAction, feed: StoredFeed
    ) -> None:
        await note(interaction, action, id=feed.id, title=feed.title or feed.url)
        paused = action is AuditAction.FEED_PAUSED
        key = "feed.now_paused" if paused else "feed.now_resumed"
        await reply(interaction, say(language_for(interaction), key, name=shown_name(feed)))

    async def _offer(self, interaction: Interaction, error: FeedError) -> None:
        """Name the feeds of a page that has several; any other error is raised again."""
        if error.code != "feed_choice":
            raise error
        await reply(interaction, render_choice(error, language_for(interaction)))

    async def _refresh(
        self, interaction: Interaction, feed: StoredFeed, progress: Progress, *, forced: bool
    ) -> Report | None:
        """Ask a feed and say how far it is; None where that takes longer than Discord listens."""
        language, taken = language_for(interaction), list[Taken]()

        def tell(one: Taken) -> None:
            taken.append(one)
            progress.tell(render_progress(feed, taken, language))

        corpus = corpus_for(interaction)
        job = self._started(self._feeds.refresh(corpus, feed.id, tell, forced=forced))
        try:
            done, _ = await asyncio.wait({job}, timeout=_LONGEST_S)
        except asyncio.CancelledError:
            job.cancel()
            raise
        if done:
            return job.result()
        await reply(interaction, say(language, "feed.goes_on", name=shown_name(feed)))
        return None

    def _started(self, work: Coroutine[Any, Any, Report]) -> asyncio.Task[Report]:
        """Start a job that goes on when nobody waits for it any more."""
        job = asyncio.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._ended)
        return job

    def _ended(self, job: asyncio.Task[Report]) -> None:
        self._jobs.discard(job)
        if not job.cancelled() and job.exception() is not None:
            _log.warning("a feed could not be asked: %s", job.exception())


async def show_feeds(interaction: Interaction, page: int) -> None:
    """Put a page of the feeds in place of the deferred response."""
    require_adder(interaction)
    desk: Desk = interaction.client.desk
    states = in_order(await desk.look(corpus_for(interaction), feed_states))
    language, pages = language_for(interaction), pages_of(states)
    page = min(page, pages - 1)
    await interaction.edit_original_response(
        content=render_feeds(states, page, language),
        view=turn_buttons(LIST, page, pages, language),
    )
