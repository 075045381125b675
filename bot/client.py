"""The connection to Discord: logs in, hears, passes on; what it says is decided elsewhere."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
import logging
import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord
import discord.gateway
from discord import app_commands

from bot.buttons.answer import AnswerButton, PeriodMenu
from bot.buttons.asked_page import AskedPageButton, ShowAsked
from bot.buttons.suggest import LIST as SUGGESTIONS
from bot.buttons.suggest import DecisionButton, SuggestButton, show_suggestions
from bot.buttons.watch import LIST as WATCHES
from bot.buttons.watch import WatchButton, alert_buttons, show_watches
from bot.commands.add_menu import add_menu
from bot.commands.admission import Admission
from bot.commands.article import ArticleCommands
from bot.commands.article_lookup import lookup_commands
from bot.commands.ask import ask_command
from bot.commands.audit import LIST as AUDIT
from bot.commands.audit import audit_command, show_audit
from bot.commands.claims import claims_menu
from bot.commands.conversation import Interaction
from bot.commands.digest import PAGES as DIGEST
from bot.commands.digest import digest_command, show_digest
from bot.commands.direct import DirectMessages
from bot.commands.failures import UNHEARD, report
from bot.commands.feed import LIST as FEEDS
from bot.commands.feed import FeedCommands, show_feeds
from bot.commands.gaps import LIST as GAPS
from bot.commands.gaps import gaps_command, show_gaps
from bot.commands.help import help_command
from bot.commands.how_it_went import PAGES as TIMELINE
from bot.commands.how_it_went import show_timeline_page
from bot.commands.mentions import Mentions
from bot.commands.names import Translator
from bot.commands.permit import LIST as PERMITS
from bot.commands.permit import PermitCommands, show_permits
from bot.commands.privacy import forget_command, privacy_command
from bot.commands.search import PAGES as SEARCH
from bot.commands.search import search_command, show_found
from bot.commands.settings import settings_command
from bot.commands.sources import LIST as SOURCES
from bot.commands.sources import show_sources, sources_command
from bot.commands.stale import answer_if_nobody_does
from bot.commands.status import status_command
from bot.commands.suggested import suggestions_command
from bot.commands.timeline import timeline_command
from bot.commands.turns import Turns
from bot.commands.watch import WatchCommands
from bot.counters import Counters
from bot.desk import Desk
from bot.feed_desk import FeedDesk
from bot.guild_rules import GuildRules
from bot.health.watching import Watching
from bot.in_flight import InFlight
from bot.installation import Installation
from bot.once import Once
from bot.outages import PATIENCE_S, be_patient
from bot.pages import ShowPage, TurnButton
from bot.presence import Presence
from bot.question_log import QuestionLog
from bot.question_rate import QuestionRate
from bot.settings_panel import SETTING_ITEMS
from bot.timing import Timing
from bot.views import PageButton
from bot.watch_keeper import WatchKeeper
from bot.watch_post import WatchPost
from index.errors import BelegError, SettingError

_log = logging.getLogger(__name__)

# Sockets to Discord; whatever a crowd wants at once beyond that waits some milliseconds.
MOST_CONNECTIONS = 32
_WRONG_TOKEN = 4004
_WRONG_INTENTS = {4013, 4014}


async def serve(
    desk: Desk,
    token: str | None,
    *,
    directory: Path | None = None,
    connector: aiohttp.BaseConnector | None = None,
    feeds: FeedDesk | None = None,
    installation: Installation | None = None,
    watching: Watching | None = None,
) -> None:
    """Log in and answer until cancelled; outages that come later are waited out.

    When cancelled, answers under way are finished or apologised for first, within eight seconds.

    `directory` remembers which commands Discord already has; without `feeds` there are no commands
    for them. Raise SettingError where the token or
    the bot's set-up is at fault, BelegError where Discord cannot be reached or falls silent.
    """
    token = (token or "").strip()
    if not token:
        raise SettingError("token_missing")
    if not token.isascii() or any(character.isspace() for character in token):
        raise SettingError("token_refused")
    settle()
    async with BelegClient(
        desk,
        directory=directory,
        feeds=feeds,
        connector=connector or aiohttp.TCPConnector(limit=MOST_CONNECTIONS),
        installation=installation,
        watching=watching,
    ) as client:
        try:
            await _until_it_ends(client, token)
        except discord.LoginFailure as error:
            raise SettingError("token_refused") from error
        except discord.PrivilegedIntentsRequired as error:
            raise SettingError("intents_missing") from error
        except discord.ConnectionClosed as error:
            if error.code == _WRONG_TOKEN:
                raise SettingError("token_refused") from error
            if error.code in _WRONG_INTENTS:
                raise SettingError("intents_missing") from error
            raise BelegError("discord_unreachable") from error
        except (
            discord.HTTPException,
            discord.GatewayNotFound,
            OSError,
            aiohttp.ClientError,
        ) as error:
            raise BelegError("discord_unreachable") from error


async def _until_it_ends(client: BelegClient, token: str) -> None:
    """Serve until the connection ends by itself, the gateway falls silent, or being cancelled."""
    gateway = client.watching.gateway
    connection = asyncio.create_task(client.start(token))
    watch = asyncio.create_task(gateway.keep(client.is_open, asyncio.sleep))
    watches = asyncio.create_task(client.watches.keep())
    try:
        await asyncio.wait({connection, watch}, return_when=asyncio.FIRST_COMPLETED)
        for ended in (connection, watch):
            if ended.done():
                ended.result()
    except asyncio.CancelledError:
        client.watching.stopping()
        await client.in_flight.finish()
        raise
    finally:
        await client.close()
        for task in (connection, watch, watches):
            task.cancel()
        await asyncio.gather(connection, watch, watches, return_exceptions=True)


def settle() -> None:
    """Take what is loaded so far out of garbage collection, once.

    Libraries and sentence model are half a million objects that stay; looking through them all
    stops every thread, the heartbeat's too, for a quarter of a second each time.
    """
    gc.collect()
    gc.freeze()


class BelegClient(discord.Client):
    """Beleg on Discord. It needs no privileged intent: messages that mention it arrive in full.

    Only to read in its own threads what does not mention it, it asks for the content of messages.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        directory: Path | None = None,
        feeds: FeedDesk | None = None,
        connector: aiohttp.BaseConnector | None = None,
        timing: Timing | None = None,
        installation: Installation | None = None,
        watching: Watching | None = None,
    ) -> None:
        """Take the desk that answers; make it inside the running loop if a connector is passed."""
        intents = discord.Intents.none()
        intents.guilds = True
        intents.guild_messages = True
        intents.dm_messages = True  # to say there that answers come in servers
        installation = installation or Installation()
        intents.message_content = installation.reads_threads
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # of what people write, only the last question is kept for a while
            member_cache_flags=discord.MemberCacheFlags.none(),
            connector=connector,
            max_ratelimit_timeout=PATIENCE_S,
            enable_debug_events=True,  # tells of every word from the gateway, see `dispatch`
        )
        self.desk = desk
        self.counters = Counters()
        self.in_flight = InFlight(self.counters)
        self.watching = watching or Watching(directory or Path())
        self.watching.troubles = lambda: {k.value: n for k, n in self.counters.counts.items()}
        self.watching.latency = lambda: self.latency if math.isfinite(self.latency) else 0.0
        self.watching.servers = lambda: len(self.guilds)
        clock = (timing or Timing()).clock
        self.rules = GuildRules(desk, clock)
        self.clock, self.once = clock, Once()
        self.presence = Presence(desk, clock)
        log = QuestionLog(desk, self.rules, clock)
        turns, admission = Turns(), Admission(self.rules, log, clock)
        self.turns, self.admission = turns, admission
        self.tree = Tree(self)
        self.tree.add_command(ask_command(desk, turns, admission, self.today))
        self.tree.add_command(timeline_command(desk, admission, clock))
        self.tree.add_command(digest_command(admission, self.today))
        self.tree.add_command(WatchCommands(desk, admission, clock))
        articles = ArticleCommands(desk)
        for command in lookup_commands(desk):
            articles.add_command(command)
        self.tree.add_command(articles)
        self.tree.add_command(search_command(desk, admission, self.today))
        if feeds is not None:
            self.tree.add_command(FeedCommands(desk, feeds))
        for one in (
            PermitCommands(desk),
            sources_command(),
            status_command(desk),
            settings_command(),
            audit_command(),
            gaps_command(),
            privacy_command(installation),
            forget_command(turns),
            help_command(),
            suggestions_command(),
            claims_menu(desk, admission, self.today),
            add_menu(desk),
        ):
            self.tree.add_command(one)
        self.suggestions = QuestionRate(clock, timedelta(days=1))
        self.add_dynamic_items(AnswerButton, PeriodMenu, SuggestButton, DecisionButton)
        self.add_dynamic_items(PageButton, TurnButton, *SETTING_ITEMS)
        self.add_dynamic_items(AskedPageButton, WatchButton)
        self.asked_pages: dict[str, ShowAsked] = {
            DIGEST: show_digest,
            SEARCH: show_found,
            TIMELINE: show_timeline_page,
        }
        self.lists: dict[str, ShowPage] = {
            AUDIT: show_audit,
            FEEDS: show_feeds,
            GAPS: show_gaps,
            PERMITS: show_permits,
            SOURCES: show_sources,
            SUGGESTIONS: show_suggestions,
            WATCHES: show_watches,
        }
        self._directory = directory
        self._mentions = Mentions(
            desk,
            turns,
            admission,
            self.today,
            DirectMessages(desk, admission, self.today, lambda: self.guilds, self.counters),
            counters=self.counters,
            reads_threads=installation.reads_threads,
        )
        self._heard, self._pressed = Once(), Once()
        self.watches = WatchKeeper(
            desk,
            WatchPost(
                desk,
                self,
                rules=self.rules,
                counters=self.counters,
                today=self.today,
                buttons=alert_buttons,
            ),
            lambda corpus: desk.limits.narrowed(self.rules.of(corpus).excerpt_characters),
            clock,
        )
        self._sleep = (timing or Timing()).sleep

    def today(self) -> date:
        """Return the day that it is where this machine stands."""
        return self.clock().astimezone().date()

    async def setup_hook(self) -> None:
        """Read what the servers have chosen; tell Discord the commands, unless it knows them."""
        be_patient(self._sleep, self.in_flight.replied)
        await self.rules.load()
        await self.tree.set_translator(Translator())
        try:
            await self.tree.sync_if_changed(self._directory)
        except UNHEARD as refusal:
            # Commands that Discord already has go on working, and so do mentions.
            self.counters.note(refusal)

    def is_open(self) -> bool:
        """Whether there is a socket to the gateway, be it a dead one."""
        socket: discord.gateway.DiscordWebSocket | None = self.ws  # None before the first
        return socket is not None and socket.open

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - theirs
        """Note that the gateway talks, and pass on what it says."""
        if event == "socket_raw_receive":
            self.watching.gateway.heard()
        # After the end discord.py has no loop any more, and one of its tasks may still speak.
        elif event != "socket_raw_send" and not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_connect(self) -> None:
        """Note that the gateway has let the bot in."""
        self.watching.ready()

    async def on_resumed(self) -> None:
        """Note that the gateway has taken the bot back."""
        self.watching.ready()

    async def on_disconnect(self) -> None:
        """Note that the connection is gone."""
        self.watching.gateway.lost()

    async def on_ready(self) -> None:
        """Note the connection, and on which servers the bot is."""
        _log.info("connected to Discord, in %s servers", len(self.guilds))
        await self.presence.compare({str(guild.id) for guild in self.guilds})

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Go on with what was kept of a server, or begin anew."""
        await self.presence.arrived(str(guild.id))
        await self.rules.reload(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note since when the bot is no longer on a server."""
        await self.presence.left(str(guild.id))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer what was pressed if nothing else does; what Discord repeats was answered."""
        if self._pressed.first(interaction.id):
            self.in_flight.pressed(interaction)
            await answer_if_nobody_does(interaction, self._sleep)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot, once."""
        if self.user is not None and self._heard.first(message.id):
            with self.in_flight.message(message):
                await self._mentions.answer(message, self.user)


class Tree(app_commands.CommandTree[BelegClient]):
    """The commands, with one place for what goes wrong."""

    def __init__(self, client: BelegClient) -> None:
        """Start without commands."""
        super().__init__(client)
        self._heard = Once()

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let an interaction through once: after a reconnect Discord may repeat it."""
        if not self._heard.first(interaction.id):
            return False
        in_flight = self.client.in_flight
        if in_flight.stopping:
            await in_flight.decline(interaction)
            return False
        in_flight.command(interaction)
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Say what went wrong."""
        await report(interaction, error)

    async def sync_if_changed(self, directory: Path | None) -> None:
        """Register the commands if they are not those registered last time.

        Discord allows 200 new commands a day, which a bot that restarts often would use up.
        """
        digest = await self._digest()
        note = directory / "discord-commands.sha256" if directory else None
        if note is not None and await asyncio.to_thread(_read, note) == digest:
            return
        await self.sync()
        if note is not None:
            await asyncio.to_thread(_write, note, digest)

    async def _digest(self) -> str:
        """Return a hash of all that Discord is told, and of the bot that tells it."""
        payload: list[Any] = [self.client.application_id]
        translator = self.translator
        for command in self.get_commands():
            if translator is None:
                payload.append(command.to_dict(self))
            else:
                payload.append(await command.get_translated_payload(self, translator))
        return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def _read(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _write(note: Path, digest: str) -> None:
    try:
        note.write_text(digest, encoding="utf-8")
    except OSError as error:
        # The next start registers the commands once more, no harm done.
        _log.warning("cannot note the registered commands: %s", error)
